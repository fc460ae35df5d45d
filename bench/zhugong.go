package main

import (
	"fmt"
	"slices"
	"time"

	"zhugong/intents"
	"zhugong/knowledge"
)

// zhugong is this project's engine, linked in, so that it learns and is asked what every other engine is.
type zhugong struct {
	title string
	more  intents.Corpus // what it learns besides the samples
}

// newZhugong returns the engine that learns the samples alone, as its peers do.
func newZhugong() (engine, error) { return zhugong{title: "zhugong"}, nil }

// newZhugongShipped returns the engine with what the built-in knowledge gives it besides the samples: rewritten words,
// bare follow-ups, messages of danger.
func newZhugongShipped(now time.Time) (engine, error) {
	base, faults := knowledge.Load(knowledge.Builtin(), now)
	if base == nil {
		return nil, fmt.Errorf("load the built-in knowledge: %v", faults)
	}
	more := intents.FromKnowledge(base)
	more.Inside, more.Outside, more.Exact = nil, nil, nil
	return zhugong{"zhugong, as shipped", more}, nil
}

func (z zhugong) name() string { return z.title }

func (z zhugong) train(samples []sample) (model, cost, error) {
	matcher, cost, err := measureTraining(func() (*intents.Matcher, error) { return intents.Train(z.corpus(samples)) })
	return zhugongModel{matcher}, cost, err
}

// corpus makes a corpus of samples. A public set has nothing outside: there what else is known of the union's matters
// has no place.
func (z zhugong) corpus(samples []sample) intents.Corpus {
	var corpus intents.Corpus
	if slices.ContainsFunc(samples, func(s sample) bool { return !s.inside }) {
		corpus = z.more
	}
	for _, s := range samples {
		example := intents.Example{Class: s.label, Text: s.text}
		switch {
		case !s.inside:
			corpus.Outside = append(corpus.Outside, example)
		case s.fold == always:
			corpus.Exact = append(corpus.Exact, example)
		default:
			corpus.Inside = append(corpus.Inside, example)
		}
	}
	return corpus
}

type zhugongModel struct{ matcher *intents.Matcher }

func (m zhugongModel) ask(text string) (answer, error) {
	begin := time.Now()
	match := m.matcher.Match(text)
	decided := match.Decide()
	a := answer{took: time.Since(begin)}
	switch decided {
	case intents.AskBack:
		a.action = asksBack
	case intents.Decline:
		a.action = declines
	}
	for _, c := range match.Candidates {
		if c.Intent != "" {
			a.labels = append(a.labels, c.Intent)
		}
	}
	return a, nil
}

func (m zhugongModel) close() error { return nil }
