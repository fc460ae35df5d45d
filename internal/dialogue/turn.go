package dialogue

import (
	"strings"
	"time"
	"unicode/utf8"

	"zhugong/intents"
	"zhugong/internal/chinese"
	"zhugong/internal/estimate"
	"zhugong/internal/form"
	"zhugong/knowledge"
)

const (
	muteAfter = 3                // insults in a row
	muteFor   = 10 * time.Minute // in which further insults are left unanswered
)

// guiyang is the time in which workers speak of days.
var guiyang = time.FixedZone("Asia/Shanghai", 8*60*60)

// turn is one message being answered.
type turn struct {
	*Engine
	state   State
	message Message
	Circumstances
	now        time.Time        // Circumstances.Now, in Guiyang
	rest       string           // what the reply before left unsaid
	askedSafe  bool             // the reply before asked whether all is well
	matter     string           // the entry that was talked about before
	signposted string           // the kind of outside messages of which the message before was
	figures    estimate.Account // told of the entry figuresOf
	figuresOf  string
	joined     bool // the match is that of the message together with unclear ones before it
	gone       bool // a form that was not finished was dropped
	decision   Decision
}

// Turn answers a message of a conversation in the given state. It changes nothing but what it returns.
func (e *Engine) Turn(state State, message Message, circumstances Circumstances) (State, Reply, Decision) {
	t := turn{Engine: e, state: state, message: message, Circumstances: circumstances, now: circumstances.Now.In(guiyang), matter: state.Entry}
	if message.Kind != Silent {
		t.rest, t.state.Rest = state.Rest, "" // it is asked for at once or not at all
		t.signposted, t.state.Signposted = state.Signposted, ""
		t.askedSafe, t.state.SafeAskedAt = t.now.Sub(state.SafeAskedAt) < crisisStays, time.Time{}
	}
	t.dropOld()
	reply := t.answer()
	t.leaveUnclear()
	t.noteFigures()
	t.decision.Form = t.state.Form
	t.decision.Flow, _ = t.Base.Flow(t.state.Form.Flow)
	return t.state, reply, t.decision
}

// dropOld drops a form that was not finished for a day, or whose flow staff have taken away.
func (t *turn) dropOld() {
	f := &t.state.Form
	if _, known := t.Base.Flow(f.Flow); f.Open() && (!known || t.now.Sub(f.At) >= formLasts) {
		t.decision.because("上次的登记没办完，已经过了一天", "", "")
		t.state.Form, t.gone = form.Form{}, known
	}
}

func (t *turn) answer() Reply {
	switch t.message.Kind {
	case Text:
		return t.text()
	case Click:
		return t.click()
	case Subscribe:
		t.decision.because("关注了本号，打个招呼", "", "")
		return t.enter("sys.greeting")
	case Silent:
		t.decision.Outcome = Ignored
		t.decision.because("这类事件不用回", "", "")
		return Reply{}
	case PersonBegins:
		return t.personBegins()
	case PersonEnds:
		return t.personEnds()
	}
	t.decision.because("不是文字", "", "")
	if t.withPerson() {
		return t.besidePerson()
	}
	if t.watches() {
		return t.stayWith()
	}
	return t.besideForm(Outside, map[Kind]string{Voice: phraseVoice, Picture: phrasePicture, Location: phraseLocation, OtherMedia: phraseMedia}[t.message.Kind])
}

// say is a reply of one fixed sentence.
func (t *turn) say(outcome Outcome, text string) Reply {
	t.decision.Outcome = outcome
	return Reply{Text: text}
}

