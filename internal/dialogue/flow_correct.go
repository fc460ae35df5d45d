package dialogue

import (
	"strings"

	"zhugong/internal/chinese"
	"zhugong/internal/form"
	"zhugong/knowledge"
)

// corrections are what somebody says who mends an answer given before, folded.
var corrections = []string{"改成", "改为", "改做", "改到", "换成", "更正", "改一下", "要改", "改下", "改改", "写错", "选错", "填错", "说错", "搞错", "弄错", "打错", "点错", "记错", "错了", "错咯", "不对", "应该是", "不是"}

// corrects mends an answer given before: 刚才区选错了，是乌当. It reports false for anything else.
func (t *turn) corrects(flow *knowledge.Flow, folded string) (Reply, bool) {
	at, mark := correction(folded)
	if mark == "" {
		return Reply{}, false
	}
	f := &t.state.Form
	before, after := folded[:at], folded[at+len(mark):]
	asked := stepOf(flow, f.Asked)
	if step := t.stepNamed(flow, before); step != nil {
		if step == asked {
			return Reply{}, false // the answer to the step asked, mended within the sentence
		}
		return t.correct(flow, step, t.reader.Read(step, t.correctedTo(mark), t.now, true)), true
	}
	if asked != nil && t.reader.Read(asked, t.message.Text, t.now, true).Value != "" {
		return Reply{}, false
	}
	steps := f.Steps(flow)
	for i := len(f.Values) - 1; i >= 0; i-- {
		for _, step := range steps {
			if step.Slot != f.Values[i].Slot || step.Kind == knowledge.Free {
				continue
			}
			if reading := t.reader.Read(step, t.correctedTo(mark), t.now, i == len(f.Values)-1); reading.Value != "" {
				return t.correct(flow, step, reading), true
			}
		}
	}
	if step := t.stepNamed(flow, after); step != nil && step != asked {
		return t.correct(flow, step, form.Reading{}), true
	}
	return Reply{}, false
}

// correction returns the first mark of a correction in a folded message.
func correction(folded string) (at int, mark string) {
	at = -1
	folded = strings.ReplaceAll(folded, "是不是", "□□□") // a question
	for _, m := range corrections {
		if i := strings.Index(folded, m); i >= 0 && (at < 0 || i < at) {
			at, mark = i, m
		}
	}
	return at, mark
}

// correctedTo returns the message from the mark of a correction on; all of it where the mark denies the old value.
func (t *turn) correctedTo(mark string) string {
	text := t.message.Text
	if mark == "不是" || mark == "不对" {
		return text
	}
	if i := strings.Index(text, mark); i >= 0 {
		return text[i+len(mark):]
	}
	return text
}

// correct sets a step anew, or asks it again when the new value was not said.
func (t *turn) correct(flow *knowledge.Flow, step *knowledge.Step, reading form.Reading) Reply {
	f := &t.state.Form
	if reading.Value == "" {
		f.Clear(step.Slot)
		t.decision.because("要改“%s”，没说改成什么", step.Label, "")
		return t.askFor(flow, step, reading.Say)
	}
	f.Set(step.Slot, reading.Value)
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

// spokenOfAs scores how clearly a folded text names a step.
func spokenOfAs(step *knowledge.Step, part string) int {
	label := chinese.Fold(step.Label)
	if strings.Contains(part, label) {
		return 10 + len(label)
	}
	for _, word := range keywords[step.Kind] {
		if strings.Contains(part, word) {
			return 5
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
