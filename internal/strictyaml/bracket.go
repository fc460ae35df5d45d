package strictyaml

import (
	"strings"
	"unicode/utf8"
)

// bracket is a value in {…} or […] that is open at the line now checked.
type bracket struct {
	line, at int // where it began
	depth    int
}

// bracketLine goes through a bracketed value from offset from to its end or the end of the line.
func (l *linter) bracketLine(from int) {
	for i := from; i < len(l.text); {
		r, size := utf8.DecodeRuneInString(l.text[i:])
		switch {
		case r == '"' || r == '\'':
			end, closed := closing(l.text, i)
			if !closed {
				l.report(i, "引号没有收住：只有前面一半，没有后面一半", "补上后面的英文引号。")
				l.bracket = nil
				return
			}
			size = end + 1 - i
		case r == '[' || r == '{':
			l.bracket.depth++
		case r == ']' || r == '}':
			l.bracket.depth--
			if l.bracket.depth == 0 {
				l.bracket = nil
				l.behindBracket(i + 1)
				return
			}
		case r == '#' && (i == 0 || l.text[i-1] == ' '):
			return
		default:
			l.bracketRune(i, r)
		}
		i += size
	}
}

// bracketRune reports full-width signs and odd spaces between brackets.
func (l *linter) bracketRune(i int, r rune) {
	const signs, meant = "：，“”［］｛｝", `:,""[]{}`
	if at := strings.IndexRune(signs, r); at >= 0 {
		sign := string(meant[utf8.RuneCountInString(signs[:at])])
		text := sign
		if sign == ":" || sign == "," {
			text += " "
		}
		l.mend(i, "括号里用了全角的 "+string(r), "改成英文的 "+sign+" 。", l.edit(i, i+utf8.RuneLen(r), text))
		return
	}
	if isOddSpace(r) || isInvisible(r) {
		l.mend(i, "括号里有"+oddName(r), "换成普通空格。", l.edit(i, i+utf8.RuneLen(r), " "))
	}
}

// behindBracket reports text behind a closing bracket.
func (l *linter) behindBracket(at int) {
	rest := strings.TrimLeft(l.text[at:], " ")
	if rest == "" || rest[0] == '#' && l.text[at] == ' ' {
		return
	}
	l.report(at, "括号收住以后，后面还有字", "删掉后面的字，或者另起一行。")
}
