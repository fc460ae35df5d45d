package evaluation

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"

	"zhugong/internal/chinese"
)

// Parts of a text that are mistyped.
const (
	homophonePart = 0.2
	droppedPart   = 0.1
)

// noise is one way in which what workers send differs from what staff wrote: mistyped, or with something told before it.
type noise struct {
	name    string // in reports for programs
	title   string // in reports for people
	distort func(d *distorter, text string) string
}

func noises() []noise {
	return []noise{
		{"homophones", "两成的字写成同音字", (*distorter).homophones},
		{"dropped", "一成的字漏掉", (*distorter).dropped},
		{"traditional", "写繁体字", (*distorter).traditional},
		{"pinyin", "全写拼音，连着写", func(d *distorter, text string) string { return d.pinyin(text, "") }},
		{"pinyin_spaced", "全写拼音，一字一空格", func(d *distorter, text string) string { return d.pinyin(text, " ") }},
		{"told", "先打招呼、说自己的情况", (*distorter).told},
		{"told_unpunctuated", "同上，一口气说完不停顿", (*distorter).unpunctuated},
	}
}

// distorter writes texts as they get mistyped. What it does to a text depends on that text and on the characters of the
// corpus alone.
type distorter struct {
	homophone map[chinese.Syllable][]spelling
	ancient   map[rune]rune // traditional characters by simplified ones
}

// spelling is a character and how often the corpus has it.
type spelling struct {
	character rune
	count     int
}

func newDistorter(items []item) *distorter {
	d := &distorter{homophone: map[chinese.Syllable][]spelling{}, ancient: map[rune]rune{}}
	for _, it := range items {
		for _, r := range it.normal {
			if s := chinese.SyllableOf(r); s != 0 {
				d.count(s, r)
			}
		}
	}
	for r := rune(0x4E00); r <= 0x9FFF; r++ {
		if simple := []rune(chinese.Fold(string(r))); len(simple) == 1 && simple[0] != r && d.ancient[simple[0]] == 0 {
			d.ancient[simple[0]] = r
		}
	}
	return d
}

func (d *distorter) count(s chinese.Syllable, r rune) {
	at := slices.IndexFunc(d.homophone[s], func(x spelling) bool { return x.character == r })
	if at < 0 {
		d.homophone[s] = append(d.homophone[s], spelling{r, 1})
		return
	}
	d.homophone[s][at].count++
}

// source is the randomness of what is done to a text.
func source(text string, number uint64) *rand.Rand { return rand.New(rand.NewPCG(hash(text), number)) }

// some returns how many of n to take for a part, so that on average over many texts it is that part.
func some(n int, part float64, random *rand.Rand) int {
	exact := float64(n) * part
	count := int(exact)
	if random.Float64() < exact-float64(count) {
		count++
	}
	return count
}

// homophones writes a part of the Chinese characters as others of the same syllable, common ones more often.
func (d *distorter) homophones(text string) string {
	const seed = 1
	random := source(text, seed)
	runes := []rune(text)
	var places []int // that can be mistyped
	spoken := 0
	for i, r := range runes {
		if chinese.SyllableOf(r) == 0 {
			continue
		}
		spoken++
		if d.twins(r) > 0 {
			places = append(places, i)
		}
	}
	random.Shuffle(len(places), func(i, j int) { places[i], places[j] = places[j], places[i] })
	for _, at := range places[:min(some(spoken, homophonePart, random), len(places))] {
		runes[at] = d.twin(runes[at], random.IntN(d.twins(runes[at])))
	}
	return string(runes)
}

// twins returns how often the corpus has another character that sounds like r.
func (d *distorter) twins(r rune) int {
	n := 0
	for _, x := range d.homophone[chinese.SyllableOf(r)] {
		if x.character != r {
			n += x.count
		}
	}
	return n
}

// twin returns the character at one of the places that twins counts.
func (d *distorter) twin(r rune, place int) rune {
	for _, x := range d.homophone[chinese.SyllableOf(r)] {
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

// dropped leaves out a part of the letters, digits and characters, never all.
func (d *distorter) dropped(text string) string {
	const seed = 2
	random := source(text, seed)
	runes := []rune(text)
	var places []int
	for i, r := range runes {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			places = append(places, i)
		}
	}
	random.Shuffle(len(places), func(i, j int) { places[i], places[j] = places[j], places[i] })
	gone := map[int]bool{}
	for _, at := range places[:max(min(some(len(places), droppedPart, random), len(places)-1), 0)] {
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

func (d *distorter) traditional(text string) string {
	return strings.Map(func(r rune) rune {
		if old, ok := d.ancient[r]; ok {
			return old
		}
		return r
	}, text)
}

// pinyin spells the text in toneless syllables.
func (d *distorter) pinyin(text, between string) string {
	return strings.ReplaceAll(chinese.Sound(chinese.Fold(text)), " ", between)
}
