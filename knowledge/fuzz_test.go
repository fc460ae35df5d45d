package knowledge

import (
	"bytes"
	"maps"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"zhugong/internal/strictyaml"
)

// seeds adds the good files, and parts of them with slips, to the corpus of a fuzz test. It returns the names
// of the files, which the fuzz test refers to by number.
func seeds(f *testing.F) []string {
	files := good(f)
	names := slices.Sorted(maps.Keys(files))
	for i, name := range names {
		file := files[name]
		f.Add(byte(i), file.Data)
		for j, s := range slips() {
			if s.file != nil || (i+j)%4 != 0 { // each at two of the files
				continue
			}
			lines := bytes.SplitAfter(file.Data, []byte("\n"))
			head := bytes.Join(lines[:min(12, len(lines))], nil)
			f.Add(byte(i), []byte(s.line(string(head))))
		}
	}
	return names
}

// FuzzLoad puts any bytes in the place of one file.
func FuzzLoad(f *testing.F) {
	names, files := seeds(f), good(f)
	f.Fuzz(func(t *testing.T, which byte, data []byte) {
		name := names[int(which)%len(names)]
		folder := fstest.MapFS{}
		for other, file := range files {
			folder[other] = file
		}
		folder[name] = &fstest.MapFile{Data: data}
		base, faults := Load(folder, today())
		if (base == nil) != strictyaml.Broken(faults) {
			t.Errorf("got base %v with faults %v", base != nil, faults)
		}
		for _, fault := range faults {
			if fault.Line < 0 || fault.Line > bytes.Count(data, []byte("\n"))+bytes.Count(data, []byte("\r"))+1 && fault.File == name {
				t.Errorf("no such line: %s", fault)
			}
			if fault.Message == "" || fault.Line > 0 && fault.Column < 1 {
				t.Errorf("incomplete: %s", fault)
			}
		}
	})
}

// FuzzFix checks that mending is done in one go and never touches a file without faults.
func FuzzFix(f *testing.F) {
	names := seeds(f)
	f.Fuzz(func(t *testing.T, which byte, data []byte) {
		name := names[int(which)%len(names)]
		forms := newForms()
		before := newFolderOf(forms, content{name, data})
		fixed, mended := forms.fix(content{name, data})
		again, more := forms.fix(content{name, fixed})
		if len(more) > 0 || !bytes.Equal(fixed, again) {
			t.Errorf("mended again: %v", more)
		}
		if len(mended) == 0 && !bytes.Equal(fixed, data) {
			t.Error("changed without saying so")
		}
		if before.broken {
			return
		}
		after := newFolderOf(forms, content{name, fixed})
		if diff := cmp.Diff(before.values, after.values); diff != "" {
			t.Errorf("a good file means something else (-before +after):\n%s", diff)
		}
	})
}

// understood is what one file says.
type understood struct {
	broken bool
	faults []strictyaml.Fault
	values []string
}

func newFolderOf(forms forms, file content) understood {
	f := &folder{sources: map[string]*strictyaml.Source{}, facts: &factsFile{}, public: &publicFile{},
		outside: &outsideFile{}, safety: &safetyFile{}, danger: &dangerFile{}, followUps: &followUpsFile{}, words: &wordsFile{}, choices: &choicesFile{}}
	var t topic
	var l flow
	result := f.parse(forms, &t, &l, file)
	u := understood{broken: !result.understood || strictyaml.Broken(result.faults), faults: result.faults}
	if u.broken {
		return u
	}
	if t.topicFile != nil {
		f.topics = append(f.topics, t)
	}
	if l.flowFile != nil {
		f.flows = append(f.flows, l)
	}
	for _, phrase := range f.allSpoken() {
		u.values = append(u.values, phrase.owner, phrase.text.Value)
	}
	for _, t := range f.topics {
		for _, e := range t.Entries {
			for _, text := range e.texts() {
				u.values = append(u.values, text.Value)
			}
		}
	}
	for _, text := range f.flowTexts() {
		u.values = append(u.values, text.text.Value)
	}
	for _, fact := range f.facts.Facts {
		u.values = append(u.values, fact.ID.Value, fact.Statement.Value, fact.Quote.Value)
	}
	u.values = append(u.values, values(f.words.Fillers)...)
	return u
}
