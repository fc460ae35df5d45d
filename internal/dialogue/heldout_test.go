package dialogue_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"zhugong/internal/dialogue"
	"zhugong/internal/testenv"
)

// TestHeldOutTalk holds conversations of an author who had seen neither the examples nor the program: an empty line
// between conversations, a message and what a clerk would make of it a line, with other expectations behind |. The author
// assumed that every message is understood; what follows one that is not is counted as it comes.
func TestHeldOutTalk(t *testing.T) {
	content, err := os.ReadFile("testdata/talk.txt")
	if err != nil {
		t.Fatal(err)
	}
	engine := testenv.Engine(t)
	start := time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)
	asked, right := map[string]int{}, map[string]int{}
	for conversation := range strings.SplitSeq(string(content), "\n\n") {
		var state dialogue.State
		for i, line := range strings.Split(strings.TrimSpace(conversation), "\n") {
			text, wanted, ok := strings.Cut(line, "\t")
			if !ok {
				t.Fatalf("%q has no expectation", line)
			}
			var decision dialogue.Decision
			now := start.Add(time.Duration(i) * 20 * time.Second)
			state, _, decision = engine.Turn(state, dialogue.Message{Kind: dialogue.Text, Text: text}, dialogue.Circumstances{Now: now})
			got := strings.TrimSpace(strings.Join([]string{string(decision.Outcome), decision.Intent, decision.Attribute}, " "))
			if decision.Outcome != dialogue.Answered {
				got = string(decision.Outcome)
			}
			kind := kindOf(wanted, i)
			asked[kind]++
			if slices.Contains(strings.Split(wanted, "|"), got) {
				right[kind]++
				continue
			}
			t.Logf("%s: %q: %s, want %s", kind, text, got, wanted)
		}
	}
	for kind, least := range map[string]float64{"opening": 72, "follow-up": 60, "matter": 65, "other": 70} {
		share := 100 * float64(right[kind]) / float64(asked[kind])
		t.Logf("%s: %d, right %.1f %%", kind, asked[kind], share)
		if share < least {
			t.Errorf("%s: right %.1f %%, want %v at least", kind, share, least)
		}
	}
}

// kindOf names what a line tests: what opens a conversation, a follow-up, a matter asked for later, anything else.
func kindOf(wanted string, place int) string {
	first, _, _ := strings.Cut(wanted, "|")
	fields := strings.Fields(first)
	switch {
	case len(fields) == 1 || strings.HasPrefix(fields[1], "sys."):
		return "other"
	case place == 0:
		return "opening"
	case len(fields) == 3:
		return "follow-up"
	}
	return "matter"
}
