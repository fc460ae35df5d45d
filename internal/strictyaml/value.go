package strictyaml

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// value checks what follows a key or a hyphen, from offset at. column is the level it belongs to.
func (l *linter) value(at, column int) {
	rest := l.text[at:]
	if sign := strings.TrimLeftFunc(rest, func(r rune) bool { return isControl(r) || isInvisible(r) }); sign == "|" {
		l.invisible(at, len(l.text)-len(sign))
		at, rest = len(l.text)-len(sign), sign
	}
	switch {
	case rest == "":
		l.opened, l.openedBy = true, l.number
	case rest[0] == '#':
		l.hash(at)
	case rest[0] == '"' || rest[0] == '\'':
		l.quoted(at)
	case rest[0] == '|' || rest[0] == '>':
		l.header(at, column)
	case l.flow && (rest[0] == '[' || rest[0] == '{'):
		l.bracket = &bracket{line: l.number, at: at}
		l.bracketLine(at)
	default:
		l.plain(at)
	}
}

// invisible reports the first of the characters without width between two offsets, and mends all.
func (l *linter) invisible(from, to int) {
	for i, r := range l.text[from:to] {
		if isInvisible(r) {
			l.mend(from+i, "这里有"+oddName(r), "删掉它。", l.edit(from, to, ""))
			return
		}
	}
}

// hash checks a value that begins with #: it is taken for a comment.
func (l *linter) hash(at int) {
	if strings.HasPrefix(l.text[at:], "# ") || l.text[at:] == "#" {
		l.opened = true
		return
	}
	l.report(at, "这里以 # 开头，后面的字都会被当作注释丢掉",
		"如果是内容，整句用英文引号包起来；如果是注释，# 后面空一格。", l.quote(at, len(l.text)))
}

// plain checks a value written without quotes.
func (l *linter) plain(at int) {
	if l.wrapped(at) {
		return
	}
	end, ok := l.comment(at)
	if !ok {
		return
	}
	value := l.text[at:end]
	if l.firstRune(at, end) || l.plainSpaces(at, end) {
		return
	}
	if i := strings.Index(value, ": "); i >= 0 {
		l.mend(at+i, "这句话里有英文冒号加空格，后面的字会被当成另一项的内容", "整句用英文引号包起来。", l.quote(at, end))
		return
	}
	if strings.HasSuffix(value, ":") {
		l.mend(end-1, "这句话以英文冒号结尾，会被当成一个项的名字", "整句用英文引号包起来，或者去掉冒号。", l.quote(at, end))
		return
	}
	if opening, closing := strings.Count(value, "“"), strings.Count(value, "”"); opening != closing {
		l.report(at+strings.IndexAny(value, "“”"), "中文引号没有成对", "补上缺的那一半引号。", l.quote(at, end))
	}
}

