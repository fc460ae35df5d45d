// Package intents goes from words to meaning: it normalises a message, finds the knowledge entry it asks for with
// a probability that can be trusted, tells messages that are not the union's business from those that are, and
// recognises bare follow-up questions. It knows nothing of conversations, of replies, of WeChat or Redis.
//
// The way of a message: fold and rewrite (normalise.go), look for an exact way of asking (matcher.go), turn into
// character and sound features (features.go), score with one linear machine a class (machine.go, scorer.go), make
// probabilities of the margins (calibrate.go), look again without what is told besides (besides.go, breath.go), put
// together with an unclear message before (pieces.go), weigh what a mistake costs (decide.go).
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
	Outside    string           // id of the kind of outside message that it would be, "" when it is like none
	Attribute  string           // what a follow-up asks about, were the message one
	Bare       float64          // probability that the message is a bare follow-up, which names no matter of its own
	Asking     float64          // margin of Attribute: how much the message is like its follow-ups, from 1, whatever it names besides
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

// What a conversation makes likely, in 428 follow-ups by an author who had not seen the examples: most of what follows an
// answer asks on about it, and that is rarely said as it would stand in a list of examples.
const (
	likelierTalking = 10.0 // times a follow-up is likelier than anything else, compared with a message out of the blue
	evenOdds        = 0.6
	leastAsking     = -0.7 // margin from which a message about the same matter once more asks for one attribute of it
)

// FollowsUp reports whether the message asks for an attribute of the entry that is being talked about, "" for none. What is
// clear by itself is rather a new question, unless it is about the same matter; so is what is like a kind of outside messages.
func (m *Match) FollowsUp(entry string) bool {
	if entry == "" || m.BareFollowUp(true) {
		return m.BareFollowUp(entry != "")
	}
	best := m.Best()
	if best.Intent == entry && m.Exact.Text == "" && m.Asking >= leastAsking {
		return true
	}
	odds := likelierTalking * m.Bare
	return m.Outside == "" && m.Decide() != Answer && odds >= evenOdds && odds > best.Probability
}
