package dialogue

import (
	"strings"
	"unicode/utf8"

	"zhugong/intents"
)

// How a worker says what he does not mean, and then what he does: 我不是要入会，我要退会.
var (
	denials      = []string{"不是", "没有", "不办", "不问"}
	affirmations = []string{"我要", "我是", "我想", "我问的是", "而是", "是问", "是要", "是想", "就是", "就想", "只想", "，是", ",是", " 是"}
)

const (
	denialWithin = 12 // bytes before a denial: it begins the message
	fewestDenied = 6  // bytes of what is denied
)

// meant matches what a message affirms after it has denied something else, if that is why the whole is unclear or looks like
// what was denied. It reports false for all other messages.
func (t *turn) meant(whole *intents.Match) (intents.Match, bool) {
	denied, affirmed := denial(t.message.Text)
	if affirmed == "" {
		return intents.Match{}, false
	}
	rest := t.matcher.Match(affirmed)
	if rest.Decide() != intents.Answer || isAct(rest.Best().Intent) || rest.BareFollowUp(true) || rest.Best().Intent == whole.Best().Intent && whole.Decide() == intents.Answer {
		return intents.Match{}, false
	}
	about := t.matcher.Match(denied)
	if whole.Decide() == intents.Answer && about.Best().Intent != whole.Best().Intent {
		return intents.Match{}, false
	}
	t.decision.because("前半句说的是“不是”，看后半句“%s”", affirmed, "")
	rest.Danger = max(rest.Danger, whole.Danger)
	return rest, true
}

// denial parts a message into what is denied and what is affirmed behind it; "" when it does not do so.
func denial(text string) (denied, affirmed string) {
	for _, word := range denials {
		at := strings.Index(text, word)
		if at < 0 || at > denialWithin || strings.HasSuffix(text[:at], "是") {
			continue
		}
		behind := at + len(word)
		for _, mark := range affirmations {
			from := strings.Index(text[behind:], mark)
			if from < fewestDenied || utf8.RuneCountInString(text[behind+from:]) < fewestAsked {
				continue
			}
			return text[behind : behind+from], strings.TrimLeft(text[behind+from:], "，, ")
		}
	}
	return "", ""
}
