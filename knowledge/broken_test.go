package knowledge

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"zhugong/internal/strictyaml"
)

// slip is one way in which a line, or the whole file, is spoiled by accident.
type slip struct {
	name string
	// line returns what becomes of a line; the same line means that this slip cannot happen to it.
	line func(line string) string
	file func(text string) string
}

func replace(old, new string) func(string) string {
	return func(line string) string { return strings.Replace(line, old, new, 1) }
}

// inValue puts text at the front of what follows the colon or hyphen.
func inValue(text string) func(string) string {
	return func(line string) string {
		if i := strings.Index(line, ": "); i >= 0 {
			return line[:i+2] + text + line[i+2:]
		}
		if i := strings.Index(line, "- "); i >= 0 {
			return line[:i+2] + text + line[i+2:]
		}
		return line
	}
}

func slips() []slip {
	lines := []slip{
		{name: "full-width colon", line: replace(": ", "：")},
		{name: "full-width colon at the end", line: func(l string) string {
			if before, ok := strings.CutSuffix(l, ":"); ok {
				return before + "："
			}
			return l
		}},
		{name: "no space after colon", line: replace(": ", ":")},
		{name: "full-width space after colon", line: replace(": ", ":\u3000")},
		{name: "no-break space after colon", line: replace(": ", ":\u00a0")},
		{name: "no space after hyphen", line: replace("- ", "-")},
		{name: "full-width hyphen", line: replace("- ", "－ ")},
		{name: "dash", line: replace("- ", "— ")},
		{name: "bullet", line: replace("- ", "• ")},
		{name: "tab", line: replace("  ", "\t")},
		{name: "full-width indentation", line: replace("  ", "\u3000")},
		{name: "no-break indentation", line: replace(" ", "\u00a0")},
		{name: "one space less", line: replace(" ", "")},
		{name: "zero width space", line: func(l string) string { return "\u200b" + l }},
		{name: "percent", line: inValue("%")},
		{name: "at", line: inValue("@")},
		{name: "star", line: inValue("*a ")},
		{name: "anchor", line: inValue("&a ")},
		{name: "tag", line: inValue("!b ")},
		{name: "bracket", line: inValue("[")},
		{name: "brace", line: inValue("{")},
		{name: "pipe", line: inValue("|x ")},
		{name: "question mark", line: inValue("? ")},
		{name: "backtick", line: inValue("`")},
		{name: "open quote", line: inValue(`"'`)},
		{name: "colon inside", line: inValue("a: b ")},
		{name: "comment sign inside", line: inValue("a #")},
		{name: "control character", line: inValue("\x07")},
		{name: "line separator", line: inValue("\u2028")},
		{name: "not UTF-8", line: inValue("\xb9\xa4")},
		{name: "two documents", line: func(l string) string { return l + "\n---\na: b" }},
		{name: "merge key", line: func(l string) string { return "<<: x\n" + l }},
		{name: "misspelt key", line: func(l string) string {
			if i := strings.IndexByte(l, ':'); i > 0 && l[0] != '#' {
				return l[:i] + "了" + l[i:]
			}
			return l
		}},
		{name: "carriage return", line: func(l string) string { return l + "\r" }},
		{name: "trailing spaces", line: func(l string) string { return l + "  " }},
		{name: "empty line", line: func(l string) string { return l + "\n" }},
		{name: "comment above", line: func(l string) string { return "# 注释\n" + l }},
	}
	return append(lines,
		slip{name: "BOM", file: func(t string) string { return "\ufeff" + t }},
		slip{name: "CRLF", file: func(t string) string { return strings.ReplaceAll(t, "\n", "\r\n") }},
		slip{name: "UTF-16", file: func(t string) string {
			var b strings.Builder
			for _, unit := range utf16.Encode([]rune(t)) {
				b.WriteByte(byte(unit))
				b.WriteByte(byte(unit >> 8))
			}
			return b.String()
		}},
		slip{name: "half a file", file: func(t string) string { return t[:len(t)/2+1] }},
		slip{name: "nothing", file: func(string) string { return "" }},
		slip{name: "bomb", file: func(t string) string { return "a: &a [x]\nb: &b [*a, *a]\n" + t }},
		slip{name: "deep", file: func(t string) string { return t + "a: " + strings.Repeat("[", 5000) }},
		slip{name: "large", file: func(t string) string { return t + strings.Repeat("# \n", strictyaml.MaxBytes/3) }},
		slip{name: "another format", file: func(string) string { return `{"主题": "x", "问答": []}` }},
	)
}

// variants returns spoiled versions of a folder: every slip at lines that are spread over all files.
func variants(folder fstest.MapFS) map[string]fstest.MapFS {
	found := map[string]fstest.MapFS{}
	names := slices.Sorted(maps.Keys(folder))
	add := func(label, name, text string) {
		if text == string(folder[name].Data) {
			return
		}
		spoiled := maps.Clone(folder)
		spoiled[name] = &fstest.MapFile{Data: []byte(text)}
		found[label+" in "+name] = spoiled
	}
	for i, s := range slips() {
		for j, name := range names {
			text := string(folder[name].Data)
			if s.file != nil {
				add(s.name, name, s.file(text))
				continue
			}
			lines := strings.Split(text, "\n")
			for from := range lines {
				at := (from + 7*i + 3*j) % len(lines)
				spoiled := slices.Clone(lines)
				spoiled[at] = s.line(lines[at])
				if spoiled[at] != lines[at] && !isBlockText(lines, at) {
					add(s.name, name, strings.Join(spoiled, "\n"))
					break
				}
			}
		}
	}
	return found
}

// isBlockText reports whether a line is text below a |, where most slips are just other text.
func isBlockText(lines []string, at int) bool {
	indent := func(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }
	for i := at - 1; i >= 0; i-- {
		if indent(lines[i]) < indent(lines[at]) {
			return strings.HasSuffix(lines[i], "|")
		}
	}
	return false
}

// TestBrokenVariants checks that a spoiled folder is refused, or means what the good one means.
func TestBrokenVariants(t *testing.T) {
	want, _ := Load(good(t), today())
	all := variants(good(t))
	if len(all) < 200 {
		t.Errorf("got %d variants, want at least 200", len(all))
	}
	refused := 0
	for label, folder := range all {
		got, faults := Load(folder, today())
		if got == nil {
			refused++
			if !strictyaml.Broken(faults) {
				t.Errorf("%s: refused without a fault", label)
			}
			continue
		}
		same := cmp.Diff(want, got, cmpopts.IgnoreFields(Base{}, "Version", "sources"), cmp.AllowUnexported(Base{}),
			cmpopts.IgnoreTypes(Place{}))
		if same != "" {
			t.Errorf("%s: loaded and means something else (-want +got):\n%s", label, same)
		}
	}
	t.Logf("%d variants, %d refused", len(all), refused)
}
