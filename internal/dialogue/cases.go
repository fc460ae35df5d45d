package dialogue

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"zhugong/internal/form"
	"zhugong/internal/slot"
	"zhugong/knowledge"
)

// mostTickets is how many of a worker's own cases are offered or listed.
const mostTickets = 5

// cases returns the worker's newest cases.
func (t *turn) cases() []Case {
	all := t.allCases()
	return all[:min(len(all), mostTickets)]
}

func (t *turn) allCases() []Case {
	if t.Cases == nil {
		return nil
	}
	return t.Cases()
}

// ownTickets offers the worker's own cases for looking up.
func (t *turn) ownTickets() []Choice {
	var choices []Choice
	for _, c := range t.cases() {
		choices = append(choices, Choice{c.Ticket, c.Ticket})
	}
	return choices
}

// lookedUp answers a flow that asks for the number of a case. What belongs to somebody else and what there is not gets the
// same answer.
func (t *turn) lookedUp(flow *knowledge.Flow) (Reply, bool) {
	f := &t.state.Form
	for i := range flow.Steps {
		step := &flow.Steps[i]
		if step.Kind != knowledge.Ticket || f.Get(step.Slot) == "" {
			continue
		}
		ticket := f.Get(step.Slot)
		t.state.Form = form.Form{}
		return t.lookUp(ticket), true
	}
	return Reply{}, false
}

// asksProgress reports whether a folded message asks what became of what was registered.
func asksProgress(folded string) bool {
	return containsAny(folded, []string{"我的登记", "我登记的", "登记的那个", "登记的事", "我那个登记"}) &&
		containsAny(folded, []string{"怎么样", "消息", "进度", "到哪", "结果", "回音", "办得", "办没", "咋样", "处理"})
}

// afterFiling answers what only somebody says who has registered something: how far it is, that a part of it is wrong, that
// there is more, when he will be called.
func (t *turn) afterFiling(folded string) (Reply, bool) {
	const short = 20 // characters: more tell of something else
	registers := containsAny(folded, []string{"登记", "填的", "填错", "留的电话", "留的号码"})
	_, mark := firstOf(folded, corrections)
	switch {
	case t.state.Form.Open() || utf8.RuneCountInString(folded) > short:
	case asksProgress(folded):
		return t.progress()
	case mark != "" && registers && len(t.cases()) > 0:
		t.decision.because("登记过的要改", "", "")
		return t.say(Flow, fmt.Sprintf(phraseCannotAmend, t.cases()[0].Ticket)), true
	case containsAny(folded, []string{"再登记一", "再登一", "还要登记", "还想登记", "另外登记", "再办一个"}) && len(t.cases()) > 0:
		t.decision.because("还要登记一件", "", "")
		t.decision.Outcome = Flow
		return t.page(Reply{Text: phraseWhichForm, Choices: t.offer(t.registering())}), true
	case containsAny(folded, []string{"多久", "好久", "什么时候", "几时", "哪天"}) && containsAny(folded, []string{"联系我", "联系", "找我", "打给我", "给我打", "回电", "回复我", "有人管"}):
		return t.progress(phraseNoTime)
	}
	return Reply{}, false
}

// registering are the ids of the flows by which something is registered.
func (t *turn) registering() []string {
	var ids []string
	for i := range t.Base.Flows {
		if t.Base.Flows[i].Registers {
			ids = append(ids, flowPrefix+t.Base.Flows[i].ID)
		}
	}
	return ids
}

// progress says how far the worker's own cases are, if there are any.
func (t *turn) progress(told ...string) (Reply, bool) {
	own := t.cases()
	if len(own) == 0 {
		return Reply{}, false
	}
	t.decision.because("问自己的登记办到哪一步", "", "")
	for _, c := range own {
		told = append(told, t.told(c))
	}
	t.state.Offered = nil
	t.decision.Outcome = Flow
	return t.page(Reply{Text: lines(told...)}), true
}

// lookUp says how far the worker's own case of that number is.
func (t *turn) lookUp(ticket string) Reply {
	if t.Cases == nil {
		return t.say(Flow, phraseCannotLookUp)
	}
	for _, c := range t.Cases() {
		if digits(c.Ticket) == ticket {
			t.decision.because("是这位职工自己的登记", "", "")
			return t.say(Flow, t.told(c))
		}
	}
	t.decision.because("不是这位职工自己的登记，或者没有这个号", "", "")
	return t.say(Flow, phraseNoSuchCase)
}

// StatusName says in a worker's words how far a case is.
func StatusName(status CaseStatus) string { return statusPhrases[status] }

// told says how far a case is.
func (t *turn) told(c Case) string {
	text := fmt.Sprintf(phraseCase, c.Title, c.Ticket, c.Opened.In(t.now.Location()).Format("1月2日"), statusPhrases[c.Status])
	if c.Answer != "" {
		text += "\n工会的答复：" + c.Answer
	}
	return text
}

// ticketIn reads a folded message that is the number of a case and little else.
func ticketIn(folded string) (string, bool) {
	const mostAround = 20
	spoken := 0
	for _, r := range folded {
		if r >= '0' && r <= '9' || strings.ContainsRune("零〇幺一二三四五六七八九", r) {
			spoken++
		}
	}
	if spoken < ticketDigits || utf8.RuneCountInString(folded) > mostAround {
		return "", false
	}
	return slot.Ticket(folded, true)
}

// digits leaves the digits of a text.
func digits(text string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
}
