// Package knowledge holds what the union knows: entries with their ways of asking and checked answers, the
// fact ledger, named laws and hotlines, what is not ours, the reviewed safety rules, the guided dialogues. It
// loads and checks the files that staff write and tells them every mistake in Chinese, with its place and its
// mending. It knows nothing of how a message is understood, of conversations, WeChat or Redis.
package knowledge

import (
	"time"

	"zhugong/internal/strictyaml"
)

// Place is where something stands in the knowledge files. Line and Column count from 1, Column in characters.
type Place struct {
	File   string // relative to the knowledge folder, with slashes
	Line   int
	Column int
}

// Base is one checked version of everything the union knows. It is never changed after Load, so any
// number of goroutines may read it.
type Base struct {
	Version   string // hash of all files, 12 hex digits: the same files give the same version
	Topics    []Topic
	Facts     map[string]Fact
	Public    map[string]Public
	Sources   map[string]Source
	Outside   []Outside
	Crisis    []SafetyRule
	Worry     Worry
	Abuse     []SafetyRule
	FollowUps []FollowUp
	Words     Words
	Asides    []Phrase // what workers tell of themselves besides what they ask
	Flows     []Flow   // in the order of the files' names
	Menu      Menu

	entries  map[string]*Entry
	order    []*Entry
	unproven []Public
	sources  map[string]*strictyaml.Source // by file
}

// Entry returns the entry with that id.
func (b *Base) Entry(id string) (*Entry, bool) {
	e, ok := b.entries[id]
	return e, ok
}

// Entries returns all entries in the order of the files. The slice is shared: do not change it.
func (b *Base) Entries() []*Entry { return b.order }

// Flow returns the guided dialogue with that id. It is shared: do not change it.
func (b *Base) Flow(id string) (*Flow, bool) {
	for i := range b.Flows {
		if b.Flows[i].ID == id {
			return &b.Flows[i], true
		}
	}
	return nil, false
}

// Unproven returns, in the order of the file, the public information that an answer cites though something
// of it must still be verified. The slice is shared: do not change it.
func (b *Base) Unproven() []Public { return b.unproven }

// Excerpt returns the line at p and below it a caret under the place, for faults that are found later than
// by Load; "" when p is in none of the files.
func (b *Base) Excerpt(p Place) string {
	source, ok := b.sources[p.File]
	if !ok || p.Line < 1 || p.Line > source.Lines() {
		return ""
	}
	return source.Excerpt(p.Line, p.Column)
}

// Topic is one topic file.
type Topic struct {
	ID      string // the file's name without .yaml
	Title   string
	Entries []*Entry
	Place   Place
}

// Phrase is a line that staff wrote, with its place.
type Phrase struct {
	Text  string
	Place Place
}

// Entry is one matter a worker may ask about.
type Entry struct {
	ID           string
	Title        string            // names the entry as a choice
	Aliases      []Phrase          // short names that are this entry when written alone
	Phrases      []Phrase          // ways of asking
	Counters     []Test            // messages that look like this entry and are another
	Answer       string            // ready to be shown: placeholders are expanded
	Attributes   map[string]string // by attribute (材料 地点 …), expanded; absent means that nobody filled it in
	Related      []string          // ids of neighbours
	Sources      []string          // ids of Source
	QuotesPeriod bool              // the answer quotes a fact of the five years' ledger
	Flow         string            // id of the guided dialogue it leads to, "" without one
	Estimates    []string          // kinds of money that are reckoned for a worker who asks and gives the figures
	Links        []Link
	Card         *Card
	ValidUntil   time.Time // last day the answer holds; zero: no end
	AfterEnd     string    // what is said after ValidUntil
	Review       time.Time // day by which staff must have read the entry again; zero: none
	Tests        []Test
	Place        Place

	// AttributeSources holds, by attribute, what stands in place of Sources where one account's own texts meet the shared ones.
	AttributeSources map[string][]string
}

