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
		l.block = &block{parent: column, loose: -1}
		return
	}
	switch sign {
	case "|", "|-", "|+":
		l.block = &block{parent: column, loose: -1}
		return
	}
	if sign[0] == '>' {
		l.mend(at, "内容不能以 > 开头", "整句用英文引号包起来。", l.quote(at, len(l.text)))
		return
	}
	l.report(at+1, "| 后面不能直接写字", "| 后面换行，下一行缩进两格再写；只有一行的话，去掉 | 。", l.quote(at, len(l.text)))
}

// blockLine checks a line of block text and reports whether it was one.
func (l *linter) blockLine() bool {
	spaces := len(l.text) - len(strings.TrimLeft(l.text, " "))
	rest := l.text[spaces:]
	if rest == "" {
		if l.block.indent == 0 {
			l.block.blank = max(l.block.blank, spaces)
		}
		return true
	}
	first, _ := utf8.DecodeRuneInString(rest)
	strange := isOddSpace(first) || isInvisible(first)
	switch {
	case strange && (l.block.indent == 0 || spaces < l.block.indent):
		l.blockLead(spaces)
	case spaces <= l.block.parent && l.block.loose >= 0 && !l.isKnownLine(spaces):
		l.found[l.block.loose].edits = append(l.found[l.block.loose].edits, l.edit(0, spaces, strings.Repeat(" ", l.block.indent)))
	case spaces <= l.block.parent:
		if l.block.indent == 0 {
			l.ended = l.block
		}
		l.block = nil
		return false
	case l.block.indent == 0:
		l.firstBlockLine(spaces)
	case spaces < l.block.indent:
		l.report(spaces, fmt.Sprintf("这一行文字少缩进了 %d 格", l.block.indent-spaces), "和这一段的第一行对齐。",
			l.edit(0, spaces, strings.Repeat(" ", l.block.indent)))
	}
	l.blockText(spaces)
	return true
}

// looseBlock reports text below a | that is not indented and takes the lines up to the next key for it.
func (l *linter) looseBlock(at int) {
	l.block = l.ended
	l.block.indent, l.block.loose = l.block.parent+2, len(l.found)
	l.report(at, "| 下面的文字缩进不够，不算在里面", "每一行文字都要比 | 所在的那一行多缩进两格。",
		l.edit(0, at, strings.Repeat(" ", l.block.indent)))
}

// isKnownLine reports whether a list item or a key of the form begins at offset at.
func (l *linter) isKnownLine(at int) bool {
	if strings.HasPrefix(l.text[at:], "- ") {
		return true
	}
	key, ok := l.findKey(at, false)
	return ok && key.known
}

func (l *linter) firstBlockLine(spaces int) {
	l.block.indent = spaces
	if l.block.blank > spaces {
		l.report(spaces, "这段文字的第一行比上面的空行缩进还少", "删掉上面空行里的空格。")
	}
}

// blockLead reports indentation of block text that is not made of spaces.
func (l *linter) blockLead(spaces int) {
	text := strings.TrimLeftFunc(l.text, isLead)
	if l.block.indent == 0 {
		l.block.indent = max(spaces, l.block.parent+2)
	}
	end := len(l.text) - len(text)
	if text == "" {
		l.mend(spaces, "这一行看着是空的，其实有"+oddName(firstOdd(l.text)), "删掉这一行里的空白。", l.edit(0, end, ""))
		return
	}
	l.mend(spaces, "行首的缩进里有"+oddName(firstOdd(l.text[:end])), "缩进只用英文空格，和这一段的第一行对齐。",
		l.edit(0, end, strings.Repeat(" ", l.block.indent)))
}

// blockText reports characters that no text may have.
func (l *linter) blockText(at int) {
	for i, r := range l.text[at:] {
		switch {
		case isControl(r):
			l.report(at+i, fmt.Sprintf("有一个看不见的控制字符（U+%04X），微信会拒收整条消息", r),
				"删掉它，再把前后的字重新打一遍。", l.edit(at+i, at+i+utf8.RuneLen(r), ""))
		case isInvisible(r):
			l.report(at+i, "文字里有"+oddName(r), "删掉它，再把前后的字重新打一遍。",
				l.edit(at+i, at+i+utf8.RuneLen(r), ""))
		}
	}
}
