package strictyaml

import (
	"fmt"
	"strings"
)

// noKey stands for a key that was reported already, so that reading can go on.
const noKey = "?"

// key checks a key that begins at offset at, its colon, and goes on to the value. column is the level of
// the group of keys it belongs to.
func (l *linter) key(s separator, at, column int) {
	l.keyName(at, s)
	l.lastKey = s.key
	l.note(s.key)
	value := s.at + s.size + max(s.gap, 0)
	gap := l.text[s.at+s.size : value]
	switch {
	case s.wide && s.known:
		l.mend(s.at, "“"+s.key+"”后面是全角冒号", "改成英文冒号加一个空格。",
			l.edit(s.at, value, colonFor(l.text[value:])))
	case s.wide:
		l.report(s.at, "这里要有英文冒号，却是全角冒号",
			"如果前面是项的名字，改成英文冒号加一个空格；如果是上一行没写完的话，用 | 写多行。",
			l.edit(s.at, value, colonFor(l.text[value:])))
	case s.gap == 0:
		l.mend(s.at+1, "冒号后面少了一个空格", "写成“项: 内容”。", l.edit(value, value, " "))
	case strings.Trim(gap, " ") != "":
		l.mend(s.at+1, "冒号后面不是英文空格，是"+oddName(firstOdd(gap)), "换成一个英文空格。",
			l.edit(s.at+1, value, colonFor(l.text[value:])[1:]))
	}
	l.value(value, column)
}

func colonFor(rest string) string {
	if rest == "" {
		return ":"
	}
	return ": "
}

// keyName checks the text of a key that begins at offset at.
func (l *linter) keyName(at int, s separator) {
	end := s.at
	raw := strings.TrimRight(l.text[at:end], " ")
	if raw == "" {
		l.report(at, "冒号前面没有项的名字", "在冒号前面写上项的名字。", l.edit(at, end, noKey))
		return
	}
	if raw[0] == '"' || raw[0] == '\'' {
		return
	}
	for i, r := range raw {
		if isOddSpace(r) || isInvisible(r) {
			l.mend(at+i, "项的名字里有"+oddName(r), "删掉它。", l.edit(at, end, dropOdd(s.key)))
			return
		}
	}
	if raw != s.key {
		l.mend(at, "项的名字不要加引号", "去掉引号。", l.edit(at, end, s.key))
		return
	}
	if raw == "<<" {
		l.report(at, "这里不能用 <<", "把要用的内容照写一遍。", l.edit(at, end, noKey))
		return
	}
	if strings.ContainsAny(raw[:1], "%@`*&!{}[]>|?,-") {
		l.report(at, fmt.Sprintf("项的名字不能以 %s 开头", raw[:1]), "删掉前面的符号；如果整行是一句话，用英文引号包起来。",
			l.edit(at, end, strings.TrimLeft(raw, "%@`*&!{}[]>|?,- ")+" "))
	}
}

func dropOdd(s string) string {
	return strings.Map(func(r rune) rune {
		if isOddSpace(r) || isInvisible(r) {
			return -1
		}
		return r
	}, s)
}
