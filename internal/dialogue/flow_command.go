package dialogue

import (
	"fmt"
	"strings"

	"zhugong/internal/form"
	"zhugong/internal/slot"
	"zhugong/knowledge"
)

// commanded does what a worker tells the form to do.
func (t *turn) commanded(flow *knowledge.Flow, folded string) (Reply, bool) {
	f := &t.state.Form
	step := stepOf(flow, f.Asked)
	if goesOn(folded) && (step == nil || step.Kind != knowledge.Free) {
		return t.ask(flow), true
	}
	switch commandOf(folded, step) {
	case cancelForm:
		return t.cancel(flow), true
	case goBack:
		return t.back(flow), true
	case skipStep:
		return t.skip(flow, step)
	case pauseForm:
		return t.pause(flow), true
	case restartForm:
		if t.stepNamed(flow, folded) != nil {
			break // 人数重新填
		}
		return t.restart(flow), true
	case callPerson:
		f.Paused = true
		return t.enter("sys.human"), true
	case tellWhy:
		if step == nil {
			step = f.Next(flow)
		}
		if step != nil && step.Why != "" {
			t.decision.because("问为什么要填“%s”", step.Label, "")
			return t.ask(flow, step.Why), true
		}
	}
	return Reply{}, false
}

// restart begins the form again, for which what was said before counts no more.
func (t *turn) restart(flow *knowledge.Flow) Reply {
	t.message = Message{Kind: Silent}
	return t.start(flow)
}

// cancel leaves the form. Nothing of it is kept.
func (t *turn) cancel(flow *knowledge.Flow) Reply {
	t.decision.because("不办了，填过的都丢掉", "", "")
	t.state.Form = form.Form{}
	return t.say(Flow, fmt.Sprintf(phraseCancelled, flow.Title))
}

// back opens the step before the one asked again.
func (t *turn) back(flow *knowledge.Flow) Reply {
	f := &t.state.Form
	step := f.Before(flow)
	if step == nil {
		t.decision.because("已经是第一步", "", "")
		return t.ask(flow, phraseFirstStep)
	}
	f.Clear(step.Slot)
	f.Wrong = 0
	t.decision.because("退回“%s”", step.Label, "")
	return t.askFor(flow, step)
}

// askFor asks one step again, whichever others are open.
func (t *turn) askFor(flow *knowledge.Flow, step *knowledge.Step, first ...string) Reply {
	f := &t.state.Form
	if !f.Allows(step) {
		return t.ask(flow, first...)
	}
	f.At, f.Asked, f.Pending = t.now, step.Slot, ""
	t.decision.Outcome = Flow
	return t.question(flow, step, first)
}

// skip leaves a step empty, where that may be or nothing else helps.
func (t *turn) skip(flow *knowledge.Flow, step *knowledge.Step) (Reply, bool) {
	f := &t.state.Form
	switch {
	case f.Asked == form.Consent && flow.NoticeFirst:
		return t.refuse(), true
	case f.Asked == form.Consent, f.Asked == form.HealthConsent:
		return t.skipUnagreed(flow), true
	case step == nil:
		return Reply{}, false
	}
	if reading := t.reader.Read(step, t.message.Text, t.now, true); step.Kind != knowledge.Free && reading.Value != "" {
		return Reply{}, false // 不晓得 may be one of the options
	}
	if step.Kind == knowledge.Ticket {
		t.decision.because("没有受理号，查不了", "", "")
		t.state.Form = form.Form{}
		return t.say(Flow, phraseNoTicket), true
	}
	if !step.Optional && f.Wrong < mostWrong {
		f.Wrong = mostWrong // who still will not, may
		t.decision.because("“%s”最好填上，再说一次就不问了", step.Label, "")
		return t.ask(flow, needed(step)), true
	}
	f.Skip(step.Slot)
	f.Wrong = 0
	t.decision.because("“%s”不填", step.Label, "")
	return t.ask(flow), true
}

// needed says why a step should not be left empty, and that it can be.
func needed(step *knowledge.Step) string {
	if step.Kind == knowledge.Mobile {
		return phraseNeededPhone
	}
	return phraseNeeded
}

// skipUnagreed goes on without the step that needs a consent, where the form makes sense without it.
func (t *turn) skipUnagreed(flow *knowledge.Flow) Reply {
	f := &t.state.Form
	if step := f.Next(flow); f.Asked == form.HealthConsent && step != nil {
		f.Skip(step.Slot)
		t.decision.because("健康情况不说，跳过", "", "")
		return t.ask(flow)
	}
	for _, step := range f.Steps(flow) {
		switch {
		case f.Done(step.Slot) || !step.Personal && !step.Health:
		case !step.Optional:
			return t.refuse()
		default:
			f.Skip(step.Slot)
		}
	}
	t.decision.because("个人信息不留，别的接着问", "", "")
	return t.ask(flow, phraseKeptNone)
}

// refuse ends a form whose notice was not agreed to. Nothing of it is kept.
func (t *turn) refuse() Reply {
	t.decision.because("不同意：什么都不留，给热线", "", "")
	t.state.Form = form.Form{}
	return t.say(Flow, phraseRefused)
}

// consents hears whether the worker agrees to the notice, or that he tells of his health. A message that says neither is
// not looked at for anything to keep.
func (t *turn) consents(flow *knowledge.Flow, folded string) Reply {
	f := &t.state.Form
	yes, clear := answerTo(t.message.Text, folded, phraseAgree)
	switch {
	case !yes && (t.fearful(folded) || conditional(folded)):
		return t.answerInForm(flow, aboutData)
	case clear && yes && f.Asked == form.HealthConsent:
		f.Health = true
		t.decision.because("同意说健康情况", "", "")
		return t.ask(flow)
	case clear && yes:
		f.Agreed = true
		t.decision.because("看过告知，同意", "", "")
		return t.ask(flow, t.take(flow, nil)...)
	case clear && f.Asked == form.Consent && flow.NoticeFirst:
		return t.refuse()
	case clear:
		return t.skipUnagreed(flow)
	}
	if reply, ok := t.corrects(flow, folded); ok {
		return reply
	}
	if containsAny(folded, []string{"看不懂", "太长", "不识字", "不认字", "不认得字", "没看懂", "啥意思", "什么意思"}) {
		t.decision.because("告知看不懂，说短些", "", "")
		return t.ask(flow, phraseConsentPlain)
	}
	if reply, ok := t.interrupted(flow, folded, &knowledge.Step{Kind: knowledge.Free}, form.Reading{}); ok {
		return reply
	}
	t.decision.because("还没有同意，写的内容没有留", "", "")
	if slot.TriesMobile(t.message.Text) || slot.LongNumber(t.message.Text) || hasMobile(t.message.Text) {
		return t.ask(flow, phraseTooEarly)
	}
	return t.ask(flow, phraseConsentUnclear)
}

// conditional reports whether a folded message agrees to all but one thing: 不同意你们把我电话给别人.
func conditional(folded string) bool {
	_, behind, refuses := strings.Cut(folded, "不同意")
	return refuses && containsAny(behind, []string{"把", "给", "让", "告诉"})
}

func hasMobile(text string) bool {
	_, ok := slot.Mobile(text)
	return ok
}
