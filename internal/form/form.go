// Package form fills in a guided dialogue: which step comes next, what a message says for which step, what a step's
// value means for a limit in law. It knows the flows that staff write and how values are read; it knows nothing of
// conversations, of what is said to a worker, or of where a form is kept.
package form

import (
	"cmp"
	"slices"
	"time"

	"zhugong/knowledge"
)

// Form is a guided dialogue being filled in. The zero Form is none.
type Form struct {
	Flow    string // id of the knowledge.Flow, "" for none
	Values  []Value
	Skipped []string // slots that the worker would not fill
	Asked   string   // the slot asked last, or one of the questions below
	Pending string   // a question about the form itself that comes before Asked, "" for none
	Other   string   // the flow that the worker seems to want instead, while Switch is pending
	Agreed  bool     // to the notice
	Health  bool     // agreed that health is told of
	Paused  bool     // put aside by the worker, or by something more urgent
	Held    string   // what the worker wrote when he came back, until he has said whether to go on
	Guess   string   // the option that was asked about in the last question back, "" for none
	Wrong   int      // answers in a row that could not be understood
	At      time.Time
}

// What can be asked besides a slot. Consent, HealthConsent and Confirm stand in Form.Asked, the others in Form.Pending.
const (
	Consent       = "consent"
	HealthConsent = "consent_health"
	Confirm       = "confirm"
	Resume        = "resume"
	Change        = "change"
	Switch        = "switch"
)

// Value is what a slot was filled with, in the canonical form of its kind.
type Value struct {
	Slot, Text string
}

// Open reports whether there is a form.
func (f *Form) Open() bool { return f.Flow != "" }

// Question returns what is being asked: a slot or one of the questions above.
func (f *Form) Question() string { return cmp.Or(f.Pending, f.Asked) }

// Get returns the value of a slot, "" when it is not filled.
func (f *Form) Get(slot string) string {
	for _, v := range f.Values {
		if v.Slot == slot {
			return v.Text
		}
	}
	return ""
}

// Allows reports whether the worker has agreed to what a step asks.
func (f *Form) Allows(step *knowledge.Step) bool {
	return (f.Agreed || !step.Personal) && (f.Health || !step.Health)
}

// Set fills a step, unless the worker has not agreed to it: then it is as if nothing had been said. The slices are copied:
// a turn must not change the state it was given.
func (f *Form) Set(step *knowledge.Step, text string) {
	f.Clear(step.Slot)
	if f.Allows(step) {
		f.Values = append(slices.Clip(f.Values), Value{step.Slot, text})
	}
}

// Skip notes that a slot stays empty.
func (f *Form) Skip(slot string) {
	f.Clear(slot)
	f.Skipped = append(slices.Clip(f.Skipped), slot)
}

// Clear makes a slot open again.
func (f *Form) Clear(slot string) {
	f.Values = without(f.Values, func(v Value) bool { return v.Slot == slot })
	f.Skipped = without(f.Skipped, func(s string) bool { return s == slot })
}

// without returns the others in a slice of their own, or the same slice when there is nothing to leave out.
func without[T any](all []T, out func(T) bool) []T {
	if !slices.ContainsFunc(all, out) {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), out)
}

// Done reports whether a step needs no asking any more.
func (f *Form) Done(slot string) bool { return f.Get(slot) != "" || slices.Contains(f.Skipped, slot) }

// holds reports whether all conditions hold. A condition on a slot not yet filled does not.
func (f *Form) holds(conditions []knowledge.Condition) bool {
	for _, c := range conditions {
		if !slices.ContainsFunc(c.Any, func(want string) bool { return has(f.Get(c.Slot), want) }) {
			return false
		}
	}
	return true
}

// may reports whether all conditions hold or can come to hold.
func (f *Form) may(conditions []knowledge.Condition) bool {
	for _, c := range conditions {
		if f.Done(c.Slot) && !f.holds([]knowledge.Condition{c}) {
			return false
		}
	}
	return true
}

// applies reports whether a step is asked or can come to be: what hangs on a step that is not asked is not asked either.
func (f *Form) applies(flow *knowledge.Flow, step *knowledge.Step) bool {
	for _, c := range step.When {
		for i := range flow.Steps {
			if on := &flow.Steps[i]; on.Slot == c.Slot && !f.applies(flow, on) {
				return false
			}
		}
	}
	return f.may(step.When)
}

// Steps returns the steps of a flow that are asked, as far as can be said by now.
func (f *Form) Steps(flow *knowledge.Flow) []*knowledge.Step {
	steps := make([]*knowledge.Step, 0, len(flow.Steps))
	for i := range flow.Steps {
		if f.applies(flow, &flow.Steps[i]) {
			steps = append(steps, &flow.Steps[i])
		}
	}
	return steps
}

// Next returns the step to ask, nil when the form is complete.
func (f *Form) Next(flow *knowledge.Flow) *knowledge.Step {
	for i := range flow.Steps {
		if step := &flow.Steps[i]; !f.Done(step.Slot) && f.holds(step.When) {
			return step
		}
	}
	return nil
}

// Before returns the step that was answered before the one now asked, nil when there is none.
func (f *Form) Before(flow *knowledge.Flow) *knowledge.Step {
	asked := f.Asked
	if next := f.Next(flow); next != nil && (asked == Consent || asked == HealthConsent) {
		asked = next.Slot // what the consent is for
	}
	var last *knowledge.Step
	for _, step := range f.Steps(flow) {
		if step.Slot == asked {
			break
		}
		if f.Done(step.Slot) {
			last = step
		}
	}
	return last
}

// Progress says that the slot is the at-th step of so many.
func (f *Form) Progress(flow *knowledge.Flow, slot string) (at, of int) {
	steps := f.Steps(flow)
	return 1 + slices.IndexFunc(steps, func(s *knowledge.Step) bool { return s.Slot == slot }), len(steps)
}

// Prune empties what was filled in steps that an answer given since has made needless.
func (f *Form) Prune(flow *knowledge.Flow) {
	for i := range flow.Steps {
		if step := &flow.Steps[i]; f.Done(step.Slot) && !f.applies(flow, step) {
			f.Clear(step.Slot)
		}
	}
}

// Ends returns what is said when the form is complete, in the order of the file.
func (f *Form) Ends(flow *knowledge.Flow) []string {
	var texts []string
	for i := range flow.Ends {
		if end := &flow.Ends[i]; f.holds(end.When) {
			texts = append(texts, end.Say)
		}
	}
	return texts
}
