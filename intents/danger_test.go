package intents

import (
	"bufio"
	"os"
	"strings"
	"testing"
	"time"

	"zhugong/internal/chinese"
	"zhugong/knowledge"
)

// TestDanger asks messages that somebody wrote who has seen neither the rules nor the examples: kind, text and manner
// a line. What the rules find does not need the machine.
func TestDanger(t *testing.T) {
	base, faults := knowledge.Load(knowledge.Builtin(), time.Now())
	if base == nil {
		t.Fatal(faults[0])
	}
	rules := knowledge.NewSafetyIndex(base.Crisis)
	file, err := os.Open("testdata/danger.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	asked, byRule, met := map[string]int{}, map[string]int{}, map[string]int{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		fields := strings.Split(lines.Text(), "\t")
		kind, text, manner := fields[0], fields[1], fields[2]
		asked[manner]++
		match := builtin().Match(text)
		_, _, hit := rules.Find(chinese.Fold(text))
		worrying := match.Worrying(match.Best().Probability)
		if hit {
			byRule[manner]++
		}
		if hit || worrying {
			met[manner]++
		}
		if (kind != "none") != (hit || worrying) {
			t.Logf("%s: %q: rule %v, danger %.2f", kind, text, hit, match.Danger)
		}
	}
	for _, bound := range []struct {
		manner string
		least  float64 // share met, by rule or by machine
		most   float64
	}{
		{"plain", 0.93, 1},
		{"roundabout", 0.74, 1},
		{"everyday", 0, 0.13},
		{"union", 0, 0.03},
	} {
		share := float64(met[bound.manner]) / float64(asked[bound.manner])
		t.Logf("%s: %d asked, %d met by rules, %d with the machine (%.1f %%)", bound.manner, asked[bound.manner], byRule[bound.manner], met[bound.manner], 100*share)
		if share < bound.least || share > bound.most {
			t.Errorf("%s: %.1f %% are met as danger, want %.0f to %.0f %%", bound.manner, 100*share, 100*bound.least, 100*bound.most)
		}
	}
}
