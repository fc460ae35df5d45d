package dialogue

import "time"

// Circumstances are what a turn must know that stands neither in the message nor in the conversation.
type Circumstances struct {
	Now time.Time
	// Ticket makes the number of a case. It is nil while cases cannot be kept.
	Ticket func() string
	// Cases returns the worker's own cases, newest first. It is nil while they cannot be read.
	Cases func() []Case
	// Forgetful means that the conversation cannot be reached: the state is not what was said before.
	Forgetful bool
	Staffed   bool // people at customer service take over now
	KeepDays  int  // how long a case is kept
}

// Case is what a worker is told of a matter that was registered for him.
type Case struct {
	Ticket string // as it is spoken: groups of digits
	Title  string
	Opened time.Time
	Status CaseStatus
	Answer string // of staff, "" as long as there is none
}

// CaseStatus is how far staff are with a case.
type CaseStatus int

const (
	CaseUnknown CaseStatus = iota
	CaseNew
	CaseTaken
	CaseAnswered
	CaseClosed
)

// Effects are what the outside must do for a turn, exactly once and together with saving its state.
type Effects struct {
	Filing *Filing // a case to register
	Erase  bool    // everything kept of the worker is to be deleted
	Alert  string  // id of the rule or net that found somebody in danger; "" for none
	Unmet  Unmet   // how the message was not served
	About  string  // what it was about, where the message itself does not tell; "" else
}

// Filing is a finished guided dialogue.
type Filing struct {
	Ticket string
	Flow   string
	Title  string
	Fields []Field
}

// Field is one slot of a Filing.
type Field struct {
	Slot, Label, Value string
	Personal           bool
	Free               bool // in the worker's own words
}

// Unmet says how a message was not served, for staff to mend the knowledge.
type Unmet string

const (
	Served        Unmet = ""
	NotUnderstood Unmet = "没听懂"
	NoneFitted    Unmet = "选项都不对"
	NotOurs       Unmet = "域外"
	Unhelpful     Unmet = "没帮上"
)

// keptDays is how long a case is said to be kept where nothing is kept at all.
const keptDays = 180

// Trial returns the circumstances of a message that is only tried out: a case gets a number that nobody has, there are
// none yet, and nobody is on duty.
func Trial(now time.Time) Circumstances {
	return Circumstances{
		Now: now, Ticket: func() string { return "000-000-0000" }, Cases: func() []Case { return nil }, KeepDays: keptDays,
	}
}
