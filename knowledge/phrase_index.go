package knowledge

import (
	"strings"
	"unicode/utf8"
)

// phraseIndex finds which of many folded phrases stand in a folded text, without looking for each of them. Phrases
// have numbers, and several may share one.
type phraseIndex struct {
	begins  [1 << 16 / 64]uint64
	last    map[beginning]int // one more than the index of the phrase added last
	phrases []indexed
}

// beginning is the first two characters of a phrase, the second 0 in a phrase of one character.
type beginning struct{ first, second rune }

// indexed is one phrase with its number.
type indexed struct {
	phrase string
	number int
	before int // one more than the index of the phrase with the same beginning added before, 0 for none
}

func (x *phraseIndex) add(phrase string, number int) {
	var b beginning
	first, size := utf8.DecodeRuneInString(phrase)
	b.first = first
	if len(phrase) > size {
		b.second, _ = utf8.DecodeRuneInString(phrase[size:])
	}
	if x.last == nil {
		x.last = map[beginning]int{}
	}
	bit := b.bit()
	x.begins[bit>>6] |= 1 << (bit & 63)
	x.phrases = append(x.phrases, indexed{phrase, number, x.last[b]})
	x.last[b] = len(x.phrases)
}

// bit numbers a beginning within begins; different ones may share a bit.
func (b beginning) bit() uint16 { return uint16(b.first)*31 ^ uint16(b.second) }

// in returns the numbers of the phrases that stand in a text.
func (x *phraseIndex) in(text string) numbers {
	var found numbers
	last, lastAt := rune(0), 0
	for i, r := range text {
		if i > 0 {
			x.at(beginning{last, r}, text[lastAt:], &found)
		}
		x.at(beginning{first: r}, text[i:], &found)
		last, lastAt = r, i
	}
	return found
}

// at notes the phrases that a text begins with. Its own beginning is b.
func (x *phraseIndex) at(b beginning, text string, found *numbers) {
	bit := b.bit()
	if x.begins[bit>>6]&(1<<(bit&63)) == 0 {
		return
	}
	for i := x.last[b]; i > 0; i = x.phrases[i-1].before {
		if strings.HasPrefix(text, x.phrases[i-1].phrase) {
			found.add(x.phrases[i-1].number)
		}
	}
}

// numbers is a set of numbers. Those that are 256 apart cannot be told from each other.
type numbers [4]uint64

func (n *numbers) add(i int)     { n[i>>6&3] |= 1 << (i & 63) }
func (n numbers) has(i int) bool { return n[i>>6&3]&(1<<(i&63)) != 0 }
func (n numbers) empty() bool    { return n == numbers{} }
