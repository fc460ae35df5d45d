package estimate

import (
	"fmt"
	"iter"
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

// rows yields the place and the fields of each line of a table in testdata; comments begin with #.
func rows(t testing.TB, name string, fields int) iter.Seq2[string, []string] {
	file, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return func(yield func(string, []string) bool) {
		for i, line := range strings.Split(string(file), "\n") {
			if line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			row := strings.Split(line, "\t")
			if len(row) != fields {
				t.Fatalf("%s:%d: %d fields, want %d", name, i+1, len(row), fields)
			}
			if !yield(fmt.Sprintf("%s:%d", name, i+1), row) {
				return
			}
		}
	}
}

func TestRead(t *testing.T) {
	for place, row := range rows(t, "estimates.tsv", 2) {
		if got := told(row[0]); got != row[1] {
			t.Errorf("%s: %q: got %s, want %s", place, row[0], got, row[1])
		}
	}
}

func TestOnlyFigures(t *testing.T) {
	for place, row := range rows(t, "only.tsv", 2) {
		if OnlyFigures(row[0]) != (row[1] == "yes") {
			t.Errorf("%s: %q: not %s", place, row[0], row[1])
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
	for _, row := range rows(f, "estimates.tsv", 2) {
		f.Add(row[0])
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
	for place, fields := range rows(t, "told.tsv", 4) {
		var account Account
		for message := range strings.SplitSeq(fields[1], " / ") {
			account = Continue(Kind(fields[0]), account.Told, message, now)
			if again := Continue(Kind(fields[0]), account.Told, "", now); again.Told != account.Told || again.Added {
				t.Errorf("%s: %q is read back as %+v", place, account.Told, again)
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
			t.Errorf("%s: %s: got %q, %s, want %q, %s", place, fields[1], account.Told, got, fields[2], fields[3])
		}
	}
}

// FuzzContinue checks that what is noted of any message is read back as it was noted.
func FuzzContinue(f *testing.F) {
	for _, fields := range rows(f, "told.tsv", 4) {
		f.Add(fields[0], fields[1])
	}
	f.Fuzz(func(t *testing.T, kind, text string) {
		noted := Continue(Kind(kind), "", text, now)
		if again := Continue(Kind(kind), noted.Told, "", now); again.Told != noted.Told || again.Added {
			t.Errorf("%s %q: noted %q, read back as %+v", kind, text, noted.Told, again)
		}
	})
}
