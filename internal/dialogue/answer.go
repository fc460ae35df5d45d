package dialogue

import (
	"fmt"
	"strings"

	"zhugong/intents"
	"zhugong/knowledge"
)

// mostChoices is how many neighbours or candidates a reply offers.
const mostChoices = 3

// enter answers with an entry and makes it what is talked about.
func (t *turn) enter(id string) Reply {
	entry, known := t.Base.Entry(id)
	if !known {
		return t.say(Outside, phraseNotUnderstood)
	}
	asked := t.state.Attribute
	t.state.Attribute, t.state.Misses = "", 0
	t.decision.Outcome, t.decision.Intent = Answered, id
	if strings.HasPrefix(id, "sys.") {
		return t.act(entry)
	}
	t.state.Entry = id
	if asked != "" {
		return t.attribute(entry, asked)
	}
	text := t.Engine.text(entry, t.now)
	if attribute := t.followUps.Named(t.message.Text); attribute != "" && t.message.Kind == Text && !entry.Expired(t.now) {
		t.decision.Attribute = attribute
		// Who may ask is what the answer itself begins with.
		if filled := strings.TrimRight(entry.Attributes[attribute], "\n"); filled != "" && attribute != "对象" {
			t.decision.because("话里还问了“%s”，先答这个", attribute, "")
			text = filled + "\n" + text
		}
	}
	return t.page(Reply{Text: text, Card: entry.Card, Links: entry.Links, Choices: t.offer(entry.Related)})
}

// act answers a dialogue act: greeting, menu, thanks, a person, …
func (t *turn) act(entry *knowledge.Entry) Reply {
	reply := Reply{Text: t.Engine.text(entry, t.now), Choices: t.offer(entry.Related)}
	switch entry.ID {
	case "sys.human":
		t.decision.Outcome, reply.Human = Human, true
	case "sys.cancel":
		t.state = State{Insults: t.state.Insults, MutedUntil: t.state.MutedUntil}
	}
	return t.page(reply)
}

// offer makes choices of entries, and remembers them.
func (t *turn) offer(ids []string) []Choice {
	t.state.Offered = nil
	var choices []Choice
	for _, id := range ids {
		entry, known := t.Base.Entry(id)
		if !known || len(choices) == maxOffered(t.decision.Intent) {
			continue
		}
		choices = append(choices, Choice{id, entry.Title})
		t.state.Offered = append(t.state.Offered, id)
	}
	return choices
}

// maxOffered is how many choices a reply shows: greeting and menu are there to show more.
func maxOffered(intent string) int {
	if intent == "sys.greeting" || intent == "sys.menu" {
		return 2 * mostChoices
	}
	return mostChoices
}

// attribute answers a follow-up about an entry.
func (t *turn) attribute(entry *knowledge.Entry, attribute string) Reply {
	t.state.Entry, t.state.Attribute, t.state.Misses, t.state.Offered = entry.ID, "", 0, nil
	t.decision.Outcome, t.decision.Intent, t.decision.Attribute = Answered, entry.ID, attribute
	if entry.Expired(t.now) {
		return t.page(Reply{Text: t.Engine.text(entry, t.now)})
	}
	if filled := entry.Attributes[attribute]; filled != "" {
		t.decision.because("追问“%s”的“%s”，已填", entry.Title, attribute)
		return t.page(Reply{Text: t.withSource(entry, filled)})
	}
	t.decision.because("追问“%s”的“%s”，还没有人填", entry.Title, attribute)
	return t.say(Answered, fmt.Sprintf(phraseUnfilled, entry.Title, t.questions[attribute]))
}

// followUp answers a bare follow-up from what is talked about, or asks what it is about.
func (t *turn) followUp(match *intents.Match) (Reply, bool) {
	entry, open := t.Base.Entry(t.state.Entry)
	if !match.BareFollowUp(open) {
		return Reply{}, false
	}
	if open {
		return t.attribute(entry, match.Attribute), true
	}
	t.decision.Outcome, t.decision.Attribute = Clarified, match.Attribute
	t.decision.because("只问了“%s”，没说是哪件事", match.Attribute, "")
	t.state.Attribute = match.Attribute
	menu, known := t.Base.Entry("sys.menu")
	if !known {
		return Reply{}, false
	}
	return Reply{Text: fmt.Sprintf(phraseWhichMatter, t.questions[match.Attribute]), Choices: t.offer(menu.Related)}, true
}

// askBack offers the candidates that are worth it.
func (t *turn) askBack(candidates []intents.Candidate) Reply {
	ids := make([]string, len(candidates))
	for i, c := range candidates {
		ids[i] = c.Intent
	}
	t.decision.Outcome = Clarified
	t.decision.because("拿不准，问一句比答错好", "", "")
	return Reply{Text: phraseAskBack, Choices: t.offer(ids)}
}

// decline says that a message is not the union's business or was not understood.
func (t *turn) decline(match *intents.Match) Reply {
	const surelyOutside = 0.35
	t.state.Offered, t.state.Attribute = nil, ""
	if match.Inside > surelyOutside {
		t.decision.because("没听懂", "", "")
		return t.miss(phraseNotUnderstood)
	}
	t.decision.because("不是工会的事", "", "")
	if signpost := t.signposts[match.Outside]; signpost != "" {
		return t.miss(signpost)
	}
	return t.miss(phraseNotOurs + "\n" + phraseAlsoAsk)
}

// miss counts a message that did not help. From the second in a row on a person is offered.
func (t *turn) miss(text string) Reply {
	t.state.Misses++
	if t.state.Misses >= 2 {
		text += "\n" + phraseSecondMiss
	}
	return t.say(Outside, text)
}
