// Package strictyaml reads the small part of YAML that people who are not programmers can write without
// falling into its traps. It checks a file line by line before the parser sees it, decodes it by a form
// declared as a Go struct, and tells every mistake at once, in Chinese, with its place and its mending. It
// knows nothing of what the files are about.
package strictyaml

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Fault is one mistake in a file, said so that the person who wrote the file can mend it.
type Fault struct {
	File         string
	Line, Column int  // from 1, Column in characters; 0 when the fault is not at a place
	Warning      bool // the file can be used as it is
	Mendable     bool // Fix mends it
	Message      string
	Mend         string // what to do about it
	Excerpt      string // the line and below it a caret under the place; "" without a place
}

// String returns the fault as file:line:column: message, followed by the line, a caret and the mending.
func (f Fault) String() string {
	var b strings.Builder
	b.WriteString(f.File)
	if f.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", f.Line, f.Column)
	}
	b.WriteString(": ")
	if f.Warning {
		b.WriteString("提醒：")
	}
	b.WriteString(f.Message)
	for line := range strings.Lines(f.Excerpt) {
		b.WriteString("\n    ")
		b.WriteString(strings.TrimSuffix(line, "\n"))
	}
	if f.Mend != "" {
		b.WriteString("\n    改法：")
		b.WriteString(f.Mend)
	}
	return b.String()
}

// Broken reports whether one of the faults is not a mere warning.
func Broken(faults []Fault) bool {
	return slices.ContainsFunc(faults, func(f Fault) bool { return !f.Warning })
}

// Sort puts faults in the order of files and places, and drops those said twice.
func Sort(faults []Fault) []Fault {
	slices.SortStableFunc(faults, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column))
	})
	return slices.CompactFunc(faults, func(a, b Fault) bool {
		return a.File == b.File && a.Line == b.Line && a.Column == b.Column && a.Message == b.Message
	})
}
