package intents

import (
	"cmp"
	"slices"
)

// Unclear is what a message that said nothing clearly may have asked for. The zero Unclear is none.
type Unclear struct {
	Candidates []Candidate
	Inside     float64 // probability that it was the union's business
}

// Unclear returns what a message that was not clear leaves behind: no word of it.
func (m *Match) Unclear() Unclear {
	u := Unclear{Inside: m.Inside}
	for _, c := range m.Candidates {
		if c.Intent != "" {
			u.Candidates = append(u.Candidates, c)
		}
	}
	return u
}

const (
	sameMatter  = 1.5  // odds that what follows something unclear is about the same matter
	usuallyNone = 0.3  // of all messages, how many ask for no entry
	leastLeft   = 0.03 // probability of all entries that are no candidates
	leastNone   = 0.001
)

// After returns what a message asks for that comes after an unclear one. Workers tell in pieces: 我在工地干活, 手遭砸到了, 老板
// 不认账. If both are about one matter, the probability of an entry is the product of what either says of it, over what it
// is without either; how well they agree says whether they are about one. Otherwise the message stands for itself.
func (m *Matcher) After(before Unclear, alone Match) Match {
	now := alone.Unclear()
	usually := (1 - usuallyNone) / float64(m.entries)
	restBefore, restNow := before.rest(m.entries), now.rest(m.entries)
	var both []Candidate // products, not yet divided by their sum
	for _, c := range before.Candidates {
		both = append(both, Candidate{c.Intent, c.Probability * now.of(c.Intent, restNow) / usually})
	}
	for _, c := range now.Candidates {
		if before.of(c.Intent, 0) == 0 {
			both = append(both, Candidate{c.Intent, restBefore * c.Probability / usually})
		}
	}
	agreement := max(1-before.Inside, leastNone) * max(1-now.Inside, leastNone) / usuallyNone
	for _, c := range both {
		agreement += c.Probability
	}
	same := sameMatter * agreement / (1 + sameMatter*agreement)
	inside := 0.0
	for i, c := range both {
		both[i].Probability = same*c.Probability/agreement + (1-same)*now.of(c.Intent, 0)
		inside += both[i].Probability
	}
	slices.SortFunc(both, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(b.Probability, a.Probability), cmp.Compare(a.Intent, b.Intent))
	})
	result := alone
	clear(result.Candidates[copy(result.Candidates[:], both):])
	result.Inside = max(alone.Inside, min(inside, 1))
	return result
}

// rest is the probability of each entry that is no candidate.
func (u *Unclear) rest(entries int) float64 {
	left := u.Inside
	for _, c := range u.Candidates {
		left -= c.Probability
	}
	return max(left, leastLeft) / float64(max(1, entries-len(u.Candidates)))
}

// of returns the probability of an entry, rest when it is no candidate.
func (u *Unclear) of(intent string, rest float64) float64 {
	for _, c := range u.Candidates {
		if c.Intent == intent {
			return c.Probability
		}
	}
	return rest
}
