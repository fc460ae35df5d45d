package evaluation

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"zhugong/intents"
)

// trial is what came out of asking.
type trial struct {
	clean  []intents.Match // by item
	unseen []intents.Match // by item, for outside messages: trained without their kind
	noisy  []noisy         // by noise
	curve  []score         // by share
	learnt []int           // by share: inside examples learnt from, summed over the folds
}

// noisy is what came of texts that were distorted.
type noisy struct {
	score
	inside, outside decisions
}

func (n *noisy) add(it *item, match intents.Match) {
	if it.outside {
		n.outside.add("", match)
		return
	}
	n.score.add(it.Class, match)
	n.inside.add(it.Class, match)
}

// shares are the parts of what there is to learn from that the learning curve is drawn at; the whole needs no
// training of its own.
func shares() []float64 { return []float64{0.25, 0.5, 0.75, 1} }

// try trains without each fold and asks it.
func (p *Plan) try() (*trial, error) {
	t := &trial{clean: make([]intents.Match, len(p.items)), unseen: make([]intents.Match, len(p.items)),
		noisy: make([]noisy, len(noises())), curve: make([]score, len(shares())), learnt: make([]int, len(shares()))}
	distorter := newDistorter(p.items)
	for fold := range p.folds {
		if err := p.tryFold(t, fold, distorter); err != nil {
			return nil, err
		}
		if err := p.tryKinds(t, fold); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func (p *Plan) tryFold(t *trial, fold int, distorter *distorter) error {
	asked := p.where(func(it *item) bool { return it.fold == fold })
	if len(asked) == 0 {
		return nil
	}
	for at, part := range shares() {
		corpus := p.learning(func(it *item) bool { return it.fold != fold })
		corpus.Inside, corpus.Outside = thinned(corpus.Inside, part), thinned(corpus.Outside, part)
		matcher, err := intents.Train(corpus)
		if err != nil {
			return fmt.Errorf("train on %d examples without fold %d: %w", len(corpus.Inside)+len(corpus.Outside), fold, err)
		}
		t.learnt[at] += len(corpus.Inside)
		for _, i := range asked {
			match := matcher.Match(p.items[i].Text)
			if !p.items[i].outside {
				t.curve[at].add(p.items[i].Class, match)
			}
			if part == 1 {
				t.clean[i] = match
			}
		}
		if part == 1 {
			p.tryNoise(t, asked, matcher, distorter)
		}
	}
	return nil
}

func (p *Plan) tryNoise(t *trial, asked []int, matcher *intents.Matcher, distorter *distorter) {
	for at, noise := range noises() {
		for _, i := range asked {
			t.noisy[at].add(&p.items[i], matcher.Match(noise.distort(distorter, p.items[i].Text)))
		}
	}
}

// tryKinds trains without some kinds of outside messages, and without what is like them, and asks them.
func (p *Plan) tryKinds(t *trial, fold int) error {
	asked := p.where(func(it *item) bool { return it.outside && it.kindFold == fold })
	if len(asked) == 0 {
		return nil
	}
	groups := map[int]bool{}
	texts := map[string]bool{}
	for _, i := range asked {
		groups[p.items[i].group], texts[p.items[i].normal] = true, true
	}
	matcher, err := intents.Train(p.learning(func(it *item) bool {
		return !texts[it.normal] && (!it.outside || it.kindFold != fold && !groups[it.group])
	}))
	if err != nil {
		return fmt.Errorf("train without the kinds of fold %d: %w", fold, err)
	}
	for _, i := range asked {
		t.unseen[i] = matcher.Match(p.items[i].Text)
	}
	return nil
}

func (p *Plan) where(wanted func(*item) bool) []int {
	var numbers []int
	for i := range p.items {
		if wanted(&p.items[i]) {
			numbers = append(numbers, i)
		}
	}
	return numbers
}

// learning returns the corpus of the wanted items and of what is never asked.
func (p *Plan) learning(wanted func(*item) bool) intents.Corpus {
	corpus := p.corpus
	for i := range p.items {
		switch it := &p.items[i]; {
		case !wanted(it):
		case it.outside:
			corpus.Outside = append(corpus.Outside, it.Example)
		default:
			corpus.Inside = append(corpus.Inside, it.Example)
		}
	}
	return corpus
}

// thinned returns a part of the examples of each class, chosen by a hash of the text: a smaller part is within a
// larger one.
func thinned(examples []intents.Example, part float64) []intents.Example {
	if part >= 1 {
		return examples
	}
	members := map[string][]int{}
	for i, e := range examples {
		members[e.Class] = append(members[e.Class], i)
	}
	keep := make([]bool, len(examples))
	for _, numbers := range members {
		slices.SortFunc(numbers, func(a, b int) int {
			return cmp.Or(cmp.Compare(hash(examples[a].Text), hash(examples[b].Text)), cmp.Compare(a, b))
		})
		for _, i := range numbers[:int(math.Ceil(part*float64(len(numbers))))] {
			keep[i] = true
		}
	}
	var rest []intents.Example
	for i, e := range examples {
		if keep[i] {
			rest = append(rest, e)
		}
	}
	return rest
}
