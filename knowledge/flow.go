package knowledge

// Flow is one guided dialogue: a form that is filled in by talking. Facts and laws are expanded in its texts; what only
// the dialogue knows, {保存}, {截止} and {填:slot}, is left where it is said so.
type Flow struct {
	ID          string
	Title       string   // names the flow as a choice
	Starts      []Phrase // messages that, written alone, open it
	Notice      string   // who collects what, why, for how long ({保存}: 180天), and how to have it deleted; "" when nothing personal is asked
	NoticeFirst bool     // the notice comes before the first step, else before the first personal one
	Steps       []Step
	Deadlines   []Deadline
	Ends        []End
	Registers   bool // a finished flow becomes a case with a number
	Place       Place
}

// Step asks for one slot.
type Step struct {
	Slot      string
	Label     string   // names the slot in the summary: 区县
	Names     []string // what else it is called when it is to be changed
	Ask       string
	Why       string // what it is asked for, "" when plain
	Retry     string // said when a value was not understood, "" for the kind's own sentence
	Kind      StepKind
	Options   []Option    // of OneOf and SomeOf
	Unclear   []Unclear   // words that name no single option
	Optional  bool        // can be skipped
	Questions bool        // a question is an answer to it, as what somebody wants to be called about
	Personal  bool        // asked only after the notice was agreed to; always so for Mobile
	Health    bool        // tells of somebody's health: asked only after a consent of its own
	When      []Condition // on earlier steps with options; all must hold
	Place     Place
}

// StepKind is what sort of value a step asks for, by the name that staff write.
type StepKind string

// The kinds of values. What a worker writes becomes: an option's name; several, joined by 、; eleven digits; whole yuan;
// a number of people; 2006-01-02; 2006-01; the worker's own words; the digits of a case number.
const (
	OneOf  StepKind = "选一个"
	SomeOf StepKind = "选几个"
	Mobile StepKind = "手机号"
	Money  StepKind = "金额"
	Count  StepKind = "人数"
	Date   StepKind = "日期"
	Month  StepKind = "年月"
	Free   StepKind = "文字"
	Ticket StepKind = "受理号"
)

// Option is one value that can be chosen.
type Option struct {
	Name  string
	Words []Phrase // other ways of naming it
	Notes []Note
}

// Note is said when an option was named by a certain word.
type Note struct {
	Word string
	Say  string
}

// Unclear is a word that may mean several options, and what is asked then.
type Unclear struct {
	Words []Phrase
	Say   string
	Guess string // name of the option that the question is about, "" for none: a yes chooses it
}

// Condition holds when the slot was filled with one of the values: by its options' names, with one or several of them.
// It does not hold when the slot was left empty.
type Condition struct {
	Slot string
	Any  []string
}

// Deadline points at a limit in law that runs from a date, or from the time that words tell of.
type Deadline struct {
	Slot    string
	Near    int    // months from which the limit is near
	Over    int    // months after which it has run out
	SayNear string // {截止} is the last day
	SayOver string
	Ask     string // when somebody says that he left and not when, "" for nothing
}

// End is what is said when the flow is finished, if all conditions hold. Several may; on every way through a flow at
// least one does.
type End struct {
	When []Condition
	Say  string // {填:slot} is what was filled in
}
