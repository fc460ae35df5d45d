// Package slot reads one value out of what a worker wrote: a telephone number, an amount, a number of people, a day or a
// month, a yes or a no, one of several choices, the number of a case. Texts come as they were written: any width,
// traditional characters, emoji, voice input without punctuation, the words of Guiyang. It knows nothing of dialogues, of
// what was asked, or of what becomes of a value.
//
// Most functions are told whether the message answers just that question. If it does, a bare value counts; if not, only
// what cannot be mistaken. Where a worker names no exact number (十几个, 三四千, 两万多), the least that he can mean is
// taken. Nothing is ever guessed: what could mean two things is not read.
package slot

import (
	"strings"
	"unicode/utf8"

	"zhugong/internal/chinese"
)

// The marks that plain leaves; all other punctuation becomes pause.
const (
	pause    = ';'
	question = '?'
)

// breaks are the marks that end a clause.
const breaks = ",;?、"

// plain writes a text the one way in which values are read from it: folded as chinese.Fold does, but with the marks that
// belong to numbers kept (. , - / : % ¥ *), other punctuation as a pause, and a space only where it keeps two numbers
// apart.
func plain(text string) string {
	var buffer [256]byte // most messages fit
	b := buffer[:0]
	space := false
	for _, r := range text {
		if isSpace(r) {
			space = true
			continue
		}
		start := len(b)
		if space && start > 0 {
			b = append(b, ' ')
		}
		at := len(b)
		b = appendPlain(b, r)
		if len(b) == at { // a character that says nothing
			b = b[:start]
			continue
		}
		if space && start > 0 && !(endsInNumber(b[:start]) && startsNumber(b[at:])) {
			b = append(b[:start], b[at:]...)
		}
		space = false
	}
	return string(b)
}

func isSpace(r rune) bool { return r == ' ' || r == '\t' || r == 0x3000 || r == 0xA0 }

func endsInNumber(b []byte) bool {
	r, _ := utf8.DecodeLastRune(b)
	return r < utf8.RuneSelf && r != pause && r != ',' || numeral(r) || r == '月' || r == '年'
}

func startsNumber(b []byte) bool {
	r, _ := utf8.DecodeRune(b)
	return r < utf8.RuneSelf && r != pause && r != ',' || numeral(r)
}

func numeral(r rune) bool { return digitOf(r) >= 0 || unitOf(r) > 0 }

// appendPlain appends what becomes of one character.
func appendPlain(b []byte, r rune) []byte {
	if r >= 0xFF01 && r <= 0xFF5E { // full width
		r = r - 0xFF01 + '!'
	}
	switch {
	case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
		return append(b, byte(r))
	case r >= 'A' && r <= 'Z':
		return append(b, byte(r-'A'+'a'))
	case r < utf8.RuneSelf:
		return append(b, plainMark(r))
	}
	switch r {
	case '、', '¥':
		return utf8.AppendRune(b, r)
	case '￥':
		return utf8.AppendRune(b, '¥')
	case '〇', '○':
		return utf8.AppendRune(b, '零')
	case '·':
		return append(b, '.')
	case '。': // the decimal point of a Chinese keyboard: 2。5万
		if len(b) > 0 && b[len(b)-1] >= '0' && b[len(b)-1] <= '9' {
			return append(b, '.')
		}
		return append(b, pause)
	case '—', '–', '−', '‐', '‑', '～', '〜', '―':
		return append(b, '-')
	case 0xFE0F, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, utf8.RuneError:
		return b // selects a picture, joins, or is no character
	}
	if n := circled(r); n > 0 {
		b = append(b, pause)
		if n >= 10 {
			b = append(b, byte('0'+n/10))
		}
		return append(b, byte('0'+n%10), pause)
	}
	var folded [16]rune
	kept := chinese.AppendFold(folded[:0], string(r))
	if len(kept) == 0 {
		return append(b, pause)
	}
	for _, f := range kept {
		b = utf8.AppendRune(b, f)
	}
	return b
}

func plainMark(r rune) byte {
	switch r {
	case '.', ',', '-', '/', ':', '%', '*', '?', '+':
		return byte(r)
	case '~', '_':
		return '-'
	}
	return pause
}

// circled returns the number in a ring, in brackets or with a dot (①, ⑴, ⒈, ❶), 0 for any other character.
func circled(r rune) int {
	for _, first := range [...]rune{0x2460, 0x2474, 0x2488} {
		if r >= first && r < first+20 {
			return int(r-first) + 1
		}
	}
	for _, first := range [...]rune{0x2776, 0x2780, 0x278A} {
		if r >= first && r < first+10 {
			return int(r-first) + 1
		}
	}
	return 0
}

// hasAnyPrefix returns the first of the words that text begins with, "" for none.
func hasAnyPrefix(text string, words []string) string {
	for _, w := range words {
		if strings.HasPrefix(text, w) {
			return w
		}
	}
	return ""
}

func hasAnySuffix(text string, words []string) string {
	for _, w := range words {
		if strings.HasSuffix(text, w) {
			return w
		}
	}
	return ""
}

func containsAny(text string, words []string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// trimWords takes the words off both ends, as long as there are any.
func trimWords(text string, before, after []string) string {
	for {
		length := len(text)
		text = strings.Trim(text, " .,;?、")
		text = strings.TrimPrefix(text, hasAnyPrefix(text, before))
		text = strings.TrimSuffix(text, hasAnySuffix(text, after))
		if len(text) == length {
			return text
		}
	}
}

// clauseBefore returns the end of the clause that text stops in, at most length bytes of it.
func clauseBefore(text string, length int) string {
	text = text[max(0, len(text)-length):]
	for len(text) > 0 && !utf8.RuneStart(text[0]) {
		text = text[1:]
	}
	return text[strings.LastIndexAny(text, ",;?")+1:]
}

// clauseAfter returns the rest of the clause that text begins in.
func clauseAfter(text string) string {
	if end := strings.IndexAny(text, ",;?"); end >= 0 {
		return text[:end]
	}
	return text
}

// corrections are the words by which a writer takes back what stands before them.
var corrections = []string{
	"不对", "打错", "写错", "说错", "搞错", "弄错", "输错", "填错", "记错", "选错", "错了", "应该是", "应是", "改成", "改为", "改到",
	"更正", "而是", "换成", "纠正",
}

// corrected returns what stands after the last correction in a text, all of it when there is none.
func corrected(text string) (rest string, found bool) {
	cut := 0
	for _, w := range corrections {
		if !strings.Contains(text, w) {
			continue // far quicker than looking from the end
		}
		cut = max(cut, strings.LastIndex(text, w)+len(w))
	}
	return text[cut:], cut > 0
}
