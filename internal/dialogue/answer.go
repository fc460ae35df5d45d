package dialogue

import (
	"fmt"
	"slices"
	"strings"

	"zhugong/intents"
	"zhugong/internal/chinese"
	"zhugong/knowledge"
)

// How many neighbours or candidates a reply offers.
const (
	fewestChoices = 2
	mostChoices   = 3
)

// enter answers with an entry and makes it what is talked about.
func (t *turn) enter(id string) Reply {
	if flow, known := t.Base.Flow(strings.TrimPrefix(id, flowPrefix)); known && strings.HasPrefix(id, flowPrefix) {
		return t.open(flow)
	}
	entry, known := t.Base.Entry(id)
	if !known {
		return t.say(Outside, phraseNotUnderstood)
	}
	asked := t.state.Attribute
	t.state.Attribute, t.state.Misses = "", 0
	t.decision.Outcome, t.decision.Intent = Answered, id
	if isAct(id) {
		return t.act(entry)
	}
	t.state.Entry = id
	if asked != "" {
		return t.attribute(entry, asked)
	}
	if reply, ok := t.named(entry); ok {
		return reply
	}
	return t.page(t.whole(entry))
}

// whole is all that is known of a matter, with what to do next.
func (t *turn) whole(entry *knowledge.Entry) Reply {
	return Reply{Text: t.Engine.text(entry, t.now), Card: entry.Card, Links: entry.Links, Choices: t.offer(append(t.flowChoice(entry.Flow), entry.Related...))}
}

// named answers a message that asks about one attribute besides naming its matter, if somebody has filled it in: just
// that, with the whole answer among the choices.
func (t *turn) named(entry *knowledge.Entry) (Reply, bool) {
	if t.message.Kind != Text || entry.Expired(t.now) {
		return Reply{}, false
	}
	t.decision.Attribute = t.asked(entry)
	filled := entry.Attributes[t.decision.Attribute]
	if filled == "" || t.decision.Attribute == who { // who may is what the answer itself begins with
		return Reply{}, false
	}
	t.decision.because("话里问的是“%s”，只答这个", t.decision.Attribute, "")
	choices := t.offer(append([]string{entry.ID}, entry.Related...))
	text := t.offersReckoning(entry, t.decision.Attribute, t.withSource(entry.SourcesOf(t.decision.Attribute), filled, false))
	return t.page(Reply{Text: text, Choices: choices}), true
}

// who is the attribute that says who may.
const who = "对象"

// asked returns which attribute the message asks about besides naming the entry, "" when about none: what is left when the
// entry's name is taken out (法律援助要钱不), or else the end or the beginning of the message.
func (t *turn) asked(entry *knowledge.Entry) string {
	var buffer [64]rune
	text := chinese.AppendFold(buffer[:0], t.message.Text)
	at, longest := 0, 0
	for _, name := range t.names[entry.ID] {
		if i := chinese.IndexSound(text, name); i >= 0 && len(name) > longest {
			at, longest = i, len(name)
		}
	}
	if 0 < longest && longest < len(text) {
		if match := t.matcher.Match(string(slices.Delete(text, at, at+longest))); match.BareFollowUp(false) {
			return match.Attribute
		}
	}
	return t.followUps.Named(t.message.Text)
}

// act answers a dialogue act: greeting, menu, thanks, a person, …
func (t *turn) act(entry *knowledge.Entry) Reply {
	reply := Reply{Text: t.Engine.text(entry, t.now), Choices: t.offer(entry.Related)}
	switch entry.ID {
	case "sys.human":
		return t.person(entry)
	case "sys.cancel":
		t.state = State{Insults: t.state.Insults, MutedUntil: t.state.MutedUntil}
	}
	return t.page(reply)
}

// offer makes choices of entries, and remembers them.
func (t *turn) offer(ids []string) []Choice {
	most := maxOffered(t.decision.Intent)
	if len(ids) > 0 && strings.HasPrefix(ids[0], flowPrefix) {
		most++
	}
	most = min(len(ids), most)
	choices := make([]Choice, 0, most)
	t.state.Offered = make([]string, 0, most)
	for _, id := range ids {
		title, known := t.titleOf(id)
		if !known || len(choices) == most {
			continue
		}
		choices = append(choices, Choice{id, title})
		t.state.Offered = append(t.state.Offered, id)
	}
	return choices
}

