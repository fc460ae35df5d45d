package dialogue

import (
	"fmt"
	"strings"

	"zhugong/internal/form"
	"zhugong/knowledge"
)

// summary lists what was filled in, for the worker to check.
func (t *turn) summary(flow *knowledge.Flow) string {
	f := &t.state.Form
	var b strings.Builder
	b.WriteString(fmt.Sprintf(phraseSummary, flow.Title))
	for _, step := range f.Steps(flow) {
		value := form.Show(step.Kind, f.Get(step.Slot))
		if value == "" {
			value = phraseNotFilled
		}
		line(&b, step.Label+"："+value)
	}
	line(&b, "\n"+fmt.Sprintf(phraseCheckIt, changeExample(flow)))
	return b.String()
}

// changeExample is how a worker may write that something is to be changed.
func changeExample(flow *knowledge.Flow) string {
	for i := range flow.Steps {
		if step := &flow.Steps[i]; step.Kind == knowledge.OneOf {
			return fmt.Sprintf(phraseBecomes, step.Label, step.Options[len(step.Options)/2].Name)
		}
	}
	return fmt.Sprintf(phraseItIsWrong, flow.Steps[len(flow.Steps)-1].Label)
}

// finish says what comes of the form, and has it registered where the flow does.
func (t *turn) finish(flow *knowledge.Flow, first []string) Reply {
	f := &t.state.Form
	if reply, ok := t.lookedUp(flow); ok {
		return reply
	}
	text := first
	if flow.Registers {
		if t.Ticket == nil {
			t.decision.because("眼下存不了，等会儿再提交", "", "")
			return t.say(Flow, phraseCannotSubmit)
		}
		filing := t.filing(flow)
		t.decision.Effects.Filing = filing
		text = append(text, fmt.Sprintf(phraseRegistered, filing.Ticket))
	}
	for _, step := range f.Steps(flow) {
		text = append(text, form.Warning(flow, step, f.Get(step.Slot), t.now))
	}
	for _, end := range f.Ends(flow) {
		text = append(text, t.filledIn(flow, end))
	}
	t.state.Form = form.Form{}
	t.decision.Outcome = Flow
	t.decision.because("“%s”办完了", flow.Title, "")
	return t.page(Reply{Text: paragraphs(text)})
}

// filing is what staff get.
func (t *turn) filing(flow *knowledge.Flow) *Filing {
	f := &t.state.Form
	filing := &Filing{Ticket: t.Ticket(), Flow: flow.ID, Title: flow.Title}
	for _, step := range f.Steps(flow) {
		if value := f.Get(step.Slot); value != "" {
			filing.Fields = append(filing.Fields, Field{step.Slot, step.Label, value, step.Personal || step.Health, step.Kind == knowledge.Free})
		}
	}
	return filing
}

// filledIn puts what was filled in into a text of the flow.
func (t *turn) filledIn(flow *knowledge.Flow, text string) string {
	f := &t.state.Form
	for i := range flow.Steps {
		step := &flow.Steps[i]
		value := form.Show(step.Kind, f.Get(step.Slot))
		if value == "" {
			value = phraseNotFilled
		}
		text = strings.ReplaceAll(text, "{填:"+step.Slot+"}", value)
	}
	return text
}
