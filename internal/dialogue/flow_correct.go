package dialogue

import (
	"strings"
	"unicode/utf8"

	"zhugong/internal/chinese"
	"zhugong/internal/form"
	"zhugong/knowledge"
)

// corrections are what somebody says who mends an answer given before, folded.
var corrections = []string{"改成", "改为", "改做", "改到", "换成", "更正", "改一下", "要改", "改下", "改改", "写错", "选错", "填错", "说错", "搞错", "弄错", "打错", "点错", "记错", "错了", "错咯", "不对", "应该是", "不是"}

// weakCorrections are what mends an answer only where it stands beside the name of what is to be mended: 人数说少了，是九个.
var weakCorrections = []string{"说少", "说多", "写少", "写多", "少写", "多写", "少了", "多了", "换一个", "换个", "重新填", "重新写", "重填", "回到", "有误", "不姓"}

// corrects mends an answer given before: 刚才区选错了，是乌当. It reports false for anything else.
func (t *turn) corrects(flow *knowledge.Flow, folded string) (Reply, bool) {
	at, mark := firstOf(folded, corrections)
	if mark == "" {
		return t.correctsWeakly(flow, folded)
	}
	f := &t.state.Form
	asked := stepOf(flow, f.Asked)
	free := asked != nil && asked.Kind == knowledge.Free
	if free && utf8.RuneCountInString(folded[:at]) > beforeMark && t.stepNamed(flow, folded[:at]) == nil {
		return Reply{}, false // the worker's own words hold it by chance
	}
	step := t.stepMeant(flow, folded[:at], folded[at+len(mark):])
	switch {
	case step != nil && step == asked:
		return Reply{}, false // the answer to the step asked, mended within the sentence
	case step != nil:
		return t.correct(flow, step, t.corrected(step, mark, true)), true
	case asked != nil && !free && t.reader.Read(asked, t.message.Text, t.now, true).Value != "":
		return Reply{}, false
	}
	return t.correctsUnnamed(flow, mark, free)
}

// stepMeant returns the step that a correction speaks of before its mark, by name, by place or by its value, or clearly names
// behind it; nil for none.
func (t *turn) stepMeant(flow *knowledge.Flow, before, behind string) *knowledge.Step {
	if step := t.stepNamed(flow, before); step != nil {
		return step
	}
	f := &t.state.Form
	if steps := f.Steps(flow); f.Asked == form.Confirm { // 5改成三万二
		if place, ok := placeOf(before); ok && 0 < place && place <= len(steps) {
			return steps[place-1]
		}
	}
	if step := t.stepNamed(flow, behind); step != nil && spokenOfAs(step, behind) >= clearlyNamed {
		return step
	}
	return t.filledWith(flow, before)
}

// correctsWeakly mends an answer that is named beside a word which alone means little.
func (t *turn) correctsWeakly(flow *knowledge.Flow, folded string) (Reply, bool) {
	at, mark := firstOf(folded, weakCorrections)
	if mark == "" || questioning(folded) {
		return Reply{}, false
	}
	step := t.stepNamed(flow, folded[:at])
	if step == nil {
		step = t.stepNamed(flow, folded[at+len(mark):])
	}
	before, behind := folded[:at], folded[at+len(mark):]
	if step == nil || step.Slot == t.state.Form.Asked || !t.state.Form.Done(step.Slot) || max(spokenOfAs(step, before), spokenOfAs(step, behind)) < named {
		return Reply{}, false
	}
	switch mark {
	case "回到", "重新填", "重新写", "重填": // and not yet what it is to be
		return t.correct(flow, step, form.Reading{}), true
	case "不姓":
		return t.correct(flow, step, t.renamed(step)), true
	}
	byHowMuch := strings.ContainsAny(mark, "少多") && !strings.ContainsAny(t.message.Text, "，,。 是")
	if byHowMuch || reserves(folded) && !strings.Contains(behind, "是") { // 少写了五千 does not tell how much it is
		return t.correct(flow, step, form.Reading{}), true
	}
	return t.correct(flow, step, t.corrected(step, mark, true)), true
}

// filledWith returns the step of a few options whose value stands at the end of a part of a message.
func (t *turn) filledWith(flow *knowledge.Flow, part string) *knowledge.Step {
	f := &t.state.Form
	for _, value := range f.Values {
		step := stepOf(flow, value.Slot)
		if step != nil && step.Kind == knowledge.OneOf && utf8.RuneCountInString(value.Text) > 1 && strings.HasSuffix(part, chinese.Fold(value.Text)) {
			return step
		}
	}
	return nil
}

// beforeMark is how many characters may stand before the mark of a correction where a worker's own words are asked for.
const beforeMark = 3