// titleOf names an entry or a flow as a choice.
func (t *turn) titleOf(id string) (string, bool) {
	if flow, isFlow := strings.CutPrefix(id, flowPrefix); isFlow {
		if found, known := t.Base.Flow(flow); known {
			return found.Title, true
		}
		return "", false
	}
	entry, known := t.Base.Entry(id)
	if !known {
		return "", false
	}
	return entry.Title, true
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
		return t.page(Reply{Text: t.offersReckoning(entry, attribute, t.withSource(entry.SourcesOf(attribute), filled, false))})
	}
	unsure := t.unsureOf(attribute)
	if match := &t.decision.Match; unsure && match.Decide() == intents.Answer && match.Best().Intent == entry.ID {
		t.decision.because("问的是“%s”，“%s”没有单写：全答", entry.Title, attribute) // 产假几个月 stands in the whole answer
		return t.page(t.whole(entry))
	}
	t.decision.because("追问“%s”的“%s”，还没有人填", entry.Title, attribute)
	if unsure { // whoever is told that nothing is written of something that he did not ask takes the program for deaf
		return t.page(Reply{Text: fmt.Sprintf(phraseThisUnfilled, quoted(entry.Title))})
	}
	return t.page(Reply{Text: fmt.Sprintf(phraseUnfilled, quoted(entry.Title), t.questions[attribute])})
}

// sureAttribute is the probability of a follow-up from which it plainly asks for its attribute.
const sureAttribute = 0.9

// unsureOf reports whether the attribute was guessed from a message that asks for none plainly.
func (t *turn) unsureOf(attribute string) bool {
	return t.decision.Matched && t.decision.Match.Attribute == attribute && t.decision.Match.Bare < sureAttribute
}

// quoted puts quotation marks around a title that has none of its own.
func quoted(title string) string {
	if strings.Contains(title, "“") {
		return title
	}
	return "“" + title + "”"
}

// followUp answers a bare follow-up from what is talked about, or asks what it is about.
func (t *turn) followUp(match *intents.Match) (Reply, bool) {
	talkedOf := ""
	entry, open := t.Base.Entry(t.state.Entry)
	if open {
		talkedOf = entry.ID
	}
	if open && t.tellsDistrict(chinese.Fold(t.message.Text)) {
		t.decision.because("只说了在哪里，是问正说着的事", "", "")
		return t.attribute(entry, where), true
	}
	if open && asksWhatNow(chinese.Fold(t.message.Text)) {
		t.decision.because("只问怎么办，是问正说着的事", "", "")
		return t.enter(entry.ID), true
	}
	if !match.FollowsUp(talkedOf) || t.askedSafe && !t.asksOn(match) {
		return Reply{}, false
	}
	if open {
		if entry.Attributes[match.Attribute] == "" && t.unsureOf(match.Attribute) && !t.mayAsk() {
			return t.hear(), true
		}
		return t.attribute(entry, match.Attribute), true
	}
	if signpost := t.signposts[t.signposted]; signpost != "" {
		t.decision.because("接着问刚才那件不归工会管的事", "", "")
		t.state.Signposted = t.signposted
		return t.miss(NotOurs, fmt.Sprintf(phraseSignpostStill, signpost)), true
	}
	t.decision.Outcome, t.decision.Attribute = Clarified, match.Attribute
	t.decision.because("只问了“%s”，没说是哪件事", match.Attribute, "")
	t.state.Attribute = match.Attribute
	matters := t.state.Offered // a question back is still open: it is about one of those
	if menu, known := t.Base.Entry("sys.menu"); len(matters) == 0 && known {
		matters = menu.Related
	}
	return Reply{Text: fmt.Sprintf(phraseWhichMatter, match.Attribute), Choices: t.offer(matters)}, true
}

// asksWhatNow reports whether a folded message asks what to do, and names no matter: 那我该咋个办嘛.
func asksWhatNow(folded string) bool {
	for _, how := range []string{"怎么", "咋个", "咋", "啷个", "如何"} {
		if before, act, found := strings.Cut(folded, how); found && stripped(before, besideWhatNow) == "" {
			return whatNow[stripped(act, besideWhatNow)]
		}
	}
	return false
}

var (
	whatNow       = map[string]bool{"办": true, "整": true, "弄": true, "搞": true, "做": true, "处理": true, "搞法": true, "弄法": true, "办法": true}
	besideWhatNow = []string{"那", "我们", "我", "这个", "这", "该", "应该", "应", "要", "现在", "到底", "接下来", "后头", "又", "还", "得", "嘛", "呢", "啊", "哦", "哈", "才", "好", "老师", "的", "了", "去"}
)

// stripped returns text without the words it begins or ends with.
func stripped(text string, words []string) string {
	for before := "\x00"; before != text; {
		before = text
		for _, word := range words {
			text = strings.TrimSuffix(strings.TrimPrefix(text, word), word)
		}
	}
	return text
}

// askBack offers the candidates that are worth it. Greetings and the like are no matter to choose.
func (t *turn) askBack(match *intents.Match) Reply {
	var ids []string
	for i, c := range match.Candidates {
		if c.Intent == "" || isAct(c.Intent) && c.Intent != "sys.human" {
			continue
		}
		if len(ids) == 0 && c.Probability < intents.LeastAsked {
			return t.decline(match) // it looked like a greeting or the like, and like nothing else
		}
		if i < len(match.Offer()) || len(ids) < fewestChoices {
			ids = append(ids, c.Intent)
		}
	}
	t.decision.Outcome = Clarified
	t.decision.because("拿不准，问一句比答错好", "", "")
	return Reply{Text: phraseAskBack, Choices: t.offer(ids)}
}
