package dialogue

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"zhugong/intents"
	"zhugong/internal/chinese"
)

// What parts questions within a message, as written.
var (
	questionMarks = "？?；;。！!\n"
	questionJoins = []string{"，还有", ",还有", " 还有", "另外", "顺便问", "再问一下", "再问个", "还想问", "还要问", "还有个事", "还有一个事", "还有件事"}
)

const (
	fewestAsked = 4   // characters of a question that can stand alone
	mostAsked   = 60  // characters of a message that may hold several: longer ones tell a story
	surelyAsked = 0.8 // probability from which a part is believed to ask about a matter of its own
)

// several answers a message that asks about two or three matters: the first, with the others offered. It reports false
// for all other messages.
func (t *turn) several() (Reply, bool) {
	if utf8.RuneCountInString(t.message.Text) > mostAsked {
		return Reply{}, false
	}
	parts := questions(t.message.Text)
	if len(parts) < 2 {
		return Reply{}, false
	}
	var matters []string
	for _, part := range parts {
		if !questioning(chinese.Fold(part)) {
			continue
		}
		match := t.matcher.Match(part)
		best := match.Best()
		if match.Decide() == intents.Answer && best.Probability >= surelyAsked && !isAct(best.Intent) && !match.BareFollowUp(true) && !slices.Contains(matters, best.Intent) {
			matters = append(matters, best.Intent)
		}
	}
	if len(matters) < 2 {
		return Reply{}, false
	}
	return t.firstOf(matters), true
}

// firstOf answers the first of the matters, and offers the others before its neighbours.
func (t *turn) firstOf(matters []string) Reply {
	t.decision.because("一条里问了几件事：先答第一件，别的给选项", "", "")
	reply := t.enter(matters[0])
	var others []string
	for _, id := range matters[1:] {
		if entry, known := t.Base.Entry(id); known {
			others = append(others, quoted(entry.Title))
		}
	}
	reply.Text = lines(reply.Text, fmt.Sprintf(phraseAlsoAsked, strings.Join(others, "、")))
	reply.Choices = t.offer(append(matters[1:], t.state.Offered...))
	return reply
}

// questions parts a message where one question ends and another begins.
func questions(text string) []string {
	for _, join := range questionJoins {
		text = strings.ReplaceAll(text, join, "\n")
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(questionMarks, r) })
	return slices.DeleteFunc(parts, func(part string) bool { return utf8.RuneCountInString(chinese.Fold(part)) < fewestAsked })
}
