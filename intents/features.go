package intents

import "zhugong/internal/chinese"

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