// correctsUnnamed looks for the answer that a correction fits which names none: the last one first, and any whose old value it
// denies.
func (t *turn) correctsUnnamed(flow *knowledge.Flow, mark string, free bool) (Reply, bool) {
	f := &t.state.Form
	for i := len(f.Values) - 1; i >= 0; i-- {
		step := stepOf(flow, f.Values[i].Slot)
		if step == nil || step.Kind == knowledge.Free {
			continue
		}
		denied := strings.Contains(t.message.Text, f.Values[i].Text) || t.denies(step, mark, f.Values[i].Text)
		last := i == len(f.Values)-1
		reading := t.corrected(step, mark, denied || last || step.Kind == knowledge.OneOf)
		if reading.Value == "" || reading.Value == f.Values[i].Text || free && !denied && step.Kind != knowledge.OneOf {
			continue
		}
		return t.correct(flow, step, reading), true
	}
	return Reply{}, false
}

// denies reports whether what stands between 不是 and 是 is the value that a step has.
func (t *turn) denies(step *knowledge.Step, mark, value string) bool {
	_, behind, found := strings.Cut(t.message.Text, mark)
	at := strings.LastIndex(behind, "是")
	return found && at > 0 && t.reader.Read(step, behind[:at], t.now, true).Value == value
}

// firstOf returns the first mark of a correction in a folded message.
func firstOf(folded string, marks []string) (at int, mark string) {
	at = -1
	folded = strings.ReplaceAll(folded, "是不是", "□□□") // a question
	for _, m := range marks {
		if i := strings.Index(folded, m); i >= 0 && (at < 0 || i < at) {
			at, mark = i, m
		}
	}
	return at, mark
}

// corrected reads what a step is mended to, behind the mark; where the mark denies the old value the reader needs all.
func (t *turn) corrected(step *knowledge.Step, mark string, asked bool) form.Reading {
	text := t.message.Text
	_, behind, found := strings.Cut(text, mark)
	if !found {
		behind = text
	}
	denies := mark == "不是" || mark == "不对"
	if i := strings.LastIndex(behind, "是"); i > 0 && denies && step.Kind != knowledge.OneOf && step.Kind != knowledge.SomeOf {
		behind, denies = behind[i+len("是"):], false
	}
	if step.Kind == knowledge.Free {
		behind = strings.TrimLeft(strings.TrimPrefix(behind, "字了"), "了咯的，,。 、：:是为成叫")
		if utf8.RuneCountInString(behind) < 2 {
			return form.Reading{}
		}
		return t.reader.Read(step, behind, t.now, true)
	}
	if denies {
		return t.reader.Read(step, text, t.now, asked)
	}
	return t.reader.Read(step, behind, t.now, asked)
}

// correct sets a step anew, or asks it again when the new value was not said.
func (t *turn) correct(flow *knowledge.Flow, step *knowledge.Step, reading form.Reading) Reply {
	f := &t.state.Form
	if !f.Allows(step) {
		t.decision.because("“%s”要先同意，没有留", step.Label, "")
		f.Clear(step.Slot)
		return t.ask(flow)
	}
	if reading.Value == "" {
		f.Clear(step.Slot)
		t.decision.because("要改“%s”，没说改成什么", step.Label, "")
		return t.askFor(flow, step, reading.Say)
	}
	f.Set(step, reading.Value)
	f.Prune(flow)
	f.Wrong = 0
	t.decision.because("“%s”改了", step.Label, "")
	return t.ask(flow, step.Label+"改成："+form.Show(step.Kind, reading.Value), reading.Say, form.Warning(flow, step, reading.Value, t.now))
}

// keywords are how a kind of value is spoken of besides by its label.
var keywords = map[knowledge.StepKind][]string{
	knowledge.Mobile: {"手机", "电话", "号码"},
	knowledge.Money:  {"金额", "钱", "数目"},
	knowledge.Count:  {"人数", "几个人", "多少人"},
	knowledge.Month:  {"月份", "时间"},
	knowledge.Date:   {"日期", "时间"},
}

// stepNamed returns the step, filled or asked, that a part of a message speaks of; nil for none.
func (t *turn) stepNamed(flow *knowledge.Flow, part string) *knowledge.Step {
	f := &t.state.Form
	var best *knowledge.Step
	most := 0
	for _, step := range f.Steps(flow) {
		if !f.Done(step.Slot) && step.Slot != f.Asked {
			continue
		}
		if score := spokenOfAs(step, part); score > most {
			best, most = step, score
		}
	}
	return best
}

// named is the score of a step that is spoken of in another word for its kind.
const named = 5

// clearlyNamed is the score of a step whose label stands in a text.
const clearlyNamed = 10

// spokenOfAs scores how clearly a folded text names a step.
func spokenOfAs(step *knowledge.Step, part string) int {
	label := chinese.Fold(step.Label)
	if strings.Contains(part, strings.TrimSuffix(label, "情况")) {
		return clearlyNamed + len(label)
	}
	if containsAny(part, step.Names) {
		return clearlyNamed
	}
	for _, word := range keywords[step.Kind] {
		if strings.Contains(part, word) {
			return named
		}
	}
	shared := 0
	for _, r := range label {
		if strings.ContainsRune(part, r) && !strings.ContainsRune("的是有在不了个人", r) {
			shared++
		}
	}
	return shared
}
