package dialogue

import (
	"strings"
)

// besides reminds, below an answer to something else, of the form that was put aside.
func (t *turn) besides(reply Reply) Reply {
	if t.state.Form.Paused && !reply.Empty() && reply.Card == nil && !t.watches() && t.state.Rest == "" {
		reply = t.besideWaiting(reply)
	}
	if t.gone && reply.Text != "" && !t.state.Form.Open() && t.state.Rest == "" {
		reply.Text += "\n" + phraseFormDropped
	}
	return reply
}

// besideForm says one fixed sentence, and asks the open step of a form again.
func (t *turn) besideForm(outcome Outcome, text string) Reply {
	reply := t.say(outcome, text)
	flow, filling := t.filling()
	if !filling || t.now.Sub(t.state.Form.At) >= formIdles {
		return reply
	}
	return t.below(flow, reply)
}

func (t *turn) click() Reply {
	id := t.message.Key
	if flow, isFlow := strings.CutPrefix(id, flowPrefix); isFlow {
		return t.clickFlow(flow)
	}
	if _, known := t.Base.Entry(id); !known {
		t.decision.because("菜单键“%s”没有对应的内容，给出总菜单", t.message.Key, "")
		id = "sys.menu"
	} else {
		t.decision.because("点了菜单“%s”", t.message.Key, "")
	}
	return t.besideOpenForm(id)
}

// clickFlow opens the guided dialogue behind a menu button. One that is open is not thrown away for a slip of the thumb.
func (t *turn) clickFlow(id string) Reply {
	flow, known := t.Base.Flow(id)
	if !known {
		t.decision.because("菜单键“flow:%s”没有对应的办理，给出总菜单", id, "")
		return t.enter("sys.menu")
	}
	t.decision.because("点了菜单“%s”", flow.Title, "")
	return t.open(flow)
}

// besideOpenForm answers with an entry, and asks the open step of a form again.
func (t *turn) besideOpenForm(id string) Reply {
	f := &t.state.Form
	if f.Pending != "" {
		f.Pending, f.Other, f.Paused = "", "", true // the choices below the answer are what a number chooses from now
	}
	flow, filling := t.filling()
	if !filling || t.now.Sub(f.At) >= formIdles {
		return t.besides(t.enter(id))
	}
	return t.answerInForm(flow, id)
}
