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

	number    int       // of the line now checked
	text      string    // of the line now checked
	rows      []glimpse // all lines as seen from afar, by number
	lastKey   string    // the key that the value now checked belongs to
	levels    []level
	opened    bool   // the line before left room for something nested below it
	openedBy  int    // number of the last line that was a key without value
	below     *shape // of what may be nested there, nil when that is not known
	moved     moved  // the line before, when it was misplaced
	dropped   int    // column of a line that belongs nowhere, with all that stands below it; else -1
	droppedBy int    // index of the fault that says so
	columns   [3]int // for the indentation of the line
	places    []home // for the homes of the line
	counted   tally  // for the votes of the lines that follow
	run       int    // number of the line where the last run of plain items began
	bracket   *bracket
	block     *block
	ended     *block // the block without text that ended at this line
}

// found is a fault with the edits that mend it. When the fault is not Mendable, the edits only make the
// rest of the file readable, so that its other faults can be found too; none means that nothing can.
type found struct {
	Fault
	edits []edit
	above int // line that may be in doubt too because this one seems to go on with it, 0 for none
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
func lint(src *Source, form *shape, flow bool) []found {
	l := &linter{src: src, keys: form.words, flow: flow, below: form, moved: moved{found: -1}, dropped: -1}
	l.rows, src.plain = l.outline(), map[int]int{}
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
	l.found = append(l.found, found{Fault: fault, edits: guess})
}

// mend notes a fault that Fix mends with edits.
func (l *linter) mend(at int, message, mend string, edits ...edit) {
	fault := l.src.Fault(l.number, l.src.column(l.number, at), message, mend)
	fault.Mendable = true
	l.found = append(l.found, found{Fault: fault, edits: edits})
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
	if l.bracket == nil && l.plainItem() {
		return
	}
	l.controls()
	if l.bracket != nil {
		l.bracketLine(0)
		return
	}
	in, blank := l.lead()
	if blank {
		return
	}
	switch rest := l.text[in.at:]; {
	case strings.HasPrefix(rest, "#"):
		l.plainLead(in)
		return
	case strings.HasPrefix(rest, "＃"):
		l.mend(in.at, "这里是全角的 ＃", "注释用英文的 #。", l.edit(in.at, in.at+len("＃"), "#"))
		return
	case in.columns[0] == 0 && l.marker():
		return
	}
	l.structure(in)
}

// plainItem goes over an item that needs no look at its text, where a list of sentences goes on.
func (l *linter) plainItem() bool {
	row := &l.rows[l.number]
	if !row.plain || l.opened || len(l.levels) == 0 {
		return false
	}
	top := l.top()
	if !top.list || top.column != row.column || top.shape == nil || top.shape.element.kind != textShape {
		return false
	}
	l.below, l.dropped, l.moved.found = top.shape.element, -1, -1
	if l.run+l.src.plain[l.run]+1 == l.number {
		l.src.plain[l.run]++
	} else {
		l.run = l.number
	}
	return true
}

// controls reports control characters of a line outside block text.
func (l *linter) controls() {
	for i, r := range l.text {
		if !isControl(r) {
			continue
		}
		message := fmt.Sprintf("有一个看不见的控制字符（U+%04X），微信会拒收整条消息", r)
		l.mend(i, message, "删掉它，看一看前后有没有掉字。", l.edit(i, i+utf8.RuneLen(r), ""))
	}
}

// lead measures the indentation.
func (l *linter) lead() (in indentation, blank bool) {
	at := leadEnd(l.text)
	if blank = at < 0; blank {
		at = len(l.text)
	}
	odd := spacesEnd(l.text[:at])
	if odd == at {
		odd = -1
	}
	if blank && odd >= 0 {
		l.mend(odd, "这一行看着是空的，其实有"+oddName(firstOdd(l.text[odd:at])), "删掉这一行里的空白。", l.edit(0, at, ""))
	}
	return indentation{l.widths(l.text[:at]), at, odd}, blank
}

// widths returns the columns that an indentation may stand for, until the next line. A tab may have been as wide as
// two, four or eight spaces.
func (l *linter) widths(lead string) []int {
	l.columns[0] = len(lead)
	if spacesEnd(lead) == len(lead) {
		return l.columns[:1]
	}
	for i, tab := range []int{2, 4, 8} {
		l.columns[i] = widthOf(lead, tab)
	}
	if !strings.Contains(lead, "\t") {
		return l.columns[:1]
	}
	return l.columns[:]
}

func widthOf(lead string, tab int) int {
	column := 0
	for _, r := range lead {
		if r == '\t' {
			column += tab
			continue
		}
		column += len(asSpaces(r))
	}
	return column
}

// plainLead reports other characters than spaces before a comment.
func (l *linter) plainLead(in indentation) {
	if in.odd >= 0 {
		l.mend(in.odd, "行首的缩进里有"+oddName(firstOdd(l.text[in.odd:in.at])), "缩进只用英文空格。",
			l.edit(0, in.at, spaces(in.columns[0])))
	}
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
