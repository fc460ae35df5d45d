package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestReadFolds(t *testing.T) {
	const good = "-1\tinside\tjoin\t入会\n0\tinside\tjoin\t咋个入会\n1\tinside\tcard\t卡掉了\n0\toutside\tweather\t落雨没\n1\toutside\tfund\t公积金咋取\n"
	want := []sample{
		{always, true, "join", "入会"},
		{0, true, "join", "咋个入会"},
		{1, true, "card", "卡掉了"},
		{0, false, "weather", "落雨没"},
		{1, false, "fund", "公积金咋取"},
	}
	tests := []struct{ name, content, wrong string }{
		{"as exported", good, ""},
		{"with a header", "fold\tside\tlabel\ttext\n" + good, ""},
		{"Windows line ends", strings.ReplaceAll(good, "\n", "\r\n"), ""},
		{"a tab in the text", good + "0\tinside\tjoin\t入\t会\n", "folds.tsv:6: 5 fields"},
		{"a field missing", "0\tinside\t入会\n", "folds.tsv:1: 3 fields"},
		{"an empty line", good + "\n", "folds.tsv:6: 1 fields"},
		{"an empty text", good + "0\tinside\tjoin\t \n", "folds.tsv:6: field 4 is empty"},
		{"no number", "a\tinside\tjoin\t入会\n", `folds.tsv:1: the fold is "a"`},
		{"a fold below -1", "-2\tinside\tjoin\t入会\n", `folds.tsv:1: the fold is "-2"`},
		{"another side", "0\texact\tjoin\t入会\n", `folds.tsv:1: the side is "exact"`},
		{"one fold", "0\tinside\tjoin\t入会\n0\toutside\tweather\t落雨没\n", "1 folds"},
		{"a fold without outside", "0\tinside\tjoin\t入会\n0\toutside\tweather\t落雨没\n1\tinside\tjoin\t咋个入会\n", "fold 1 has 1 texts inside and 0 outside"},
		{"a fold missing", good + "3\tinside\tjoin\t我要入会\n3\toutside\tfund\t公积金\n", "fold 2 has 0 texts"},
		{"nothing", "", "0 folds"},
	}
	for _, test := range tests {
		path := filepath.Join(t.TempDir(), "folds.tsv")
		write(t, path, test.content)
		got, err := readFolds(path)
		switch {
		case test.wrong == "" && err != nil:
			t.Errorf("%s: %v", test.name, err)
		case test.wrong == "" && !slices.Equal(got, want):
			t.Errorf("%s: got %v, want %v", test.name, got, want)
		case test.wrong != "" && (err == nil || !strings.Contains(err.Error(), test.wrong)):
			t.Errorf("%s: got error %v, want one with %q", test.name, err, test.wrong)
		}
	}
}

func TestReadPublic(t *testing.T) {
	dir := t.TempDir()
	if _, err := readPublic(dir); err == nil {
		t.Error("a folder without sets was taken")
	}
	write(t, filepath.Join(dir, "b", "train.tsv"), "play\t放首歌\ncall\t打电话\n")
	if _, err := readPublic(dir); err == nil {
		t.Error("a set without dev.tsv was taken")
	}
	write(t, filepath.Join(dir, "b", "dev.tsv"), "play\t来首歌\n")
	write(t, filepath.Join(dir, "a", "train.tsv"), "play\t放首歌\n")
	write(t, filepath.Join(dir, "a", "dev.tsv"), "play\t来首歌\n")
	write(t, filepath.Join(dir, "README.md"), "not a set")
	sets, err := readPublic(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(sets) != 2 || sets[0].name != "a" || sets[1].name != "b" || len(sets[1].train) != 2 || len(sets[1].dev) != 1 {
		t.Errorf("got %v, want a and b", sets)
	}
	if got, want := sets[1].train[1], (sample{0, true, "call", "打电话"}); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}
