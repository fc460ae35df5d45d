package knowledge

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"zhugong/internal/strictyaml"
)

// AnswersFile is the name of the file of an overlay that holds the account's own answers.
const AnswersFile = "answers.yaml"

// overlay is what was read of the folder of one account, with the knowledge that it lies upon.
type overlay struct {
	*folder // its sources, its menu, its ledger; nothing else
	shared  *Base
	file    string // the answers, as faults name them
	answers *answersFile
	entries []entryForm // of answers
}

// LoadOverlay reads and checks the folder in which one account keeps what it says otherwise: its own answers, contacts and
// menu. It returns the shared base with these in place, which is nil when any fault is not a mere warning; what is understood
// stays the same, so that both can share a matcher. Faults name files as name/answers.yaml.
func LoadOverlay(shared *Base, fsys fs.FS, name string, now time.Time) (*Base, []strictyaml.Fault) {
	files, faults := readOverlay(fsys, name)
	o, more := parseOverlay(shared, files, name)
	o.whole = o.whole && !strictyaml.Broken(faults)
	faults = append(faults, more...)
	faults = strictyaml.Sort(append(faults, checkOverlay(o, now)...))
	if strictyaml.Broken(faults) || !o.whole {
		return nil, faults
	}
	base := o.base()
	base.Version = version(append(files, content{"shared", []byte(shared.Version)}))
	return base, faults
}

// FixOverlay does for the folder of an account what Fix does for a knowledge folder.
func FixOverlay(fsys fs.FS, name string, write func(name string, data []byte) error) ([]strictyaml.Fault, error) {
	files, _ := readOverlay(fsys, name)
	forms := newOverlayForms()
	var all []strictyaml.Fault
	for _, file := range files {
		fix := forms.answers.Fix
		if file.name == MenuFile {
			fix = forms.menu.Fix
		}
		fixed, mended := fix(path.Join(name, file.name), file.data)
		if len(mended) == 0 {
			continue
		}
		all = append(all, mended...)
		if err := write(file.name, fixed); err != nil {
			return all, fmt.Errorf("write %s: %w", file.name, err)
		}
	}
	return strictyaml.Sort(all), nil
}

// readOverlay reads every file of an overlay once, and reports what is not read.
func readOverlay(fsys fs.FS, name string) (files []content, faults []strictyaml.Fault) {
	listed, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, []strictyaml.Fault{{File: name, Message: "找不到这个文件夹，或者打不开", Mend: "看看文件夹的名字和权限。"}}
	}
	for _, file := range listed {
		long, fault := path.Join(name, file.Name()), (*strictyaml.Fault)(nil)
		switch {
		case strings.HasPrefix(file.Name(), ".") || strings.HasPrefix(file.Name(), "~"):
		case !file.IsDir() && (file.Name() == AnswersFile || file.Name() == MenuFile):
			var data []byte
			if data, fault = readOne(fsys, file.Name()); fault == nil {
				files = append(files, content{file.Name(), data})
			}
		default:
			fault = notOfOverlay(file)
		}
		if fault != nil {
			fault.File = long
			faults = append(faults, *fault)
		}
	}
	if len(files) == 0 && !strictyaml.Broken(faults) {
		faults = append(faults, strictyaml.Fault{File: name, Message: "里面没有 " + AnswersFile + "，也没有 " + MenuFile,
			Mend: "写上其中一个；这个公众号没有自己的回答和菜单，就从配置里删掉 overlay 这一行。"})
	}
	return files, faults
}

// notOfOverlay says that a file is not read. What may have been meant for the program is more than a warning.
func notOfOverlay(file fs.DirEntry) *strictyaml.Fault {
	const only = "不会读，这里只认 " + AnswersFile + " 和 " + MenuFile
	extension := path.Ext(file.Name())
	right := strings.ToLower(strings.TrimSuffix(file.Name(), extension)) + ".yaml"
	switch {
	case file.IsDir():
		return &strictyaml.Fault{Warning: true, Message: "这个文件夹" + only, Mend: "把里面的文件直接放在外面；不用的拿走。"}
	case right == AnswersFile || right == MenuFile:
		return &strictyaml.Fault{Message: "文件名不对，不会读", Mend: "改成 " + right + " 。"}
	case strings.EqualFold(extension, ".yaml") || strings.EqualFold(extension, ".yml"):
		return &strictyaml.Fault{Message: "这个文件" + only,
			Mend: "自己的回答、电话和来源都写进 " + AnswersFile + "；要改大家共用的，改知识文件夹里的。"}
	}
	return &strictyaml.Fault{Warning: true, Message: "这个文件" + only, Mend: "给自己看的，留着也行。"}
}

