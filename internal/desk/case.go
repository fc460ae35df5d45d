// Package desk is where what workers registered waits for staff: cases with a number, a status and a history, kept among
// the worker's records with what is personal sealed. It knows nothing of dialogues, of who staff are, or of how they look
// at cases.
package desk

import (
	"encoding/json"
	"time"

	"zhugong/internal/session"
)

// Status is how far a case is.
type Status string

// A case is new, then taken by somebody, then answered, and closed in the end.
const (
	New      Status = "new"
	Taken    Status = "taken"
	Answered Status = "answered"
	Closed   Status = "closed"
)

// Name is what staff call the status.
func (s Status) Name() string {
	switch s {
	case New:
		return "待受理"
	case Taken:
		return "办理中"
	case Answered:
		return "已答复"
	case Closed:
		return "已办结"
	}
	return string(s)
}

// Field is one thing that the worker told.
type Field struct {
	Slot, Label, Value string
	Personal           bool // the value is sealed
	Free               bool // in the worker's own words
}

// Check is what WeChat said of the worker's own words before anybody else saw them; the zero Check is nothing.
type Check struct {
	Suggest string // pass, review, risky, or none where WeChat could not be asked
	Reason  string // in Chinese, of review and risky
}

// Hidden reports whether staff see the worker's own words only when they ask for them.
func (c Check) Hidden() bool { return c.Suggest == "risky" }

// Event is one thing that happened to a case.
type Event struct {
	At     time.Time
	Status Status // from then on
	By     string // who did it; "" for the worker
	Note   string // sealed
}

// Case is what one worker registered.
type Case struct {
	Ticket  string // ten digits; see NewTicket
	Flow    string // of the dialogue that it comes from
	Title   string
	Opened  time.Time
	Status  Status
	Fields  []Field
	Answer  string // to the worker; sealed
	History []Event
	Check   Check
	Worker  session.Worker

	unknown unknown
}

// unknown is what a newer version wrote beside what this one knows; it is written back as it was.
type unknown struct {
	open, sealed   map[string]json.RawMessage
	fields, events []map[string]json.RawMessage
}
