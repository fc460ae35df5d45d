package intents

// Action is what to do with a message.
type Action int

const (
	Answer  Action = iota // with the best candidate
	AskBack               // offer the best two or three
	Decline               // not ours, or not understood
)

// What each outcome costs, in units of one needless question back. A wrong answer is what hurts most: it can cost a
// worker a year's wages. A question back that does not offer the right matter wastes a worker's patience. Sending
// away somebody who is right here is half as bad as answering wrongly, since the reply still names 12351.
const (
	costWrongAnswer   = 7.0
	costRightQuestion = 1.0
	costWrongQuestion = 2.5
	costWrongDecline  = 3.5
)

// LeastAsked is the probability below which the best candidate is not worth asking back at all: better to say that
// nothing was understood.
const LeastAsked = 0.1

// leastOffered is the probability below which a candidate is not worth a line among the choices.
const leastOffered = 0.06

// Decide chooses the action of least expected cost.
func (m *Match) Decide() Action {
	best := m.Candidates[0].Probability
	offered := 0.0
	for _, c := range m.Offer() {
		offered += c.Probability
	}
	answer := (1 - best) * costWrongAnswer
	question := offered*costRightQuestion + (1-offered)*costWrongQuestion
	decline := m.Inside * costWrongDecline
	switch {
	case answer <= question && answer <= decline:
		return Answer
	case question <= decline && best >= LeastAsked:
		return AskBack
	}
	return Decline
}

// worrying is the probability of danger from which a worker is asked whether he is safe. Not asking may cost a life; yet
// who is asked without need at every turn stops listening. From alarming on he is asked whatever matter he tells besides.
const (
	worrying = 0.28
	alarming = 0.6
)

// Worrying reports whether the message may be a cry for help that no rule knows. A matter of the given probability
// outweighs that only if it would be answered, and nothing alarming: nobody in danger is to be asked which matter he means. A
// follow-up outweighs it when it is the likelier.
func (m *Match) Worrying(matter float64) bool {
	return m.Danger >= worrying && (m.Danger > matter || m.Alarming() || m.Decide() != Answer) && !(m.BareFollowUp(true) && m.Bare > m.Danger)
}

// Alarming reports whether the message tells of danger so surely that no matter outweighs it.
func (m *Match) Alarming() bool { return m.Danger >= alarming }

// Offer returns the two or three candidates that a question back should offer.
func (m *Match) Offer() []Candidate {
	if m.Candidates[2].Probability >= leastOffered {
		return m.Candidates[:3]
	}
	return m.Candidates[:2]
}
