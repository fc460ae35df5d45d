package knowledge

import (
	"io/fs"
	"slices"
	"sync"
	"time"

	"zhugong/internal/strictyaml"
)

// folder is everything that was read, with the places of all texts. A file that could not be understood is
// empty, a topic file missing.
type folder struct {
	facts     *factsFile
	public    *publicFile
	outside   *outsideFile
	safety    *safetyFile
	danger    *dangerFile
	followUps *followUpsFile
	words     *wordsFile
	choices   *choicesFile // without any group when there is no such file
	menu      *menuFile    // without any button when there is no such file
	topics    []topic
	flows     []flow

	outsideSpoken []spoken     // every phrase of what is not ours
	crisis, abuse []SafetyRule // of safety

	sources  map[string]*strictyaml.Source // by file
	doubtful map[string]map[int]bool       // by file and line: what was read there may not be what was meant
	whole    bool                          // every file could be understood
}

// topic is one topic file with its name.
type topic struct {
	name string
	*topicFile
	spoken [][]spoken // by entry: every alias and phrase
}

// flow is one file of a guided dialogue with its name.
type flow struct {
	name string
	*flowFile
	spoken []spoken // every start
}

// Load reads and checks a knowledge folder. The base is nil when any fault is not a mere warning. The
// faults stand in the order of files and lines. now decides what has expired.
func Load(fsys fs.FS, now time.Time) (*Base, []strictyaml.Fault) {
	files, faults := readFolder(fsys)
	f, more := parseFolder(files)
	f.whole = f.whole && !strictyaml.Broken(faults)
	faults = append(faults, more...)
	faults = strictyaml.Sort(append(faults, check(f, now)...))
	if strictyaml.Broken(faults) || !f.whole {
		return nil, faults
	}
	base := f.base()
	base.Version = version(files)
	return base, faults
}

// parseFolder understands the files, several at a time.
func parseFolder(files []content) (*folder, []strictyaml.Fault) {
	f := &folder{sources: map[string]*strictyaml.Source{}, doubtful: map[string]map[int]bool{}, whole: true,
		topics: make([]topic, len(files)), flows: make([]flow, len(files)),
		facts: &factsFile{}, public: &publicFile{}, outside: &outsideFile{}, safety: &safetyFile{}, danger: &dangerFile{},
		followUps: &followUpsFile{}, words: &wordsFile{}, choices: &choicesFile{}, menu: &menuFile{}}
	results, forms := make([]parsed, len(files)), newForms()
	var wait sync.WaitGroup
	for i, file := range files {
		wait.Go(func() { results[i] = f.parse(forms, &f.topics[i], &f.flows[i], file) })
	}
	wait.Wait()
	var faults []strictyaml.Fault
	for i, result := range results {
		faults = append(faults, result.faults...)
		f.whole = f.whole && result.understood
		f.doubtful[files[i].name] = lines(result.faults)
		if result.source != nil {
			f.sources[files[i].name] = result.source
		}
	}
	f.topics = slices.DeleteFunc(f.topics, func(t topic) bool { return t.topicFile == nil })
	f.flows = slices.DeleteFunc(f.flows, func(t flow) bool { return t.flowFile == nil })
	f.crisis, f.abuse = rules(f.safety.Crisis), rules(f.safety.Abuse)
	return f, faults
}

// lines returns the lines that have faults.
func lines(faults []strictyaml.Fault) map[int]bool {
	lines := map[int]bool{}
	for _, fault := range faults {
		if !fault.Warning {
			lines[fault.Line] = true
		}
	}
	return lines
}

// sure reports whether ids, all those of a file, were read as they were meant: else it cannot be told what does
// not exist.
func (f *folder) sure(file string, ids []strictyaml.Text) bool {
	return f.whole && !slices.ContainsFunc(ids, func(id strictyaml.Text) bool {
		return !id.Written() || f.doubtful[file][id.Line]
	})
}

// parsed is what became of one file.
type parsed struct {
	source     *strictyaml.Source
	faults     []strictyaml.Fault
	understood bool
}

// forms are the forms of all kinds of files.
type forms struct {
	facts     *strictyaml.Form[factsFile]
	public    *strictyaml.Form[publicFile]
	outside   *strictyaml.Form[outsideFile]
	safety    *strictyaml.Form[safetyFile]
	danger    *strictyaml.Form[dangerFile]
	followUps *strictyaml.Form[followUpsFile]
	words     *strictyaml.Form[wordsFile]
	choices   *strictyaml.Form[choicesFile]
	menu      *strictyaml.Form[menuFile]
	topic     *strictyaml.Form[topicFile]
	flow      *strictyaml.Form[flowFile]
}

func newForms() forms {
	var block strictyaml.Options
	return forms{strictyaml.NewForm[factsFile](block), strictyaml.NewForm[publicFile](block),
		strictyaml.NewForm[outsideFile](block), strictyaml.NewForm[safetyFile](block), strictyaml.NewForm[dangerFile](block),
		strictyaml.NewForm[followUpsFile](block), strictyaml.NewForm[wordsFile](block),
		strictyaml.NewForm[choicesFile](block), strictyaml.NewForm[menuFile](block), strictyaml.NewForm[topicFile](block), strictyaml.NewForm[flowFile](block)}
}

// parse reads one file into its field of f, into t when it is a topic file, or into l when it is that of a flow.
func (f *folder) parse(forms forms, t *topic, l *flow, file content) parsed {
	switch file.name {
	case factsName:
		return read(forms.facts, file, &f.facts)
	case publicName:
		return read(forms.public, file, &f.public)
	case outsideName:
		result := read(forms.outside, file, &f.outside)
		f.outsideSpoken = f.outside.spoken()
		return result
	case safetyName:
		return read(forms.safety, file, &f.safety)
	case dangerName:
		return read(forms.danger, file, &f.danger)
	case followUpsName:
		return read(forms.followUps, file, &f.followUps)
	case wordsName:
		return read(forms.words, file, &f.words)
	case choicesName:
		return read(forms.choices, file, &f.choices)
	case MenuFile:
		return read(forms.menu, file, &f.menu)
	}
	if isFlow(file.name) {
		l.name = file.name
		result := read(forms.flow, file, &l.flowFile)
		if l.flowFile != nil {
			l.spoken = appendSpoken(nil, l.ID.Value, l.name, l.Starts)
		}
		return result
	}
	t.name = file.name
	result := read(forms.topic, file, &t.topicFile)
	if t.topicFile != nil {
		t.spoken = t.entriesSpoken(t.name)
	}
	return result
}

func read[T any](form *strictyaml.Form[T], file content, target **T) parsed {
	value, source, faults := form.Read(file.name, file.data)
	if value != nil {
		*target = value
	}
	return parsed{source, faults, value != nil}
}
