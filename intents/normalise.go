package intents

import (
	"maps"
	"math/bits"
	"slices"
	"unicode/utf8"

	"zhugong/internal/chinese"
	"zhugong/knowledge"
)

// Normaliser writes a message the one way in which messages are compared: folded, dialect words in standard Chinese,
// fillers dropped, long numbers all alike. It is safe for concurrent use.
type Normaliser struct {
	starts   [1 << 16 / 64]uint64 // a bit for each character that a rewrite begins with
	before   [1 << 16 / 64]uint16 // how many of these come before the word
	rewrites [][]rewrite          // by first character; longest first
}

// rewrite replaces one folded word by another, or drops it.
type rewrite struct {
	from, to []rune
}

// NewNormaliser compiles the words that staff wrote.
func NewNormaliser(words knowledge.Words) *Normaliser {
	n := &Normaliser{}
	byFirst := map[rune][]rewrite{}
	add := func(from, to string) {
		r := rewrite{from: chinese.AppendFold(nil, from), to: chinese.AppendFold(nil, to)}
		if len(r.from) > 0 && r.from[0] <= 0xFFFF {
			byFirst[r.from[0]] = append(byFirst[r.from[0]], r)
		}
	}
	for from, to := range words.Dialect {
		add(from, to)
	}
	for _, filler := range words.Fillers {
		add(filler, "")
	}
	for _, first := range slices.Sorted(maps.Keys(byFirst)) {
		rewrites := byFirst[first]
		n.starts[first>>6] |= 1 << (first & 63)
		n.rewrites = append(n.rewrites, rewrites)
		slices.SortFunc(rewrites, func(a, b rewrite) int {
			if len(a.from) != len(b.from) {
				return len(b.from) - len(a.from)
			}
			return slices.Compare(a.from, b.from)
		})
	}
	for word := 1; word < len(n.starts); word++ {
		n.before[word] = n.before[word-1] + uint16(bits.OnesCount64(n.starts[word-1]))
	}
	return n
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
		if length := number(folded[i:]); length >= longNumber {
			dst = append(dst, '0')
			i += length
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

// longNumber is the length from which all numbers are written alike: telephones, cards and cases. Hotlines are shorter.
const longNumber = 6

// number returns the length of the run of digits that begins text.
func number(text []rune) int {
	for i, r := range text {
		if r < '0' || r > '9' {
			return i
		}
	}
	return len(text)
}

// at returns the longest rewrite that begins text.
func (n *Normaliser) at(text []rune) *rewrite {
	first := text[0]
	if first > 0xFFFF {
		return nil
	}
	word, bit := n.starts[first>>6], uint64(1)<<(first&63)
	if word&bit == 0 {
		return nil
	}
	rewrites := n.rewrites[int(n.before[first>>6])+bits.OnesCount64(word&(bit-1))]
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
