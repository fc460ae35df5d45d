package dialogue

import (
	"cmp"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"zhugong/intents"
	"zhugong/internal/chinese"
	"zhugong/knowledge"
)

// crisisStays is how long after a message of danger whatever is vague is still read as part of it.
const crisisStays = time.Hour

// stay is what is said to somebody who goes on writing after a message of danger: the first whose cue stands in the
// folded message.
type stay struct {
	cues  []string
	reply string
	over  bool // the danger seems to be over
	cared bool // somebody looks after who is hurt: after an injury the danger is over
	alone bool // nobody is there; of what is asked on, 一个人 says something else: 一个人收好多钱
}

const inGoodHands = "好，听医生和警察的，先顾人要紧。\n病历、单子、拍的照片都留着。\n等安稳了，工伤、工资的事写给我，我们接着办。"

// stays stand in the order in which they are tried. Their sentences have been reviewed like the crisis replies.
var stays = []stay{
	{cues: []string{"没事了", "好多了", "没事咯", "缓过来", "想通了", "冷静下来", "不会做傻事", "谢谢", "多谢", "好些了", "平静", "我没事", "没得事", "没啥事", "平安的", "都平安", "开玩笑", "说着玩", "听岔", "误会"}, reply: "那就好，我放心些了。\n什么时候又难受，直接写给我，或者打 12356。\n工资、工伤这些事，您愿意的时候我们接着办。", over: true},
	{cues: []string{"打不通", "占线", "没人接", "打不进", "不接电话"}, reply: "别灰心，换一个打：\n110 报警，120 急救，都有人守着；\n12356 占线就隔两分钟再打。\n身边要是有人，先喊他帮您打。"},
	{cues: []string{"没得人", "没人", "没有人", "一个人", "就我", "只有我", "莫得人", "自己在"}, reply: "那先往有人的地方去：门卫、工友、小卖部都行。\n走不动就打 110，说清您在哪里，会有人来。\n心里难受打 12356，有人陪您说话。您在什么地方？", alone: true},
	{cues: []string{"有人", "在旁边", "在身边", "老婆在", "老公在", "工友在", "家里人在", "陪到", "陪着", "有的"}, reply: "好，让他陪着您，别分开。\n有危险让他打 110，受了伤打 120。\n您慢慢写，我接着听。"},
	{cues: []string{"送医院", "到医院", "在医院", "住院"}, reply: inGoodHands, cared: true},
	{cues: []string{"救护车来", "警察来", "来了"}, reply: inGoodHands},
	{cues: []string{"救护车", "好久到", "多久到", "流血", "血", "昏", "晕", "痛"}, reply: "要紧的伤等不得，马上打 120，照接线员教的做。\n别让伤到的人一个人待着，别乱动他。\n旁边有人，让他去路口接车。"},
}

// InDanger reports whether a message tells of danger by the rules: it is answered whatever else stands against it.
func (e *Engine) InDanger(message Message) bool {
	_, _, found := e.crisis.Find(chinese.Fold(message.Text))
	return message.Kind == Text && found
}

func (t *turn) inCrisis(rule *knowledge.SafetyRule, phrase string) Reply {
	t.decision.Intent = "safety.crisis"
	t.decision.because("安全第一：“%s”里有“%s”", rule.ID, phrase)
	t.danger(cmp.Or(dangers[rule.ID], rule.ID))
	t.keepWatch()
	t.state.Crisis = rule.ID
	return t.say(Crisis, strings.TrimRight(rule.Reply, "\n"))
}

// worrying reports whether the message sounds like danger, more than like a matter. Somebody who takes leave may mean for
// ever. A few words about a matter say little, and so does what follows the question whether all is well: they must alarm.
func (t *turn) worrying() bool {
	match := t.match()
	if (t.askedSafe || t.state.Entry != "" && utf8.RuneCountInString(t.message.Text) <= fewWords) && !match.Alarming() {
		return false
	}
	best := match.Best()
	if ends(best.Intent) {
		best.Probability = 0
	}
	return match.Worrying(best.Probability)
}

// fewWords is the length in characters of a message that says little by itself: 他也在那点.
const fewWords = 12

// dangers name to staff what a rule has found.
var dangers = map[string]string{"self_harm": "可能想不开", "violence": "正在挨打或者被威胁", injury: "有人受重伤", "threat": "为了讨钱可能走极端"}

// worryKind names to staff what the second net found.
const worryKind = "话听着像有危险，没有碰上规则"

// worried asks gently, where no rule has found danger and the message yet sounds like it. What was talked about and offered
// stays as it is: mostly nobody is in danger, and the worker goes on with his matter. Who alarms once more is believed.
func (t *turn) worried() Reply {
	t.decision.Intent = "safety.crisis"
	t.decision.because("规则没有碰上，话听着像有危险：先轻轻问一句", "", "")
	t.danger(worryKind)
	if t.askedSafe {
		t.keepWatch()
		t.state.Crisis = ""
	} else {
		t.state.SafeAskedAt, t.state.Misses = t.now, 0
	}
	return t.besideWaiting(t.say(Crisis, strings.TrimRight(t.Base.Worry.Reply, "\n")))
}

