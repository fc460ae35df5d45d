package dialogue

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"zhugong/intents"
	"zhugong/internal/chinese"
	"zhugong/internal/form"
	"zhugong/knowledge"
)

// interrupted answers a question in the middle of a form, after which the step is asked again, and asks before it
// changes to another matter. What can be an answer to the step is one, unless it plainly asks.
func (t *turn) interrupted(flow *knowledge.Flow, folded string, step *knowledge.Step, reading form.Reading) (Reply, bool) {
	if other, ok := t.starts[folded]; ok && other.ID != flow.ID {
		return t.askSwitch(flow, other), true
	}
	named := reading.Value != "" || reading.Say != "" || form.Mentions(step, folded) || step.Kind != knowledge.Free && t.tells(flow)
	asks := asksPlainly(t.message.Text, folded) || !named && questioning(folded)
	if !asks && named {
		return Reply{}, false
	}
	match := t.match()
	best := match.Best()
	exact := match.Exact.Text != "" && step.Kind != knowledge.Free
	if match.Decide() != intents.Answer || !asks && !exact && !wishes(folded) {
		if reply, ok := t.followedUp(flow, match, reading, asks); ok {
			return reply, true
		}
		if t.asksAboutStep(folded, step) {
			return t.explained(flow, step), true
		}
		return Reply{}, false
	}
	if isAct(best.Intent) {
		return t.actInForm(flow, best.Intent)
	}
	entry, known := t.Base.Entry(best.Intent)
	if !known && t.asksAboutStep(folded, step) {
		return t.explained(flow, step), true
	}
	if !known || !asks && step.Kind == knowledge.Free && match.Exact.Text == "" {
		return Reply{}, false
	}
	if other, ok := t.Base.Flow(entry.Flow); ok && other.ID != flow.ID && !asks {
		return t.askSwitch(flow, other), true
	}
	return t.answerInForm(flow, best.Intent), true
}

// tells reports whether a message holds a value for one of the open steps besides the one asked.
func (t *turn) tells(flow *knowledge.Flow) bool {
	f := &t.state.Form
	for _, step := range f.Steps(flow) {
		if !f.Done(step.Slot) && f.Allows(step) && t.reader.Read(step, t.message.Text, t.now, false).Value != "" {
			return true
		}
	}
	return false
}

// leavesNumber reports whether a message holds a number to be called at: an answer to a step, though perhaps not yet asked
// or agreed to.
func (t *turn) leavesNumber(flow *knowledge.Flow) bool {
	return slices.ContainsFunc(t.state.Form.Steps(flow), func(step *knowledge.Step) bool {
		return step.Kind == knowledge.Mobile && t.reader.Read(step, t.message.Text, t.now, false).Value != ""
	})
}

// asksAboutStep reports whether a message that nothing else answers asks what is to be written, or why.
func (t *turn) asksAboutStep(folded string, step *knowledge.Step) bool {
	const short = 18 // characters: more tell something as well
	if step.Slot == "" || step.Questions || utf8.RuneCountInString(folded) > short {
		return false
	}
	return strings.ContainsAny(t.message.Text, "?？") || strings.HasSuffix(folded, "吗") || containsAny(folded, []string{
		"什么意思", "啥意思", "哪样意思", "为什么", "为啥", "行不行", "要不要", "可不可以", "能不能", "得不得", "怎么写", "咋写", "什么叫", "怎么才算", "几点", "什么时候打",
	})
}

// explained says why a step is asked, and asks it again.
func (t *turn) explained(flow *knowledge.Flow, step *knowledge.Step) Reply {
	t.decision.because("问的是“%s”怎么填", step.Label, "")
	return t.ask(flow, cmp.Or(step.Why, phraseAnyWay))
}

// followedUp answers a bare follow-up (要带什么) about the matter of the form.
func (t *turn) followedUp(flow *knowledge.Flow, match *intents.Match, reading form.Reading, asks bool) (Reply, bool) {
	entry, known := t.Base.Entry(t.flows[flow.ID])
	if !known || isAct(entry.ID) || !asks || reading.Value != "" || !match.BareFollowUp(true) {
		return Reply{}, false
	}
	reply := t.attribute(entry, match.Attribute)
	return t.below(flow, reply), true
}

