package dialogue

import (
	"fmt"
	"strings"

	"zhugong/intents"
	"zhugong/internal/form"
	"zhugong/knowledge"
)

// Outcome names what was decided, as the outside reads it.
type Outcome string

const (
	Answered  Outcome = "answer"
	Clarified Outcome = "clarify" // asked back with two or three choices
	Flow      Outcome = "flow"    // a step of a guided dialogue
	Human     Outcome = "human"
	Crisis    Outcome = "crisis"
	Abuse     Outcome = "abuse"
	Outside   Outcome = "outside" // not the union's business, or not understood
	Ignored   Outcome = "ignore"
)

// Decision says what was done with a message and why.
type Decision struct {
	Outcome   Outcome
	Intent    string // entry answered, or the safety entry; "" when none
	Attribute string // what a follow-up asked about, "" otherwise
	Match     intents.Match
	Matched   bool // Match was asked for
	Effects   Effects
	Form      form.Form       // the guided dialogue that is open after the turn
	Flow      *knowledge.Flow // its flow, nil for none
	steps     []step
}

// step is one line of the reasons, written out only when somebody asks.
type step struct {
	format string
	a, b   string
}

func (d *Decision) because(format, a, b string) {
	d.steps = append(d.steps, step{format, a, b})
}

// Why tells in Chinese, a line a step, how the decision was come to.
func (d *Decision) Why() string {
	var b strings.Builder
	for _, s := range d.steps {
		var arguments []any
		for _, argument := range []string{s.a, s.b}[:strings.Count(s.format, "%s")] {
			arguments = append(arguments, argument)
		}
		line(&b, fmt.Sprintf(s.format, arguments...))
	}
	if d.Matched {
		d.explainMatch(&b)
	}
	return b.String()
}

// worthTelling is the probability from which a reading of a message is named among the reasons.
const worthTelling = 0.3

func (d *Decision) explainMatch(b *strings.Builder) {
	m := &d.Match
	if m.Exact.Text != "" {
		line(b, fmt.Sprintf("与已写好的问法一致：“%s”（%s:%d）", m.Exact.Text, m.Exact.Place.File, m.Exact.Place.Line))
	}
	var candidates []string
	for _, c := range m.Candidates[:3] {
		candidates = append(candidates, fmt.Sprintf("%s %.0f%%", c.Intent, 100*c.Probability))
	}
	line(b, "最像："+strings.Join(candidates, "，"))
	if m.Bare >= worthTelling {
		line(b, fmt.Sprintf("只是追问“%s”的把握 %.0f%%", m.Attribute, 100*m.Bare))
	}
	if m.Danger >= worthTelling {
		line(b, fmt.Sprintf("听着像有危险的把握 %.0f%%", 100*m.Danger))
	}
	if m.Inside < 0.5 && m.Outside != "" {
		line(b, fmt.Sprintf("是工会的事的把握只有 %.0f%%，更像域外的“%s”", 100*m.Inside, m.Outside))
		return
	}
	line(b, fmt.Sprintf("是工会的事的把握 %.0f%%", 100*m.Inside))
}
