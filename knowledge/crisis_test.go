package knowledge

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"zhugong/internal/chinese"
)

// crisisBounds says how well the built-in rules must do: of each kind of crisis, found at least; of each kind
// of calm message, taken for a crisis at most. They are what was measured, so a rule may only make it better.
func crisisBounds() map[string]map[string]int {
	return map[string]map[string]int{
		"crisis.tsv": {
			"crisis self_harm": 81, "crisis violence": 60, "crisis injury": 67, "crisis threat": 44,
			"calm exaggeration": 1, "calm matter": 1, "calm idiom": 0, "calm family": 0, "calm work": 0,
		},
		"crisis2.tsv": {
			"crisis self_harm": 64, "crisis violence": 33, "crisis injury": 40, "crisis threat": 22,
			"calm exaggeration": 1, "calm matter": 2, "calm idiom": 1, "calm family": 0, "calm work": 0,
		},
	}
}

// crisisMessage is a line of testdata/crisis*.tsv: crisis or calm, the kind of it, and what somebody wrote.
type crisisMessage struct{ class, kind, text string }

func readCrisisMessages(t *testing.T, name string) []crisisMessage {
	t.Helper()
	file, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var messages []crisisMessage
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		fields := strings.Split(lines.Text(), "\t")
		if len(fields) != 3 {
			t.Fatalf("%s: %q has %d fields, want 3", name, lines.Text(), len(fields))
		}
		messages = append(messages, crisisMessage{fields[0], fields[1], fields[2]})
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return messages
}

// TestCrisisMessages measures the built-in rules. The messages were written before their author saw the rules,
// but the rules were mended with them since: what nobody has seen yet is found less often.
func TestCrisisMessages(t *testing.T) {
	base, faults := Load(Builtin(), today())
	if base == nil {
		t.Fatal(faults[0])
	}
	index := NewSafetyIndex(base.Crisis)
	for name, bounds := range crisisBounds() {
		fired, total := map[string]int{}, map[string]int{}
		for _, message := range readCrisisMessages(t, name) {
			group := message.class + " " + message.kind
			rule, phrase, ok := index.Find(chinese.Fold(message.text))
			total[group]++
			if ok {
				fired[group]++
			}
			switch isCrisis := message.class == "crisis"; {
			case isCrisis && !ok:
				t.Logf("%s: %s is missed: %s", name, message.kind, message.text)
			case !isCrisis && ok:
				t.Logf("%s: %s is taken for %s by %s: %s", name, message.kind, rule.ID, phrase, message.text)
			}
		}
		for group, count := range total {
			bound, known := bounds[group]
			if isCrisis := strings.HasPrefix(group, "crisis "); !known || isCrisis && fired[group] < bound || !isCrisis && fired[group] > bound {
				t.Errorf("%s: %s: %d of %d are a crisis to the rules, the bound is %d", name, group, fired[group], count, bound)
			}
		}
		for group := range bounds {
			if total[group] == 0 {
				t.Errorf("%s has no %s", name, group)
			}
		}
	}
}