// answerInForm answers with an entry and asks the open step again.
func (t *turn) answerInForm(flow *knowledge.Flow, id string) Reply {
	t.decision.because("中间插问一句，答了再接着办", "", "")
	return t.below(flow, t.enter(id))
}

// below asks the open step again below a reply.
func (t *turn) below(flow *knowledge.Flow, reply Reply) Reply {
	outcome, rest := t.decision.Outcome, t.state.Rest
	reply.Text = strings.TrimSuffix(reply.Text, "\n"+phraseCare) // it stands below the open step
	if rest != "" {
		reply.Text = strings.TrimSuffix(reply.Text, phraseMore) + rest
	}
	next := t.ask(flow, phraseBackToForm)
	t.decision.Outcome = outcome
	next.Links, next.Human = reply.Links, reply.Human
	answer := t.fit(reply.Text, max(next.room()-len(next.Text)-1, leastRoom))
	next.Text = lines(answer, next.Text)
	return next
}

// actInForm answers a greeting, thanks, a question about the program and the like in the middle of a form.
func (t *turn) actInForm(flow *knowledge.Flow, act string) (Reply, bool) {
	switch act {
	case "sys.human":
		if t.leavesNumber(flow) && !containsAny(t.message.Text, []string{"人工", "真人", "客服"}) {
			return Reply{}, false
		}
		t.state.Form.Paused = true
		return t.enter(act), true
	case "sys.thanks":
		return t.ask(flow, phraseGoOn), true
	case "sys.greeting":
		return t.ask(flow, phraseHello), true
	case "sys.bye", "sys.cancel":
		if t.match().Best().Probability < sureToEnd {
			return Reply{}, false
		}
		return t.pause(flow), true
	}
	return t.answerInForm(flow, act), true
}

// fearful reports whether a folded message is afraid of who may learn what is told here.
func (t *turn) fearful(folded string) bool {
	return containsAny(folded, []string{"老板", "厂里", "单位", "公司", "包工头", "工头"}) && containsAny(folded, []string{"晓得", "知道", "告诉", "报复", "找麻烦", "打到", "泄露", "查到", "让"}) ||
		containsAny(folded, []string{"泄露", "谁看得到", "谁能看", "哪个看", "哪些人看", "哪个部门看", "存多久", "保存多久", "留多久"})
}

// questioning reports whether a folded message asks something.
func questioning(folded string) bool {
	for _, end := range asking.ends {
		if strings.HasSuffix(folded, end) {
			return true
		}
	}
	for _, word := range asking.words {
		if strings.Contains(folded, word) {
			return true
		}
	}
	return choosing(folded)
}

// choosing reports whether a folded message asks by a word and its denial: 收不收. 时不时 and 动不动 are none.
func choosing(folded string) bool {
	runes := []rune(folded)
	for i := 2; i < len(runes); i++ {
		if runes[i] == runes[i-2] && (runes[i-1] == '不' || runes[i-1] == '没') && runes[i] != '时' && runes[i] != '动' {
			return true
		}
	}
	return false
}

// mayAsk reports whether the message may be a question: it holds a word that questions have, though others have it too
// (几个月没发).
func (t *turn) mayAsk() bool {
	return strings.ContainsAny(t.message.Text, "?？哪几多甚需吗") || questioning(chinese.Fold(t.message.Text))
}

// asksPlainly reports whether a message can be nothing but a question.
func asksPlainly(text, folded string) bool {
	return strings.ContainsAny(text, "?？") || strings.HasSuffix(folded, "吗") || containsAny(folded, asking.words)
}

// wishes reports whether a folded message says what somebody wants to have done.
func wishes(folded string) bool {
	return containsAny(folded, []string{"我要", "我想", "帮我", "想要", "申请", "给我"})
}

// asking is what questions end with or hold.
var asking = struct{ ends, words []string }{
	[]string{"吗", "不", "没", "呢", "么", "没得", "嘛"},
	[]string{"怎么", "咋", "哪里", "哪个", "哪儿", "哪些", "什么", "啥", "多久", "好久", "为什么", "凭什么", "要不要", "能不能", "可不可以", "行不行", "会不会", "得不得", "是不是", "有没有", "有没得", "找谁", "啷个", "多少", "有几天", "几点", "好多钱", "好多天"},
}
