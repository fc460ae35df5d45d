// Package intents goes from words to meaning: it normalises a message, finds the knowledge entry it asks for with
// a probability that can be trusted, tells messages that are not the union's business from those that are, and
// recognises bare follow-up questions. It knows nothing of conversations, of replies, of WeChat or Redis.
//
// The way of a message: fold and rewrite (normalise.go), look for an exact way of asking (matcher.go), turn into
// character and sound features (features.go), score with one linear machine a class (machine.go, scorer.go), make
// probabilities of the margins (calibrate.go), look again without what is told besides (besides.go), weigh what a
// mistake costs (decide.go).
package intents

import "zhugong/knowledge"

// Top is how many candidates a Match names.
const Top = 5

// Candidate is an entry with the probability that it is what the message asks for.
type Candidate struct {
	Intent      string
	Probability float64
}

// Match is what a message was taken for. Candidates stand best first; their probabilities already contain the
// probability that the message is the union's business at all.
type Match struct {
	Candidates [Top]Candidate
	Danger     float64
	Inside     float64          // probability that the message is the union's business
	Outside    string           // id of the most likely kind of outside message
	Attribute  string           // what a follow-up asks about, were the message one
	Bare       float64          // probability that the message is a bare follow-up, which names no matter of its own
	Exact      knowledge.Phrase // the way of asking, alias or title that the message is, word for word; Text "" when none
}

// Best returns the first candidate.
func (m *Match) Best() Candidate { return m.Candidates[0] }

// BareFollowUp reports whether the message asks for an attribute of what is being talked about. While something is
// being talked about, less is needed to take it so.
func (m *Match) BareFollowUp(talking bool) bool {
	if talking {
		return m.Bare >= 0.3 && m.Bare > 0.6*m.Best().Probability
	}
	return m.Bare >= 0.5 && m.Bare > m.Best().Probability
}
