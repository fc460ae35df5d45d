package evaluation

import (
	"math"
	"testing"

	"zhugong/internal/chinese"
)

func TestNoise(t *testing.T) {
	items := newPlan(small(t), 3).items
	d := newDistorter(items)
	changed, spoken, left := map[string]int{}, 0, 0
	for _, it := range items {
		before := []rune(it.Text)
		spoken += len(before)
		mistyped := []rune(d.homophones(it.Text))
		if len(mistyped) != len(before) {
			t.Fatalf("homophones(%q) = %q", it.Text, string(mistyped))
		}
		for i, r := range mistyped {
			if r != before[i] {
				changed["homophones"]++
			}
			if chinese.SyllableOf(r) != chinese.SyllableOf(before[i]) {
				t.Errorf("homophones(%q) = %q, which sounds differently", it.Text, string(mistyped))
			}
		}
		left += len([]rune(d.dropped(it.Text)))
		if got := chinese.Fold(d.traditional(it.Text)); got != chinese.Fold(it.Text) {
			t.Errorf("traditional(%q) folds back to %q", it.Text, got)
		}
	}
	within := func(name string, got, want float64) {
		if math.Abs(got-want) > 0.03 {
			t.Errorf("%s: %.2f of the characters, want %.2f", name, got, want)
		}
	}
	within("homophones", float64(changed["homophones"])/float64(spoken), homophonePart)
	within("dropped", float64(spoken-left)/float64(spoken), droppedPart)
}

func TestDistort(t *testing.T) {
	d := newDistorter(nil)
	for _, c := range []struct{ name, text, want string }{
		{"homophones", "工资", "工资"}, // the corpus has no others
		{"dropped", "卡", "卡"},      // never all
		{"dropped", "？", "？"},
		{"traditional", "劳动仲裁", "勞動仲裁"},
		{"pinyin", "法律援助，12351", "falvyuanzhu12351"},
		{"pinyin_spaced", "法律援助？", "fa lv yuan zhu"},
	} {
		for _, n := range noises() {
			if n.name == c.name && n.distort(d, c.text) != c.want {
				t.Errorf("%s: %q becomes %q, want %q", c.name, c.text, n.distort(d, c.text), c.want)
			}
		}
	}
}
