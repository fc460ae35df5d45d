// Package dialogue answers one message: a pure function of knowledge, the state of the conversation, the message and
// the time, to a new state, a reply and the decision behind it. Safety comes first, then what was offered, then
// follow-ups, then the match. It knows nothing of WeChat, HTTP or Redis, and keeps nothing itself.
package dialogue

import (
	"fmt"
	"strings"
	"time"

	"zhugong/intents"
	"zhugong/internal/chinese"
	"zhugong/internal/estimate"
	"zhugong/internal/form"
	"zhugong/knowledge"
)

// Engine is one version of what answers: checked knowledge and the matcher trained on it. It is read only: any number
// of goroutines may use it. Engines of accounts that share their knowledge share all but Base and answers.
type Engine struct {
	Base      *knowledge.Base
	matcher   *intents.Matcher
	followUps *intents.FollowUps
	crisis    *knowledge.SafetyIndex
	abuse     *knowledge.SafetyIndex
	answers   map[string]string // by entry id: answer with its last line, as long as the entry holds
	flows     map[string]string // by flow id: the entry that leads to it
	questions map[string]string // by attribute: how a sentence names it
	signposts map[string]string // by kind of outside message: who deals with it
	manners   map[string]knowledge.Manner
	names     map[string][][]rune // by entry id: title and aliases, folded
	reader    *form.Reader
	reckons   map[estimate.Kind]string   // by kind of money: the entry that it belongs to
	starts    map[string]*knowledge.Flow // by what, written alone, opens it, folded
	districts map[string]bool            // what districts and places in them are called, folded
}

// NewEngine trains what base teaches.
func NewEngine(base *knowledge.Base) (*Engine, error) {
	matcher, err := intents.Train(intents.FromKnowledge(base))
	if err != nil {
		return nil, fmt.Errorf("train knowledge %s: %w", base.Version, err)
	}
	e := &Engine{
		reader:  form.NewReader(base.Flows),
		matcher: matcher, followUps: intents.NewFollowUps(base, matcher.Normaliser),
		crisis: knowledge.NewSafetyIndex(base.Crisis), abuse: knowledge.NewSafetyIndex(base.Abuse),
		flows: map[string]string{}, questions: map[string]string{}, signposts: map[string]string{},
		manners: map[string]knowledge.Manner{}, names: map[string][][]rune{}, starts: map[string]*knowledge.Flow{}, reckons: map[estimate.Kind]string{},
		districts: districtsOf(base.Flows),
	}
	e.answer(base)
	for _, entry := range base.Entries() {
		e.names[entry.ID] = append(e.names[entry.ID], chinese.AppendFold(nil, entry.Title))
		for _, alias := range entry.Aliases {
			e.names[entry.ID] = append(e.names[entry.ID], chinese.AppendFold(nil, alias.Text))
		}
		for _, kind := range entry.Estimates {
			e.reckons[estimate.Kind(kind)] = entry.ID
		}
		if _, taken := e.flows[entry.Flow]; entry.Flow != "" && !taken {
			e.flows[entry.Flow] = entry.ID
		}
	}
	for _, outside := range base.Outside {
		e.signposts[outside.ID] = strings.TrimRight(outside.Signpost, "\n")
		e.manners[outside.ID] = outside.Manner
	}
	for i := range base.Flows {
		for _, start := range base.Flows[i].Starts {
			e.starts[chinese.Fold(start.Text)] = &base.Flows[i]
		}
	}
	for _, followUp := range base.FollowUps {
		e.questions[followUp.Attribute] = followUp.Question
	}
	return e, nil
}

// Overlaid returns the engine that understands as e does and answers from base, which is e.Base with what one account says
// otherwise (see knowledge.LoadOverlay). Nothing is trained: all that stands on ways of asking is shared.
func (e *Engine) Overlaid(base *knowledge.Base) *Engine {
	overlaid := *e
	overlaid.answer(base)
	return &overlaid
}

// answer puts base and the table made of its answers in place.
func (e *Engine) answer(base *knowledge.Base) {
	e.Base, e.answers = base, make(map[string]string, len(base.Entries()))
	for _, entry := range base.Entries() {
		e.answers[entry.ID] = e.withSource(entry.Sources, entry.Answer, entry.QuotesPeriod)
	}
}

// withSource adds the last line that says where a text comes from, by the ids of its sources, and if it quotes totals of which
// time.
func (e *Engine) withSource(sources []string, text string, totals bool) string {
	var names []string
	for _, id := range sources {
		source := e.Base.Sources[id]
		name := strings.TrimSpace(source.Name + " " + source.Date)
		if totals && source.Period != "" {
			name += "（" + source.Period + "）"
		}
		names = append(names, name)
	}
	text = strings.TrimRight(text, "\n")
	if len(names) == 0 {
		return text
	}
	return text + "\n资料：" + strings.Join(names, "；")
}

// text returns what an entry answers on that day.
func (e *Engine) text(entry *knowledge.Entry, now time.Time) string {
	switch {
	case entry.Expired(now):
		return e.withSource(entry.Sources, entry.AfterEnd, false)
	case entry.ReviewDue(now):
		return e.answers[entry.ID] + "\n" + phraseReviewDue
	}
	return e.answers[entry.ID]
}

// Match says what a text would be taken for, whatever the conversation.
func (e *Engine) Match(text string) intents.Match { return e.matcher.Match(text) }
