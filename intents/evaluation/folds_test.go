package evaluation

import (
	"slices"
	"strings"
	"testing"

	"zhugong/intents"
)

func TestDealIsBalanced(t *testing.T) {
	corpus := small(t)
	const folds = 3
	p := newPlan(corpus, folds)
	counts := map[string]*[folds]int{}
	for _, it := range p.items {
		if counts[it.Class] == nil {
			counts[it.Class] = &[folds]int{}
		}
		counts[it.Class][it.fold]++
	}
	for class, count := range counts {
		if most, least := slices.Max(count[:]), slices.Min(count[:]); most > 6 || least < 1 {
			t.Errorf("folds ask %v texts of %s", *count, class)
		}
	}
}

// TestDealIsStable takes one line away at a time: hardly any other may change its fold.
func TestDealIsStable(t *testing.T) {
	corpus := small(t)
	folds := map[string]int{}
	for _, it := range newPlan(corpus, 3).items {
		folds[it.Text] = it.fold
	}
	moved := 0
	for i := range corpus.Inside {
		less := corpus
		less.Inside = slices.Delete(slices.Clone(corpus.Inside), i, i+1)
		for _, it := range newPlan(less, 3).items {
			if folds[it.Text] != it.fold {
				moved++
			}
		}
	}
	if perLine := float64(moved) / float64(len(corpus.Inside)); perLine > 1.5 {
		t.Errorf("taking a line away moves %.1f others, want at most 1.5", perLine)
	}
}

func TestNothingAskedIsLearnt(t *testing.T) {
	corpus := small(t)
	add := func(class, text string) intents.Example { return intents.Example{Class: class, Text: text} }
	corpus.Inside = append(corpus.Inside, add("wages", "工资 拖了三个月！"), add("join", "公资拖了三个月"))
	p := newPlan(corpus, 3)
	for fold := range p.folds {
		asked := map[string]bool{}
		groups := map[int]bool{}
		for _, i := range p.where(func(it *item) bool { return it.fold == fold }) {
			asked[p.items[i].normal], groups[p.items[i].group] = true, true
		}
		learning := p.learning(func(it *item) bool { return it.fold != fold })
		normaliser := intents.NewNormaliser(corpus.Words)
		for _, e := range slices.Concat(learning.Inside, learning.Outside, learning.Exact, learning.Bare) {
			if asked[normaliser.Normal(e.Text)] {
				t.Errorf("fold %d learns from %q and asks it", fold, e.Text)
			}
		}
		for _, it := range p.items {
			if it.fold != fold && groups[it.group] {
				t.Errorf("fold %d asks a near-duplicate of %q, which it learns from", fold, it.Text)
			}
		}
	}
}

func TestKindsStayTogether(t *testing.T) {
	folds := map[string]int{}
	for _, it := range newPlan(small(t), 3).items {
		if fold, seen := folds[it.Class]; it.outside && seen && fold != it.kindFold {
			t.Errorf("kind %s is in folds %d and %d", it.Class, fold, it.kindFold)
		}
		folds[it.Class] = it.kindFold
	}
}

func TestWriteFolds(t *testing.T) {
	corpus := small(t)
	var b strings.Builder
	if err := newPlan(corpus, 3).WriteFolds(&b); err != nil {
		t.Fatal(err)
	}
	var always, asked int
	for line := range strings.Lines(b.String()) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		switch {
		case len(fields) != 4 || fields[1] != "inside" && fields[1] != "outside":
			t.Errorf("malformed line %q", line)
		case fields[0] == "-1":
			always++
		case fields[0] == "0" || fields[0] == "1" || fields[0] == "2":
			asked++
		default:
			t.Errorf("no such fold: %q", line)
		}
	}
	if twice := 1; always != len(corpus.Exact)-twice { // 会员卡丢了 is asked
		t.Errorf("%d lines are always learnt from, want %d", always, len(corpus.Exact)-twice)
	}
	if want := len(corpus.Inside) + len(corpus.Outside); asked != want {
		t.Errorf("%d lines are asked, want %d", asked, want)
	}
}

func TestThinnedIsNested(t *testing.T) {
	examples := small(t).Inside
	var before []intents.Example
	for _, part := range shares() {
		now := thinned(examples, part)
		for _, e := range before {
			if !slices.Contains(now, e) {
				t.Errorf("%q is in a smaller part and not in %.0f %%", e.Text, 100*part)
			}
		}
		if want := int(part * float64(len(examples))); len(now) != want {
			t.Errorf("%.0f %% are %d examples, want %d", 100*part, len(now), want)
		}
		before = now
	}
}
