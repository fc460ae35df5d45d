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
	if goOn[trimParticles(folded)] || goOn[folded] {
		if t.rest != "" && folded == "继续" {
			return Reply{}, false
		}
		t.decision.because("接着上次的办", "", "")
		return t.resume(flow), true
	}
	if commandOf(folded, nil) == cancelForm {
		return t.cancel(flow), true
	}
	if t.afterCrisis() {
		return Reply{}, false // no time for forms, unless the worker wants it
	}
	match := t.match()
	best := match.Best().Intent
	answered := match.Decide() == intents.Answer && (!isAct(best) || best == "sys.human")
	if answered || len(t.state.Offered) > 0 || match.BareFollowUp(t.state.Entry != "") {
		return Reply{}, false
	}
	return t.askResume(flow), true
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
	case clear && !yes && !byPlace && word != restartForm, strings.Contains(folded, "不") && strings.Contains(folded, "继续"):
		return t.pause(flow), true
	case word == restartForm || byPlace && place == 2:
		return t.restart(flow), true
	case clear || goOn[folded] || goOn[trimParticles(folded)]:
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
	case byPlace && place == 1, strings.Contains(folded, phraseGoOnWithIt), goOn[folded], goOn[trimParticles(folded)], clear && !yes && !byPlace:
		return t.ask(flow), true
	case byPlace && place == 2, starts, changes(folded), clear:
		if clear { // 是的 answers this question, and no step of the other form
			t.message = Message{Kind: Silent}
		}
		return t.start(other), true
	}
	return t.inForm(folded)
}
