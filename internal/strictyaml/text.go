package strictyaml

import (
	"strings"
	"time"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// Position is a field of this type in a form's struct receives where the group of keys begins.
type Position struct{ Line, Column int }

// Text is a string as it stands in a file, with its place. The zero Text was not written.
type Text struct {
	Value        string
	Line, Column int // of the value; of the key when the value is below a |

	first  int // line of the first character
	indent int // columns before the text of each line, -1 when inner places are not known
}

// Written reports whether the text stands in the file at all.
func (t Text) Written() bool { return t.Line > 0 }

// At returns the place of the character at byte offset i of the value.
func (t Text) At(i int) (line, column int) {
	if t.indent < 0 {
		return t.Line, t.Column
	}
	before := t.Value[:min(i, len(t.Value))]
	start := strings.LastIndexByte(before, '\n') + 1
	return t.first + strings.Count(before, "\n"), t.indent + utf8.RuneCountInString(before[start:]) + 1
}

// Date is a day written as 2006-01-02.
type Date struct {
	Text
	Day time.Time // midnight UTC
}

// Bool is true or false, with its place.
type Bool struct {
	Text
	True bool
}

// textOf takes a scalar for what stands in the source, whatever type YAML would give it.
func textOf(src *Source, node *yaml.Node) Text {
	t := Text{Value: node.Value, Line: node.Line, Column: node.Column, first: node.Line, indent: node.Column - 1}
	switch {
	case node.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		t.blockPlace(src)
	case node.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0:
		t.indent++
		if !strings.HasPrefix(after(src.Line(node.Line), t.indent), t.Value) {
			t.indent = -1
		}
	}
	return t
}

// blockPlace finds where text below a | stands, and drops the empty lines around it.
func (t *Text) blockPlace(src *Source) {
	t.first = t.Line + 1
	for strings.HasPrefix(t.Value, "\n") {
		t.Value = t.Value[1:]
		t.first++
	}
	t.Value = strings.TrimRight(t.Value, "\n ")
	line := src.Line(t.first)
	t.indent = len(line) - len(strings.TrimLeft(line, " "))
}

// after returns what follows the first n characters of s.
func after(s string, n int) string {
	for range n {
		_, size := utf8.DecodeRuneInString(s)
		s = s[size:]
	}
	return s
}
