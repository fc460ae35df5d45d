package dialogue_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"zhugong/internal/dialogue"
	"zhugong/internal/testenv"
)

// TestHeldOutTalk holds conversations of two authors who had seen neither the examples nor the program: an empty line
// between conversations, a message and what a clerk would make of it a line, with other expectations behind |. The authors
// assumed that every message is understood; what follows one that is not is counted as it comes.
func TestHeldOutTalk(t *testing.T) {
	engine := testenv.Engine(t)
	for _, file := range []struct {
		name  string
		least map[string]float64 // percent right
	}{
		{"talk.txt", map[string]float64{"opening": 72, "follow-up": 60, "matter": 65, "other": 70}},
		{"talk2.txt", map[string]float64{"opening": 74, "follow-up": 60, "matter": 60, "other": 53}},
	} {
		t.Run(file.name, func(t *testing.T) {
			content, err := os.ReadFile("testdata/" + file.name)
			if err != nil {
				t.Fatal(err)
			}
			right := map[string]*share{}
			for conversation := range strings.SplitSeq(string(content), "\n\n") {
				var texts, wanted []string
				for line := range strings.Lines(conversation) {
					text, expectation, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
					if !ok {
						t.Fatalf("%q has no expectation", line)
					}
					texts, wanted = append(texts, text), append(wanted, expectation)
				}
				for i, decision := range talk(engine, texts...) {
					got := string(decision.Outcome)
					if decision.Outcome == dialogue.Answered {
						got = strings.TrimSpace(strings.Join([]string{got, decision.Intent, decision.Attribute}, " "))
					}
					kind, met := kindOf(wanted[i], i), slices.Contains(strings.Split(wanted[i], "|"), got)
					if right[kind] == nil {
						right[kind] = new(share)
					}
					right[kind].count(met)
					if !met {
						t.Logf("%s: %q: %s, want %s", kind, texts[i], got, wanted[i])
					}
				}
			}
			for kind, least := range file.least {
				t.Logf("%s: %.0f, right %.1f %%", kind, right[kind].all, right[kind].percent())
				if right[kind].percent() < least {
					t.Errorf("%s: right %.1f %%, want %v at least", kind, right[kind].percent(), least)
				}
			}
		})
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