// comment returns where the value that begins at offset at ends and a comment begins. It reports a # that
// would silently cut a sentence.
func (l *linter) comment(at int) (end int, ok bool) {
	for i := at + 1; i < len(l.text); i++ {
		if l.text[i] != '#' || l.text[i-1] != ' ' && l.text[i-1] != '\t' {
			continue
		}
		spaced := strings.HasPrefix(l.text[i:], "# ") || l.text[i:] == "#"
		if spaced && (l.flow || l.text[i-2] == ' ') {
			return len(strings.TrimRight(l.text[:i], " ")), true
		}
		number := i+1 < len(l.text) && isDigit(l.text[i+1]) // nobody writes a comment like this
		l.reportOrMend(number, i, "# 前面有空格，从 # 起后面的字都会被当作注释丢掉",
			"如果是内容，整句用英文引号包起来；如果是注释，写到上面单独一行。", l.quote(at, len(l.text)))
		return 0, false
	}
	return len(strings.TrimRight(l.text, " ")), true
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// wrapped reports a value in Chinese quotes where the quotes of YAML are meant, or half of each. Where
// neither the key nor the content tells, Chinese quotes are part of the text.
func (l *linter) wrapped(at int) bool {
	value := strings.TrimRight(l.text[at:], " ")
	first, size := utf8.DecodeRuneInString(value)
	last, lastSize := utf8.DecodeLastRuneInString(value)
	double := strings.ContainsRune("“”＂", first) && strings.ContainsRune("“”＂\"", last)
	single := strings.ContainsRune("‘’＇", first) && strings.ContainsRune("‘’＇'", last)
	if !double && !single || len(value) < size+lastSize {
		return false
	}
	inner := value[size : len(value)-lastSize]
	text := first == '“' && last == '”' && !l.keys.exact[l.lastKey] && !strings.Contains(inner, ": ") &&
		!strings.Contains(inner, " #")
	if text || strings.ContainsAny(inner, "“”＂‘’＇\"'\\") {
		return false
	}
	l.mend(at, "整句用了中文引号，这里要用英文引号", `改成英文引号 "…"；真要显示中文引号，就在外面再包一层英文引号。`,
		l.edit(at, len(l.text), `"`+inner+`"`))
	return true
}

// firstRune reports a value that begins with a sign that means something else to YAML.
func (l *linter) firstRune(at, end int) bool {
	value := l.text[at:end]
	sign := value[:1]
	switch sign {
	case "-":
		if strings.HasPrefix(value, "- ") || value == "-" {
			l.report(at, "列表的 - 要另起一行", "冒号后面换行，缩进两格再写“- 内容”。", l.edit(at, end, ""))
			l.opened = true
			return true
		}
	case "[", "{":
		l.reportOrMend(l.isSentence(value), at, fmt.Sprintf("以 %s 开头的内容会被当成另一种写法", sign),
			"如果是一句话，整句用英文引号包起来；如果是列表或者几个项，一行写一个。", l.quote(at, end))
		return true
	case "*", "&", "!":
		if len(value) > 1 && value[1] < utf8.RuneSelf && value[1] != ' ' {
			l.reportOrMend(l.isSentence(value), at, fmt.Sprintf("以 %s 开头的内容有特别的意思，这里不能用", sign),
				"如果是一句话，整句用英文引号包起来；如果想引用别处的内容，照写一遍。", l.quote(at, end))
			return true
		}
	case "%", "@", "`", "?", ",", "]", "}", ":":
	default:
		return false
	}
	l.mend(at, fmt.Sprintf("内容不能以 %s 开头", sign), "整句用英文引号包起来。", l.quote(at, end))
	return true
}

// reportOrMend notes a fault that Fix mends when it is sure.
func (l *linter) reportOrMend(sure bool, at int, message, mend string, edits ...edit) {
	if sure {
		l.mend(at, message, mend, edits...)
		return
	}
	l.report(at, message, mend, edits...)
}

// isSentence reports whether a value can only be meant as a sentence: text is wanted, it has more than a name in it,
// and it is not a list in brackets.
func (l *linter) isSentence(value string) bool {
	if l.below != nil && l.below.kind != textShape || l.keys.exact[l.lastKey] {
		return false
	}
	if strings.ContainsAny(value[:1], "[{") && strings.ContainsAny(value[len(value)-1:], "]}") {
		return !strings.ContainsAny(value, ",，、") && !strings.Contains(value, ": ")
	}
	return strings.ContainsFunc(value, func(r rune) bool { return r == ' ' || r >= utf8.RuneSelf })
}

// plainSpaces reports the first of the tabs and invisible characters within a value, and mends all.
func (l *linter) plainSpaces(at, end int) bool {
	value, first := l.text[at:end], -1
	var edits []edit
	for i, r := range value {
		mended := " "
		switch {
		case isInvisible(r):
			mended = ""
		case r == '\t' || r == '\u00a0':
		case r == '\u3000' && strings.Trim(value[i:], "\u3000 ") == "":
			mended = ""
		default:
			continue
		}
		if first < 0 {
			first = i
		}
		edits = append(edits, l.edit(at+i, at+i+utf8.RuneLen(r), mended))
	}
	if first < 0 {
		return false
	}
	r, _ := utf8.DecodeRuneInString(value[first:])
	l.mend(at+first, "这句话里有"+oddName(r), "删掉它，或者换成一个普通空格。", edits...)
	return true
}

// quote returns the edit that puts the bytes from at to end into quotes.
func (l *linter) quote(at, end int) edit {
	value := strings.TrimRight(l.text[at:end], " ")
	text := `"` + value + `"`
	switch {
	case !strings.ContainsAny(value, `"\`):
	case !strings.Contains(value, "'"):
		text = "'" + value + "'"
	default:
		text = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(value) + `"`
	}
	return l.edit(at, end, text)
}
