package chinese

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
)

// Homophones are the characters of some texts by how they sound, with how often they stand there.
type Homophones map[Syllable][]spelling

// spelling is a character and how often the texts have it.
type spelling struct {
	character rune
	count     int
}

// Add counts the characters of a text.
func (h Homophones) Add(text string) {
	for _, r := range text {
		s := SyllableOf(r)
		if s == 0 {
			continue
		}
		at := slices.IndexFunc(h[s], func(x spelling) bool { return x.character == r })
		if at < 0 {
			h[s] = append(h[s], spelling{r, 1})
			continue
		}
		h[s][at].count++
	}
}

// Mistype writes a part of the Chinese characters of text as others of the same syllable, common ones more often, as far as
// there are any.
func (h Homophones) Mistype(text string, part float64, random *rand.Rand) string {
	runes := []rune(text)
	var places []int // that can be mistyped
	spoken := 0
	for i, r := range runes {
		if SyllableOf(r) == 0 {
			continue
		}
		spoken++
		if h.others(r) > 0 {
			places = append(places, i)
		}
	}
	random.Shuffle(len(places), func(i, j int) { places[i], places[j] = places[j], places[i] })
	for _, at := range places[:min(some(spoken, part, random), len(places))] {
		runes[at] = h.other(runes[at], random.IntN(h.others(runes[at])))
	}
	return string(runes)
}

// others returns how often the texts have another character that sounds like r.
func (h Homophones) others(r rune) int {
	n := 0
	for _, x := range h[SyllableOf(r)] {
		if x.character != r {
			n += x.count
		}
	}
	return n
}

// other returns the character at one of the places that others counts.
func (h Homophones) other(r rune, place int) rune {
	for _, x := range h[SyllableOf(r)] {
		if x.character == r {
			continue
		}
		if place < x.count {
			return x.character
		}
		place -= x.count
	}
	return r
}

// Drop leaves out a part of the letters, digits and characters of text, never all.
func Drop(text string, part float64, random *rand.Rand) string {
	runes := []rune(text)
	var places []int
	for i, r := range runes {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			places = append(places, i)
		}
	}
	random.Shuffle(len(places), func(i, j int) { places[i], places[j] = places[j], places[i] })
	gone := make([]bool, len(runes))
	for _, at := range places[:max(min(some(len(places), part, random), len(places)-1), 0)] {
		gone[at] = true
	}
	var b strings.Builder
	for i, r := range runes {
		if !gone[i] {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// some returns how many of n to take for a part, so that on average over many texts it is that part.
func some(n int, part float64, random *rand.Rand) int {
	exact := float64(n) * part
	count := int(exact)
	if random.Float64() < exact-float64(count) {
		count++
	}
	return count
}
