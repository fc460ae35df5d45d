// Package evaluation measures how well the knowledge is understood: it asks the matcher every way of asking that
// it has not seen, by cross-validation with near-duplicates kept together, and says what is taken for what, which
// lines cause it, whether the probabilities can be trusted, and what mistyping costs. It also measures the engine
// alone on any labelled texts. It knows nothing of conversations or replies, and nothing that answers imports it.
//
// The way of an evaluation: put near-duplicates together (groups.go), deal them to folds (folds.go), train without
// a fold and ask it (trial.go), also with mistyped texts (noise.go) and with less to learn from (curve.go), count
// (measure.go, confusion.go, cause.go), write down (text.go, page.go).
package evaluation

import (
	"fmt"

	"zhugong/intents"
	"zhugong/knowledge"
)

// LeastFolds is how many folds there must be: one to ask and one to learn from.
const LeastFolds = 2

// Plan says which examples are asked in which fold. It is read only.
type Plan struct {
	corpus  intents.Corpus // without what is asked: titles, aliases, bare follow-ups, words
	items   []item
	folds   int
	titles  map[string]string // of entries and of kinds of outside messages, by id
	version string            // of the knowledge
}

// item is an example that is asked in one fold and learnt from in the others.
type item struct {
	intents.Example
	outside  bool
	normal   string // as the matcher compares texts
	group    int    // of near-duplicates
	fold     int
	kindFold int // of its kind, for outside messages
}

// NewPlan deals the examples of the knowledge to folds. The same files always give the same plan.
func NewPlan(base *knowledge.Base, folds int) *Plan {
	p := newPlan(intents.FromKnowledge(base), folds)
	p.version = base.Version
	for _, entry := range base.Entries() {
		p.titles[entry.ID] = entry.Title
	}
	for _, kind := range base.Outside {
		p.titles[kind.ID] = kind.Title
	}
	return p
}

func newPlan(corpus intents.Corpus, folds int) *Plan {
	p := &Plan{folds: folds, titles: map[string]string{}}
	normaliser := intents.NewNormaliser(corpus.Words)
	asked := map[string]bool{}
	add := func(examples []intents.Example, outside bool) {
		for _, e := range examples {
			normal := normaliser.Normal(e.Text)
			if normal == "" {
				continue // nothing to ask
			}
			asked[normal] = true
			p.items = append(p.items, item{Example: e, outside: outside, normal: normal})
		}
	}
	add(corpus.Inside, false)
	add(corpus.Outside, true)
	p.corpus = corpus
	p.corpus.Inside, p.corpus.Outside = nil, nil
	p.corpus.Exact = unasked(corpus.Exact, asked, normaliser)
	p.corpus.Bare = unasked(corpus.Bare, asked, normaliser)
	p.deal()
	return p
}

// unasked returns the examples whose text is asked nowhere: what is asked word for word proves nothing.
func unasked(examples []intents.Example, asked map[string]bool, normaliser *intents.Normaliser) []intents.Example {
	var rest []intents.Example
	for _, e := range examples {
		if !asked[normaliser.Normal(e.Text)] {
			rest = append(rest, e)
		}
	}
	return rest
}

// Evaluate trains and asks every fold; it takes as long as some twenty trainings. It returns intents.ErrTooLittle for
// knowledge that leaves nothing to learn from without a fold of it.
func (p *Plan) Evaluate() (*Report, error) {
	t, err := p.try()
	if err != nil {
		return nil, fmt.Errorf("evaluate: %w", err)
	}
	return p.report(t), nil
}
