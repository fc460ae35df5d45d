package knowledge

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"
)

// indents returns ways in which the indentation of a line goes wrong.
func indents() []slip {
	all := []slip{
		{name: "one space less", line: replace(" ", "")},
		{name: "two spaces less", line: replace("  ", "")},
		{name: "no indentation", line: func(l string) string { return strings.TrimLeft(l, " ") }},
		{name: "one tab", line: func(l string) string {
			if text := strings.TrimLeft(l, " "); text != l {
				return "\t" + text
			}
			return l
		}},
	}
	for _, more := range []string{" ", "  ", "   ", "\t", "\u3000"} {
		all = append(all, slip{name: "more: " + more, line: func(l string) string { return more + l }})
	}
	return all
}

// TestOneSlipOneFault spoils every line of the good files in ways that leave no doubt about what was meant: that
// gives one fault, and Fix brings back the good file.
func TestOneSlipOneFault(t *testing.T) {
	mechanical := []string{"full-width colon", "full-width colon at the end", "no space after colon", "full-width space after colon",
		"no-break space after colon", "no space after hyphen", "full-width hyphen", "dash", "bullet", "tab", "full-width indentation",
		"no-break indentation", "zero width space", "control character"}
	all := slices.DeleteFunc(slips(), func(s slip) bool { return !slices.Contains(mechanical, s.name) })
	folder, forms := good(t), newForms()
	for _, s := range append(all, indents()...) {
		spoiled := 0
		for _, name := range slices.Sorted(maps.Keys(folder)) {
			lines, whole := strings.Split(string(folder[name].Data), "\n"), newFolderOf(forms, content{name, folder[name].Data})
			for i, line := range lines {
				text := isBlockText(lines, i)
				if strings.HasPrefix(line, "#") || line == "" || text && slices.Contains(mechanical, s.name) {
					continue
				}
				lines[i] = s.line(line)
				file := content{name, []byte(strings.Join(lines, "\n"))}
				read := newFolderOf(forms, file)
				// It may be written so, or it is text that is indented.
				allowed := !read.broken && (slices.Equal(read.values, whole.values) || text)
				if lines[i] != line && !allowed {
					spoiled++
					if len(read.faults) != 1 {
						t.Errorf("%s in %s:%d: found\n%s", s.name, name, i+1, heads(read.faults))
					}
					fixed, mended := forms.fix(file)
					if len(mended) != 1 || mended[0].Line != i+1 || !bytes.Equal(fixed, folder[name].Data) {
						t.Errorf("%s in %s:%d: mended\n%s", s.name, name, i+1, heads(mended))
					}
				}
				lines[i] = line
			}
		}
		if spoiled < 50 {
			t.Errorf("%s: only %d lines were spoiled", s.name, spoiled)
		}
	}
}
