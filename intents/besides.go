package intents

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"zhugong/knowledge"
)

// besides knows what workers say besides what they ask: greetings, and what they tell of themselves. It is read only.
type besides struct {
	greetings map[rune][]string // by first character; longest first
	asides    map[string]bool   // normalised, as staff wrote them
}

const (
	certainAside = 0.5  // the probability from which a clause is taken for an aside
	namesMatter  = 0.95 // the probability of an entry from which a clause names its matter
	out          = 0.5  // the probability of being inside below which what is left is rather none of the union's business
	leastBorne   = 0.1  // the probability below which what is left does not bear out what the whole was taken for
	fewestLeft   = 2    // characters that say something
)

func newBesides(corpus *Corpus, normaliser *Normaliser) besides {
	b := besides{map[rune][]string{}, make(map[string]bool, len(corpus.Asides))}
	for _, greeting := range corpus.Words.Greetings {
		first, _ := utf8.DecodeRuneInString(greeting)
		b.greetings[first] = append(b.greetings[first], greeting)
	}
	for _, greetings := range b.greetings {
		slices.SortFunc(greetings, func(x, y string) int { return cmp.Or(len(y)-len(x), strings.Compare(x, y)) })
	}
	for _, aside := range corpus.Asides {
		b.asides[normaliser.Normal(aside.Text)] = true
	}
	return b
}

// separates reports whether a character stands between clauses.
func separates(r rune) bool {
	if 0x4E00 <= r && r <= 0x9FFF { // most are common characters
		return false
	}
	return unicode.IsPunct(r) || unicode.IsSpace(r) || unicode.IsSymbol(r)
}

// ungreeted returns text without the greetings that it begins with.
func (b *besides) ungreeted(text string) string {
	for {
		text = strings.TrimLeftFunc(text, separates)
		first, _ := utf8.DecodeRuneInString(text)
		greetings := b.greetings[first]
		i := slices.IndexFunc(greetings, func(greeting string) bool { return strings.HasPrefix(text, greeting) })
		if i < 0 {
			return text
		}
		text = text[len(greetings[i]):]
	}
}

// question returns what is left of text without its greetings, and of that without asides; "" when that is hardly anything,
// or all of it.
func (m *Matcher) question(s *scratch, text string) (ungreeted, left string) {
	text = strings.TrimFunc(text, separates)
	rest := m.ungreeted(text)
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
		s.left = append(append(s.left, clause...), ' ')
	}
	if asides == 0 {
		return ungreeted, ""
	}
	if utf8.RuneCount(s.left) <= fewestLeft {
		return "", ""
	}
	return ungreeted, string(s.left)
}

// isAside reports whether a clause tells something besides and names no matter.
func (m *Matcher) isAside(s *scratch, clause string) bool {
	s.normal, s.folded = m.append(s.normal[:0], s.folded[:0], clause)
	if m.asides[string(s.normal)] {
		return true
	}
	m.score(s)
	return logistic(dot(m.telling, m.tell(s.scores))) >= certainAside && m.judge(s.scores).Candidates[0].Probability < namesMatter
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
	case left.Inside < out && left.of(before.Intent) < leastBorne:
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
