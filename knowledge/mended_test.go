package knowledge

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
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

// mechanicalSlips returns those that leave the words as they are.
func mechanicalSlips() []slip {
	names := []string{"full-width colon", "full-width colon at the end", "no space after colon", "full-width space after colon",
		"no-break space after colon", "no space after hyphen", "full-width hyphen", "dash", "bullet", "tab", "full-width indentation",
		"no-break indentation", "zero width space", "control character"}
	return slices.DeleteFunc(slips(), func(s slip) bool { return !slices.Contains(names, s.name) })
}

// isNested reports whether a file has lists in lists that begin alike: an item that is out of line may belong to either.
func isNested(name string) bool { return name == choicesName || name == MenuFile || isFlow(name) }

// flowMeaning returns what a file says of guided dialogues, or of the menu, without places.
func flowMeaning(forms forms, file content) any {
	f := &folder{choices: &choicesFile{}, menu: &menuFile{}}
	var l flow
	f.parse(forms, &topic{}, &l, file)
	none := &Base{}
	if l.flowFile != nil {
		return []Flow{f.flow(l, none)}
	}
	if file.name == MenuFile {
		return f.menuOf()
	}
	var groups []Flow
	for _, group := range f.choices.Groups {
		step := Step{Label: group.Name.Value, Options: options(file.name, group.Options, none), Unclear: unclear(file.name, group.Unclear, none)}
		groups = append(groups, Flow{Steps: []Step{step}})
	}
	return groups
}

// TestFlowSlips spoils every line of the good flows: no slip goes unnoticed, and Fix makes nothing else of the file.
func TestFlowSlips(t *testing.T) {
	folder, forms := good(t), newForms()
	var name string
	var want any
	check := func(label string, data []byte) {
		t.Helper()
		file := content{name, data}
		if newFolderOf(forms, file).broken {
			return
		}
		diff := cmp.Diff(want, flowMeaning(forms, file), cmpopts.IgnoreTypes(Place{}))
		if diff == "" {
			return
		}
		spoiled := maps.Clone(folder)
		spoiled[name] = &fstest.MapFile{Data: data}
		if base, _ := Load(spoiled, today()); base != nil {
			t.Errorf("%s: means something else (-want +got):\n%s", label, diff)
		}
	}
	all := append(mechanicalSlips(), indents()...)
	for name = range folder {
		if !isNested(name) {
			continue
		}
		want = flowMeaning(forms, content{name, folder[name].Data})
		lines := strings.Split(string(folder[name].Data), "\n")
		for i, line := range lines {
			for _, s := range all {
				if isBlockText(lines, i) || s.line(line) == line {
					continue
				}
				lines[i] = s.line(line)
				data := []byte(strings.Join(lines, "\n"))
				fixed, _ := forms.fix(content{name, data})
				check(fmt.Sprintf("%s in %s:%d", s.name, name, i+1), data)
				check(fmt.Sprintf("%s in %s:%d, fixed", s.name, name, i+1), fixed)
				lines[i] = line
			}
		}
	}
}

// TestOneSlipOneFault spoils every line of the good files in ways that leave no doubt about what was meant: that
// gives one fault, and Fix brings back the good file.
func TestOneSlipOneFault(t *testing.T) {
	all := mechanicalSlips()
	isMechanical := func(s slip) bool { return slices.ContainsFunc(all, func(m slip) bool { return m.name == s.name }) }
	folder, forms := good(t), newForms()
	for _, s := range append(all, indents()...) {
		spoiled := 0
		for _, name := range slices.Sorted(maps.Keys(folder)) {
			if isNested(name) {
				continue // see TestFlowSlips
			}
			lines, whole := strings.Split(string(folder[name].Data), "\n"), newFolderOf(forms, content{name, folder[name].Data})
			for i, line := range lines {
				text := isBlockText(lines, i)
				if strings.HasPrefix(line, "#") || line == "" || text && isMechanical(s) {
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
