package evaluation

import (
	"math/rand/v2"
	"strings"

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
	sounding chinese.Homophones
	ancient  map[rune]rune // traditional characters by simplified ones
}

func newDistorter(items []item) *distorter {
	d := &distorter{sounding: chinese.Homophones{}, ancient: map[rune]rune{}}
	for _, it := range items {
		d.sounding.Add(it.normal)
	}
	for r := rune(0x4E00); r <= 0x9FFF; r++ {
		if simple := []rune(chinese.Fold(string(r))); len(simple) == 1 && simple[0] != r && d.ancient[simple[0]] == 0 {
			d.ancient[simple[0]] = r
		}
	}
	return d
}

// source is the randomness of what is done to a text.
func source(text string, number uint64) *rand.Rand { return rand.New(rand.NewPCG(hash(text), number)) }

func (d *distorter) homophones(text string) string {
	const seed = 1
	return d.sounding.Mistype(text, homophonePart, source(text, seed))
}

func (d *distorter) dropped(text string) string {
	const seed = 2
	return chinese.Drop(text, droppedPart, source(text, seed))
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