// keepWatch makes all that is vague, for an hour, a part of the danger that was told.
func (t *turn) keepWatch() {
	t.state.CrisisAt, t.state.Misses, t.state.Offered = t.now, 0, nil
}

// danger notes that somebody is, or may be, in danger: an open form waits, staff are told.
func (t *turn) danger(found string) {
	t.state.Form.Paused = t.state.Form.Open()
	t.state.Form.Pending, t.state.Form.Other = "", ""
	t.decision.Effects.Alert = found
	if best := t.match().Best(); best.Probability >= toldOf && !isAct(best.Intent) {
		t.state.Entry = best.Intent
	}
}

// toldOf is the probability from which a message of danger is told about a matter as well, and what is asked on is about that: a
// fall from a scaffold, and then what the boss must pay.
const toldOf = 0.3

// asksOn reports whether a message after one of danger asks on, plainly, about the matter that was told with it.
func (t *turn) asksOn(match *intents.Match) bool {
	const plainly = 0.8 // probability of a follow-up that needs no word of asking
	return t.state.Entry != "" && (match.FollowsUp(t.state.Entry) && questioning(chinese.Fold(t.message.Text)) || match.BareFollowUp(false) && match.Bare >= plainly)
}

// afterCrisis reports whether danger was told within the hour.
func (t *turn) afterCrisis() bool {
	return !t.state.CrisisAt.IsZero() && t.now.Sub(t.state.CrisisAt) < crisisStays
}

// watches reports whether the message may answer what was said about danger.
func (t *turn) watches() bool { return t.askedSafe || t.afterCrisis() }

// allWell is the answer that phraseCrisisStay asks for. Inside a sentence it says nothing: 不是没事.
const allWell = "没事"

// shortAnswer is the length, in characters, up to which a message after one of danger is read by its cue alone.
const shortAnswer = 12

// cued answers a short message after one of danger by the cue it holds: who is there, that nobody picks up, that it is over.
func (t *turn) cued(folded string) (Reply, bool) {
	if utf8.RuneCountInString(folded) > shortAnswer {
		return Reply{}, false
	}
	if reply, ok := t.longAgo(folded); ok {
		return reply, true
	}
	for _, stay := range stays {
		if stay.alone && t.asksOn(t.match()) {
			continue
		}
		for _, cue := range stay.cues {
			if !strings.Contains(folded, cue) && !(stay.over && folded == allWell) {
				continue
			}
			if stay.over || stay.cared && t.state.Crisis == injury && !t.worrying() {
				t.state.CrisisAt = time.Time{}
			} else {
				t.keepWatch()
			}
			t.decision.Intent = "safety.crisis"
			t.decision.because("刚说过危险的事，话里有“%s”", cue, "")
			return t.besides(t.say(Crisis, stay.reply)), true
		}
	}
	return Reply{}, false
}

// injury is the rule that finds somebody hurt.
const injury = "injury"

// past are words that say of an injury that it is none to call an ambulance for.
var past = []string{"去年", "前年", "上个月", "上月", "年前", "月前", "以前", "之前", "早就", "老伤", "旧伤", "出院"}

// longAgo answers, after an injury, that it happened long ago: with the matter, for which the reply asked.
func (t *turn) longAgo(folded string) (Reply, bool) {
	if t.state.Crisis != injury || t.state.Entry == "" || !containsAny(folded, past) || t.worrying() {
		return Reply{}, false
	}
	t.state.CrisisAt = time.Time{}
	t.decision.because("是以前受的伤，讲正说着的事", "", "")
	return t.enter(t.state.Entry), true
}

// stayWith answers what somebody in danger writes next, when it is nothing that can be answered as a matter. Who was only asked
// gently gets this once: what he writes then is taken as it is.
func (t *turn) stayWith() Reply {
	if t.askedSafe {
		t.state.SafeAskedAt, t.state.Misses = t.now, 1
		t.decision.Effects.Unmet = Served
	}
	t.decision.Intent = "safety.crisis"
	t.decision.because("刚说过危险的事，先守着人", "", "")
	return t.besideWaiting(t.say(Crisis, phraseCrisisStay))
}

// besideWaiting reminds of a form that waits for more urgent things, and how to go on with it.
func (t *turn) besideWaiting(reply Reply) Reply {
	if flow, known := t.Base.Flow(t.state.Form.Flow); known {
		reply.Text += "\n" + fmt.Sprintf(phraseFormWaits, flow.Title)
	}
	return reply
}