// parseOverlay understands the files.
func parseOverlay(shared *Base, files []content, name string) (*overlay, []strictyaml.Fault) {
	o := &overlay{shared: shared, file: path.Join(name, AnswersFile), answers: &answersFile{},
		folder: &folder{sources: map[string]*strictyaml.Source{}, doubtful: map[string]map[int]bool{}, whole: true, menu: &menuFile{}}}
	forms := newOverlayForms()
	var faults []strictyaml.Fault
	for _, file := range files {
		key, named := file.name, content{path.Join(name, file.name), file.data}
		var result parsed
		if key == MenuFile {
			result = read(forms.menu, named, &o.menu)
		} else {
			key = o.file
			result = read(forms.answers, named, &o.answers)
		}
		faults = append(faults, result.faults...)
		o.whole = o.whole && result.understood
		o.doubtful[key] = lines(result.faults)
		if result.source != nil {
			o.sources[key] = result.source
		}
	}
	o.facts = &factsFile{Sources: o.answers.Sources, Facts: o.answers.Facts}
	o.public = &publicFile{Public: o.answers.Public}
	for i := range o.answers.Entries {
		o.entries = append(o.entries, o.answers.Entries[i].entry())
	}
	return o, faults
}

// ledger returns the shared facts, public information and sources, and the account's own.
func (o *overlay) ledger() *Base {
	ledger := &Base{Facts: maps.Clone(o.shared.Facts), Public: maps.Clone(o.shared.Public), Sources: maps.Clone(o.shared.Sources)}
	o.fillLedger(ledger, o.file, o.file)
	return ledger
}

// base builds the shared base with what the account says otherwise.
func (o *overlay) base() *Base {
	base, ledger := *o.shared, o.ledger()
	base.Facts, base.Public, base.Sources = ledger.Facts, ledger.Public, ledger.Sources
	base.sources = maps.Clone(o.shared.sources)
	for _, source := range o.sources {
		base.sources[source.File] = source
	}
	if _, own := o.sources[MenuFile]; own {
		base.Menu = o.menuOf()
	}
	base.unproven = o.unproven(ledger)
	own := map[string]*Entry{}
	for i := range o.entries {
		id := o.entries[i].ID.Value
		own[id] = o.laidOver(o.shared.entries[id], &o.entries[i], &base)
	}
	base.replaceEntries(own)
	return &base
}

// replaceEntries puts entries in place of those with the same ids.
func (b *Base) replaceEntries(own map[string]*Entry) {
	b.entries, b.order, b.Topics = maps.Clone(b.entries), slices.Clone(b.order), slices.Clone(b.Topics)
	maps.Copy(b.entries, own)
	replaced := func(entries []*Entry) []*Entry {
		entries = slices.Clone(entries)
		for i, e := range entries {
			entries[i] = b.entries[e.ID]
		}
		return entries
	}
	b.order = replaced(b.order)
	for i := range b.Topics {
		b.Topics[i].Entries = replaced(b.Topics[i].Entries)
	}
}

// laidOver returns a shared entry with the parts that the account has written. An answer brings along all that belongs to it:
// nothing of the shared answer may stand beside the account's own.
func (o *overlay) laidOver(shared *Entry, x *entryForm, b *Base) *Entry {
	e := *shared
	e.Attributes, e.AttributeSources = maps.Clone(shared.Attributes), map[string][]string{}
	for name := range shared.Attributes {
		e.AttributeSources[name] = shared.Sources
	}
	for name, text := range x.Attributes {
		e.Attributes[name] = parseTemplate(text.Value).expand(b)
		e.AttributeSources[name] = values(x.Sources)
	}
	if len(x.Links) > 0 || x.Answer.Written() {
		e.Links = links(x.Links)
	}
	if x.Card != nil || x.Answer.Written() {
		e.Card = x.Card.card()
	}
	if !x.Answer.Written() {
		return &e
	}
	answer := parseTemplate(x.Answer.Value)
	e.Answer, e.QuotesPeriod, e.Sources = answer.expand(b), answer.quotesPeriod(b), values(x.Sources)
	e.ValidUntil, e.AfterEnd = inGuiyang(x.ValidUntil.Day), parseTemplate(x.AfterEnd.Value).expand(b)
	if e.Review = inGuiyang(x.Review.Day); e.Review.IsZero() {
		e.Review = inGuiyang(o.answers.Review.Day)
	}
	return &e
}

// unproven returns what the shared answers cite and must still be verified, and what the account's own cite besides.
func (o *overlay) unproven(ledger *Base) []Public {
	found := slices.Clone(o.shared.unproven)
	cited := citedIn(o.texts())
	known := map[string]bool{}
	for _, p := range found {
		known[p.ID] = true
	}
	for _, id := range keys(ledger.Public) {
		if p := ledger.Public[id]; p.Unproven != "" && !known[id] && cited(&p) {
			found = append(found, p)
		}
	}
	return found
}

// texts returns everything that a worker may be shown, as it was written.
func (o *overlay) texts() string {
	var all []byte
	for i := range o.entries {
		for _, text := range o.entries[i].texts() {
			all = append(append(all, text.Value...), '\n')
		}
	}
	return string(all)
}
