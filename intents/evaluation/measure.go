package evaluation

import (
	"cmp"
	"math"
	"slices"

	"zhugong/intents"
)

// score counts how often the right class stands first, or among the first three.
type score struct {
	n, first, third int
	classes         map[string]tally
}

// tally is what happened to the texts of one class, and what else was taken for it.
type tally struct {
	n, right, third int
	got             int // texts of all classes taken for this one
}

func (s *score) add(want string, match intents.Match) {
	if s.classes == nil {
		s.classes = map[string]tally{}
	}
	s.n++
	t := s.classes[want]
	t.n++
	if match.Best().Intent == want {
		s.first++
		t.right++
	}
	if amongFirst(match.Candidates[:3], want) {
		s.third++
		t.third++
	}
	s.classes[want] = t
	taken := s.classes[match.Best().Intent]
	taken.got++
	s.classes[match.Best().Intent] = taken
}

func amongFirst(candidates []intents.Candidate, want string) bool {
	return slices.ContainsFunc(candidates, func(c intents.Candidate) bool { return c.Intent == want })
}

func (s *score) accuracy() float64 { return share(s.first, s.n) }
func (s *score) top3() float64     { return share(s.third, s.n) }

// macroF1 is the mean F1 of all classes that are asked for or answered with.
func (s *score) macroF1() float64 {
	var sum float64
	for _, class := range sortedKeys(s.classes) {
		sum += s.classes[class].f1()
	}
	return sum / max(float64(len(s.classes)), 1)
}

func (t tally) recall() float64    { return share(t.right, t.n) }
func (t tally) precision() float64 { return share(t.right, t.got) }
func (t tally) f1() float64        { return share(2*t.right, t.n+t.got) }

func share(part, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(part) / float64(of)
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// decisions counts what would have been done with messages.
type decisions struct {
	n, answeredRight, answeredWrongly, askedWith, askedWithout, declined int
}

// add counts a message; want is "" for an outside one.
func (d *decisions) add(want string, match intents.Match) {
	d.n++
	switch match.Decide() {
	case intents.Answer:
		if match.Best().Intent == want {
			d.answeredRight++
		} else {
			d.answeredWrongly++
		}
	case intents.AskBack:
		if amongFirst(match.Offer(), want) {
			d.askedWith++
		} else {
			d.askedWithout++
		}
	case intents.Decline:
		d.declined++
	}
}

// claim is a probability and whether what was claimed with it held.
type claim struct {
	probability float64
	held        bool
}

// reliability sorts claims by probability into bins of equal size, and returns with them the expected calibration
// error: by how much, on average, probability and truth of a bin differ.
func reliability(claims []claim, bins int) ([]Bin, float64) {
	claims = slices.Clone(claims)
	slices.SortStableFunc(claims, func(a, b claim) int { return cmp.Compare(a.probability, b.probability) })
	var (
		table []Bin
		off   float64
	)
	for i := range bins {
		part := claims[i*len(claims)/bins : (i+1)*len(claims)/bins]
		if len(part) == 0 {
			continue
		}
		var sum float64
		held := 0
		for _, c := range part {
			sum += c.probability
			if c.held {
				held++
			}
		}
		bin := Bin{N: len(part), Low: part[0].probability, High: part[len(part)-1].probability,
			Claimed: sum / float64(len(part)), Held: share(held, len(part))}
		table = append(table, bin)
		off += math.Abs(bin.Claimed-bin.Held) * float64(len(part)) / float64(len(claims))
	}
	return table, off
}

// auroc is the share of pairs of an inside and an outside message of which the inside one looks more inside; ties
// count half.
func auroc(inside, outside []float64) float64 {
	if len(inside) == 0 || len(outside) == 0 {
		return 0
	}
	outside = slices.Clone(outside)
	slices.Sort(outside)
	var won float64
	for _, p := range inside {
		below, _ := slices.BinarySearch(outside, p)
		same := below
		for same < len(outside) && outside[same] == p {
			same++
		}
		won += float64(below) + float64(same-below)/2
	}
	return won / float64(len(inside)) / float64(len(outside))
}

// rounded keeps four digits, so that reports do not differ by how sums were added up.
func rounded(x float64) float64 { return math.Round(x*1e4) / 1e4 }