// SourcesOf returns the ids of the sources of what is answered about an attribute.
func (e *Entry) SourcesOf(attribute string) []string {
	if own, has := e.AttributeSources[attribute]; has {
		return own
	}
	return e.Sources
}

// Expired reports whether the entry's last day, in Guiyang's time, is over.
func (e *Entry) Expired(now time.Time) bool { return after(now, e.ValidUntil) }

// ReviewDue reports whether the day by which staff should have read the entry again is over.
func (e *Entry) ReviewDue(now time.Time) bool { return after(now, e.Review) }

// after reports whether day, a date in Guiyang's time, is over at now.
func after(now, day time.Time) bool {
	return !day.IsZero() && !now.Before(day.AddDate(0, 0, 1))
}

// Test is one line that the files test themselves with.
type Test struct {
	Say      Phrase
	Want     string // entry id, 域外, 危机, 辱骂 or 无 (nothing of the file fires)
	Not      string // an entry id that must not be the answer
	Contains string // the reply must contain this
}

// Link is a tappable line below an answer: a web page, or a mini-program page with a web page for old clients.
type Link struct {
	Text  string
	URL   string // https
	AppID string // of the mini program, "" for a web page
	Path  string // page path within the mini program
}

// Card is the one news card a reply may be instead of text.
type Card struct {
	Title, Description, Picture, URL string
}

// Fact is one line of the ledger drawn from the union's five-year report.
type Fact struct {
	ID        string
	Topic     string
	Kind      string // 事实, 背景 or 陷阱; a 陷阱 is never quoted
	Statement string
	Quote     string // what {事实:ID} expands to, with qualifier and unit
	Value     string
	Unit      string
	Qualifier string
	Paragraph string
	Period    string
	Note      string
	Place     Place
}

// Public is a law article, a hotline or another publicly known thing with its source.
type Public struct {
	ID        string
	Kind      string // 法条 热线 口径 释义 地名
	Name      string // what {依据:ID} expands to
	Statement string
	Figures   []string // figures an answer that names it may use: 45日, 2倍
	Numbers   []string // telephone numbers
	Source    string
	Unproven  string // what must be verified before going live, "" when nothing
	Place     Place
}

// Source is where answers come from, as shown in their last line.
type Source struct {
	ID, Name, Date, Period string
}

// Outside is one kind of message that is not the union's business.
type Outside struct {
	ID       string
	Title    string
	Signpost string // who deals with it, "" when nobody in particular
	Manner   Manner
	Phrases  []Phrase
	Tests    []Test
	Place    Place
}

// Manner says how a message of an outside kind is met.
type Manner string

// What is not said of a kind of outside messages is met with its signpost.
const (
	Acknowledged  Manner = "应一声" // nothing was asked
	NotUnderstood Manner = "没听懂" // nobody could know what was asked
)

// Worry is the second net behind the crisis rules: what people in danger may write, and what sounds alike and is
// harmless, for a machine to learn from, with the reviewed question that a worker is asked when it is worried.
type Worry struct {
	Reply    string
	Danger   []Phrase
	Harmless []Phrase
}

// SafetyRule is one reviewed rule: a message is hit when, with Unless cut out of it, one of Clauses holds.
type SafetyRule struct {
	ID      string
	Clauses []Clause
	Unless  []Phrase
	Reply   string
	Tests   []Test
	Place   Place
}

// Clause holds for a message that contains one phrase of Any and, unless it is empty, one of With, and none
// of Without. Without tells what is over from what is happening; a clause for signs that it is happening now
// has none, and so outweighs it.
type Clause struct {
	Any, With, Without []Phrase
}

// FollowUp is how workers ask for one attribute of what is being talked about.
type FollowUp struct {
	Attribute string // 材料 地点 电话 时限 费用 对象 金额 时间 入口
	Question  string // how a sentence names it: 要带什么材料
	Phrases   []Phrase
}

// Words are spellings that normalisation replaces or drops, and greetings, which say nothing where more follows.
type Words struct {
	Dialect   map[string]string // as workers say it -> standard
	Fillers   []string
	Greetings []string
}
