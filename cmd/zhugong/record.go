package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"

	"zhugong/internal/dialogue"
	"zhugong/internal/form"
	"zhugong/knowledge"
)

// record is what ask and chat print for a message with --json.
type record struct {
	Text       string           `json:"text"`
	Decision   dialogue.Outcome `json:"decision"`
	Intent     string           `json:"intent"`
	Candidates []candidate      `json:"candidates"`
	Attribute  string           `json:"attribute"`
	Flow       *string          `json:"flow"`
	Asks       string           `json:"asks"`
	Slots      map[string]any   `json:"slots"`
	Reply      string           `json:"reply"`
	Why        string           `json:"why"`
}

type candidate struct {
	Intent      string  `json:"intent"`
	Probability float64 `json:"probability"`
}

// recordOf tells what was done with a message. What was answered without being matched, a choice or a follow-up,
// stands first among the candidates.
func recordOf(engine *dialogue.Engine, message dialogue.Message, reply dialogue.Reply, decision *dialogue.Decision) record {
	match := &decision.Match
	if !decision.Matched {
		found := engine.Match(message.Text)
		match = &found
	}
	r := record{
		Text: message.Text, Decision: decision.Outcome, Intent: decision.Intent, Attribute: decision.Attribute,
		Slots: map[string]any{}, Reply: reply.Plain(), Why: decision.Why(),
	}
	r.fill(decision.Flow, &decision.Form)
	for _, c := range match.Candidates {
		r.Candidates = append(r.Candidates, candidate{c.Intent, math.Round(1e4*c.Probability) / 1e4})
	}
	if _, known := engine.Base.Entry(decision.Intent); known && r.Candidates[0].Intent != decision.Intent {
		r.Candidates = slices.DeleteFunc(r.Candidates, func(c candidate) bool { return c.Intent == decision.Intent })
		for i := range r.Candidates {
			r.Candidates[i].Probability = 0 // what it might have meant otherwise
		}
		r.Candidates = slices.Insert(r.Candidates, 0, candidate{decision.Intent, 1})
	}
	return r
}

// fill tells of the guided dialogue that is open: which it is, what is asked, and what has been filled in.
func (r *record) fill(flow *knowledge.Flow, f *form.Form) {
	if flow == nil {
		return
	}
	r.Flow, r.Asks = &flow.ID, f.Question()
	for _, step := range flow.Steps {
		value := f.Get(step.Slot)
		if value == "" {
			continue
		}
		r.Slots[step.Slot] = value
		switch step.Kind {
		case knowledge.SomeOf:
			r.Slots[step.Slot] = form.List(value)
		case knowledge.Money, knowledge.Count:
			if n, err := strconv.Atoi(value); err == nil {
				r.Slots[step.Slot] = n
			}
		}
	}
}

func (r record) json() []byte {
	line, err := json.Marshal(r)
	if err != nil {
		return nil // a record of strings and numbers can always be written
	}
	return line
}

// print writes the record for a person to read.
func (r record) print(w io.Writer) {
	fmt.Fprintf(w, "%s\n", r.Reply)
	fmt.Fprintf(w, "  [%s %s]\n", r.Decision, r.Intent)
}
