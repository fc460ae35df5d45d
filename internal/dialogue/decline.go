package dialogue

import (
	"fmt"

	"zhugong/intents"
	"zhugong/internal/chinese"
	"zhugong/knowledge"
)

// decline says that a message is not the union's business or was not understood.
func (t *turn) decline(match *intents.Match) Reply {
	const (
		surelyOutside  = 0.35
		clearlyOutside = 0.1 // of what is like no kind that is known
	)
	t.state.Attribute = ""
	entry, open := t.Base.Entry(t.state.Entry)
	asks := questioning(chinese.Fold(t.message.Text))
	switch {
	case t.gone:
		t.decision.because("像是接着昨天的登记，已经清掉了", "", "")
		return t.say(Outside, phraseFormGone)
	case t.Forgetful:
		t.decision.because("会话眼下读不到", "", "")
		return t.say(Outside, phraseForgetful)
	case t.manners[match.Outside] == knowledge.Acknowledged && match.Inside <= surelyOutside && !asks:
		t.decision.because("应了一声", "", "")
		if open {
			t.decision.Intent = "sys.thanks"
			return t.say(Answered, phraseAcknowledged)
		}
		return t.say(Outside, phraseAcknowledged)
	case match.Inside > surelyOutside || t.manners[match.Outside] == knowledge.NotUnderstood, match.Outside == "" && match.Inside > clearlyOutside:
		t.decision.because("没听懂", "", "")
		return t.miss(NotUnderstood, t.notUnderstood())
	case match.Outside == "" && open && !asks:
		return t.hear()
	}
	t.decision.because("不是工会的事", "", "")
	if signpost := t.signposts[match.Outside]; signpost != "" {
		t.state.Signposted = match.Outside
		if open && !asks {
			signpost += "\n" + fmt.Sprintf(phraseStillAbout, quoted(entry.Title)) // 身份证在老家, said of wages
		}
		return t.miss(NotOurs, signpost)
	}
	return t.miss(NotOurs, phraseNotOurs+"\n"+phraseAlsoAsk)
}

// hear answers what is told, and asks nothing, while a matter is talked of. It is no second miss: nothing was asked for.
func (t *turn) hear() Reply {
	t.decision.because("没问什么，像是接着说正说着的事", "", "")
	t.decision.Effects.Unmet = NotUnderstood
	return t.say(Outside, t.notUnderstood())
}

// notUnderstood asks to say it otherwise, and keeps to what is talked about.
func (t *turn) notUnderstood() string {
	if entry, open := t.Base.Entry(t.state.Entry); open {
		heard := phraseHeard
		if t.mayAsk() {
			heard = phraseHeardQuestion
		}
		return fmt.Sprintf(heard, quoted(entry.Title))
	}
	return phraseNotUnderstood
}

// miss counts a message that did not help. From the second in a row on a person is offered.
func (t *turn) miss(how Unmet, text string) Reply {
	t.decision.Effects.Unmet = how
	t.state.Misses++
	if t.state.Misses >= 2 {
		text += "\n" + phraseSecondMiss
	}
	return t.say(Outside, text)
}
