package intents

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"zhugong/knowledge"
)

// greetings are what a message may begin with, by first character; longest first. They are read only.
type greetings map[rune][]string

const (
	certainAside = 0.5  // the probability from which a clause is taken for an aside
	namesMatter  = 0.95 // the probability of an entry from which a clause names its matter
	leastInside  = 0.5  // the probability of being inside below which what is left is rather none of the union's business
	leastBorne   = 0.1  // the probability below which what is left does not bear out what the whole was taken for
	fewestLeft   = 2    // characters that say something
)

func newGreetings(words []string) greetings {
	g := greetings{}
	for _, word := range words {
		first, _ := utf8.DecodeRuneInString(word)
		g[first] = append(g[first], word)
	}
	for _, alike := range g {
		slices.SortFunc(alike, func(x, y string) int { return cmp.Or(len(y)-len(x), strings.Compare(x, y)) })
	}
	return g
}

// separates reports whether a character stands between clauses.
func separates(r rune) bool {
	if 0x4E00 <= r && r <= 0x9FFF { // most are common characters
		return false
	}
	return unicode.IsPunct(r) || unicode.IsSpace(r) || unicode.IsSymbol(r)
}

// cut returns text without the greetings that it begins with.
func (g greetings) cut(text string) string {
	for {
		text = strings.TrimLeftFunc(text, separates)
		first, _ := utf8.DecodeRuneInString(text)
		i := slices.IndexFunc(g[first], func(greeting string) bool { return strings.HasPrefix(text, greeting) })
		if i < 0 {
			return text
		}
		text = text[len(g[first][i]):]
	}
}

// question returns what is left of text without its greetings, and of that without asides; "" when that is hardly anything,
// or all of it.
func (m *Matcher) question(s *scratch, text string) (ungreeted, left string) {
	text = strings.TrimFunc(text, separates)
	rest := m.greetings.cut(text)
	if len(rest) < len(text) && utf8.RuneCountInString(rest) >= fewestLeft {
		ungreeted = rest
	}
	if strings.IndexFunc(rest, separates) < 0 && len(rest) == len(text) {
		return "", ""
	}
	s.left = s.left[:0]
	asides := 0
	for clause := range strings.FieldsFuncSeq(rest, separates) {
		if m.isAside(s, clause) {
			asides++
			continue
		}
		if len(s.left) > 0 {
			s.left = append(s.left, ' ')
		}
		s.left = append(s.left, clause...)
	}
	if asides == 0 {
		return ungreeted, ""
	}
	if utf8.RuneCount(s.left) < fewestLeft {
		return "", ""
	}
	return ungreeted, string(s.left)
}

// isAside reports whether a clause tells something besides and names no matter, or is an aside that staff wrote down.
func (m *Matcher) isAside(s *scratch, clause string) bool {
	return m.asideness(s, clause) >= certainAside
}

// asideness returns the probability that a clause tells something besides; 0 when that is not certain, or it names a matter.
func (m *Matcher) asideness(s *scratch, clause string) float64 {
	s.normal, s.folded = m.append(s.normal[:0], s.folded[:0], clause)
	if hit, known := m.lookUp(s); known && hit.class == aside {
		return 1
	}
	m.score(s)
	if len(s.characters) == 0 {
		return 0 // a word of pinyin, set off by spaces
	}
	telling := logistic(dot(m.telling, m.tell(s.scores)))
	if telling < certainAside || m.judge(s.scores).Candidates[0].Probability >= namesMatter {
		return 0
	}
	return telling
}

// of returns the probability of an entry, 0 when it is no candidate.
func (m *Match) of(intent string) float64 {
	for _, c := range m.Candidates {
		if c.Intent == intent {
			return c.Probability
		}
	}
	return 0
}

// ungreetedOr returns what a message was taken for without its greeting, unless that bears out what the whole was taken for:
// a greeting says nothing where something follows.
func ungreetedOr(whole, ungreeted Match) Match {
	if ungreeted.of(whole.Best().Intent) < leastBorne {
		return ungreeted.outOf(whole)
	}
	return clearer(whole, ungreeted)
}

// clearer returns what a message was taken for: as a whole, or for what is left of it, if that says more clearly what is
// asked, or that it is none of the union's business.
func clearer(whole, left Match) Match {
	before, now := whole.Best(), left.Best()
	surer := now.Probability > before.Probability
	switch {
	case left.Inside < leastInside && left.of(before.Intent) < leastBorne:
	case left.Decide() == Answer && (surer || now.Intent != before.Intent):
	case whole.Decide() != Answer && (surer || left.BareFollowUp(false)):
	default:
		return whole
	}
	return left.outOf(whole)
}

// outOf returns the match of a part as that of the whole: danger may stand anywhere, and what is asked is not the message
// word for word.
func (m *Match) outOf(whole Match) Match {
	part := *m
	part.Exact, part.Danger = knowledge.Phrase{}, max(m.Danger, whole.Danger)
	return part
}
