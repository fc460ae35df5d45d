package intents

import "zhugong/internal/chinese"

// A feature is a run of one or two characters, or of one or two toneless syllables, packed into a key. The ends of
// the message count as characters, so that 工会 alone differs from 工会 within a sentence.
const (
	start rune = 2
	end   rune = 3
)

const kindBits = 60

const (
	kindCharacter uint64 = 1 + iota
	kindPair
	kindSound
	kindSoundPair
)

func key(kind, a, b uint64) uint64 { return kind<<kindBits | a<<21 | b }

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
			if syllables, ok := chinese.AppendLatin(f.syllables, text[i:i+length]); ok {
				f.syllables = syllables // pinyin: sounds without characters
				before = end
				i += length
				continue
			}
		}
		r := text[i]
		f.characters = append(f.characters, key(kindCharacter, 0, uint64(r)), key(kindPair, uint64(before), uint64(r)))
		f.syllables = append(f.syllables, sound(r))
		before = r
		i++
	}
	if len(f.characters) > 0 {
		f.characters = append(f.characters, key(kindPair, uint64(before), uint64(end)))
	}
	f.soundRuns()
}

// unread is the part of what is heard that no character stands for, from 0 to 1: that of pinyin.
func (f *features) unread() float32 {
	if len(f.syllables) == 0 {
		return 0
	}
	characters := len(f.characters) / 2 // each is a key, and a pair with what stands before it
	return 1 - float32(characters)/float32(len(f.syllables))
}

// sound numbers what is heard: a syllable, or for a letter or digit a number behind all syllables.
func sound(r rune) chinese.Syllable {
	if s := chinese.SyllableOf(r); s != 0 {
		return s
	}
	return chinese.Syllable(1<<15 | r&0x7FFF)
}

func (f *features) soundRuns() {
	var before uint64
	for i, s := range f.syllables {
		f.sounds = append(f.sounds, key(kindSound, 0, uint64(s)))
		if i > 0 {
			f.sounds = append(f.sounds, key(kindSoundPair, before, uint64(s)))
		}
		before = uint64(s)
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
