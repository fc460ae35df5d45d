package dialogue

import (
	"cmp"
	"fmt"
	"strings"
	"unicode/utf8"

	"zhugong/internal/chinese"
	"zhugong/internal/form"
	"zhugong/internal/slot"
	"zhugong/knowledge"
)

// filling returns the flow whose open step the worker is being asked, without another question before it.
func (t *turn) filling() (*knowledge.Flow, bool) {
	f := &t.state.Form
	flow, known := t.Base.Flow(f.Flow)
	return flow, known && !f.Paused && f.Pending == ""
}

// answersStep reports whether the message holds a value for what the open form asks.
func (t *turn) answersStep() bool {
	flow, filling := t.filling()
	if !filling {
		return false
	}
	step := stepOf(flow, t.state.Form.Asked)
	return step != nil && t.reader.Read(step, t.message.Text, t.now, true).Value != ""
}

// answersForm reports whether the message is a short answer to what the open form asks: 就我一个 is a number of people
// there, and nothing to worry about. A worker's own words may tell of anything.
func (t *turn) answersForm(folded string) bool {
	flow, filling := t.filling()
	if !filling || utf8.RuneCountInString(t.message.Text) > mostAnswer {
		return false
	}
	step := stepOf(flow, t.state.Form.Asked)
	if commandOf(folded, step) != noCommand {
		return true
	}
	if step == nil {
		if _, clear := answerTo(t.message.Text, folded, phraseAgree); clear {
			return true
		}
	} else if step.Kind != knowledge.Free && t.reader.Read(step, t.message.Text, t.now, true).Value != "" {
		return true
	}
	if step != nil && step.Kind == knowledge.Free {
		return t.match().Danger < likelyDanger
	}
	return t.match().Danger < surelyDanger
}

// likelyDanger is the same where a worker's own words are asked for, which may tell of anything.
const likelyDanger = 0.75

// mostAnswer is how many characters an answer has that may sound like danger and is none.
const mostAnswer = 20

// surelyDanger is how sure the second net must be to take a short answer to a question for danger.
const surelyDanger = 0.85

// fill takes the answer to the step that is asked, serves a question that came instead, or explains the step once more.
func (t *turn) fill(flow *knowledge.Flow, folded string) Reply {
	f := &t.state.Form
	step := stepOf(flow, f.Asked)
	if step == nil { // the flow was changed by staff meanwhile
		return t.ask(flow)
	}
	step, reading := t.readStep(flow, step, folded)
	if reply, ok := t.interrupted(flow, folded, step, reading); ok {
		return reply
	}
	if reading.Value == "" && reading.Say != "" {
		f.Guess = reading.Guess
		t.decision.because("“%s”说得不明确，再问一句", step.Label, "")
		return t.question(flow, step, append(t.take(flow, step), reading.Say))
	}
	if reading.Value == "" {
		if said := t.take(flow, step); len(said) > 0 {
			return t.ask(flow, said...)
		}
		return t.wrong(flow, step, folded)
	}
	first := f.Get(step.Slot) == ""
	said := t.set(flow, step, reading)
	if when := form.AsksWhen(flow, step, f.Get(step.Slot), t.now); first && when != "" {
		t.decision.because("走了，没说多久，问一句", "", "")
		t.decision.Outcome, f.At = Flow, t.now
		return t.page(Reply{Text: lines(append(said, when)...), Choices: t.labels()})
	}
	return t.ask(flow, said...)
}

// readStep reads the answer to the step that is asked. Besides what the step's kind reads, one of the worker's own cases can
// be chosen by its place, and a guess be confirmed. Who was asked since when, and goes on instead, answers the next step.
func (t *turn) readStep(flow *knowledge.Flow, step *knowledge.Step, folded string) (*knowledge.Step, form.Reading) {
	f := &t.state.Form
	guess := f.Guess
	f.Guess = ""
	reading := t.reader.Read(step, t.message.Text, t.now, true)
	if f.Get(step.Slot) != "" {
		next := f.Next(flow)
		if _, tellsWhen := slot.Since(t.message.Text, t.now); next != nil && !tellsWhen {
			if later := t.reader.Read(next, t.message.Text, t.now, true); later.Value != "" {
				return next, later
			}
		}
	}
	if step.Kind == knowledge.Ticket {
		own := t.cases()
		if place, ok := placeOf(folded); ok && 0 < place && place <= len(own) {
			reading.Value = digits(own[place-1].Ticket)
		}
	}
	if yes, clear := slot.YesNo(t.message.Text); guess != "" && reading.Value == "" && clear && yes {
		reading.Value = guess
	}
	return step, reading
}

