package intents

import (
	"math"
	"slices"

	"zhugong/internal/chinese"
)

// A feature is a run of one or two characters, or of one to three toneless syllables, packed into a key. The ends of
// the message count as characters, so that 工会 alone differs from 工会 within a sentence.
const (
	start rune = 2
	end   rune = 3
)

const (
	kindCharacter uint64 = 1 + iota
	kindPair
	kindSound
	kindSoundPair
	kindSoundTriple
)

func key(kind, a, b, c uint64) uint64 { return kind<<60 | a<<42 | b<<21 | c }

// features extracts the keys of normalised messages. It is scratch of one goroutine.
type features struct {
	characters []uint64
	sounds     []uint64
	syllables  []chinese.Syllable
}

// extract leaves the keys of text in f, each once a place.
func (f *features) extract(text []rune) {
	f.characters, f.sounds, f.syllables = f.characters[:0], f.sounds[:0], f.syllables[:0]
	before := start
	for i := 0; i < len(text); {
		if length := latin(text[i:]); length > 1 {
			if syllables, ok := chinese.AppendLatin(f.syllables, text[i:i+length]); ok && len(syllables)-len(f.syllables) > 1 {
				f.syllables = syllables // pinyin: sounds without characters
				before = end
				i += length
				continue
			}
		}
		r := text[i]
		f.characters = append(f.characters, key(kindCharacter, 0, 0, uint64(r)), key(kindPair, 0, uint64(before), uint64(r)))
		f.syllables = append(f.syllables, sound(r))
		before = r
		i++
	}
	if len(f.characters) > 0 {
		f.characters = append(f.characters, key(kindPair, 0, uint64(before), uint64(end)))
	}
	f.soundRuns()
}

// sound numbers what is heard: a syllable, or for a letter or digit a number behind all syllables.
func sound(r rune) chinese.Syllable {
	if s := chinese.SyllableOf(r); s != 0 {
		return s
	}
	return chinese.Syllable(1<<15 | r&0x7FFF)
}

func (f *features) soundRuns() {
	var a, b uint64
	for i, s := range f.syllables {
		c := uint64(s)
		f.sounds = append(f.sounds, key(kindSound, 0, 0, c))
		if i > 0 {
			f.sounds = append(f.sounds, key(kindSoundPair, 0, b, c))
		}
		if i > 1 {
			f.sounds = append(f.sounds, key(kindSoundTriple, a, b, c))
		}
		a, b = b, c
	}
}

// latin returns the length of the run of letters a-z that begins text.
func latin(text []rune) int {
	for i, r := range text {
		if r < 'a' || r > 'z' {
			return i
		}
	}
	return len(text)
}

// vocabulary numbers the features seen in training and weighs each by how rare it is. It is read only once built.
type vocabulary struct {
	slots  []slot
	mask   uint64
	weight []float32 // by feature number
}

type slot struct {
	key    uint64 // 0: free
	number uint32
}

const absent = math.MaxUint32

func (v *vocabulary) number(key uint64) uint32 {
	for i := mix(key) & v.mask; ; i = (i + 1) & v.mask {
		if v.slots[i].key == key {
			return v.slots[i].number
		}
		if v.slots[i].key == 0 {
			return absent
		}
	}
}

// mix spreads the bits of a key, after Stafford's thirteenth variant of the MurmurHash3 finaliser.
func mix(k uint64) uint64 {
	k = (k ^ k>>30) * 0xbf58476d1ce4e5b9
	k = (k ^ k>>27) * 0x94d049bb133111eb
	return k ^ k>>31
}

// newVocabulary numbers the keys of all documents in the order in which they appear; those that stand in fewer than
// least documents are left out.
func newVocabulary(documents [][]uint64, least int) *vocabulary {
	counts := make(map[uint64]int32, len(documents)*16)
	var order []uint64
	for _, keys := range documents {
		for _, k := range keys {
			if counts[k] == 0 {
				order = append(order, k)
			}
			counts[k]++
		}
	}
	order = slices.DeleteFunc(order, func(k uint64) bool { return int(counts[k]) < least })
	size := uint64(1)
	for size < uint64(2*len(order)+1) {
		size <<= 1
	}
	v := &vocabulary{slots: make([]slot, size), mask: size - 1}
	n := float64(len(documents))
	for _, k := range order {
		i := mix(k) & v.mask
		for v.slots[i].key != 0 {
			i = (i + 1) & v.mask
		}
		v.slots[i] = slot{k, uint32(len(v.weight))}
		v.weight = append(v.weight, float32(math.Sqrt(math.Log(1+n/float64(counts[k])))))
	}
	return v
}

// vector is a sparse vector: Number rising is not needed, but no number stands twice.
type vector struct {
	numbers []uint32
	values  []float32
}

// appendBlock appends the known features among keys, weighted by rarity, the block scaled to length weight.
func (v *vocabulary) appendBlock(x *vector, keys []uint64, weight float32) {
	from := len(x.numbers)
	var square float32
	for _, k := range keys {
		number := v.number(k)
		if number == absent || contains(x.numbers[from:], number) {
			continue
		}
		value := v.weight[number]
		x.numbers = append(x.numbers, number)
		x.values = append(x.values, value)
		square += value * value
	}
	if square == 0 {
		return
	}
	scale := weight / float32(math.Sqrt(float64(square)))
	for i := range x.values[from:] {
		x.values[from+i] *= scale
	}
}

func contains(numbers []uint32, number uint32) bool {
	for _, n := range numbers {
		if n == number {
			return true
		}
	}
	return false
}
