package evaluation

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zhugong/intents"
)

// match is what the matcher would say: entries by falling probability.
func match(inside float64, candidates ...intents.Candidate) intents.Match {
	m := intents.Match{Inside: inside}
	copy(m.Candidates[:], candidates)
	return m
}

func TestScore(t *testing.T) {
	var s score
	for _, c := range []struct{ want, first, second string }{
		{"a", "a", "b"}, {"a", "a", "b"}, {"a", "b", "a"}, {"b", "b", "a"}, {"c", "a", "b"},
	} {
		s.add(c.want, match(1, intents.Candidate{Intent: c.first}, intents.Candidate{Intent: c.second}))
	}
	// a: 2 of 3 found, 2 of 3 right; b: 1 of 1 found, 1 of 2 right; c: nothing
	for _, c := range []struct {
		name      string
		got, want float64
	}{
		{"accuracy", s.accuracy(), 3.0 / 5},
		{"top 3", s.top3(), 4.0 / 5},
		{"macro F1", s.macroF1(), (2.0/3 + 2.0/3 + 0) / 3},
		{"recall of a", s.classes["a"].recall(), 2.0 / 3},
		{"precision of b", s.classes["b"].precision(), 1.0 / 2},
	} {
		if math.Abs(c.got-c.want) > 1e-12 {
			t.Errorf("%s = %v, want %v", c.name, c.got, c.want)
		}
	}
}

func TestDecisions(t *testing.T) {
	sure := match(1, intents.Candidate{Intent: "a", Probability: 0.95})
	torn := match(1, intents.Candidate{Intent: "a", Probability: 0.4}, intents.Candidate{Intent: "b", Probability: 0.4})
	foreign := match(0.02, intents.Candidate{Intent: "a", Probability: 0.01})
	var d decisions
	for _, c := range []struct {
		want  string
		match intents.Match
	}{{"a", sure}, {"b", sure}, {"", sure}, {"b", torn}, {"c", torn}, {"a", foreign}} {
		d.add(c.want, c.match)
	}
	want := decisions{n: 6, answeredRight: 1, answeredWrongly: 2, askedWith: 1, askedWithout: 1, declined: 1}
	if diff := cmp.Diff(want, d, cmp.AllowUnexported(decisions{})); diff != "" {
		t.Errorf("decisions (-want +got):\n%s", diff)
	}
}

func TestReliability(t *testing.T) {
	claims := []claim{{0.9, true}, {0.1, false}, {0.9, false}, {0.3, false}}
	table, off := reliability(claims, 2)
	want := []Bin{{N: 2, Low: 0.1, High: 0.3, Claimed: 0.2, Held: 0}, {N: 2, Low: 0.9, High: 0.9, Claimed: 0.9, Held: 0.5}}
	if diff := cmp.Diff(want, table); diff != "" {
		t.Errorf("table (-want +got):\n%s", diff)
	}
	if want := (0.2 + 0.4) / 2; math.Abs(off-want) > 1e-12 {
		t.Errorf("calibration error = %v, want %v", off, want)
	}
	if table, off := reliability(nil, 2); table != nil || off != 0 {
		t.Errorf("of nothing: %v, %v", table, off)
	}
}

func TestAUROC(t *testing.T) {
	for _, c := range []struct {
		inside, outside []float64
		want            float64
	}{
		{[]float64{0.9, 0.8}, []float64{0.1, 0.2}, 1},
		{[]float64{0.1}, []float64{0.9}, 0},
		{[]float64{0.5, 0.5}, []float64{0.5}, 0.5},
		{[]float64{0.9, 0.1}, []float64{0.5, 0.1}, (2 + 0.5) / 4.0},
		{nil, []float64{0.5}, 0},
	} {
		if got := auroc(c.inside, c.outside); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("auroc(%v, %v) = %v, want %v", c.inside, c.outside, got, c.want)
		}
	}
}
