package dialogue

import (
	"fmt"
	"strings"

	"zhugong/intents"
	"zhugong/internal/chinese"
	"zhugong/internal/form"
	"zhugong/knowledge"
)

// pause puts the form aside until the worker comes back to it.
func (t *turn) pause(flow *knowledge.Flow) Reply {
	f := &t.state.Form
	f.Paused, f.Pending, f.At = true, "", t.now
	t.decision.because("先放着，一天内回来接着办", "", "")
	return t.say(Flow, fmt.Sprintf(phrasePaused, flow.Title))
}

// whilePaused takes a form up again when the worker says so, or says nothing else that could be answered.
func (t *turn) whilePaused(flow *knowledge.Flow, folded string) (Reply, bool) {
	if goesOn(folded) {
		if t.rest != "" && folded == "继续" {
			return Reply{}, false
		}
		t.decision.because("接着上次的办", "", "")
		return t.resume(flow), true
	}
	if commandOf(folded, nil) == cancelForm {
		return t.cancel(flow), true
	}
	if t.watches() {
		return t.answersPaused(flow, folded) // no time for forms, unless the worker wants it
	}
	match := t.match()
	best := match.Best().Intent
	answered := match.Decide() == intents.Answer && (!isAct(best) || best == "sys.human")
	if answered || len(t.state.Offered) > 0 || match.BareFollowUp(t.state.Entry != "") {
		return Reply{}, false
	}
	return t.askResume(flow), true
}

// answersPaused takes up a form that waits for more urgent things when the worker goes on answering it. What may as well
// be said of those is no answer.
func (t *turn) answersPaused(flow *knowledge.Flow, folded string) (Reply, bool) {
	f := &t.state.Form
	step := stepOf(flow, f.Asked)
	if step == nil || step.Kind == knowledge.Free || questioning(folded) {
		return Reply{}, false
	}
	value := t.reader.Read(step, t.message.Text, t.now, true).Value
	if choice := step.Kind == knowledge.OneOf || step.Kind == knowledge.SomeOf; value == "" || choice && (vague[value] || !form.Mentions(step, folded)) {
		return Reply{}, false
	}
	t.decision.because("在接着答登记的问题", "", "")
	f.Paused = false
	return t.fill(flow, folded), true
}

// comesBack meets a worker who left the form for a while. A question is answered; what else he wrote is kept until he has
// said whether to go on, and then taken for the answer that it may be.
func (t *turn) comesBack(flow *knowledge.Flow, folded string) (Reply, bool) {
	f := &t.state.Form
	if _, byPlace := placeOf(folded); byPlace && len(t.state.Offered) > 0 {
		return Reply{}, false // from the choices below an answer
	}
	if commandOf(folded, nil) == cancelForm {
		return t.cancel(flow), true
	}
	match := t.match()
	if step := stepOf(flow, f.Asked); match.Decide() == intents.Answer && !isAct(match.Best().Intent) && (asksPlainly(t.message.Text, folded) || step == nil && questioning(folded)) {
		f.Paused = true
		return Reply{}, false
	}
	f.Held = ""
	if step := stepOf(flow, f.Asked); len(t.message.Text) <= mostHeld && (f.Asked == form.Confirm || f.Agreed && step != nil && f.Allows(step)) {
		f.Held = t.message.Text
	}
	return t.askResume(flow), true
}

// mostHeld is how many bytes of a message are kept until the worker has said whether to go on.
const mostHeld = 300

// askResume asks a worker who comes back whether to go on.
func (t *turn) askResume(flow *knowledge.Flow) Reply {
	f := &t.state.Form
	f.Pending = form.Resume
	t.decision.because("“%s”还没办完，问要不要继续", flow.Title, "")
	t.decision.Outcome = Flow
	return Reply{Text: fmt.Sprintf(phraseResume, flow.Title), Choices: t.labels(phraseGoOnWithIt, phraseStartAnew)}
}

// resumes hears whether to go on with the form, to begin it again, or neither.
func (t *turn) resumes(flow *knowledge.Flow, folded string) (Reply, bool) {
	yes, clear := answerTo(t.message.Text, folded, phraseGoOnWithIt)
	place, byPlace := placeOf(folded)
	switch word := commandOf(folded, nil); {
	case word == cancelForm:
		return t.cancel(flow), true
	case goesOn(folded):
		return t.goOn(flow)
	case clear && !yes && !byPlace && word != restartForm, containsAny(folded, []string{"不继续", "不想继续", "不用继续", "别继续", "不要继续"}):
		return t.pause(flow), true
	case word == restartForm || byPlace && place == 2:
		return t.restart(flow), true
	case clear:
		return t.goOn(flow)
	}
	t.state.Form.Pending, t.state.Form.Paused = "", true
	return t.whilePaused(flow, folded)
}

// goOn takes the form up with what the worker wrote when he came back.
func (t *turn) goOn(flow *knowledge.Flow) (Reply, bool) {
	f := &t.state.Form
	held := f.Held
	if held == "" || goOn[chinese.Fold(held)] {
		return t.resume(flow), true
	}
	t.decision.because("接着办，先看回来时写的那句", "", "")
	t.message.Text, t.decision.Matched = held, false
	f.Held, f.Pending, f.Paused, f.At = "", "", false, t.now
	if step := stepOf(flow, f.Asked); step == nil || t.reader.Read(step, held, t.now, true).Value != "" && step.Kind != knowledge.Free {
		return t.inForm(chinese.Fold(held))
	}
	return t.resume(flow), true
}

// resume asks the open step again.
func (t *turn) resume(flow *knowledge.Flow) Reply {
	t.state.Form.Held = ""
	return t.ask(flow, fmt.Sprintf(phraseResumed, flow.Title))
}

// askSwitch asks whether to leave the form for another one.
func (t *turn) askSwitch(flow, other *knowledge.Flow) Reply {
	f := &t.state.Form
	f.Pending, f.Other, f.At = form.Switch, other.ID, t.now
	t.decision.because("像是要改办“%s”，先问一句", other.Title, "")
	t.decision.Outcome = Flow
	return Reply{Text: fmt.Sprintf(phraseSwitch, flow.Title, other.Title), Choices: t.labels(phraseGoOnWithIt, fmt.Sprintf(phraseChangeTo, other.Title))}
}

// switches hears whether to leave the form for another one.
func (t *turn) switches(flow *knowledge.Flow, folded string) (Reply, bool) {
	f := &t.state.Form
	other, known := t.Base.Flow(f.Other)
	place, byPlace := placeOf(folded)
	_, starts := t.starts[folded]
	yes, clear := answerTo(t.message.Text, folded, phraseGoOnWithIt)
	f.Pending, f.Other = "", ""
	switch {
	case !known:
		return t.ask(flow), true
	case byPlace && place == 1, strings.Contains(folded, phraseGoOnWithIt), goesOn(folded), clear && !yes && !byPlace:
		return t.ask(flow), true
	case byPlace && place == 2, starts, changes(folded), clear:
		if clear { // 是的 answers this question, and no step of the other form
			t.message = Message{Kind: Silent}
		}
		return t.start(other), true
	}
	return t.inForm(folded)
}
