package strictyaml

import (
	"strings"
	"unicode/utf8"
)

// isControl reports whether r is a control character, which WeChat's XML cannot carry, or a line break
// other than the usual ones.
func isControl(r rune) bool {
	switch {
	case r < 0x20:
		return r != '\t' && r != '\n' && r != '\r'
	case r >= 0x7f && r <= 0x9f:
		return true
	}
	return r == '\u2028' || r == '\u2029' || r == '\ufffe' || r == '\uffff'
}

// isInvisible reports whether r has no width at all. The joiners of emoji are not counted among these.
func isInvisible(r rune) bool {
	switch {
	case r == '\u200b' || r == '\ufeff' || r == '\u2060' || r == '\u00ad' || r == '\u180e':
		return true
	case r == '\u200e' || r == '\u200f': // marks of writing direction
		return true
	}
	return r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}

// isOddSpace reports whether r looks like a space and is none for YAML.
func isOddSpace(r rune) bool {
	switch {
	case r == '\t' || r == '\u00a0' || r == '\u3000' || r == '\u202f' || r == '\u205f' || r == '\u1680':
		return true
	}
	return r >= '\u2000' && r <= '\u200a'
}

// isLead reports whether r may be taken for indentation.
func isLead(r rune) bool { return r == ' ' || isOddSpace(r) || isInvisible(r) }

// isColon reports whether r is typed by mistake instead of the colon after a key.
func isColon(r rune) bool { return r == '：' || r == '﹕' || r == '∶' || r == '꞉' }

// isDash reports whether r is typed by mistake instead of the hyphen before a list item.
func isDash(r rune) bool {
	switch r {
	case '－', '—', '–', '―', '‐', '‑', '−', '﹣':
		return true
	}
	return false
}

// isBullet reports whether r marks list items in other programs.
func isBullet(r rune) bool {
	switch r {
	case '•', '●', '·', '▪', '◦', '○', '■', '*':
		return true
	}
	return false
}

func isQuote(r rune) bool {
	return r == '"' || r == '\'' || r == '“' || r == '”' || r == '‘' || r == '’'
}

// isPlain reports whether r means nothing to YAML and nobody takes it for a sign that does, wherever it stands.
func isPlain(r rune) bool {
	switch {
	case r >= '\u4e00' && r <= '\u9fff': // Chinese characters
		return true
	case r < utf8.RuneSelf:
		return isLetter(byte(r)) || isDigit(byte(r))
	}
	return r == '，' || r == '。' || r == '、' || r == '？' || r == '！'
}

func isLetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

// leadEnd returns the offset of what follows the indentation of a line, -1 when nothing does.
func leadEnd(text string) int {
	if at := spacesEnd(text); at < len(text) && text[at] > ' ' && text[at] < utf8.RuneSelf {
		return at
	}
	return strings.IndexFunc(text, func(r rune) bool { return !isLead(r) })
}

// spacesEnd returns the offset of what follows the spaces at the beginning of a text.
func spacesEnd(text string) int {
	at := 0
	for at < len(text) && text[at] == ' ' {
		at++
	}
	return at
}

// oddName names what r is, for messages.
func oddName(r rune) string {
	switch {
	case r == '\t':
		return "制表符（Tab）"
	case r == '\u3000':
		return "全角空格"
	case r == '\ufeff':
		return "看不见的 BOM 字符"
	case isInvisible(r):
		return "看不见的字符"
	}
	return "网页里的特殊空格"
}

// asSpaces returns the plain spaces that stand for r in indentation.
func asSpaces(r rune) string {
	switch {
	case r == '\u3000':
		return "  "
	case isInvisible(r):
		return ""
	}
	return " "
}
