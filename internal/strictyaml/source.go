package strictyaml

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// MaxBytes is the size of the largest file that is read.
const MaxBytes = 1 << 20

const bom = "\ufeff"

// Source is the text of one file, kept so that later checks can show the line a fault is on.
type Source struct {
	File    string
	text    string // without byte order mark
	lines   []span
	conceal func(line string) string // hides what an excerpt must not show; nil: nothing

	written map[int]string // lines as they stand in the file where the text was edited for reading on
	plain   map[int]int    // by the line of a plain item: how many items follow at once that are plain too
}

// span is a piece of the text, in bytes.
type span struct{ start, end int }

// newSource splits a file into lines. It returns nil when the bytes are not text that can be checked.
func newSource(file string, src []byte) (*Source, []Fault) {
	if fault, ok := unreadable(file, src); ok {
		return nil, []Fault{fault}
	}
	text, marked := strings.CutPrefix(string(src), bom)
	s := &Source{File: file, text: text}
	s.split()
	if !marked {
		return s, nil
	}
	fault := s.Warn(1, 1, "文件开头有看不见的 BOM 字符（Windows 记事本加的）", "不影响使用；想去掉就另存为“UTF-8”，不选“带 BOM 的 UTF-8”。")
	fault.Mendable = true
	return s, []Fault{fault}
}

func (s *Source) split() {
	start := 0
	s.lines = make([]span, 0, 1+strings.Count(s.text, "\n")+strings.Count(s.text, "\r"))
	for i := 0; i < len(s.text); i++ {
		switch s.text[i] {
		case '\n':
			s.lines = append(s.lines, span{start, i})
			start = i + 1
		case '\r':
			s.lines = append(s.lines, span{start, i})
			if i+1 < len(s.text) && s.text[i+1] == '\n' {
				i++
			}
			start = i + 1
		}
	}
	if start < len(s.text) {
		s.lines = append(s.lines, span{start, len(s.text)})
	}
}

// Line returns line n, counted from 1, without its line break; "" beyond the end.
func (s *Source) Line(n int) string {
	if n < 1 || n > len(s.lines) {
		return ""
	}
	return s.text[s.lines[n-1].start:s.lines[n-1].end]
}

// hasContent reports whether there is anything but comments.
func (s *Source) hasContent() bool {
	for n := 1; n <= s.Lines(); n++ {
		line := strings.TrimSpace(s.Line(n))
		if line != "" && line[0] != '#' && line != "---" {
			return true
		}
	}
	return false
}

// Lines returns how many lines there are.
func (s *Source) Lines() int { return len(s.lines) }

// Fault returns a fault at a place of this file.
func (s *Source) Fault(line, column int, message, mend string) Fault {
	if written, ok := s.written[line]; ok {
		column = 1 + len(written) - len(strings.TrimLeft(written, " "))
	}
	return Fault{File: s.File, Line: line, Column: column, Message: message, Mend: mend,
		Excerpt: s.Excerpt(line, column)}
}

// Excerpt returns a line as it stands in the file and below it a caret under column, both counted from 1.
func (s *Source) Excerpt(line, column int) string {
	text, ok := s.written[line]
	if !ok {
		text = s.Line(line)
	}
	if s.conceal != nil {
		text = s.conceal(text)
	}
	return excerpt(text, column)
}

// Warn returns a fault that does not keep the file from being used.
func (s *Source) Warn(line, column int, message, mend string) Fault {
	fault := s.Fault(line, column, message, mend)
	fault.Warning = true
	return fault
}

// hides reports whether an excerpt of a line does not show all of it.
func (s *Source) hides(line int) bool {
	return s.conceal != nil && s.conceal(s.Line(line)) != s.Line(line)
}

// edited returns the source with edits carried out, which still shows its lines as they were written.
func (s *Source) edited(edits []edit) *Source {
	e := &Source{File: s.File, text: apply(s.text, edits), conceal: s.conceal, written: map[int]string{}}
	e.split()
	for n := range min(len(s.lines), len(e.lines)) {
		if line := s.Line(n + 1); line != e.Line(n+1) {
			e.written[n+1] = line
		}
	}
	return e
}

// column returns the column, in characters, of byte offset i of line n.
func (s *Source) column(n, i int) int {
	return utf8.RuneCountInString(s.Line(n)[:i]) + 1
}

// unreadable says why the bytes of a file cannot be read as text at all.
func unreadable(file string, src []byte) (Fault, bool) {
	const save = "用记事本打开，点“文件”→“另存为”，“编码”选“UTF-8”，再保存。"
	if len(src) > MaxBytes {
		return Fault{File: file, Line: 1, Column: 1,
			Message: fmt.Sprintf("文件太大：%d KB，最多 %d KB", len(src)>>10, MaxBytes>>10),
			Mend:    "把内容分到几个文件里。"}, true
	}
	if isUTF16(src) {
		return Fault{File: file, Line: 1, Column: 1, Message: "文件存成了 UTF-16（记事本里叫“Unicode”），读不了",
			Mend: save}, true
	}
	if utf8.Valid(src) {
		return Fault{}, false
	}
	line, column, text := firstInvalid(src)
	return Fault{File: file, Line: line, Column: column, Excerpt: excerpt(text, column),
		Message: "文件不是 UTF-8 编码，多半是记事本或 Excel 存成了 GBK（也叫 ANSI）", Mend: save}, true
}

func isUTF16(src []byte) bool {
	if bytes.HasPrefix(src, []byte{0xff, 0xfe}) || bytes.HasPrefix(src, []byte{0xfe, 0xff}) {
		return true
	}
	head := src[:min(len(src), 1024)]
	return len(head) > 3 && bytes.Count(head, []byte{0})*5 > len(head)
}

// firstInvalid returns the place of the first byte that is not UTF-8 and the line up to there.
func firstInvalid(src []byte) (line, column int, text string) {
	at, start := 0, 0
	line = 1
	for at < len(src) {
		r, size := utf8.DecodeRune(src[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
		if r == '\n' {
			line++
			start = at
		}
	}
	text = strings.TrimPrefix(string(src[start:at]), bom)
	return line, utf8.RuneCountInString(text) + 1, text
}
