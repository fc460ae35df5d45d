package knowledge

import (
	"maps"
	"slices"
)

// maxPaths bounds how many ways through a flow are gone. Real flows have a few dozen.
const maxPaths = 1 << 16

// paths is what came of going every way through a flow that its conditions can tell apart. Any step may be left
// empty: who is not understood three times may skip it.
type paths struct {
	steps   []bool    // by step: some way asks it
	ends    []bool    // by end: some way says it
	silent  bool      // some way says none of the ends
	silence []setting // how the first such way goes
	many    bool      // there are more than maxPaths ways, so that nothing can be said
}

// setting is a step with what it was answered, "" when it was left empty.
type setting struct {
	step  *Step
	value string
}

// walker goes through a flow.
type walker struct {
	flow    *Flow
	met     map[string][]Condition // by slot: the conditions that name it
	choices [][]choice             // by step
	chosen  map[string]choice      // by slot, on the way now gone
	way     []setting
	left    int
	paths
}

// choice is one of the answers to a step that conditions can tell apart.
type choice struct {
	value string
	holds uint64 // the conditions on the slot that it meets, by their index
}

// walk goes every way through a flow whose conditions name slots and values that there are.
func (flow *Flow) walk() paths {
	w := &walker{flow: flow, met: map[string][]Condition{}, chosen: map[string]choice{}, left: maxPaths}
	w.steps, w.ends = make([]bool, len(flow.Steps)), make([]bool, len(flow.Ends))
	for i := range flow.Steps {
		w.note(flow.Steps[i].When)
	}
	for i := range flow.Ends {
		w.note(flow.Ends[i].When)
	}
	for i := range flow.Steps {
		w.choices = append(w.choices, w.choicesOf(&flow.Steps[i]))
	}
	if !w.many {
		w.from(0)
	}
	return w.paths
}

func (w *walker) note(conditions []Condition) {
	for _, c := range conditions {
		w.met[c.Slot] = append(w.met[c.Slot], c)
		w.many = w.many || len(w.met[c.Slot]) > 64
	}
}

// choicesOf returns what a step can be answered with, one choice for all answers that meet the same conditions. Of
// several options at a time every combination counts.
func (w *walker) choicesOf(step *Step) []choice {
	names := map[uint64]string{}
	for _, option := range step.Options {
		holds := w.meets(step.Slot, option.Name)
		for other, name := range maps.Clone(names) {
			if _, known := names[other|holds]; !known && step.Kind == SomeOf {
				names[other|holds] = name + "、" + option.Name
			}
		}
		if _, known := names[holds]; !known {
			names[holds] = option.Name
		}
		if len(names) > maxPaths>>4 {
			w.many = true
			return nil
		}
	}
	if _, known := names[0]; !known {
		names[0] = ""
	}
	var choices []choice
	for _, holds := range slices.Sorted(maps.Keys(names)) {
		choices = append(choices, choice{names[holds], holds})
	}
	return choices
}

// meets returns which conditions on a slot a value meets.
func (w *walker) meets(slot, value string) uint64 {
	var holds uint64
	for i, c := range w.met[slot] {
		if slices.Contains(c.Any, value) {
			holds |= 1 << i
		}
	}
	return holds
}

// from goes every way from step i on.
func (w *walker) from(i int) {
	if w.many {
		return
	}
	if i == len(w.flow.Steps) {
		w.end()
		return
	}
	step := &w.flow.Steps[i]
	delete(w.chosen, step.Slot)
	if !w.hold(step.When) {
		w.from(i + 1)
		return
	}
	w.steps[i] = true
	for _, c := range w.choices[i] {
		w.chosen[step.Slot] = c
		if len(w.met[step.Slot]) > 0 {
			w.way = append(w.way, setting{step, c.value})
		}
		w.from(i + 1)
		if len(w.met[step.Slot]) > 0 {
			w.way = w.way[:len(w.way)-1]
		}
	}
	delete(w.chosen, step.Slot)
}

// end notes what is said at the end of the way.
func (w *walker) end() {
	if w.left--; w.left < 0 {
		w.many = true
		return
	}
	said := false
	for i := range w.flow.Ends {
		if w.hold(w.flow.Ends[i].When) {
			w.ends[i], said = true, true
		}
	}
	if !said && !w.silent {
		w.silent, w.silence = true, slices.Clone(w.way)
	}
}

// hold reports whether all conditions hold on the way now gone.
func (w *walker) hold(conditions []Condition) bool {
	for _, c := range conditions {
		i := slices.IndexFunc(w.met[c.Slot], func(other Condition) bool { return slices.Equal(other.Any, c.Any) })
		if i < 0 || w.chosen[c.Slot].holds&(1<<i) == 0 {
			return false
		}
	}
	return true
}