// text answers what a worker wrote: safety first, then what was offered, then everything else.
func (t *turn) text() Reply {
	folded := chinese.Fold(t.message.Text)
	if folded == "" {
		return t.symbols()
	}
	if rule, phrase, ok := t.crisis.Find(folded); ok {
		return t.inCrisis(rule, phrase)
	}
	if t.withPerson() && !waitsNoLonger[trimParticles(folded)] {
		return t.besidePerson()
	}
	if t.withPerson() {
		t.state.PersonUntil = time.Time{}
		return t.enter("sys.menu")
	}
	if t.watches() && !t.answersStep() {
		if reply, ok := t.cued(folded); ok {
			return reply
		}
	}
	if rule, phrase, ok := t.abuse.Find(folded); ok {
		if t.afterCrisis() {
			return t.stayWith()
		}
		if reply, handled := t.abused(rule, phrase, folded); handled {
			return reply
		}
	}
	t.state.Insults = 0
	if reply, ok := t.private(folded); ok {
		return reply
	}
	if !t.answersForm(folded) && !t.choosesPlainly(folded) && t.worrying() {
		return t.worried()
	}
	if reply, ok := t.guided(folded); ok {
		return reply
	}
	if reply, ok := t.chosen(folded); ok {
		return reply
	}
	missed := t.state.Misses > 0
	reply := t.matched()
	if t.askedSafe && !missed && (t.decision.Outcome == Outside || t.decision.Outcome == Clarified) {
		return t.stayWith()
	}
	return t.besides(reply)
}

// guided answers what belongs to a guided dialogue: the open one, or one that is asked for.
func (t *turn) guided(folded string) (Reply, bool) {
	if t.rest != "" && more[folded] {
		return Reply{}, false
	}
	if t.gone && goesOn(folded) {
		return t.say(Outside, phraseFormGone), true
	}
	if t.state.Form.Open() {
		if reply, ok := t.inForm(folded); ok {
			return reply, true
		}
	}
	if flow, ok := t.starts[folded]; ok {
		return t.open(flow), true
	}
	if reply, ok := t.afterFiling(folded); ok {
		return reply, true
	}
	if ticket, ok := ticketIn(folded); ok && t.Cases != nil {
		t.decision.because("发来的是受理号", "", "")
		return t.lookUp(ticket), true
	}
	if entry, known := t.Base.Entry(t.state.Entry); known && registers(folded) {
		if flow, known := t.Base.Flow(entry.Flow); known {
			return t.open(flow), true
		}
	}
	return Reply{}, false
}

// symbols answers a message without a letter: emoji, question marks, dots.
func (t *turn) symbols() Reply {
	if strings.TrimSpace(t.message.Text) == "" {
		t.decision.because("什么都没写", "", "")
		return t.say(Ignored, "")
	}
	if t.withPerson() {
		return t.besidePerson()
	}
	if entry, known := t.Base.Entry(t.state.Entry); known && strings.Contains(t.message.Text, "👎") {
		t.decision.because("对“%s”的回答不满意", entry.Title, "")
		t.decision.Effects.About = entry.Title
		return t.miss(Unhelpful, phraseUnhelpful)
	}
	t.decision.because("只有符号或表情", "", "")
	if t.watches() {
		return t.stayWith()
	}
	if t.state.Form.Open() {
		if reply, ok := t.inForm(""); ok { // 👍 may be a yes
			return reply
		}
	}
	return t.say(Outside, phraseSymbols)
}

// abused answers insults, advertising and injected orders. It reports false when the message, for all its anger,
// holds a real need: that is served.
func (t *turn) abused(rule *knowledge.SafetyRule, phrase, folded string) (Reply, bool) {
	t.decision.because("“%s”里有“%s”", rule.ID, phrase)
	if rule.ID == "insult" && t.answersStep() {
		t.decision.because("话虽冲，是在回答问的那一步", "", "")
		return Reply{}, false
	}
	if rule.ID == "insult" && t.needed(strings.ReplaceAll(folded, phrase, "")) {
		t.decision.because("话虽冲，事情是真的，先办事", "", "")
		return Reply{}, false
	}
	t.decision.Intent = "safety.abuse"
	t.state.Insults++
	if t.now.Before(t.state.MutedUntil) {
		t.decision.because("十分钟内不再回骂人的话", "", "")
		return t.say(Abuse, ""), true
	}
	if t.state.Insults >= muteAfter {
		t.state.MutedUntil, t.state.Insults = t.now.Add(muteFor), 0
		t.decision.because("连着三次，安静十分钟", "", "")
		return t.say(Abuse, ""), true
	}
	return t.say(Abuse, strings.TrimRight(rule.Reply, "\n")), true
}

