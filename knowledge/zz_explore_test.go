package knowledge

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"zhugong/internal/strictyaml"
)

func TestExplore(t *testing.T) {
	want, _ := Load(good(t), today())
	all := append(slips(),
		slip{name: "one space more", line: func(l string) string { return " " + l }},
		slip{name: "two spaces more", line: func(l string) string { return "  " + l }},
		slip{name: "two spaces less", line: replace("  ", "")},
		slip{name: "three spaces more", line: func(l string) string { return "   " + l }},
		slip{name: "all by tab", line: func(l string) string {
			if x := strings.TrimLeft(l, " "); x != l { return "\t" + x }
			return l
		}},
		slip{name: "no indent", line: func(l string) string { return strings.TrimLeft(l, " ") }},
		slip{name: "tab for two each", line: func(l string) string {
			x := strings.TrimLeft(l, " ")
			return strings.Repeat("\t", (len(l)-len(x))/2) + x
		}},
	)
	only := os.Getenv("ONLY")
	for _, s := range all {
		if s.line == nil || only != "" && s.name != only {
			continue
		}
		hist := map[int]int{}
		fixed, silent, notfixed, bad := 0, 0, 0, 0
		samples := []string{}
		for _, name := range slices.Sorted(maps.Keys(good(t))) {
			folder := good(t)
			lines := strings.Split(string(folder[name].Data), "\n")
			for i, l := range lines {
				if len(lines) > 60 && i > 12 && i < 40 { continue }
				if s.line(l) == l || strings.HasPrefix(l, "#") || isBlockText(lines, i) != (os.Getenv("BLOCK") != "") {
					continue
				}
				sp := slices.Clone(lines)
				sp[i] = s.line(l)
				folder[name] = &fstest.MapFile{Data: []byte(strings.Join(sp, "\n"))}
				base, faults := Load(folder, today())
				n := 0
				for _, f := range faults { if !f.Warning { n++ } }
				hist[n]++
				if base != nil && n == 0 { silent++ ; continue }
				mended := maps.Clone(folder)
				Fix(folder, func(n string, d []byte) error { mended[n] = &fstest.MapFile{Data: d}; return nil })
				after, af := Load(mended, today())
				same := after != nil && cmp.Diff(want, after, cmpopts.IgnoreFields(Base{}, "Version", "sources"), cmp.AllowUnexported(Base{}), cmpopts.IgnoreTypes(Place{})) == ""
				if same { fixed++ } else if after != nil { bad++ } else { notfixed++ }
				if (n > 1 || !same) && (only != "" || len(samples) < 1) {
					samples = append(samples, fmt.Sprintf("  %s:%d %q n=%d same=%v\n      %s\n   after: %s", name, i+1, sp[i], n, same, strings.ReplaceAll(heads(faults), "\n", "\n      "), strings.ReplaceAll(heads(af),"\n","\n      ")))
				}
			}
		}
		fmt.Printf("%-28s hist=%v silent=%d fixed=%d fixedOTHER=%d notfixed=%d\n", s.name, hist, silent, fixed, bad, notfixed)
		for _, x := range samples { fmt.Println(x) }
	}
	_ = strictyaml.Broken
}
