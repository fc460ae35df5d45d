// Package chinese folds the many ways in which Chinese is written into one, so that texts can be compared:
// width, case, traditional characters, punctuation and emoji, and the sound of characters as toneless syllables.
// It knows nothing of words, of meaning, or of what is asked.
package chinese

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The two tables are written by tools/chinesetables from the dictionaries of opencc and go-pinyin.
var (
	//go:embed simplified.txt
	simplifiedTable string
	//go:embed syllables.txt
	syllableTable string
)

const (
	firstHan = 0x4E00
	lastHan  = 0x9FFF
)

// tables are the two embedded tables, made ready for look-up by character.
type tables struct {
	simplified [lastHan - firstHan + 1]uint16 // the character itself where it has no simplified form
	syllable   [lastHan - firstHan + 1]Syllable
	names      []string // by Syllable; names[0] is ""
	byName     map[string]Syllable
}

var table = sync.OnceValue(readTables)

func readTables() *tables {
	t := &tables{names: []string{""}, byName: make(map[string]Syllable, 512)}
	for i := range t.simplified {
		t.simplified[i] = uint16(firstHan + i)
	}
	for line := range strings.Lines(simplifiedTable) {
		from, size := utf8.DecodeRuneInString(line)
		to, _ := utf8.DecodeRuneInString(line[size:])
		t.simplified[from-firstHan] = uint16(to)
	}
	for line := range strings.Lines(syllableTable) {
		name, characters, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		syllable := Syllable(len(t.names))
		t.names = append(t.names, name)
		t.byName[name] = syllable
		for _, r := range characters {
			t.syllable[r-firstHan] = syllable
		}
	}
	t.byName["r"] = t.byName["er"] // nar, zher: the r that Northerners hang on a syllable
	return t
}

// Fold writes s the one way in which texts are compared: compatibility forms and width made plain (NFKC), lower
// case, simplified characters; spaces, punctuation, symbols and emoji are dropped. What is written so already comes
// back as it is, and nothing is allocated.
func Fold(s string) string {
	t := table()
	for i, r := range s {
		if !t.isFolded(r) {
			var buffer [64]rune // the rest of most messages fits
			return s[:i] + string(AppendFold(buffer[:0], s[i:]))
		}
	}
	return s
}

// isFolded reports whether r stays as it is. Of rare characters it is not sure.
func (t *tables) isFolded(r rune) bool {
	if r >= firstHan && r <= lastHan {
		return rune(t.simplified[r-firstHan]) == r
	}
	return r >= 'a' && r <= 'z' || r >= '0' && r <= '9'
}

// AppendFold appends the folded characters of s to dst.
func AppendFold(dst []rune, s string) []rune {
	t := table()
	for _, r := range s {
		switch {
		case r >= firstHan && r <= lastHan:
			dst = append(dst, rune(t.simplified[r-firstHan]))
		case r < utf8.RuneSelf:
			dst = appendPlain(dst, r)
		case r >= 0xFF01 && r <= 0xFF5E: // full width of '!' to '~'
			dst = appendPlain(dst, r-0xFF01+'!')
		case r == utf8.RuneError || r >= 0x2000 && r <= 0x206F || r >= 0x3000 && r <= 0x303F:
			// punctuation and spaces, general and Chinese
		default:
			dst = appendCompatible(dst, r, t)
		}
	}
	return dst
}

func appendPlain(dst []rune, r rune) []rune {
	switch {
	case r >= 'A' && r <= 'Z':
		return append(dst, r-'A'+'a')
	case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
		return append(dst, r)
	}
	return dst
}

// appendCompatible is the slow way, for the rare characters: what NFKC makes of one, as far as it is a letter or
// a digit.
func appendCompatible(dst []rune, r rune, t *tables) []rune {
	for _, c := range norm.NFKC.String(string(r)) {
		switch {
		case c >= firstHan && c <= lastHan:
			dst = append(dst, rune(t.simplified[c-firstHan]))
		case unicode.IsLetter(c) || unicode.IsDigit(c):
			dst = append(dst, unicode.ToLower(c))
		}
	}
	return dst
}

// Syllable numbers a toneless syllable of standard Chinese, from 1; 0 is none.
type Syllable uint16

// String returns the syllable in pinyin, with v for ü.
func (s Syllable) String() string { return table().names[s] }

// SyllableCount is one more than the highest Syllable.
func SyllableCount() int { return len(table().names) }

// SyllableOf returns how a character is most usually read, 0 for what is no Chinese character.
func SyllableOf(r rune) Syllable { return table().syllableOf(r) }

func (t *tables) syllableOf(r rune) Syllable {
	if r < firstHan || r > lastHan {
		return 0
	}
	return t.syllable[r-firstHan]
}

// Sound spells folded text in toneless syllables with a space between them; letters and digits stay as they are.
func Sound(folded string) string {
	t := table()
	var buffer [128]byte // most phrases fit, and then only the result is allocated
	sound := buffer[:0]
	for _, r := range folded {
		syllable := t.syllableOf(r)
		if syllable == 0 {
			sound = utf8.AppendRune(sound, r)
			continue
		}
		if len(sound) > 0 {
			sound = append(sound, ' ')
		}
		sound = append(sound, t.names[syllable]...)
	}
	return string(sound)
}

// IndexSound returns where in folded text a folded word first stands, whether written so or only sounding so (公伤 for
// 工伤), -1 if it does not.
func IndexSound(text, word []rune) int {
	for at := 0; at+len(word) <= len(text); at++ {
		if soundsLike(text[at:at+len(word)], word) {
			return at
		}
	}
	return -1
}

func soundsLike(a, b []rune) bool {
	for i := range b {
		if a[i] != b[i] && (SyllableOf(a[i]) == 0 || SyllableOf(a[i]) != SyllableOf(b[i])) {
			return false
		}
	}
	return true
}
