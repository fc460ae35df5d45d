package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"time"
)

// figures are what was measured of one engine. Shares are of one.
type figures struct {
	inside  shares // inside messages, each asked of what the other folds have taught
	outside shares // outside messages, likewise
	strange shares // outside messages of kinds that were not learnt at all
	p50     time.Duration
	p99     time.Duration
	heap    uint64        // bytes after training, mean of the folds
	train   time.Duration // mean of the folds
	public  []float64     // share right of each public set's dev part
}

// shares say what became of some messages.
type shares struct {
	asked                    int
	right, among3            float64 // right label first; among the first three
	answered, back, declined float64
}

// counts become shares.
type counts struct{ asked, right, among3, answered, back, declined int }

func (c *counts) add(want string, a answer) {
	c.asked++
	if len(a.labels) > 0 && a.labels[0] == want {
		c.right++
	}
	if slices.Contains(a.labels[:min(3, len(a.labels))], want) {
		c.among3++
	}
	switch a.action {
	case answers:
		c.answered++
	case asksBack:
		c.back++
	case declines:
		c.declined++
	}
}

func (c *counts) shares() shares {
	of := func(n int) float64 { return float64(n) / float64(max(1, c.asked)) }
	return shares{c.asked, of(c.right), of(c.among3), of(c.answered), of(c.back), of(c.declined)}
}

// split parts samples into those that the other folds teach and those that the fold asks.
func split(samples []sample, fold int) (learnt, asked []sample) {
	for _, s := range samples {
		if s.fold == fold {
			asked = append(asked, s)
		} else {
			learnt = append(learnt, s)
		}
	}
	return learnt, asked
}

// splitKinds parts samples so that the outside messages of some kinds are asked and all the rest is learnt.
func splitKinds(samples []sample, fold int) (learnt, asked []sample) {
	kinds := dealKinds(samples)
	for _, s := range samples {
		if !s.inside && kinds[s.label] == fold {
			asked = append(asked, s)
		} else {
			learnt = append(learnt, s)
		}
	}
	return learnt, asked
}

// dealKinds deals the kinds of outside messages round the folds, in the order of a hash of their names.
func dealKinds(samples []sample) map[string]int {
	kinds := map[string]int{}
	var names []string
	for _, s := range samples {
		if _, known := kinds[s.label]; !s.inside && !known {
			kinds[s.label] = 0
			names = append(names, s.label)
		}
	}
	hash := func(name string) uint32 {
		h := fnv.New32a()
		_, _ = h.Write([]byte(name)) // never fails
		return h.Sum32()
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(hash(a), hash(b)), cmp.Compare(a, b)) })
	folds := countFolds(samples)
	for i, name := range names {
		kinds[name] = i % folds
	}
	return kinds
}

// measure puts an engine through all folds and all public sets.
func measure(ctx context.Context, e engine, samples []sample, sets []publicSet, progress func(string)) (figures, error) {
	var f figures
	if err := f.crossValidate(ctx, e, samples, progress); err != nil {
		return f, err
	}
	for _, set := range sets {
		progress(set.name)
		var dev counts
		if _, err := examine(ctx, e, set.train, set.dev, func(s sample, a answer) { dev.add(s.label, a) }); err != nil {
			return f, fmt.Errorf("%s: %w", set.name, err)
		}
		f.public = append(f.public, dev.shares().right)
	}
	return f, nil
}

// crossValidate trains without each fold and asks it, then without each fold's kinds and asks those.
func (f *figures) crossValidate(ctx context.Context, e engine, samples []sample, progress func(string)) error {
	var inside, outside, strange counts
	var times []time.Duration
	folds := countFolds(samples)
	for fold := range folds {
		progress(fmt.Sprintf("fold %d of %d", fold+1, folds))
		learnt, asked := split(samples, fold)
		cost, err := examine(ctx, e, learnt, asked, func(s sample, a answer) {
			times = append(times, a.took)
			if s.inside {
				inside.add(s.label, a)
			} else {
				outside.add(s.label, a)
			}
		})
		if err != nil {
			return fmt.Errorf("fold %d: %w", fold, err)
		}
		f.heap += cost.heap / uint64(folds)
		f.train += cost.time / time.Duration(folds)
		learnt, asked = splitKinds(samples, fold)
		if _, err := examine(ctx, e, learnt, asked, func(s sample, a answer) { strange.add(s.label, a) }); err != nil {
			return fmt.Errorf("kinds of fold %d: %w", fold, err)
		}
	}
	f.inside, f.outside, f.strange = inside.shares(), outside.shares(), strange.shares()
	slices.Sort(times)
	f.p50, f.p99 = times[len(times)/2], times[len(times)*99/100]
	return nil
}

// rounds is how often everything is asked. What a text costs is the median of its times: what the text costs, and not
// what else the machine was busy with.
const rounds = 3

// examine trains the engine and tells what it makes of each sample asked.
func examine(ctx context.Context, e engine, learnt, asked []sample, tell func(sample, answer)) (c cost, err error) {
	m, c, err := e.train(learnt)
	if err != nil {
		return c, fmt.Errorf("train %s: %w", e.name(), err)
	}
	defer func() { err = errors.Join(err, m.close()) }()
	times := make([][rounds]time.Duration, len(asked))
	for round := range rounds {
		for i, s := range asked {
			if err := ctx.Err(); err != nil {
				return c, err
			}
			a, err := m.ask(s.text)
			if err != nil {
				return c, fmt.Errorf("ask %s %q: %w", e.name(), s.text, err)
			}
			times[i][round] = a.took
			if round == rounds-1 {
				slices.Sort(times[i][:])
				a.took = times[i][rounds/2]
				tell(s, a)
			}
		}
	}
	return c, nil
}
