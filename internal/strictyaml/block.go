package strictyaml

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// block is the text below a | that is open at the line now checked.
type block struct {
	parent int // column of what the text belongs to
	indent int // of the text, 0 while no text has come
	blank  int // spaces of the widest empty line before the text
	loose  int // index of the fault that the text is not indented at all, -1 for none

	short, shortBy int // indentation of the line before when it was too small, and the index of the fault
}

// header checks the sign that announces text of several lines.
func (l *linter) header(at, column int) {
	sign := l.text[at:]
	if i := strings.Index(sign, " #"); i >= 0 {
		sign = sign[:i]
	}
	sign = strings.TrimRight(sign, " ")
	if sign[0] == '>' && len(strings.Trim(sign, "->+")) == 0 {
		l.report(at, "这里不能用 >：它会把几行字接成一行", "改成 | 。", l.edit(at, at+len(sign), "|"))
		l.block = &block{parent: column, loose: -1, short: -1}
		return
	}
	switch sign {
	case "|", "|-", "|+":
		l.block = &block{parent: column, loose: -1, short: -1}
		return
	}
	if sign[0] == '>' {
		l.mend(at, "内容不能以 > 开头", "整句用英文引号包起来。", l.quote(at, len(l.text)))
		return
	}
	const message, mend = "| 后面不能直接写字", "| 后面换行，下一行缩进两格再写；只有一行的话，去掉 | 。"
	text := at + len(l.text[at:]) - len(strings.TrimLeft(l.text[at:], "|->+ "))
	if text == len(l.text) || l.goesOn(column) {
		l.report(at+1, message, mend, l.quote(at, len(l.text)))
		return
	}
	l.mend(at+1, message, mend, l.quote(text, len(l.text)), l.edit(at, text, ""))
}

// goesOn reports whether the next line is deeper than column.
func (l *linter) goesOn(column int) bool {
	for _, r := range l.rows[min(l.number+1, len(l.rows)):] {
		if !r.blank {
			return r.column > column
		}
	}
	return false
}

// blockLine checks a line of block text and reports whether it was one.
func (l *linter) blockLine() bool {
	at := len(l.text) - len(strings.TrimLeft(l.text, " "))
	rest := l.text[at:]
	if rest == "" {
		if l.block.indent == 0 {
			l.block.blank = max(l.block.blank, at)
		}
		return true
	}
	first, _ := utf8.DecodeRuneInString(rest)
	strange := isOddSpace(first) || isInvisible(first)
	switch {
	case l.leavesBlock():
		l.block = nil
		return false
	case strange && (l.block.indent == 0 || at < l.block.indent):
		l.blockLead(at)
		l.blockText(len(l.text) - len(strings.TrimLeftFunc(l.text, isLead)))
		return true
	case at <= l.block.parent && l.block.loose >= 0 && !l.isKnownLine(at):
		l.also(l.block.loose, l.edit(0, at, spaces(l.block.indent)))
	case at <= l.block.parent:
		l.ended, l.block = l.block, nil
		return false
	case l.block.indent == 0:
		l.firstBlockLine(at)
	case at < l.block.indent:
		l.short(at)
	}
	l.blockText(at)
	return true
}

// also adds an edit to a fault that was found before.
func (l *linter) also(fault int, more edit) {
	l.found[fault].edits = append(l.found[fault].edits, more)
}

// leavesBlock reports whether a line that is indented like block text, or wrongly, is the next key of a level that
// is open: nobody writes such a line into a text.
func (l *linter) leavesBlock() bool {
	at := leadEnd(l.text)
	if at < 0 {
		return false
	}
	after, item := at, false
	if strings.HasPrefix(l.text[at:], "- ") {
		after, item = at+2, true
	}
	s := l.sign(after, item)
	if !s.known {
		return false
	}
	opens := strings.HasSuffix(strings.TrimRight(l.text, " "), ":")
	for i, level := range l.levels {
		if level.shape == nil || level.fit(s) != right || item && !l.beginsItem(home{level: i}, s) {
			continue
		}
		if item || opens || at < l.block.indent || level.shape.kind == groupShape && at > l.block.indent {
			return true
		}
	}
	return false
}