// needed reports whether something is asked for besides the insult, whose rest is what was written around it.
func (t *turn) needed(rest string) bool {
	const (
		fewest = 4   // characters that can say what is needed
		clear  = 0.8 // probability of a union matter from which asking back is worth it
	)
	if utf8.RuneCountInString(rest) < fewest {
		return false
	}
	match := t.match()
	if isAct(match.Best().Intent) {
		return false
	}
	action := match.Decide()
	return action == intents.Answer || action == intents.AskBack && match.Inside >= clear
}

// match asks the matcher once a turn.
func (t *turn) match() *intents.Match {
	if !t.decision.Matched {
		t.decision.Match, t.decision.Matched = t.matcher.Match(t.message.Text), true
		if meant, ok := t.meant(&t.decision.Match); ok {
			t.decision.Match = meant
		} else if joined, ok := t.together(&t.decision.Match); ok {
			t.decision.Match = joined
		}
	}
	return &t.decision.Match
}

// matched answers by what the message means.
func (t *turn) matched() Reply {
	match := t.match()
	action := match.Decide()
	best := match.Best()
	if t.afterCrisis() && !t.asksOn(match) {
		if isAct(best.Intent) && best.Intent != "sys.human" || action != intents.Answer && best.Probability < spokenOf {
			return t.stayWith()
		}
		action = intents.Answer
	}
	if reply, ok := t.reckoned(); ok {
		return reply
	}
	if reply, ok := t.reckonedOn(match); ok {
		return reply
	}
	if reply, ok := t.followUp(match); ok {
		return reply
	}
	if reply, ok := t.several(); ok {
		return reply
	}
	if action != intents.Answer && best.Intent == t.state.Entry && best.Probability >= continued {
		t.decision.because("拿不准，但和正说着的事对得上", "", "")
		action = intents.Answer
	}
	switch {
	case ends(best.Intent) && action == intents.Answer && best.Probability < sureToEnd:
		t.decision.Intent = best.Intent
		t.decision.because("像是告别，又拿不准：多说一句", "", "")
		return t.say(Answered, phraseUnsureGoodbye)
	case action == intents.Answer && t.wantsForm(best.Intent):
		return t.enter(flowPrefix + t.formOf(best.Intent))
	case action == intents.Answer:
		if match.Exact.Text == "" {
			t.state.Attribute = "" // a question of its own, not the name that was asked for
		}
		return t.enter(best.Intent)
	case action == intents.AskBack:
		return t.askBack(match)
	}
	return t.decline(match)
}

// formOf returns the id of the guided dialogue that an entry leads to, "" for none.
func (t *turn) formOf(id string) string {
	entry, known := t.Base.Entry(id)
	if !known {
		return ""
	}
	if _, known := t.Base.Flow(entry.Flow); !known {
		return ""
	}
	return entry.Flow
}

// wantsForm reports whether a message about an entry asks to have it registered at once: 老板欠钱，帮我登记一下.
func (t *turn) wantsForm(id string) bool {
	folded := chinese.Fold(t.message.Text)
	return t.formOf(id) != "" && strings.Contains(folded, "登记") && wishes(folded) && !asksPlainly(t.message.Text, folded)
}

// continued is the probability from which a message is taken to be about what is being talked about.
const continued = 0.1

// spokenOf is the probability from which a matter is answered after a message of danger: this is no time for questions back.
const spokenOf = 0.5

// sureToEnd is the probability from which a goodbye is believed: behind an unclear one may stand despair.
const sureToEnd = 0.97

// ends reports whether an entry ends the conversation.
func ends(id string) bool { return id == "sys.bye" || id == "sys.cancel" }

// isAct reports whether an entry is a dialogue act and no matter.
func isAct(id string) bool { return strings.HasPrefix(id, "sys.") }
