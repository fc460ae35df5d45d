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
