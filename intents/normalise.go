package intents

import (
	"slices"
	"unicode/utf8"

	"zhugong/internal/chinese"
	"zhugong/knowledge"
)

// Normaliser writes a message the one way in which messages are compared: folded, dialect words in standard Chinese,
// fillers dropped. It is safe for concurrent use.
type Normaliser struct {
	byFirst map[rune][]rewrite // longest first
	starts  [1 << 16 / 64]uint64
}

// rewrite replaces one folded word by another, or drops it.
type rewrite struct {
	from, to []rune
}

// NewNormaliser compiles the words that staff wrote.
func NewNormaliser(words knowledge.Words) *Normaliser {
	n := &Normaliser{byFirst: map[rune][]rewrite{}}
	for from, to := range words.Dialect {
		n.add(from, to)
	}
	for _, filler := range words.Fillers {
		n.add(filler, "")
	}
	for _, rewrites := range n.byFirst {
		slices.SortFunc(rewrites, func(a, b rewrite) int {
			if len(a.from) != len(b.from) {
				return len(b.from) - len(a.from)
			}
			return slices.Compare(a.from, b.from)
		})
	}
	return n
}

func (n *Normaliser) add(from, to string) {
	r := rewrite{from: chinese.AppendFold(nil, from), to: chinese.AppendFold(nil, to)}
	if len(r.from) == 0 || r.from[0] > 0xFFFF {
		return
	}
	first := r.from[0]
	n.byFirst[first] = append(n.byFirst[first], r)
	n.starts[first>>6] |= 1 << (first & 63)
}

// append appends the normalised characters of text to dst. When nothing but fillers is left, the folded text
// itself is what the worker meant.
func (n *Normaliser) append(dst, scratch []rune, text string) (normal, folded []rune) {
	folded = chinese.AppendFold(scratch, text)
	start := len(dst)
	for i := 0; i < len(folded); {
		if r := n.at(folded[i:]); r != nil {
			dst = append(dst, r.to...)
			i += len(r.from)
			continue
		}
		dst = append(dst, folded[i])
		i++
	}
	if len(dst) == start {
		dst = append(dst, folded...)
	}
	return dst, folded
}

// at returns the longest rewrite that begins text.
func (n *Normaliser) at(text []rune) *rewrite {
	first := text[0]
	if first > 0xFFFF || n.starts[first>>6]&(1<<(first&63)) == 0 {
		return nil
	}
	rewrites := n.byFirst[first]
	for i := range rewrites {
		if from := rewrites[i].from; len(from) <= len(text) && slices.Equal(from, text[:len(from)]) {
			return &rewrites[i]
		}
	}
	return nil
}

// Normal returns text normalised.
func (n *Normaliser) Normal(text string) string {
	normal, _ := n.append(make([]rune, 0, utf8.RuneCountInString(text)), nil, text)
	return string(normal)
}
