package estimate

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

var now = time.Date(2026, 11, 18, 2, 0, 0, 0, time.UTC)

// result is the sum that a formula ends with.
var result = regexp.MustCompile(`= ((?:约 )?\d+) 元。$`)

// told writes what was reckoned, or what is missing, as the test data do: 拖欠工资 12600, 拖欠工资 ? 欠了几个月, -.
func told(text string) string {
	if e, ok := Read(text, now); ok {
		sum := result.FindStringSubmatch(e.Lines[0])
		if e.Kind == Unlawful {
			sum = regexp.MustCompile(`= ((?:约 )?\d+) 元（`).FindStringSubmatch(e.Lines[1])
		}
		if sum == nil {
			return "no result in " + e.Lines[0]
		}
		return string(e.Kind) + " " + sum[1]
	}
	if kind, missing := Missing(text, now); kind != "" {
		return string(kind) + " ? " + strings.Join(missing, "；")
	}
	return "-"
}

func TestRead(t *testing.T) {
	file, err := os.ReadFile("testdata/estimates.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(string(file), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		text, want, ok := strings.Cut(line, "\t")
		if !ok {
			t.Fatalf("estimates.tsv:%d: no tab", i+1)
		}
		if got := told(text); got != want {
			t.Errorf("estimates.tsv:%d: %q: got %s, want %s", i+1, text, got, want)
		}
	}
}

func TestOnlyFigures(t *testing.T) {
	file, err := os.ReadFile("testdata/only.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(string(file), "\n") {
		text, want, ok := strings.Cut(line, "\t")
		if ok && OnlyFigures(text) != (want == "yes") {
			t.Errorf("only.tsv:%d: %q: not %s", i+1, text, want)
		}
	}
}

// TestLines compares whole estimates: a block is the sentence and the lines of its estimate.
func TestLines(t *testing.T) {
	file, err := os.ReadFile("testdata/lines.txt")
	if err != nil {
		t.Fatal(err)
	}
	for block := range strings.SplitSeq(strings.TrimSpace(string(file)), "\n\n") {
		want := strings.Split(block, "\n")
		e, _ := Read(want[0], now)
		if diff := cmp.Diff(want[1:], e.Lines); diff != "" {
			t.Errorf("Read(%q) (-want +got):\n%s", want[0], diff)
		}
	}
}

func FuzzRead(f *testing.F) {
	file, err := os.ReadFile("testdata/estimates.tsv")
	if err != nil {
		f.Fatal(err)
	}
	for line := range strings.Lines(string(file)) {
		text, _, _ := strings.Cut(line, "\t")
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		e, ok := Read(text, now)
		if ok != (e.Kind != "" && len(e.Lines) >= 3) {
			t.Errorf("Read(%q) = %v, %t", text, e, ok)
		}
		for _, line := range e.Lines {
			if !utf8.ValidString(line) || strings.Contains(line, "NaN") || strings.Contains(line, "Inf") || strings.Contains(line, "= 0 元") {
				t.Errorf("Read(%q): %s", text, line)
			}
		}
		if kind, missing := Missing(text, now); (kind == "") != (len(missing) == 0) || ok && kind != "" {
			t.Errorf("Missing(%q) = %s, %v, though Read says %t", text, kind, missing, ok)
		}
	})
}

// TestContinue tells figures message by message.
func TestContinue(t *testing.T) {
	file, err := os.ReadFile("testdata/told.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(string(file), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(line, "\t")
		if len(fields) != 4 {
			t.Fatalf("told.tsv:%d: not four fields", i+1)
		}
		var account Account
		for message := range strings.SplitSeq(fields[1], " / ") {
			account = Continue(Kind(fields[0]), account.Told, message, now)
			if again := Continue(Kind(fields[0]), account.Told, "", now); again.Told != account.Told || again.Added {
				t.Errorf("told.tsv:%d: %q is read back as %+v", i+1, account.Told, again)
			}
		}
		got := "-"
		switch {
		case account.Lines != nil:
			got = result.FindStringSubmatch(account.Lines[0])[1]
		case len(account.Missing) > 0:
			got = "? " + strings.Join(account.Missing, "；")
		}
		if account.Told != fields[2] || got != fields[3] {
			t.Errorf("told.tsv:%d: %s: got %q, %s, want %q, %s", i+1, fields[1], account.Told, got, fields[2], fields[3])
		}
	}
}