// short reports a line of block text that is indented less than the first one. Lines that follow it and are as
// short belong to the same mistake.
func (l *linter) short(at int) {
	mended := l.edit(0, at, spaces(l.block.indent))
	if l.block.short == at {
		l.also(l.block.shortBy, mended)
		return
	}
	l.block.short, l.block.shortBy = at, len(l.found)
	l.mend(at, fmt.Sprintf("这一行文字少缩进了 %d 格", l.block.indent-at), "和这一段的第一行对齐。", mended)
}

// looseBlock reports text below a | that is not indented and takes the lines up to the next key for it.
func (l *linter) looseBlock(at int) {
	l.block = l.ended
	if l.block.indent > 0 {
		l.short(at)
		return
	}
	l.block.indent, l.block.loose = l.block.parent+2, len(l.found)
	l.mend(at, "| 下面的文字缩进不够，不算在里面", "每一行文字都要比 | 所在的那一行多缩进两格。",
		l.edit(0, at, spaces(l.block.indent)))
}

// isKnownLine reports whether a list item or a key of the form begins at offset at.
func (l *linter) isKnownLine(at int) bool {
	if strings.HasPrefix(l.text[at:], "- ") {
		return true
	}
	key, ok := l.findKey(at, false)
	return ok && key.known
}

// firstBlockLine takes the indentation of the text from its first line, or from the next ones when these agree
// on another.
func (l *linter) firstBlockLine(at int) {
	l.block.indent = elect(at, l.block.parent+1, l.block.parent+2, l.blockVotes())
	if l.block.indent > at && l.block.indent != l.block.parent+2 {
		l.block.indent = at // the first line of a text may stand out
	}
	switch {
	case l.block.indent != at:
		l.mend(at, fmt.Sprintf("这段文字的第一行缩进了 %d 格，下面各行是 %d 格", at, l.block.indent), "和下面各行对齐。",
			l.edit(0, at, spaces(l.block.indent)))
	case l.block.blank > at:
		l.report(at, "这段文字的第一行比上面的空行缩进还少", "删掉上面空行里的空格。", l.blankAbove()...)
	}
}

// blockVotes counts the indentations of the lines of a text below its first line.
func (l *linter) blockVotes() tally {
	found := l.counted[:0]
	for n := l.number + 1; n <= l.src.Lines() && n <= l.number+maxAhead; n++ {
		text := l.src.Line(n)
		rest := strings.TrimLeft(text, " ")
		if rest == "" {
			continue
		}
		if len(text)-len(rest) <= l.block.parent {
			break
		}
		found = found.with(len(text) - len(rest))
	}
	l.counted = found
	return found
}

// blankAbove returns the edits that empty the lines above this one.
func (l *linter) blankAbove() []edit {
	var edits []edit
	for n := l.number - 1; n > 0 && strings.Trim(l.src.Line(n), " ") == ""; n-- {
		span := l.src.lines[n-1]
		edits = append(edits, edit{span, ""})
	}
	return edits
}

// blockLead reports indentation of block text that is not made of spaces.
func (l *linter) blockLead(odd int) {
	text := strings.TrimLeftFunc(l.text, isLead)
	if l.block.indent == 0 {
		l.block.indent = max(odd, l.block.parent+2)
	}
	end := len(l.text) - len(text)
	if text == "" {
		l.mend(odd, "这一行看着是空的，其实有"+oddName(firstOdd(l.text)), "删掉这一行里的空白。", l.edit(0, end, ""))
		return
	}
	l.mend(odd, "行首的缩进里有"+oddName(firstOdd(l.text[:end])), "缩进只用英文空格，和这一段的第一行对齐。",
		l.edit(0, end, spaces(l.block.indent)))
}

// blockText reports characters that no text may have.
func (l *linter) blockText(at int) {
	for i, r := range l.text[at:] {
		gone := l.edit(at+i, at+i+utf8.RuneLen(r), "")
		switch {
		case isControl(r):
			l.mend(at+i, fmt.Sprintf("有一个看不见的控制字符（U+%04X），微信会拒收整条消息", r), "删掉它，看一看前后有没有掉字。", gone)
		case isInvisible(r):
			l.mend(at+i, "文字里有"+oddName(r), "删掉它，看一看前后有没有掉字。", gone)
		}
	}
}
