package dialogue

import (
	"fmt"
	"strings"

	"zhugong/internal/estimate"
)

// aboutMoney reports whether the message may be about one of the matters that are reckoned, before its figures are looked for.
func (t *turn) aboutMoney() bool {
	const likely = 0.2
	for _, c := range t.match().Candidates[:2] {
		if entry, known := t.Base.Entry(c.Intent); known && len(entry.Estimates) > 0 && c.Probability >= likely {
			return true
		}
	}
	return false
}

// asksSum are words that ask for a sum.
var asksSum = []string{"多少", "好多", "几多", "算", "几块", "几千", "几万"}

// reckoned answers a message that asks what somebody is owed: with the sum, if it gives all figures, else with the
// matter and what is missing.
func (t *turn) reckoned() (Reply, bool) {
	if !t.aboutMoney() {
		return Reply{}, false
	}
	found, ok := estimate.Read(t.message.Text, t.now)
	if !ok && !containsAny(t.message.Text, asksSum) {
		return Reply{}, false
	}
	if !ok {
		return t.unreckoned()
	}
	entry, known := t.Base.Entry(t.reckons[found.Kind])
	if !known {
		return Reply{}, false
	}
	t.decision.because("话里的数够算“%s”", string(found.Kind), "")
	if !containsAny(t.message.Text, asksSum) { // he wants his money first, and to know the sum second
		reply := t.enter(entry.ID)
		reply.Text = lines(reply.Text, fmt.Sprintf(phraseSum, found.Lines[0]))
		return reply, true
	}
	t.decision.Outcome, t.decision.Intent = Answered, entry.ID
	t.state.Entry, t.state.Attribute, t.state.Misses = entry.ID, "", 0
	choices := append(t.flowChoice(entry.Flow), entry.ID)
	return t.page(Reply{Text: strings.Join(found.Lines, "\n"), Choices: t.offer(append(choices, entry.Related...))}), true
}

// unreckoned answers with the matter, and says what must be known to reckon.
func (t *turn) unreckoned() (Reply, bool) {
	kind, missing := estimate.Missing(t.message.Text)
	entry, known := t.Base.Entry(t.reckons[kind])
	if kind == "" || !known {
		return Reply{}, false
	}
	t.decision.because("要算“%s”，还差数", string(kind), "")
	t.state.Attribute = ""
	reply := t.enter(entry.ID)
	reply.Text = lines(reply.Text, fmt.Sprintf(phraseReckon, string(kind), strings.Join(missing, "、")))
	return reply, true
}
