package strictyaml

import (
	"strings"
	"unicode/utf8"
)

// quoted checks a value in quotes: it must end on its line, and nothing but a comment may follow.
func (l *linter) quoted(at int) {
	end, closed := closing(l.text, at)
	if !closed {
		l.unclosed(at)
		return
	}
	if bad := badEscape(l.text[at : end+1]); bad >= 0 {
		l.report(at+bad, `双引号里的 \ 有特别的意思，后面不能跟这个字`, `写成两个 \\，或者把外面的双引号改成单引号。`,
			l.edit(at+bad, at+bad+1, `\\`))
		return
	}
	for i, r := range l.text[at:end] {
		if isInvisible(r) {
			l.mend(at+i, "引号里有"+oddName(r), "删掉它，看一看前后有没有掉字。", l.edit(at+i, at+i+utf8.RuneLen(r), ""))
		}
	}
	rest := l.text[end+1:]
	after := strings.TrimLeft(rest, " ")
	switch {
	case after == "" || after[0] == '#' && len(after) < len(rest):
	case strings.TrimFunc(rest, isLead) == "":
		l.mend(end+1, "行尾有"+oddName(firstOdd(rest)), "删掉它。", l.edit(end+1, len(l.text), ""))
	default:
		l.trailing(at, end)
	}
}

// trailing reports text behind a closing quote.
func (l *linter) trailing(at, end int) {
	const message = "引号收住以后，后面还有字"
	const mend = `整句外面再包一层：里面用英文双引号的，外面用英文单引号 '…'。`
	if strings.ContainsRune(l.text[at:], '#') || strings.Contains(l.text[end:], `\`) {
		l.report(end+1, message, mend, l.quote(at, len(l.text)))
		return
	}
	l.mend(end+1, message, mend, l.quote(at, len(l.text)))
}

// unclosed reports a quote that is not closed on its line.
func (l *linter) unclosed(at int) {
	value := strings.TrimRight(l.text[at:], " ")
	for _, last := range []string{"”", "“", "＂", "’", "＇"} {
		inner, ok := strings.CutSuffix(value[1:], last)
		if ok && !strings.ContainsAny(inner, `"'\“”＂’‘`) {
			l.mend(at, "前面是英文引号，后面是中文引号，没有收住", "两头都用英文引号。",
				l.edit(at, len(l.text), `"`+inner+`"`))
			return
		}
	}
	l.report(at, "引号没有收住：只有前面一半，没有后面一半", "在这一行的末尾补上同样的英文引号；引号里的内容要写在一行里。",
		l.quote(at, len(l.text)))
}

// closing returns the offset of the quote that closes the one at offset at.
func closing(text string, at int) (end int, ok bool) {
	quote := text[at]
	for i := at + 1; i < len(text); i++ {
		switch {
		case quote == '"' && text[i] == '\\':
			i++
		case text[i] != quote:
		case quote == '\'' && i+1 < len(text) && text[i+1] == '\'':
			i++
		default:
			return i, true
		}
	}
	return 0, false
}

// badEscape returns the offset of a backslash that stands for nothing in a double-quoted string, -1 if none.
func badEscape(quoted string) int {
	if quoted[0] != '"' {
		return -1
	}
	for i := 1; i+1 < len(quoted); i++ {
		if quoted[i] != '\\' {
			continue
		}
		if !strings.ContainsRune(`nt"\/`, rune(quoted[i+1])) {
			return i
		}
		i++
	}
	return -1
}
