package evaluation

import (
	"os"
	"strings"
	"testing"

	"zhugong/intents"
	"zhugong/knowledge"
)

// small reads the corpus of testdata/small.tsv: part, class and text a line.
func small(t *testing.T) intents.Corpus {
	t.Helper()
	const name = "testdata/small.tsv"
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var corpus intents.Corpus
	parts := map[string]*[]intents.Example{"inside": &corpus.Inside, "outside": &corpus.Outside, "exact": &corpus.Exact, "bare": &corpus.Bare}
	number := 0
	for line := range strings.Lines(string(content)) {
		number++
		fields := strings.Split(strings.TrimSpace(line), "\t")
		part := parts[fields[0]]
		*part = append(*part, intents.Example{Class: fields[1], Text: fields[2], Place: knowledge.Place{File: "small.yaml", Line: number}})
	}
	return corpus
}

// smallReport evaluates the small corpus.
func smallReport(t *testing.T) *Report {
	t.Helper()
	r, err := newPlan(small(t), 3).Evaluate()
	if err != nil {
		t.Fatal(err)
	}
	return r
}
