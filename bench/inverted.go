package main

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"unicode"
)

// inverted is an inverted index over characters. The likeness of two texts is the sum over their common features of
// what each text gives it.
type inverted struct {
	postings map[string][]posting
	texts    int
	query    func(feature string, count int) float64 // what a message gives a feature that it has so often
	features func(text string) map[string]int
}

type posting struct {
	number int
	weight float64
}

// newBM25 indexes pairs of characters by BM25 with its usual k1 and b.
func newBM25(texts []string) (index, error) {
	const k1, b = 1.2, 0.75
	ix := &inverted{postings: map[string][]posting{}, texts: len(texts), features: pairs}
	average := 0.0
	for _, text := range texts {
		average += float64(length(pairs(text))) / float64(len(texts))
	}
	for number, text := range texts {
		features := pairs(text)
		relative := float64(length(features)) / average
		for feature, count := range features {
			tf := float64(count)
			ix.add(feature, number, tf*(k1+1)/(tf+k1*(1-b+b*relative)))
		}
	}
	ix.query = func(feature string, count int) float64 {
		having := float64(len(ix.postings[feature]))
		return float64(count) * math.Log(1+(float64(ix.texts)-having+0.5)/(having+0.5))
	}
	return ix, nil
}

// newTFIDF indexes characters and pairs by the cosine of TF-IDF weights.
func newTFIDF(texts []string) (index, error) {
	ix := &inverted{postings: map[string][]posting{}, texts: len(texts), features: charactersAndPairs}
	having := map[string]int{}
	for _, text := range texts {
		for feature := range charactersAndPairs(text) {
			having[feature]++
		}
	}
	weight := func(feature string, count int) float64 {
		return (1 + math.Log(float64(count))) * math.Log(float64(1+ix.texts)/float64(1+having[feature]))
	}
	for number, text := range texts {
		features := charactersAndPairs(text)
		square := 0.0
		for _, feature := range sorted(features) {
			square += weight(feature, features[feature]) * weight(feature, features[feature])
		}
		for feature, count := range features {
			ix.add(feature, number, weight(feature, count)/math.Sqrt(square))
		}
	}
	ix.query = weight // a message's own length changes neither the order nor who wins
	return ix, nil
}

func (ix *inverted) add(feature string, number int, weight float64) {
	ix.postings[feature] = append(ix.postings[feature], posting{number, weight})
}

func (ix *inverted) close() error { return nil }

func (ix *inverted) nearest(text string, count int) ([]hit, error) {
	likeness := make([]float64, ix.texts)
	features := ix.features(text)
	for _, feature := range sorted(features) {
		weight := ix.query(feature, features[feature])
		for _, p := range ix.postings[feature] {
			likeness[p.number] += weight * p.weight
		}
	}
	var hits []hit
	for number, l := range likeness {
		if l > 0 {
			hits = append(hits, hit{number, l})
		}
	}
	slices.SortFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(b.likeness, a.likeness), cmp.Compare(a.number, b.number))
	})
	return hits[:min(count, len(hits))], nil
}

// pairs counts the pairs of neighbouring characters; a text of one character is a pair of its own.
func pairs(text string) map[string]int {
	characters := fold(text)
	counts := map[string]int{}
	if len(characters) == 1 {
		counts[string(characters)]++
	}
	for i := 1; i < len(characters); i++ {
		counts[string(characters[i-1:i+1])]++
	}
	return counts
}

func charactersAndPairs(text string) map[string]int {
	counts := pairs(text)
	for _, c := range fold(text) {
		counts[string(c)]++
	}
	return counts
}

// fold leaves the letters and digits, in lower case.
func fold(text string) []rune {
	var characters []rune
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			characters = append(characters, unicode.ToLower(r))
		}
	}
	return characters
}

// sorted returns the features in one order always, so that sums of their weights are the same always.
func sorted(counts map[string]int) []string { return slices.Sorted(maps.Keys(counts)) }

func length(counts map[string]int) int {
	n := 0
	for _, count := range counts {
		n += count
	}
	return n
}
