package knowledge

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"zhugong/internal/strictyaml"
)

// checker looks for faults of the content, across all files.
type checker struct {
	*folder
	now     time.Time
	ledger  *Base             // facts, public information and sources, for expanding placeholders
	vague   map[string]bool   // what fits every matter
	bare    map[string]string // follow-ups that name no matter, with what they ask for
	markups []markupRule
	numbers map[string]bool // public telephone numbers
	spoken  []*spoken       // every phrase

	sureOfFacts, sureOfPublic bool   // what they do not have does not exist
	lacks                     string // says, behind the name of a file of the ledger, that something is not there

	found []strictyaml.Fault
}

// check returns the faults of the content. Files that could not be understood are left out, and so are
// checks that need every file to be there.
func check(f *folder, now time.Time) []strictyaml.Fault {
	c := &checker{folder: f, now: now, ledger: &Base{Facts: map[string]Fact{}, Public: map[string]Public{},
		Sources: map[string]Source{}}, vague: vagueWords(), markups: markups(), numbers: map[string]bool{}, lacks: " 里没有"}
	f.fillLedger(c.ledger, factsName, publicName)
	c.sureOfFacts, c.sureOfPublic = f.sureOfLedger()
	for _, public := range f.public.Public {
		for _, number := range public.Numbers {
			c.numbers[number.Value] = true
		}
	}
	c.bare, c.spoken = c.askedBare(), f.allSpoken()
	return c.together((*checker).singly, (*checker).samePhrases, (*checker).safetyRules, (*checker).worry, (*checker).privacy,
		(*checker).guided, (*checker).customMenu)
}

// sureOfLedger reports whether the facts and the public information were read as they were meant.
func (f *folder) sureOfLedger() (facts, public bool) {
	var factIDs, publicIDs []strictyaml.Text
	for _, x := range f.facts.Facts {
		factIDs = append(factIDs, x.ID)
	}
	for _, p := range f.public.Public {
		publicIDs = slices.Concat(publicIDs, []strictyaml.Text{p.ID}, p.Figures, p.Numbers)
	}
	return f.sure(factsName, factIDs) && len(factIDs) > 0, f.sure(publicName, publicIDs) && len(publicIDs) > 0
}

// singly runs the checks that look at one thing at a time.
func (c *checker) singly() {
	c.ids()
	c.targets()
	c.ledgerQuotes(factsName)
	c.entries()
	c.replies()
	c.wordPairs()
	c.everyAttribute()
}

// together runs checks at the same time, each with a checker of its own.
func (c *checker) together(checks ...func(*checker)) []strictyaml.Fault {
	copies := make([]checker, len(checks))
	var wait sync.WaitGroup
	for i, run := range checks {
		copies[i] = *c
		copies[i].found = nil
		wait.Go(func() { run(&copies[i]) })
	}
	wait.Wait()
	for _, copied := range copies {
		c.found = append(c.found, copied.found...)
	}
	return c.found
}

// entries runs the checks that concern one entry at a time.
func (c *checker) entries() {
	for _, t := range c.topics {
		for i := range t.Entries {
			e := &t.Entries[i]
			c.title(t.name, e.Title)
			c.phraseCount(t.name, e)
			if !ofDialogue(e.ID.Value) {
				c.generic(t.spoken[i], len(e.Aliases))
			}
			c.answers(t.name, e)
			c.sourced(t.name, e)
			c.links(t.name, e)
			c.dates(t, e)
			c.ownTests(t.name, e, t.spoken[i])
		}
	}
}

// texts returns all texts of an entry that a worker may be shown, the answer first.
func (e *entryForm) texts() []strictyaml.Text {
	texts := []strictyaml.Text{e.Answer}
	for _, name := range slices.Sorted(maps.Keys(e.Attributes)) {
		texts = append(texts, e.Attributes[name])
	}
	if e.AfterEnd.Written() {
		texts = append(texts, e.AfterEnd)
	}
	return texts
}

// ofDialogue reports whether an entry belongs to the conversation itself, like greetings.
func ofDialogue(id string) bool { return strings.HasPrefix(id, "sys.") }

// fault notes a fault at a text.
func (c *checker) fault(file string, t strictyaml.Text, message, mend string) {
	c.faultAt(file, t.Line, t.Column, message, mend)
}

// faultInside notes a fault at byte offset i of a text.
func (c *checker) faultInside(file string, t strictyaml.Text, i int, message, mend string) {
	line, column := t.At(i)
	c.faultAt(file, line, column, message, mend)
}

func (c *checker) faultAt(file string, line, column int, message, mend string) {
	c.found = append(c.found, c.sources[file].Fault(line, column, message, mend))
}

// warn notes something that should be looked at.
func (c *checker) warn(file string, t strictyaml.Text, message, mend string) {
	c.warnInside(file, t, -1, message, mend)
}

func (c *checker) warnInside(file string, t strictyaml.Text, i int, message, mend string) {
	line, column := t.Line, t.Column
	if i >= 0 {
		line, column = t.At(i)
	}
	c.found = append(c.found, c.sources[file].Warn(line, column, message, mend))
}

// where names a place for a person, or the file alone for line 0.
func where(file string, line int) string {
	if line == 0 {
		return file + " "
	}
	return fmt.Sprintf("%s 第 %d 行", file, line)
}
