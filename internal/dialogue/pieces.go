package dialogue

import (
	"time"

	"zhugong/intents"
)

// piecesWithin is how long after something unclear the next message may go on with it.
const piecesWithin = 3 * time.Minute

// together takes the message for what it and the unclear ones before it say together, if that says more. It reports false for
// all other messages, for what is clear by itself, and where danger may be told: that is looked at message by message.
func (t *turn) together(alone *intents.Match) (intents.Match, bool) {
	if !t.unclearBefore() || alone.Decide() == intents.Answer || alone.Worrying(0) {
		return intents.Match{}, false
	}
	both := t.matcher.After(t.state.Unclear, *alone)
	best := both.Best()
	if both.Decide() == intents.Decline || best.Probability <= alone.Best().Probability || isAct(best.Intent) {
		return intents.Match{}, false
	}
	t.decision.because("连着前面没说清的一起看", "", "")
	t.joined = true
	return both, true
}

// unclearBefore reports whether something unclear came shortly before.
func (t *turn) unclearBefore() bool {
	return len(t.state.Unclear.Candidates) > 0 && t.now.Sub(t.state.UnclearAt) < piecesWithin
}

// leaveUnclear notes what a message may have meant that was asked back about or not understood.
func (t *turn) leaveUnclear() {
	before, open := t.state.Unclear, t.unclearBefore()
	t.state.Unclear, t.state.UnclearAt = intents.Unclear{}, time.Time{}
	if !t.decision.Matched || t.decision.Outcome != Clarified && t.decision.Outcome != Outside {
		return
	}
	match := t.decision.Match
	if open && !t.joined {
		match = t.matcher.After(before, match)
	}
	t.state.Unclear, t.state.UnclearAt = match.Unclear(), t.now
}
