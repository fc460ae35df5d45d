package dialogue_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"zhugong/internal/dialogue"
	"zhugong/internal/testenv"
)

// heldOut is a message of an author who had not seen the ways of asking.
type heldOut struct {
	entries []string // any of which is right; none for a message that is not the union's business
	text    string
}

func (h *heldOut) outside() bool { return len(h.entries) == 0 }

// matter reports whether it asks for something, and is no greeting or the like.
func (h *heldOut) matter() bool { return !h.outside() && !strings.HasPrefix(h.entries[0], "sys.") }

func (h *heldOut) is(d dialogue.Decision) bool { return slices.Contains(h.entries, d.Intent) }

func readHeldOut(t *testing.T, name string) (messages []heldOut) {
	t.Helper()
	content, err := os.ReadFile("../../intents/testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(content)) {
		fields := strings.Split(strings.TrimSpace(line), "\t")
		m := heldOut{text: fields[len(fields)-1]}
		if strings.Contains(fields[0], ".") { // kinds of outside messages have none
			m.entries = strings.Split(fields[0], "|")
		}
		messages = append(messages, m)
	}
	return messages
}

// talk sends messages one after the other and returns what was decided on each.
func talk(engine *dialogue.Engine, texts ...string) (decisions []dialogue.Decision) {
	start := time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)
	var state dialogue.State
	for i, text := range texts {
		var d dialogue.Decision
		now := start.Add(time.Duration(i) * 5 * time.Second)
		state, _, d = engine.Turn(state, dialogue.Message{Kind: dialogue.Text, Text: text}, dialogue.Circumstances{Now: now})
		decisions = append(decisions, d)
	}
	return decisions
}

// share counts how many of some are so.
type share struct{ so, all float64 }

func (s *share) count(so bool) {
	s.all++
	if so {
		s.so++
	}
}

func (s *share) percent() float64 { return 100 * s.so / s.all }

// TestInPieces sends held-out messages clause by clause, as many workers type.
func TestInPieces(t *testing.T) {
	const longest, mostPieces = 50, 4
	engine := testenv.Engine(t)
	var once, right, wrong, outside share
	for _, m := range readHeldOut(t, "heldout2.tsv") {
		pieces := strings.FieldsFunc(m.text, func(r rune) bool { return unicode.IsPunct(r) || unicode.IsSpace(r) })
		if len(pieces) < 2 || len(pieces) > mostPieces || utf8.RuneCountInString(m.text) > longest {
			continue
		}
		answered, met, missed := false, false, false
		for _, d := range talk(engine, pieces...) {
			if d.Outcome == dialogue.Answered && !strings.HasPrefix(d.Intent, "sys.") {
				answered, met, missed = true, met || m.is(d), missed || !m.is(d)
			}
		}
		if m.outside() {
			outside.count(answered)
			continue
		}
		whole := talk(engine, m.text)[0]
		once.count(whole.Outcome == dialogue.Answered && m.is(whole))
		right.count(met)
		wrong.count(missed)
	}
	t.Logf("%.0f messages: answered rightly at once %.1f %%, in pieces %.1f %%, wrongly on the way %.1f %%; %.0f outside: answered %.1f %%",
		once.all, once.percent(), right.percent(), wrong.percent(), outside.all, outside.percent())
	if right.percent() < 71 || wrong.percent() > 15 || outside.percent() > 9 {
		t.Error("messages in pieces are understood worse")
	}
}

// TestAnotherMatter asks something that has nothing to do with what came before it: with a matter that was answered, or with
// something that was asked back about.
func TestAnotherMatter(t *testing.T) {
	const pairings = 5 // of each message with what comes before it
	engine := testenv.Engine(t)
	messages := readHeldOut(t, "heldout2.tsv")
	before := map[dialogue.Outcome][]heldOut{}
	for _, m := range messages {
		if d := talk(engine, m.text)[0]; m.matter() && (d.Outcome == dialogue.Clarified || d.Outcome == dialogue.Answered && m.is(d)) {
			before[d.Outcome] = append(before[d.Outcome], m)
		}
	}
	for _, c := range []struct {
		outcome           dialogue.Outcome
		wrongly, answered float64 // percent at most
	}{
		{dialogue.Answered, 4, 13},
		{dialogue.Clarified, 3, 5},
	} {
		var right, wrong, outside share
		for i := range pairings * len(messages) {
			m, first := messages[i%len(messages)], before[c.outcome][i*37%len(before[c.outcome])]
			if !m.outside() && !m.matter() || !m.outside() && m.entries[0] == first.entries[0] {
				continue
			}
			d := talk(engine, first.text, m.text)[1]
			answered := d.Outcome == dialogue.Answered
			if m.outside() {
				outside.count(answered)
				continue
			}
			right.count(answered && m.is(d))
			wrong.count(answered && !m.is(d))
		}
		t.Logf("after %s: %.0f matters answered rightly %.1f %%, wrongly %.1f %%; %.0f outside: answered %.1f %%", c.outcome,
			right.all, right.percent(), wrong.percent(), outside.all, outside.percent())
		if wrong.percent() > c.wrongly || outside.percent() > c.answered {
			t.Errorf("after %s: too much is answered that was not asked", c.outcome)
		}
	}
}
