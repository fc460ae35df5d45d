package evaluation

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"zhugong/knowledge"
)

var update = flag.Bool("update", false, "write the golden file anew")

const (
	goldenName    = "testdata/golden.txt"
	goldenRefresh = "go test ./intents/evaluation -run Golden -update -v"
)

// TestGolden evaluates the built-in knowledge and compares with the figures that were last agreed to, so that whatever
// changes the ranking shows in the diff of the golden file.
func TestGolden(t *testing.T) {
	if runtime.GOARCH != "amd64" {
		t.Skip("the figures are those of amd64: elsewhere sums are rounded in other places, and a text or two differ")
	}
	base, faults := knowledge.Load(knowledge.Builtin(), time.Now())
	if base == nil {
		t.Fatal(faults[0])
	}
	report, err := NewPlan(base, 5).Evaluate()
	if err != nil {
		t.Fatal(err)
	}
	got := golden(report)
	content, err := os.ReadFile(goldenName)
	if err != nil && !*update {
		t.Fatalf("%v; write it with %s", err, goldenRefresh)
	}
	worse, other := compareGolden(string(content), got)
	if *update {
		if err := os.WriteFile(goldenName, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		t.Logf("written; worse than before:\n%s\nchanged otherwise:\n%s", list(worse), list(other))
		return
	}
	if len(worse)+len(other) > 0 {
		t.Errorf("the figures are no longer those of %s.\nworse:\n%s\nchanged otherwise:\n%s\nif this is as it should be, refresh with %s",
			goldenName, list(worse), list(other), goldenRefresh)
	}
}

func list(lines []string) string {
	if len(lines) == 0 {
		return "  nothing"
	}
	return "  " + strings.Join(lines, "\n  ")
}

// golden writes the figures in percent, one a line. Lower is better where a name ends in "-".
func golden(r *Report) string {
	var b strings.Builder
	b.WriteString("# Cross-validation of the built-in knowledge, in percent. Of a name that ends in - less is better.\n")
	b.WriteString("# Refresh: " + goldenRefresh + "\n")
	figure := func(name string, share float64) { fmt.Fprintf(&b, "%s %.1f\n", name, 100*share) }
	fmt.Fprintf(&b, "examples %d\noutside %d\n", r.N, r.Outside.N)
	figure("top1", r.Accuracy)
	figure("top3", r.Top3)
	figure("macro_f1", r.MacroF1)
	figure("calibration_error-", r.ECE)
	figure("inside.answered_right", r.Inside.AnsweredRight)
	figure("inside.answered_wrongly-", r.Inside.AnsweredWrongly)
	figure("inside.answered_right_or_offered", r.Inside.AnsweredRight+r.Inside.AskedWith)
	figure("inside.asked_without-", r.Inside.AskedWithout)
	figure("inside.declined-", r.Inside.Declined)
	figure("outside.answered-", r.Outside.Answered)
	figure("outside.declined", r.Outside.Declined)
	figure("outside.auroc", r.Outside.AUROC)
	figure("kinds_left_out.answered-", r.Outside.Unseen.Answered)
	figure("kinds_left_out.declined", r.Outside.Unseen.Declined)
	figure("kinds_left_out.auroc", r.Outside.Unseen.AUROC)
	for _, n := range noises() {
		figure(n.name+".lost-", r.Robustness[n.name].PointsLost/100)
		figure(n.name+".answered_right", r.Robustness[n.name].AnsweredRight)
		figure(n.name+".outside_answered-", r.Robustness[n.name].OutsideAnswered)
	}
	for _, p := range r.LearningCurve {
		figure(fmt.Sprintf("learning_%.0f.top1", 100*p.Share), p.Accuracy)
	}
	for _, e := range r.Entries {
		figure("recall."+e.Entry, e.Recall)
	}
	return b.String()
}

// compareGolden returns the figures that got worse, and those that changed, came or went otherwise.
func compareGolden(before, now string) (worse, other []string) {
	old := figures(before)
	for line := range strings.Lines(now) {
		name, text, _ := strings.Cut(strings.TrimSpace(line), " ")
		was, known := old[name]
		delete(old, name)
		switch {
		case name == "#" || known && was == text:
		case !known:
			other = append(other, fmt.Sprintf("%s: now %s", name, text))
		case strings.HasSuffix(name, "-") != (number(text) < number(was)):
			worse = append(worse, fmt.Sprintf("%s: %s, now %s", name, was, text))
		default:
			other = append(other, fmt.Sprintf("%s: %s, now %s", name, was, text))
		}
	}
	for _, name := range sortedKeys(old) {
		other = append(other, fmt.Sprintf("%s: was %s, now gone", name, old[name]))
	}
	return worse, other
}

func figures(content string) map[string]string {
	result := map[string]string{}
	for line := range strings.Lines(content) {
		if name, text, ok := strings.Cut(strings.TrimSpace(line), " "); ok && name != "#" {
			result[name] = text
		}
	}
	return result
}

func number(text string) float64 {
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0
	}
	return x
}

func TestCompareGolden(t *testing.T) {
	const before = "# a comment\ntop1 80.0\nlost- 2.0\nrecall.a 50.0\nrecall.b 60.0\nrecall.c 70.0\n"
	worse, other := compareGolden(before, "# another\ntop1 81.0\nlost- 3.0\nrecall.a 49.9\nrecall.b 60.0\nrecall.d 1.0\n")
	if got := strings.Join(worse, "; "); got != "lost-: 2.0, now 3.0; recall.a: 50.0, now 49.9" {
		t.Errorf("worse: %s", got)
	}
	if got := strings.Join(other, "; "); got != "top1: 80.0, now 81.0; recall.d: now 1.0; recall.c: was 70.0, now gone" {
		t.Errorf("other: %s", got)
	}
}
