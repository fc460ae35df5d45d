package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"
)

// pass is the share of inside messages that the threshold of a neighbours engine lets through on its training folds.
const pass = 0.95

// hit is a text that was found, by its number, with its likeness to the message.
type hit struct {
	number   int
	likeness float64
}

// index finds the texts most like a message, best first.
type index interface {
	nearest(text string, count int) ([]hit, error)
	close() error
}

// neighbours answers with the labels of the nearest texts, each voting with its likeness. It declines a message whose
// votes stay below a threshold.
type neighbours struct {
	title   string
	build   func(texts []string) (index, error)
	voters  int  // how many nearest texts vote
	outside bool // outside texts are learnt too, and vote against every entry
}

func (n neighbours) name() string { return n.title }

func (n neighbours) maker() (engine, error) { return n, nil }

// train builds the index and, where outside messages must be told, chooses the threshold. The cost is the index's.
func (n neighbours) train(samples []sample) (model, cost, error) {
	learnt, cost, err := measureTraining(func() (*neighboursModel, error) { return n.learn(samples) })
	if err != nil {
		return nil, cost, err
	}
	if slices.ContainsFunc(samples, func(s sample) bool { return !s.inside }) {
		learnt.tells = true
		if learnt.threshold, err = n.chooseThreshold(samples); err != nil {
			return nil, cost, err
		}
	}
	return learnt, cost, nil
}

func (n neighbours) learn(samples []sample) (*neighboursModel, error) {
	m := &neighboursModel{voters: n.voters}
	var texts []string
	for _, s := range samples {
		if s.inside || n.outside {
			m.samples = append(m.samples, s)
			texts = append(texts, s.text)
		}
	}
	var err error
	if m.index, err = n.build(texts); err != nil {
		return nil, fmt.Errorf("index %d texts for %s: %w", len(texts), n.title, err)
	}
	return m, nil
}

// chooseThreshold asks the inside samples of one training fold of what the other training folds have taught, and
// returns the evidence that the given share of them reaches.
func (n neighbours) chooseThreshold(samples []sample) (float64, error) {
	trial := slices.IndexFunc(samples, func(s sample) bool { return s.inside && s.fold != always })
	if trial < 0 {
		return 0, fmt.Errorf("choose a threshold for %s: no fold to learn", n.title)
	}
	learnt, asked := split(samples, samples[trial].fold)
	m, err := n.learn(learnt)
	if err != nil {
		return 0, err
	}
	var evidence []float64
	for _, s := range asked {
		if !s.inside {
			continue
		}
		votes, err := m.vote(s.text)
		if err != nil {
			return 0, err
		}
		evidence = append(evidence, votes.evidence)
	}
	slices.Sort(evidence)
	return evidence[int(float64(len(evidence))*(1-pass))], m.close()
}

type neighboursModel struct {
	index     index
	voters    int
	samples   []sample
	tells     bool
	threshold float64
}

func (m *neighboursModel) close() error { return m.index.close() }

func (m *neighboursModel) ask(text string) (answer, error) {
	begin := time.Now()
	votes, err := m.vote(text)
	a := answer{labels: votes.labels, took: time.Since(begin)}
	if m.tells && votes.evidence < m.threshold || len(votes.labels) == 0 {
		a.action = declines
	}
	return a, err
}

// ballot is the outcome of a vote.
type ballot struct {
	labels   []string // inside labels, best first
	evidence float64  // how much speaks for a message being inside
}

func (m *neighboursModel) vote(text string) (ballot, error) {
	hits, err := m.index.nearest(text, m.voters)
	if err != nil {
		return ballot{}, fmt.Errorf("look for neighbours: %w", err)
	}
	votes := map[string]float64{}
	var b ballot
	for _, h := range hits {
		if s := m.samples[h.number]; s.inside {
			votes[s.label] += h.likeness
			b.evidence += h.likeness
		} else {
			b.evidence -= h.likeness
		}
	}
	b.labels = slices.SortedFunc(maps.Keys(votes), func(x, y string) int {
		return cmp.Or(cmp.Compare(votes[y], votes[x]), cmp.Compare(x, y))
	})
	return b, nil
}
