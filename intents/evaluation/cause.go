package evaluation

import (
	"cmp"
	"math"
	"slices"

	"zhugong/intents"
)

// finder finds the example that a mistake comes from. It compares by characters and pairs of characters, each weighted
// by how rare it is: people see these, where they would not see the sounds that the matcher compares as well.
type finder struct {
	plan   *Plan
	bags   []bag // by item
	titles []bag // by always learnt example
	rarity map[string]float64
}

// bag is a text with the characters and pairs it contains.
type bag struct {
	text  string
	parts map[string]bool
}

func newFinder(p *Plan) *finder {
	f := &finder{plan: p, rarity: map[string]float64{}}
	normaliser := intents.NewNormaliser(p.corpus.Words)
	for i := range p.items {
		f.bags = append(f.bags, takeApart(p.items[i].normal))
	}
	for _, e := range p.corpus.Exact {
		f.titles = append(f.titles, takeApart(normaliser.Normal(e.Text)))
	}
	for _, bags := range [][]bag{f.bags, f.titles} {
		for _, b := range bags {
			for part := range b.parts {
				f.rarity[part]++
			}
		}
	}
	n := float64(len(f.bags) + len(f.titles))
	for part, count := range f.rarity {
		f.rarity[part] = math.Log(1 + n/count)
	}
	return f
}

func takeApart(text string) bag {
	runes := []rune(text)
	b := bag{text, make(map[string]bool, 2*len(runes))}
	for i := range runes {
		b.parts[string(runes[i])] = true
		if i > 0 {
			b.parts[string(runes[i-1:i+1])] = true
		}
	}
	return b
}

// cause returns the example of the wrong entry that is most like the item, among those that it was learnt from.
func (f *finder) cause(it *item, got string) Cause {
	asked := takeApart(it.normal)
	var (
		best  intents.Example
		found bag
		most  = -1.0
	)
	look := func(e intents.Example, b bag) {
		if likeness := f.likeness(asked, b); likeness > most {
			best, found, most = e, b, likeness
		}
	}
	for i := range f.plan.items {
		other := &f.plan.items[i]
		if other.Class == got && other.group != it.group && (it.outside || other.fold != it.fold) {
			look(other.Example, f.bags[i])
		}
	}
	for i, e := range f.plan.corpus.Exact {
		if e.Class == got {
			look(e, f.titles[i])
		}
	}
	if most < 0 {
		return Cause{Shared: []string{}}
	}
	return Cause{best.Text, where(best.Place), f.shared(asked.text, found.text)}
}

// likeness is the cosine of two texts.
func (f *finder) likeness(a, b bag) float64 {
	return f.common(a, b) / math.Sqrt(f.common(a, a)*f.common(b, b)+1e-12)
}

func (f *finder) common(a, b bag) float64 {
	parts := make([]string, 0, len(a.parts))
	for part := range a.parts {
		if b.parts[part] {
			parts = append(parts, part)
		}
	}
	slices.Sort(parts) // sums of the same numbers in the same order
	var sum float64
	for _, part := range parts {
		sum += f.rarity[part] * f.rarity[part]
	}
	return sum
}

// shared returns the longest runs of characters that both texts contain, the rarest first. Of pinyin, a few letters in
// common say nothing.
func (f *finder) shared(a, b string) []string {
	const (
		most          = 2
		leastOfPinyin = 4
	)
	text, other := []rune(a), []rune(b)
	runs := []string{}
	for i := 0; i < len(text); {
		length := longestRun(text[i:], other)
		if length >= leastOfPinyin || length >= 2 && letters(text[i:i+length]) < 2 {
			runs = append(runs, string(text[i:i+length]))
		}
		i += max(length, 1)
	}
	slices.SortStableFunc(runs, func(x, y string) int { return cmp.Compare(f.weight(y), f.weight(x)) })
	runs = slices.Compact(runs)
	return runs[:min(most, len(runs))]
}

// weight is how telling a run of characters is.
func (f *finder) weight(run string) float64 {
	b := takeApart(run)
	return f.common(b, b)
}

// longestRun returns how many characters from the beginning of text stand together in other.
func longestRun(text, other []rune) int {
	longest := 0
	for i := range other {
		n := 0
		for n < len(text) && i+n < len(other) && text[n] == other[i+n] {
			n++
		}
		longest = max(longest, n)
	}
	return longest
}
