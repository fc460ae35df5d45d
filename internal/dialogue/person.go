package dialogue

import (
	"time"

	"zhugong/knowledge"
)

// personTalks is how long the account stays silent for a person at customer service who took over and did not end the
// talk.
const personTalks = 30 * time.Minute

// person hands the worker over while people are there, else offers that they call back.
func (t *turn) person(entry *knowledge.Entry) Reply {
	t.decision.Outcome = Human
	if t.Staffed && t.message.Kind == Click { // WeChat hands over messages, not taps on the menu
		return t.say(Human, phraseWritePerson)
	}
	if t.Staffed {
		t.decision.because("有人值班，转过去", "", "")
		t.state.PersonUntil = t.now.Add(personTalks)
		return Reply{Text: phraseHandedOver, Human: true}
	}
	reply := Reply{Text: t.Engine.text(entry, t.now), Choices: t.offer(append(t.flowChoice("callback"), entry.Related...))}
	t.decision.because("这会儿没人值班，可以登记回电", "", "")
	return t.page(reply)
}

// flowChoice returns the id under which a flow is offered, nothing where there is no such flow.
func (t *turn) flowChoice(id string) []string {
	if _, known := t.Base.Flow(id); !known || t.state.Form.Flow == id {
		return nil
	}
	return []string{flowPrefix + id}
}

// waitsNoLonger are the ways of giving up waiting for a person, folded and without particles.
var waitsNoLonger = map[string]bool{"不等": true, "不等人工": true, "退出人工": true, "结束人工": true, "不要人工": true, "不用人工": true, "算": true, "算了": true, "菜单": true}

// withPerson reports whether a person talks with the worker now.
func (t *turn) withPerson() bool { return t.now.Before(t.state.PersonUntil) }

// besidePerson says nothing while a person talks. Until customer service has taken the worker over, WeChat goes on sending
// us what he writes: it is handed on.
func (t *turn) besidePerson() Reply {
	t.decision.because("人工正在接待，不插话", "", "")
	t.decision.Outcome = Ignored
	return Reply{Human: true}
}

// personBegins and personEnds follow what customer service reports.
func (t *turn) personBegins() Reply {
	t.state.PersonUntil = t.now.Add(personTalks)
	t.decision.because("人工接待开始", "", "")
	return t.say(Ignored, "")
}

func (t *turn) personEnds() Reply {
	t.state.PersonUntil = time.Time{}
	t.decision.because("人工接待结束", "", "")
	return t.say(Ignored, "")
}
