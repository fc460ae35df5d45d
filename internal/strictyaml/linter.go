package strictyaml

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// linter checks the lines of one file, in order, before the parser sees them. Every line but the text below
// a | must be complete by itself, which is what lets each fault be told at its own line.
type linter struct {
	src   *Source
	keys  vocabulary
	flow  bool // {…} and […] are allowed
	found []found

	number  int    // of the line now checked
	text    string // of the line now checked
	lastKey string // the key that the value now checked belongs to
	levels  []level
	opened  bool // the line before left room for something nested below it
	wrong   int  // column of the line before when it was misplaced, else -1
	bracket *bracket
	block   *block
	ended   *block // the block without text that ended at this line
}

// found is a fault with the edits that mend it. When the fault is not Mendable, the edits only make the
// rest of the file readable, so that its other faults can be found too; none means that nothing can.
type found struct {
	Fault
	edits []edit
}

// edit replaces bytes of the text. It never adds or removes a line break.
type edit struct {
	span
	text string
}

// vocabulary holds the keys that may stand in a file.
type vocabulary struct {
	all   map[string]bool
	item  map[string]bool // those that may follow the hyphen of a list item
	exact map[string]bool // those whose values are ids, dates and the like, and no sentences
}

// lint checks the whole text of src.
func lint(src *Source, keys vocabulary, flow bool) []found {
	l := &linter{src: src, keys: keys, flow: flow, wrong: -1}
	for n := 1; n <= src.Lines(); n++ {
		l.number, l.text = n, src.Line(n)
		l.line()
	}
	if l.bracket != nil {
		l.number, l.text = l.bracket.line, src.Line(l.bracket.line)
		l.report(l.bracket.at, "括号没有收住", "在这一段的末尾补上对应的 ] 或 }。")
	}
	return l.found
}

// report notes a fault that a person must mend, at byte offset at of the line.
func (l *linter) report(at int, message, mend string, guess ...edit) {
	fault := l.src.Fault(l.number, l.src.column(l.number, at), message, mend)
	l.found = append(l.found, found{fault, guess})
}

// mend notes a fault that Fix mends with edits.
func (l *linter) mend(at int, message, mend string, edits ...edit) {
	fault := l.src.Fault(l.number, l.src.column(l.number, at), message, mend)
	fault.Mendable = true
	l.found = append(l.found, found{fault, edits})
}

// edit returns the edit that puts text in place of the bytes from start to end of the line.
func (l *linter) edit(start, end int, text string) edit {
	base := l.src.lines[l.number-1].start
	return edit{span{base + start, base + end}, text}
}

func (l *linter) line() {
	l.ended = nil
	if l.block != nil && l.blockLine() {
		return
	}
	l.controls()
	if l.bracket != nil {
		l.bracketLine(0)
		return
	}
	indent, at, blank := l.lead()
	if blank || strings.HasPrefix(l.text[at:], "#") {
		return
	}
	if strings.HasPrefix(l.text[at:], "＃") {
		l.mend(at, "这里是全角的 ＃", "注释用英文的 #。", l.edit(at, at+len("＃"), "#"))
		return
	}
	if indent == 0 && l.marker() {
		return
	}
	l.structure(indent, at)
}

// controls reports control characters of a line outside block text.
func (l *linter) controls() {
	for i, r := range l.text {
		if !isControl(r) {
			continue
		}
		message := fmt.Sprintf("有一个看不见的控制字符（U+%04X），微信会拒收整条消息", r)
		if l.insideQuotes(i) {
			l.report(i, message, "删掉它，再把前后的字重新打一遍。", l.edit(i, i+utf8.RuneLen(r), ""))
			continue
		}
		l.mend(i, message, "删掉它。", l.edit(i, i+utf8.RuneLen(r), ""))
	}
}

// insideQuotes guesses whether byte i of the line is within a quoted string.
func (l *linter) insideQuotes(i int) bool {
	before := l.text[:i]
	return strings.Count(before, `"`)%2 == 1 || strings.Count(before, "'")%2 == 1
}

// lead measures the indentation and returns the offset of what follows. Wrong characters are counted as
// the spaces they are replaced with.
func (l *linter) lead() (indent, at int, blank bool) {
	at = strings.IndexFunc(l.text, func(r rune) bool { return !isLead(r) })
	blank = at < 0
	if blank {
		at = len(l.text)
	}
	odd := strings.IndexFunc(l.text[:at], func(r rune) bool { return r != ' ' })
	if odd < 0 {
		return at, at, blank
	}
	name := oddName(firstOdd(l.text[odd:at]))
	if blank {
		l.mend(odd, "这一行看着是空的，其实有"+name, "删掉这一行里的空白。", l.edit(0, at, ""))
		return 0, at, true
	}
	indent = l.meant(l.text[:at], strings.HasPrefix(l.text[at:], "-"))
	l.mend(odd, "行首的缩进里有"+name, "缩进只用英文空格，每层两个。", l.edit(0, at, strings.Repeat(" ", indent)))
	return indent, at, false
}

// meant returns how many spaces stand for an indentation with other characters. A tab may have been as wide
// as two, four or eight, whichever fits the lines before.
func (l *linter) meant(lead string, list bool) int {
	first := -1
	for _, tab := range []int{2, 4, 8} {
		column := 0
		for _, r := range lead {
			if r == '\t' {
				column += tab
				continue
			}
			column += len(asSpaces(r))
		}
		if l.fits(column, list) {
			return column
		}
		if first < 0 {
			first = column
		}
	}
	return first
}

// marker handles the lines that begin and end documents.
func (l *linter) marker() bool {
	word := strings.TrimRight(l.text, " ")
	switch {
	case word == "---" && len(l.levels) == 0:
		return true
	case word == "---" || strings.HasPrefix(word, "--- ") || word == "...":
		l.report(0, "一个文件里只能有一份内容，这里又用 "+word[:3]+" 开了新的一份", "删掉这一行。", l.edit(0, len(l.text), ""))
		return true
	case strings.Trim(word, "-=_*~") == "" && len(word) >= 3:
		l.report(0, "这一行像是分隔线，这里认不得", "删掉这一行，或者在最前面加 # 变成注释。", l.edit(0, len(l.text), ""))
		return true
	case strings.HasPrefix(word, "%"):
		l.report(0, "以 % 开头的一行这里不能用", "删掉这一行。", l.edit(0, len(l.text), ""))
		return true
	}
	return false
}
