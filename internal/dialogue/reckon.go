package dialogue

import (
	"fmt"
	"strings"

	"zhugong/intents"
	"zhugong/internal/chinese"
	"zhugong/internal/estimate"
	"zhugong/knowledge"
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
	return t.sum(entry, found.Lines), true
}

// sum answers with an estimate.
func (t *turn) sum(entry *knowledge.Entry, estimated []string) Reply {
	t.decision.Outcome, t.decision.Intent = Answered, entry.ID
	t.state.Entry, t.state.Attribute, t.state.Misses = entry.ID, "", 0
	choices := append(t.flowChoice(entry.Flow), entry.ID)
	return t.page(Reply{Text: strings.Join(estimated, "\n"), Choices: t.offer(append(choices, entry.Related...))})
}

// unreckoned answers with the matter, and says what must be known to reckon.
func (t *turn) unreckoned() (Reply, bool) {
	kind, missing := estimate.Missing(t.message.Text, t.now)
	entry, known := t.Base.Entry(t.reckons[kind])
	if kind == "" || !known {
		return Reply{}, false
	}
	if entry.ID == t.state.Entry && t.state.Told != "" {
		return Reply{}, false // together with what was told before it may be enough
	}
	t.decision.because("要算“%s”，还差数", string(kind), "")
	t.state.Attribute = ""
	reply := t.enter(entry.ID)
	reply.Text = lines(reply.Text, askFigures(kind, missing))
	return reply, true
}

// askFigures asks for the figures that are missing.
func askFigures(kind estimate.Kind, missing []string) string {
	return fmt.Sprintf(phraseReckon, string(kind), strings.Join(missing, "、"))
}

// offersReckoning offers, below an answer to how much is paid, to reckon it.
func (t *turn) offersReckoning(entry *knowledge.Entry, attribute, text string) string {
	if attribute != howMuch || len(entry.Estimates) == 0 {
		return text
	}
	missing := t.account(entry).Missing
	if len(missing) == 0 {
		return text
	}
	return lines(text, askFigures(estimate.Kind(entry.Estimates[0]), missing))
}

// howMuch is the attribute that says how much is paid.
const howMuch = "金额"

// account puts together, once a turn, what was told of a matter that is reckoned and what the message adds to it.
func (t *turn) account(entry *knowledge.Entry) *estimate.Account {
	if t.figuresOf != entry.ID {
		told := t.state.Told
		if entry.ID != t.matter {
			told = ""
		}
		t.figuresOf, t.figures = entry.ID, estimate.Continue(estimate.Kind(entry.Estimates[0]), told, t.message.Text, t.now)
	}
	return &t.figures
}

// reckonedOn answers figures that are told of the matter talked of, and the question what they come to: with the sum, or
// with what is known and what is missing.
func (t *turn) reckonedOn(match *intents.Match) (Reply, bool) {
	entry, known := t.Base.Entry(t.state.Entry)
	onlyFigures := known && estimate.OnlyFigures(t.message.Text) // it names no matter, whatever the matcher makes of it
	if !known || match.Decide() == intents.Answer && match.Best().Intent != entry.ID && !onlyFigures {
		return Reply{}, false
	}
	if len(entry.Estimates) > 0 {
		if reply, ok := t.reckonOn(entry, match); ok {
			return reply, true
		}
	}
	if onlyFigures && !t.mayAsk() {
		return t.hear(), true
	}
	return Reply{}, false
}

// reckonOn answers figures that are told of a matter that is reckoned.
func (t *turn) reckonOn(entry *knowledge.Entry, match *intents.Match) (Reply, bool) {
	kind, account := estimate.Kind(entry.Estimates[0]), t.account(entry)
	asked := account.Added && containsAny(t.message.Text, asksSum) || match.FollowsUp(entry.ID) && match.Attribute == howMuch
	switch {
	case account.Told == "" || !asked && (!account.Added || questioning(chinese.Fold(t.message.Text))):
		return Reply{}, false
	case asked:
		t.decision.Attribute = howMuch
	}
	if account.Lines != nil {
		t.decision.because("前后说的数够算“%s”", string(kind), "")
		return t.sum(entry, account.Lines), true
	}
	if len(account.Missing) == 0 && account.Partly == "" {
		return Reply{}, false
	}
	t.decision.because("记下说的数，要算“%s”还差数", string(kind), "")
	noted := lines(fmt.Sprintf(phraseTold, account.Told), account.Partly)
	if len(account.Missing) > 0 {
		noted = lines(noted, askFigures(kind, account.Missing))
	}
	return t.sum(entry, []string{noted, phraseAskOn}), true
}

// noteFigures keeps the figures that are told of the matter talked of, and forgets them with it.
func (t *turn) noteFigures() {
	if t.state.Entry != t.matter {
		t.state.Told = ""
	}
	entry, known := t.Base.Entry(t.state.Entry)
	if known && len(entry.Estimates) > 0 && t.message.Kind == Text && t.decision.Outcome == Answered && t.decision.Intent == entry.ID {
		t.state.Told = t.account(entry).Told
	}
}
