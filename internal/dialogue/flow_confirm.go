package dialogue

import (
	"fmt"
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
	if t.fearful(folded) && !(clear && yes) {
		return t.answerInForm(flow, aboutData)
	}
	if (clear && yes || submits(folded)) && !reserves(folded) {
		return t.finish(flow, nil)
	}
	if reply, ok := t.adds(flow, folded); ok {
		return reply
	}
	if reply, ok := t.corrects(flow, folded); ok {
		return reply
	}
	if reply, ok := t.namesStep(flow, folded); ok {
		return reply
	}
	if _, mark := firstOf(folded, corrections); clear || mark != "" {
		t.decision.because("要改，问是哪一项", "", "")
		t.decision.Outcome, f.At = Flow, t.now
		f.Pending = form.Change
		return Reply{Text: fmt.Sprintf(phraseWhichToChange, changeExample(flow)), Choices: t.labels(t.labelsOf(flow)...)}
	}
	if reply, ok := t.interrupted(flow, folded, &knowledge.Step{Kind: knowledge.Free}, form.Reading{}); ok {
		return reply
	}
	return t.ask(flow, phraseConfirmUnclear)
}

// reserves reports whether a folded message that agrees takes one thing out: 对是对，就是钱少写了五千.
func reserves(folded string) bool {
	return containsAny(folded, []string{"就是", "只是", "但是", "不过", "除了", "只有"}) && containsAny(folded, []string{"错", "少", "多", "改", "漏", "除了", "不对"})
}

// namesStep hears what is to be changed from a message that marks no correction: the name of a step with or without what it is
// to be, another telephone number, another option.
func (t *turn) namesStep(flow *knowledge.Flow, folded string) (Reply, bool) {
	f := &t.state.Form
	if questioning(folded) {
		return Reply{}, false
	}
	for _, step := range f.Steps(flow) {
		reading := t.reader.Read(step, t.message.Text, t.now, true)
		another := step.Kind == knowledge.OneOf && chinese.Fold(reading.Value) == folded && !vague[folded] || step.Kind == knowledge.Mobile
		if another && reading.Value != "" && reading.Value != f.Get(step.Slot) {
			return t.correct(flow, step, reading), true
		}
	}
	step := t.stepNamed(flow, folded)
	if step == nil || spokenOfAs(step, folded) < named || !f.Done(step.Slot) || utf8.RuneCountInString(folded) > mostNaming {
		return Reply{}, false
	}
	if reading := t.renamed(step); reading.Value != "" || f.Get(step.Slot) != "" && !containsAny(folded, []string{"不留", "不填", "不写", "删"}) {
		return t.correct(flow, step, reading), true
	}
	f.Skip(step.Slot)
	t.decision.because("“%s”不填了", step.Label, "")
	return t.ask(flow, step.Label+"改成："+phraseNotFilled), true
}

// mostNaming is how many characters a message has that names what is to be changed.
const mostNaming = 20

// renamed reads what a step is to be from a message that names the step: behind a comma or 是, for what is in own words.
func (t *turn) renamed(step *knowledge.Step) form.Reading {
	text := t.message.Text
	if step.Kind != knowledge.Free {
		return t.reader.Read(step, strings.ReplaceAll(text, step.Label, ""), t.now, true)
	}
	if name, said := form.NameIn(step, text); said {
		return form.Reading{Value: name}
	}
	if at := strings.IndexAny(text, "，,是叫"); at > 0 {
		return t.corrected(step, text[:at], true)
	}
	return form.Reading{}
}

// changesOne hears which answer is to be changed: by its place in the list, or in words.
func (t *turn) changesOne(flow *knowledge.Flow, folded string) (Reply, bool) {
	f := &t.state.Form
	f.Pending = ""
	steps := f.Steps(flow)
	if place, ok := placeOf(folded); ok && 0 < place && place <= len(steps) {
		return t.correct(flow, steps[place-1], form.Reading{}), true
	}
	if step := t.stepNamed(flow, folded); step != nil && utf8.RuneCountInString(folded) <= shortName && !t.holdsValue(step, folded) {
		return t.correct(flow, step, form.Reading{}), true
	}
	return t.inForm(folded)
}

// shortName is how many characters the name of a step has that is to be changed.
const shortName = 6

// holdsValue reports whether a message holds what a step is to be, besides its name.
func (t *turn) holdsValue(step *knowledge.Step, folded string) bool {
	return step.Kind != knowledge.Free && t.reader.Read(step, folded, t.now, true).Value != ""
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