// set fills a step and what else the message tells, and returns what is to be said about it.
func (t *turn) set(flow *knowledge.Flow, step *knowledge.Step, reading form.Reading) []string {
	f := &t.state.Form
	if before := f.Get(step.Slot); before != "" && step.Kind == knowledge.Free { // asked again, for what was missing
		reading.Value = before + "，" + reading.Value
	}
	f.Set(step, reading.Value)
	f.Wrong = 0
	f.Prune(flow)
	t.decision.because("“%s”填上了", step.Label, "")
	said := []string{reading.Say, form.Warning(flow, step, reading.Value, t.now)}
	taken := t.heard(step, reading.Value)
	if step.Kind == knowledge.Free && slot.LongNumber(t.message.Text) {
		said = append(said, phraseLongNumber)
	}
	return append(t.take(flow, step, taken...), said...)
}

// heard repeats a value that was said in other words than it is kept in: 花果园 is in 南明.
func (t *turn) heard(step *knowledge.Step, value string) []string {
	shown := form.Show(step.Kind, value)
	if rough := t.roughly(step); rough != "" {
		return []string{step.Label + rough + shown}
	}
	if step.Kind == knowledge.Free || step.Kind == knowledge.Mobile || step.Kind == knowledge.Ticket || strings.Contains(t.message.Text, value) {
		return nil
	}
	if _, byPlace := placeOf(chinese.Fold(t.message.Text)); byPlace && step.Kind == knowledge.OneOf {
		return nil
	}
	return []string{step.Label + " " + shown}
}

// roughly says that a number is only roughly known, "" when it is.
func (t *turn) roughly(step *knowledge.Step) string {
	if (step.Kind == knowledge.Money || step.Kind == knowledge.Count) && utf8.RuneCountInString(t.message.Text) <= mostAnswer && slot.Rough(t.message.Text) {
		return "先按 "
	}
	return ""
}

// take fills the open steps that the message unmistakably tells, but for the one asked, and returns what is to be said
// about it and about what was taken before. Nothing personal is taken before the worker agreed.
func (t *turn) take(flow *knowledge.Flow, asked *knowledge.Step, taken ...string) []string {
	f := &t.state.Form
	var said []string
	for _, step := range f.Steps(flow) {
		if asked != nil && asked.Kind == knowledge.Free && !unmistakable[step.Kind] && t.state.Form.Get(asked.Slot) != "" {
			continue // a worker's own words may name anything
		}
		if step == asked || f.Done(step.Slot) || !f.Allows(step) {
			continue
		}
		reading := t.reader.Read(step, t.message.Text, t.now, false)
		if reading.Value == "" {
			continue
		}
		f.Set(step, reading.Value)
		t.decision.because("话里还说了“%s”", step.Label, "")
		taken = append(taken, step.Label+cmp.Or(t.roughly(step), " ")+form.Show(step.Kind, reading.Value))
		said = append(said, reading.Say, form.Warning(flow, step, reading.Value, t.now))
	}
	if len(taken) > 0 {
		said = append([]string{fmt.Sprintf(phraseTaken, strings.Join(taken, "，"))}, said...)
	}
	return said
}

// unmistakable are the kinds whose values are no part of a worker's own words by chance: they need their unit, and for
// money that it is owed.
var unmistakable = map[knowledge.StepKind]bool{knowledge.Mobile: true, knowledge.Money: true, knowledge.Count: true}

// wrong explains a step whose answer was not understood: once with an example, then with the ways out.
func (t *turn) wrong(flow *knowledge.Flow, step *knowledge.Step, folded string) Reply {
	if t.fearful(folded) {
		return t.answerInForm(flow, aboutData)
	}
	f := &t.state.Form
	f.Wrong++
	t.decision.because("没听出“%s”", step.Label, "")
	hint := cmp.Or(step.Retry, retries[step.Kind])
	switch written := len(digits(chinese.Fold(t.message.Text))); {
	case step.Kind == knowledge.Mobile && written == 0:
		f.Wrong = mostWrong // it was no try at a number
		hint = phraseNeededPhone
	case step.Kind == knowledge.Ticket && written == ticketDigits:
		hint = phraseWrongTicket
	case step.Kind == knowledge.Ticket && f.Wrong >= mostWrong:
		t.state.Form = form.Form{}
		if slot.TriesMobile(t.message.Text) || written > 0 {
			return t.say(Flow, phraseWrongNumber)
		}
		return t.say(Flow, phraseNoTicket)
	case f.Wrong >= mostWrong:
		hint = phraseMaySkip
	}
	return t.question(flow, step, []string{hint})
}

// ticketDigits is how many digits the number of a case has.
const ticketDigits = 10

// stepOf returns the step of a slot.
func stepOf(flow *knowledge.Flow, slot string) *knowledge.Step {
	for i := range flow.Steps {
		if flow.Steps[i].Slot == slot {
			return &flow.Steps[i]
		}
	}
	return nil
}
