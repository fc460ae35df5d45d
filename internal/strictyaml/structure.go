package strictyaml

import (
	"strings"
	"unicode/utf8"
)

// structure checks a line that has content: a list item, a key with its value, or both.
func (l *linter) structure(in indentation) {
	after, item := l.dash(in.at)
	if !item {
		l.entry(in)
		return
	}
	column, ok := l.place(in, l.sign(after, true))
	if !ok {
		return
	}
	l.below = l.top().shape.elementOf()
	if strings.TrimRight(l.text[after:], " ") == "" {
		l.opened = true
		return
	}
	key, ok := l.findKey(after, true)
	if !ok {
		l.value(after, column)
		if l.rows[l.number].plain {
			l.run = l.number
		}
		return
	}
	gap := 1
	if l.text[in.at] == '-' && strings.Trim(l.text[in.at+1:after], " ") == "" {
		gap = max(after-in.at-1, 1)
	}
	inner := l.inner(column, gap)
	if inner != column+1+gap {
		l.mend(in.at+1, "减号 - 后面的空格太多，下面各行就对不齐了", "减号后面只空一格。",
			l.edit(in.at+1, after, spaces(inner-column-1)))
	}
	l.push(inner, false, l.below)
	l.key(key, after, inner)
}

// dash checks the sign of a list item and returns the offset of what follows it.
func (l *linter) dash(at int) (after int, item bool) {
	rest := l.text[at:]
	sign, size := utf8.DecodeRuneInString(rest)
	end := at + size
	switch {
	case sign == '-':
		return l.hyphen(at)
	case isDash(sign):
		for strings.IndexFunc(l.text[end:], func(r rune) bool { return isDash(r) || isLead(r) }) == 0 {
			_, size = utf8.DecodeRuneInString(l.text[end:])
			end += size
		}
	case isBullet(sign):
		next := strings.TrimLeftFunc(l.text[end:], isLead)
		if len(next) == len(l.text[end:]) && sign == '*' {
			return at, false
		}
		end = len(l.text) - len(next)
	default:
		return at, false
	}
	l.mend(at, "列表的每一项要用英文减号加一个空格开头，这里是“"+string(sign)+"”", "改成“- ”。", l.edit(at, end, "- "))
	return end, true
}

// hyphen checks what follows the hyphen at offset at.
func (l *linter) hyphen(at int) (after int, item bool) {
	rest := l.text[at+1:]
	if rest == "" {
		return at + 1, true
	}
	next := strings.TrimLeftFunc(rest, isLead)
	gap := rest[:len(rest)-len(next)]
	after = at + 1 + len(gap)
	switch {
	case gap == "":
		l.mend(at+1, "减号 - 后面少了一个空格", "写成“- 内容”。", l.edit(at+1, at+1, " "))
	case strings.Trim(gap, " ") != "":
		l.mend(at+1, "减号 - 后面不是英文空格，是"+oddName(firstOdd(gap)), "换成一个英文空格。", l.edit(at+1, after, " "))
	}
	return after, true
}

func firstOdd(gap string) rune {
	for _, r := range gap {
		if r != ' ' {
			return r
		}
	}
	return ' '
}

// entry checks a line that is no list item: it must be a key with its value.
func (l *linter) entry(in indentation) {
	key, ok := l.findKey(in.at, false)
	s := l.sign(in.at, false)
	if l.ended != nil && !s.known && (!ok || (key.wide || key.gap == 0) && Nearest(s.key, l.names()) == "") {
		l.looseBlock(in.at)
		return
	}
	if !s.known && l.headless(in) {
		return
	}
	if !ok {
		l.unreadable(in)
		return
	}
	if column, ok := l.place(in, s); ok {
		l.key(key, in.at, column)
	}
}

// separator is where a key ends and how.
type separator struct {
	at    int  // offset of the colon
	size  int  // of the colon, in bytes
	gap   int  // bytes of white space after it
	wide  bool // a full-width colon
	known bool // the text before it is a key that may stand there
	key   string
}

// maxKey is how many bytes the longest key may have.
const maxKey = 100

// findKey looks for the colon that ends a key which begins at offset at.
func (l *linter) findKey(at int, item bool) (separator, bool) {
	from, quoted := at, false
	if q := l.text[at]; q == '"' || q == '\'' {
		end, closed := closing(l.text, at)
		if !closed {
			return separator{}, false
		}
		from, quoted = end+1, true
	}
	for i, r := range l.text[from:] {
		i += from
		switch {
		case r == '#' && i > at && l.text[i-1] == ' ':
			return separator{}, false
		case r == ':' || isColon(r):
			s := l.separator(at, i, r, item)
			if quoted || s.accepted(item) {
				return s, true
			}
		case quoted && r != ' ':
			return separator{}, false
		}
	}
	return separator{}, false
}

func (l *linter) separator(at, i int, r rune, item bool) separator {
	s := separator{at: i, size: utf8.RuneLen(r), wide: r != ':', key: cleanKey(l.text[at:i])}
	rest := l.text[i+s.size:]
	s.gap = len(rest) - len(strings.TrimLeftFunc(rest, isLead))
	if s.gap == 0 && rest == "" {
		s.gap = -1
	}
	keys := l.keys.all
	if item {
		keys = l.keys.item
	}
	s.known = i-at <= maxKey && keys[s.key]
	return s
}

// accepted reports whether the colon ends a key. In a list item, which may be a sentence with colons of its
// own, a wrong colon counts only after a key of the form.
func (s separator) accepted(item bool) bool {
	return !item || s.known || !s.wide && s.gap != 0
}

// cleanKey returns the key that was meant.
func cleanKey(raw string) string {
	return strings.TrimFunc(raw, func(r rune) bool { return isLead(r) || isQuote(r) })
}
