package dialogue

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"zhugong/internal/form"
	"zhugong/knowledge"
)

const (
	formLasts = 24 * time.Hour   // since the form was last spoken of
	formIdles = 30 * time.Minute // after which the worker is asked whether to go on
	mostWrong = 3                // answers not understood after which any step can be skipped
)

// flowPrefix begins the id of a choice or a menu key that opens a guided dialogue.
const flowPrefix = "flow:"

// open opens a guided dialogue. One that is half filled in is not thrown away without asking.
func (t *turn) open(flow *knowledge.Flow) Reply {
	f := &t.state.Form
	other, known := t.Base.Flow(f.Flow)
	switch {
	case !known || len(f.Values) == 0:
		return t.start(flow)
	case other.ID == flow.ID:
		return t.askResume(flow)
	}
	return t.askSwitch(other, flow)
}

// start begins a guided dialogue, in place of one that was open, unless nothing could be registered. What the message that led
// to it already tells is taken.
func (t *turn) start(flow *knowledge.Flow) Reply {
	t.decision.because("开始“%s”", flow.Title, "")
	t.state.Misses, t.state.Offered, t.state.Attribute = 0, nil, ""
	if flow.Registers && t.Ticket == nil {
		t.decision.because("眼下存不了登记", "", "")
		return t.say(Flow, fmt.Sprintf(phraseCannotRegister, flow.Title))
	}
	t.state.Form = form.Form{Flow: flow.ID, At: t.now}
	if entry := t.flows[flow.ID]; entry != "" {
		t.state.Entry = entry
	}
	var said []string
	if t.message.Kind == Text {
		said = t.take(flow, nil)
	}
	return t.ask(flow, append(said, fmt.Sprintf(phraseFlowBegins, flow.Title))...)
}

// ask puts the next question of the open form below what is said first, or finishes the form.
func (t *turn) ask(flow *knowledge.Flow, first ...string) Reply {
	f := &t.state.Form
	f.At, f.Pending, f.Other, f.Paused = t.now, "", "", false
	t.decision.Outcome = Flow
	step := f.Next(flow)
	switch {
	case step == nil && !flow.Registers:
		return t.finish(flow, first)
	case step == nil:
		f.Asked = form.Confirm
		return t.page(Reply{Text: lines(append(first, t.summary(flow))...), Choices: t.labels(phraseYesSubmit, phraseWantChange)})
	case !f.Agreed && flow.Notice != "" && (flow.NoticeFirst || step.Personal || step.Health):
		if f.Asked == form.Consent {
			return t.page(Reply{Text: lines(append(first, phraseConsentShort)...), Choices: t.labels(phraseAgree, phraseDisagree)})
		}
		f.Asked = form.Consent
		notice := strings.ReplaceAll(strings.TrimRight(flow.Notice, "\n"), "{保存}", strconv.Itoa(t.KeepDays)+"天")
		return t.page(Reply{Text: lines(append(first, notice)...), Choices: t.labels(phraseAgree, phraseDisagree)})
	case step.Health && !f.Health:
		f.Asked = form.HealthConsent
		return t.page(Reply{Text: lines(append(first, phraseHealth)...), Choices: t.labels(phraseAgree, phraseSkip)})
	}
	f.Asked = step.Slot
	return t.question(flow, step, first)
}

// question asks for one slot.
func (t *turn) question(flow *knowledge.Flow, step *knowledge.Step, first []string) Reply {
	t.decision.Outcome, t.state.Form.At = Flow, t.now
	at, of := t.state.Form.Progress(flow, step.Slot)
	ask := step.Ask
	if of > 1 {
		ask = fmt.Sprintf(phraseProgress, at, of) + ask
	}
	text := append(first, ask)
	if lines(first...) != "" {
		text[len(first)] = "\n" + text[len(first)]
	}
	if at == 1 && of > 1 && len(first) > 0 {
		text = append(text, phraseHowTo)
	}
	switch {
	case step.Kind == knowledge.SomeOf:
		text = append(text, phraseSeveral)
	case step.Optional:
		text = append(text, phraseOptional)
	}
	reply := Reply{Text: lines(text...)}
	for _, option := range step.Options {
		reply.Choices = append(reply.Choices, Choice{option.Name, option.Name})
	}
	if step.Kind == knowledge.Ticket {
		reply.Choices = t.ownTickets()
	}
	t.state.Offered = nil
	return t.page(reply)
}

// labels makes choices that are answers to the form and no entries.
func (t *turn) labels(labels ...string) []Choice {
	t.state.Offered = nil
	choices := make([]Choice, len(labels))
	for i, label := range labels {
		choices[i] = Choice{label, label}
	}
	return choices
}

// lines joins what is said, a paragraph a line.
func lines(text ...string) string {
	return joined(text, "\n")
}

// paragraphs joins what is said with an empty line between: much at once is read in pieces.
func paragraphs(text []string) string {
	return joined(text, "\n\n")
}

func joined(text []string, between string) string {
	var b strings.Builder
	for _, l := range text {
		if l = strings.TrimRight(l, "\n"); l == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(between)
		}
		b.WriteString(l)
	}
	return b.String()
}

// inForm answers a message while a form is open. It reports false when the form has nothing to do with it.
func (t *turn) inForm(folded string) (Reply, bool) {
	f := &t.state.Form
	flow, _ := t.Base.Flow(f.Flow) // dropOld has seen to it
	switch {
	case f.Pending == form.Resume:
		return t.resumes(flow, folded)
	case f.Pending == form.Change:
		return t.changesOne(flow, folded)
	case f.Pending == form.Switch:
		return t.switches(flow, folded)
	case f.Paused:
		return t.whilePaused(flow, folded)
	case t.now.Sub(f.At) >= formIdles:
		return t.comesBack(flow, folded)
	}
	if reply, ok := t.commanded(flow, folded); ok {
		return reply, true
	}
	switch f.Asked {
	case form.Consent, form.HealthConsent:
		return t.consents(flow, folded), true
	case form.Confirm:
		return t.confirms(flow, folded), true
	}
	if reply, ok := t.corrects(flow, folded); ok {
		return reply, true
	}
	return t.fill(flow, folded), true
}
