package dialogue

import (
	"strings"
	"unicode/utf8"

	"zhugong/internal/chinese"
	"zhugong/internal/form"
	"zhugong/internal/slot"
	"zhugong/knowledge"
)

// confirms hears whether the summary is right.
func (t *turn) confirms(flow *knowledge.Flow, folded string) Reply {
	f := &t.state.Form
	yes, clear := answerTo(t.message.Text, folded, phraseYesSubmit)
	if clear && yes || submits(folded) {
		return t.finish(flow, nil)
	}
	if reply, ok := t.adds(flow, folded); ok {
		return reply
	}
	if reply, ok := t.corrects(flow, folded); ok {
		return reply
	}
	if _, mark := correction(folded); clear || mark != "" {
		t.decision.because("要改，问是哪一项", "", "")
		t.decision.Outcome, f.At = Flow, t.now
		f.Pending = form.Change
		return Reply{Text: phraseWhichToChange, Choices: t.labels(t.labelsOf(flow)...)}
	}
	for _, step := range f.Steps(flow) { // the name of a step alone, or of another of its options
		if reading := t.reader.Read(step, t.message.Text, t.now, true); step.Kind == knowledge.OneOf && chinese.Fold(reading.Value) == folded && !vague[folded] {
			return t.correct(flow, step, reading)
		}
		if strings.Contains(folded, step.Label) && f.Done(step.Slot) && utf8.RuneCountInString(folded) <= utf8.RuneCountInString(step.Label)+aroundLabel && !questioning(folded) {
			f.Clear(step.Slot)
			return t.askFor(flow, step)
		}
	}
	if reply, ok := t.interrupted(flow, folded, &knowledge.Step{Kind: knowledge.Free}, form.Reading{}); ok {
		return reply
	}
	return t.ask(flow, phraseConfirmUnclear)
}

// aroundLabel is how many characters may stand around the name of a step that is to be changed.
const aroundLabel = 4

// changesOne hears which answer is to be changed: by its place in the list, or in words.
func (t *turn) changesOne(flow *knowledge.Flow, folded string) (Reply, bool) {
	f := &t.state.Form
	f.Pending = ""
	steps := f.Steps(flow)
	if place, ok := placeOf(folded); ok && 0 < place && place <= len(steps) {
		step := steps[place-1]
		f.Clear(step.Slot)
		t.decision.because("要改“%s”", step.Label, "")
		return t.askFor(flow, step), true
	}
	return t.inForm(folded)
}

// vague are options that, written alone, may be said of the summary itself.
var vague = map[string]bool{"不清楚": true, "没有": true, "有": true, "其他": true}

// submits reports whether a folded message has the form submitted in other words than yes.
func submits(folded string) bool {
	const short = 8 // characters: more say something else as well
	return strings.Contains(folded, "提交") && utf8.RuneCountInString(folded) <= short && !containsAny(folded, asking.words) &&
		!containsAny(folded, []string{"不", "没", "莫", "别", "后", "怕"})
}

// adds puts what was forgotten to an answer that may be several: 还有工资条.
func (t *turn) adds(flow *knowledge.Flow, folded string) (Reply, bool) {
	if !containsAny(folded, []string{"还有", "少了", "再加", "漏了", "加上", "加一个"}) {
		return Reply{}, false
	}
	f := &t.state.Form
	for _, step := range f.Steps(flow) {
		if step.Kind != knowledge.SomeOf || f.Get(step.Slot) == "" {
			continue
		}
		if more := t.reader.Read(step, t.message.Text, t.now, false).Value; more != "" {
			return t.correct(flow, step, form.Reading{Value: form.Join(step, f.Get(step.Slot), more)}), true
		}
	}
	return Reply{}, false
}

func (t *turn) labelsOf(flow *knowledge.Flow) []string {
	var labels []string
	for _, step := range t.state.Form.Steps(flow) {
		labels = append(labels, step.Label)
	}
	return labels
}

// answerTo reads yes or no: by the number or the label of the two choices, or as people say it.
func answerTo(text, folded, yesLabel string) (yes, clear bool) {
	switch place, ok := placeOf(folded); {
	case ok && place == 1:
		return true, true
	case ok && place == 2:
		return false, true
	case folded == yesLabel:
		return true, true
	case folded == phraseWantChange || folded == phraseDisagree:
		return false, true
	}
	return slot.YesNo(text)
}
