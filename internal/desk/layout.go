package desk

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"time"
)

// A case as a record is
//
//	1  layout: 1
//	.. length of the open part
//	   the open part: JSON, for all to read who have the store
//	   the sealed part: JSON, as package vault seals it
//
// Members that are not known here are kept. What cannot be read without them needs a new layout.
const layout = 1

// openForm is the open part.
type openForm struct {
	Ticket  string            `json:"ticket"`
	Flow    string            `json:"flow"`
	Title   string            `json:"title"`
	Opened  int64             `json:"opened"` // milliseconds since 1970
	Status  Status            `json:"status"`
	Fields  []json.RawMessage `json:"fields"`
	History []json.RawMessage `json:"history"`
	Check   *checkForm        `json:"check,omitempty"`
}

type checkForm struct {
	Suggest string `json:"suggest"`
	Reason  string `json:"reason,omitempty"`
}

type fieldForm struct {
	Slot     string `json:"slot"`
	Label    string `json:"label"`
	Value    string `json:"value,omitempty"` // not a personal one
	Personal bool   `json:"personal,omitempty"`
	Free     bool   `json:"free,omitempty"`
}

type eventForm struct {
	At     int64  `json:"at"`
	Status Status `json:"status"`
	By     string `json:"by,omitempty"`
}

// sealedForm is the sealed part.
type sealedForm struct {
	Values []string `json:"values"` // of the personal fields, in their order
	Answer string   `json:"answer,omitempty"`
	Notes  []string `json:"notes"` // of the events
}

var (
	openNames   = []string{"ticket", "flow", "title", "opened", "status", "fields", "history", "check"}
	fieldNames  = []string{"slot", "label", "value", "personal", "free"}
	eventNames  = []string{"at", "status", "by"}
	sealedNames = []string{"values", "answer", "notes"}
)

func appendOpen(buffer, open []byte) []byte {
	buffer = binary.AppendUvarint(append(buffer, layout), uint64(len(open)))
	return append(buffer, open...)
}

func cutOpen(value []byte) (open, sealed []byte, err error) {
	if len(value) == 0 || value[0] != layout {
		return nil, nil, fmt.Errorf("%w: another layout", ErrUnreadable)
	}
	length, n := binary.Uvarint(value[1:])
	rest := value[1+max(n, 0):]
	if n <= 0 || length > uint64(len(rest)) {
		return nil, nil, fmt.Errorf("%w: cut short", ErrUnreadable)
	}
	return rest[:length], rest[length:], nil
}

// split makes the two parts of a case.
func split(c Case) (open, sealed []byte, err error) {
	form := openForm{
		Ticket: c.Ticket, Flow: c.Flow, Title: c.Title, Opened: c.Opened.UnixMilli(), Status: c.Status,
		Fields: make([]json.RawMessage, len(c.Fields)), History: make([]json.RawMessage, len(c.History)),
	}
	if c.Check != (Check{}) {
		form.Check = (*checkForm)(&c.Check)
	}
	secret := sealedForm{Values: []string{}, Answer: c.Answer, Notes: make([]string, len(c.History))}
	for i, f := range c.Fields {
		field := fieldForm(f)
		if f.Personal {
			field.Value = ""
			secret.Values = append(secret.Values, f.Value)
		}
		if form.Fields[i], err = marshal(field, at(c.unknown.fields, i)); err != nil {
			return nil, nil, err
		}
	}
	for i, e := range c.History {
		event := eventForm{At: e.At.UnixMilli(), Status: e.Status, By: e.By}
		secret.Notes[i] = e.Note
		if form.History[i], err = marshal(event, at(c.unknown.events, i)); err != nil {
			return nil, nil, err
		}
	}
	if open, err = marshal(form, c.unknown.open); err != nil {
		return nil, nil, err
	}
	sealed, err = marshal(secret, c.unknown.sealed)
	return open, sealed, err
}

// join is the other way.
func join(open, sealed []byte) (c Case, err error) {
	var form openForm
	var secret sealedForm
	if c.unknown.open, err = unmarshal(open, &form, openNames); err != nil {
		return Case{}, err
	}
	if c.unknown.sealed, err = unmarshal(sealed, &secret, sealedNames); err != nil {
		return Case{}, err
	}
	c.Ticket, c.Flow, c.Title, c.Status, c.Answer = form.Ticket, form.Flow, form.Title, form.Status, secret.Answer
	c.Opened = time.UnixMilli(form.Opened).UTC()
	if form.Check != nil {
		c.Check = Check(*form.Check)
	}
	if c.Fields, c.unknown.fields, err = joinFields(form.Fields, secret.Values); err != nil {
		return Case{}, err
	}
	c.History, c.unknown.events, err = joinHistory(form.History, secret.Notes)
	return c, err
}

func joinFields(raws []json.RawMessage, values []string) (fields []Field, rests []map[string]json.RawMessage, err error) {
	for _, raw := range raws {
		var form fieldForm
		rest, err := unmarshal(raw, &form, fieldNames)
		if err != nil {
			return nil, nil, err
		}
		if form.Personal {
			if len(values) == 0 {
				return nil, nil, fmt.Errorf("%w: a sealed value is missing", ErrUnreadable)
			}
			form.Value, values = values[0], values[1:]
		}
		fields, rests = append(fields, Field(form)), append(rests, rest)
	}
	return fields, rests, nil
}

func joinHistory(raws []json.RawMessage, notes []string) (events []Event, rests []map[string]json.RawMessage, err error) {
	for i, raw := range raws {
		var form eventForm
		rest, err := unmarshal(raw, &form, eventNames)
		if err != nil {
			return nil, nil, err
		}
		event := Event{At: time.UnixMilli(form.At).UTC(), Status: form.Status, By: form.By}
		if i < len(notes) {
			event.Note = notes[i]
		}
		events, rests = append(events, event), append(rests, rest)
	}
	return events, rests, nil
}

// marshal writes a form, which has members, and beside them what a newer version wrote.
func marshal(form any, rest map[string]json.RawMessage) ([]byte, error) {
	text, err := json.Marshal(form)
	if err != nil || len(rest) == 0 {
		return text, err
	}
	more, err := json.Marshal(rest)
	if err != nil {
		return nil, err
	}
	return append(append(text[:len(text)-1], ','), more[1:]...), nil
}

// unmarshal reads a form and returns what it has no name for.
func unmarshal(raw []byte, form any, known []string) (rest map[string]json.RawMessage, err error) {
	if err := json.Unmarshal(raw, form); err != nil {
		return nil, fmt.Errorf("%w: not the JSON expected", ErrUnreadable)
	}
	if err := json.Unmarshal(raw, &rest); err != nil {
		return nil, fmt.Errorf("%w: not the JSON expected", ErrUnreadable)
	}
	for _, name := range known {
		delete(rest, name)
	}
	if len(rest) == 0 {
		return nil, nil
	}
	return rest, nil
}

func at(rests []map[string]json.RawMessage, i int) map[string]json.RawMessage {
	if i < len(rests) {
		return rests[i]
	}
	return nil
}
