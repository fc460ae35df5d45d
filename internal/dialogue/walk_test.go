package dialogue_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"zhugong/internal/dialogue"
	"zhugong/internal/form"
	"zhugong/internal/slot"
	"zhugong/internal/testenv"
	"zhugong/knowledge"
)

// TestWalkFlows walks every guided dialogue over all its choices, saying yes and no to every consent, filling in and
// skipping what can be skipped. Every walk must end; nothing may be asked twice, and nothing that was said may be lost.
func TestWalkFlows(t *testing.T) {
	engine := testenv.Engine(t)
	if len(engine.Base.Flows) < 9 {
		t.Fatalf("%d flows, want all nine", len(engine.Base.Flows))
	}
	for i := range engine.Base.Flows {
		flow := &engine.Base.Flows[i]
		t.Run(flow.ID, func(t *testing.T) {
			w := &walker{t: t, engine: engine, flow: flow, now: time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)}
			state, reply, decision := w.turn(dialogue.State{}, dialogue.Message{Kind: dialogue.Click, Key: "flow:" + flow.ID})
			w.walk(path{state: state, reply: reply, decision: decision})
			if w.ends == 0 || w.filed == 0 && flow.Registers {
				t.Errorf("%d ends, %d cases", w.ends, w.filed)
			}
			t.Logf("%d ends, %d cases, %d turns", w.ends, w.filed, w.turns)
		})
	}
}

type walker struct {
	t                  *testing.T
	engine             *dialogue.Engine
	flow               *knowledge.Flow
	now                time.Time
	ends, filed, turns int
}

// path is where a walk stands and what was said to come there.
type path struct {
	state    dialogue.State
	reply    dialogue.Reply
	decision dialogue.Decision
	said     []form.Value // slot asked, what was answered
}

func (w *walker) turn(state dialogue.State, message dialogue.Message) (dialogue.State, dialogue.Reply, dialogue.Decision) {
	w.turns++
	data, err := state.AppendBinary(nil)
	if err != nil {
		w.t.Fatal(err)
	}
	read, ok := dialogue.DecodeState(data)
	if !ok {
		w.t.Fatalf("state cannot be read: %x", data)
	}
	return w.engine.Turn(read, message, dialogue.Trial(w.now))
}

func (w *walker) walk(p path) {
	if !p.decision.Form.Open() {
		w.end(p)
		return
	}
	asked := p.decision.Form.Asked
	if slices.ContainsFunc(p.said, func(v form.Value) bool { return v.Slot == asked }) {
		w.t.Fatalf("%s is asked again after %v:\n%s", asked, p.said, p.reply.Text)
	}
	if p.reply.Text == "" || p.decision.Outcome != dialogue.Flow {
		w.t.Fatalf("after %v: %s %q", p.said, p.decision.Outcome, p.reply.Text)
	}
	for _, answer := range w.answers(asked) {
		next := path{said: append(slices.Clip(p.said), form.Value{Slot: asked, Text: answer})}
		next.state, next.reply, next.decision = w.turn(p.state, dialogue.Message{Text: answer})
		if next.decision.Form.Open() && next.decision.Form.Asked == asked {
			w.t.Fatalf("%q is no answer to %s:\n%s", answer, asked, next.reply.Text)
		}
		w.walk(next)
	}
}

// answers are what is tried: every option, the values of other kinds, and skipping.
func (w *walker) answers(asked string) []string {
	switch asked {
	case form.Consent:
		return []string{"同意", "不同意"}
	case form.HealthConsent:
		return []string{"1", "跳过"}
	case form.Confirm:
		return []string{"对", "取消"}
	}
	i := slices.IndexFunc(w.flow.Steps, func(s knowledge.Step) bool { return s.Slot == asked })
	if i < 0 {
		w.t.Fatalf("%s is no slot", asked)
	}
	step := w.flow.Steps[i]
	answers := map[knowledge.StepKind][]string{
		knowledge.Mobile: {"13985012345"}, knowledge.Money: {"三万二"}, knowledge.Count: {"12"}, knowledge.Date: {"去年12月3号"},
		knowledge.Month: {"去年12月"}, knowledge.Free: {"黔星建筑劳务公司"},
	}[step.Kind]
	if step.Kind == knowledge.Ticket {
		answers = []string{"483715926" + string(slot.TicketCheck("483715926"))}
	}
	if step.Slot != "district" || w.flow.ID == "find_union" { // eleven districts make no other path than two do
		for _, option := range step.Options {
			answers = append(answers, option.Name)
		}
	} else {
		answers = append(answers, step.Options[0].Name, step.Options[len(step.Options)-1].Name)
	}
	if step.Kind == knowledge.SomeOf {
		answers = []string{"1", "2、3", fmt.Sprint(len(step.Options))}
	}
	if step.Optional {
		answers = append(answers, "跳过")
	}
	return answers
}

// end checks that a finished walk lost nothing and made nothing up.
func (w *walker) end(p path) {
	w.ends++
	if p.reply.Text == "" || strings.ContainsAny(p.reply.Text, "{}") {
		w.t.Fatalf("after %v it ends with %q", p.said, p.reply.Text)
	}
	last := p.said[len(p.said)-1]
	filing := p.decision.Effects.Filing
	if want := w.flow.Registers && last.Slot == form.Confirm && last.Text == "对"; want != (filing != nil) {
		w.t.Fatalf("after %v a case was registered: %v", p.said, filing != nil)
	}
	if filing == nil {
		return
	}
	w.filed++
	filled := map[string]bool{}
	for _, field := range filing.Fields {
		filled[field.Slot] = true
	}
	for _, answer := range p.said {
		isStep := slices.ContainsFunc(w.flow.Steps, func(s knowledge.Step) bool { return s.Slot == answer.Slot })
		if isStep && answer.Text != "跳过" && !filled[answer.Slot] {
			w.t.Fatalf("%s = %q is lost: %v", answer.Slot, answer.Text, filing.Fields)
		}
		delete(filled, answer.Slot)
	}
	if len(filled) > 0 {
		w.t.Fatalf("nobody said %v", filled)
	}
}
