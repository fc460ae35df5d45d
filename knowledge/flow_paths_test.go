package knowledge

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// randomFlow makes a small flow with conditions of all sorts, many of which cannot hold.
func randomFlow(random *rand.Rand) *Flow {
	flow := &Flow{}
	when := func(steps int) []Condition {
		var conditions []Condition
		for range random.IntN(3) {
			if steps == 0 {
				break
			}
			c := Condition{Slot: fmt.Sprint("s", random.IntN(steps))}
			for range 1 + random.IntN(2) {
				c.Any = append(c.Any, fmt.Sprint("v", random.IntN(3)))
			}
			conditions = append(conditions, c)
		}
		return conditions
	}
	for i := range 1 + random.IntN(4) {
		step := Step{Slot: fmt.Sprint("s", i), Kind: OneOf, Options: []Option{{Name: "v0"}, {Name: "v1"}, {Name: "v2"}}, When: when(i)}
		if random.IntN(3) == 0 {
			step.Kind = SomeOf
		}
		flow.Steps = append(flow.Steps, step)
	}
	for range 1 + random.IntN(3) {
		flow.Ends = append(flow.Ends, End{When: when(len(flow.Steps))})
	}
	return flow
}

// tryAll goes through a flow with every value of every step, by no other rule than what conditions mean.
func tryAll(flow *Flow) (steps, ends []bool, silent bool) {
	steps, ends = make([]bool, len(flow.Steps)), make([]bool, len(flow.Ends))
	holds := func(filled map[string]string, conditions []Condition) bool {
		for _, c := range conditions {
			if !slices.ContainsFunc(c.Any, func(v string) bool { return strings.Contains(filled[c.Slot], v) }) {
				return false
			}
		}
		return true
	}
	var from func(i int, filled map[string]string)
	from = func(i int, filled map[string]string) {
		if i == len(flow.Steps) {
			said := false
			for j, end := range flow.Ends {
				if holds(filled, end.When) {
					ends[j], said = true, true
				}
			}
			silent = silent || !said
			return
		}
		step := flow.Steps[i]
		values := []string{""}
		if holds(filled, step.When) {
			steps[i] = true
			values = append(values, "v0", "v1", "v2")
			if step.Kind == SomeOf {
				values = append(values, "v0、v1", "v0、v2", "v1、v2", "v0、v1、v2")
			}
		}
		for _, value := range values {
			filled[step.Slot] = value
			from(i+1, filled)
		}
		filled[step.Slot] = ""
	}
	from(0, map[string]string{})
	return steps, ends, silent
}

// TestWalkIsComplete compares walk, which goes one way for all values that conditions cannot tell apart, with going
// through all values.
func TestWalkIsComplete(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 2026))
	unreached, silent := 0, 0
	for i := range 5000 {
		flow := randomFlow(random)
		steps, ends, isSilent := tryAll(flow)
		got := flow.walk()
		if got.many || !slices.Equal(got.steps, steps) || !slices.Equal(got.ends, ends) || got.silent != isSilent {
			t.Fatalf("flow %d: got %+v, want steps %v, ends %v, silent %v of\n%+v", i, got, steps, ends, isSilent, flow)
		}
		if slices.Contains(steps, false) || slices.Contains(ends, false) {
			unreached++
		}
		if isSilent {
			silent++
		}
	}
	if unreached < 500 || silent < 500 {
		t.Errorf("only %d flows had something unreached, %d were silent", unreached, silent)
	}
}

func TestWalkSilence(t *testing.T) {
	choice := func(slot string, kind StepKind) Step {
		return Step{Slot: slot, Label: slot, Kind: kind, Options: []Option{{Name: "甲"}, {Name: "乙"}, {Name: "丙"}}}
	}
	tests := []struct {
		name string
		flow Flow
		want string // how the first silent way goes
	}{
		{"always said", Flow{Steps: []Step{choice("a", OneOf)}, Ends: []End{{}}}, ""},
		{"one value forgotten", Flow{Steps: []Step{choice("a", OneOf)},
			Ends: []End{{When: []Condition{{"a", []string{"甲", "乙"}}}}}}, "a：丙"},
		{"left empty", Flow{Steps: []Step{choice("a", OneOf)},
			Ends: []End{{When: []Condition{{"a", []string{"甲", "乙", "丙"}}}}}}, "a：没有填"},
		{"several", Flow{Steps: []Step{choice("a", SomeOf), choice("b", OneOf)},
			Ends: []End{{When: []Condition{{"a", []string{"甲"}}, {"a", []string{"乙"}}}}}}, "a：丙"},
	}
	for _, test := range tests {
		if got := describe(test.flow.walk().silence); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

// TestWalkIsBounded has flows with more ways than can be gone.
func TestWalkIsBounded(t *testing.T) {
	var long Flow
	for i := range 20 {
		slot := fmt.Sprint("s", i)
		long.Steps = append(long.Steps, Step{Slot: slot, Kind: OneOf, Options: []Option{{Name: "甲"}, {Name: "乙"}}})
		long.Ends = append(long.Ends, End{When: []Condition{{slot, []string{"甲"}}}})
	}
	wide := Flow{Steps: []Step{{Slot: "a", Kind: SomeOf}}}
	for i := range 60 {
		name := fmt.Sprint("v", i)
		wide.Steps[0].Options = append(wide.Steps[0].Options, Option{Name: name})
		wide.Ends = append(wide.Ends, End{When: []Condition{{"a", []string{name}}}})
	}
	often := Flow{Steps: []Step{{Slot: "a", Kind: OneOf, Options: []Option{{Name: "甲"}}}}}
	for range 65 {
		often.Ends = append(often.Ends, End{When: []Condition{{"a", []string{"甲"}}}})
	}
	for name, flow := range map[string]*Flow{"long": &long, "wide": &wide, "often": &often} {
		if !flow.walk().many {
			t.Errorf("%s: every way was gone", name)
		}
	}
}
