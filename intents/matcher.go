package intents

import (
	"cmp"
	"sync"
	"unicode/utf8"

	"zhugong/knowledge"
)

// Matcher finds what a message asks for. It is read only once trained: any number of goroutines may use it.
type Matcher struct {
	*Normaliser
	vocabulary *vocabulary
	scorer     *scorer
	calibration
	exact     map[string]exactMatch // by normalised text
	greetings greetings
	scratch   sync.Pool // *scratch
}

type exactMatch struct {
	class  int
	phrase knowledge.Phrase
}

// scratch is what one match needs and the next may use again.
type scratch struct {
	features
	folded, normal []rune
	left           []byte // of a message, without asides
	document       document
	scores         []float32 // by class; then the inside/outside machine's
}

func (m *Matcher) newScratch() any {
	return &scratch{scores: m.scorer.newMargins()}
}

// Match says what text asks for. If it greets or tells something besides, what is left of it is looked at as well.
func (m *Matcher) Match(text string) Match {
	s := m.scratch.Get().(*scratch)
	defer m.scratch.Put(s)
	whole := m.match(s, text)
	if whole.Exact.Text != "" {
		return whole
	}
	ungreeted, left := m.question(s, text)
	if ungreeted != "" {
		whole = ungreetedOr(whole, m.match(s, ungreeted))
	}
	if left != "" {
		whole = clearer(whole, m.match(s, left))
	}
	if whole.Decide() == Answer {
		return whole
	}
	if left = m.afterAsides(s, cmp.Or(left, ungreeted, text)); left != "" {
		whole = clearer(whole, m.match(s, left))
	}
	return whole
}

func (m *Matcher) match(s *scratch, text string) Match {
	s.normal, s.folded = m.append(s.normal[:0], s.folded[:0], text)
	m.score(s)
	result := m.judge(s.scores)
	if hit, ok := m.lookUp(s); ok {
		m.promote(&result, hit)
	}
	return result
}

// lookUp finds the way of asking that the message is word for word.
func (m *Matcher) lookUp(s *scratch) (exactMatch, bool) {
	const longest = 64
	if len(s.normal) > longest {
		return exactMatch{}, false
	}
	var buffer [4 * longest]byte
	hit, ok := m.exact[string(appendRunes(buffer[:0], s.normal))]
	return hit, ok
}

// promote puts what was found word for word in front. It stays short of certainty: staff can err as well.
func (m *Matcher) promote(result *Match, hit exactMatch) {
	const certain = 0.99
	switch hit.class {
	case dangerous:
		result.Danger = certain
		return
	case harmless:
		result.Danger = 1 - certain
		return
	case aside:
		return
	}
	result.Bare *= 1 - certain
	if hit.class >= m.entries {
		for i := range result.Candidates {
			result.Candidates[i].Probability *= 1 - certain
		}
		if hit.class < m.inside {
			result.Attribute, result.Bare, result.Inside = m.names[hit.class], certain, certain
			return
		}
		result.Inside, result.Outside = 1-certain, m.names[hit.class]
		return
	}
	result.Exact = hit.phrase
	intent := m.names[hit.class]
	at := Top - 1
	for i, c := range result.Candidates {
		if c.Intent == intent {
			at = i
			break
		}
	}
	copy(result.Candidates[1:at+1], result.Candidates[:at])
	for i := range result.Candidates[1:] {
		result.Candidates[i+1].Probability *= 1 - certain
	}
	result.Candidates[0] = Candidate{intent, certain}
	result.Inside = certain
}

func (m *Matcher) score(s *scratch) {
	s.extract(s.normal)
	s.document.characters = m.vocabulary.appendKnown(s.document.characters[:0], s.characters)
	s.document.sounds = m.vocabulary.appendKnown(s.document.sounds[:0], s.sounds)
	m.vocabulary.scale(&s.document, s.unread())
	m.scorer.score(&s.document, s.scores)
}

func appendRunes(dst []byte, text []rune) []byte {
	for _, r := range text {
		dst = utf8.AppendRune(dst, r)
	}
	return dst
}
