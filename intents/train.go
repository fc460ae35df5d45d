package intents

import (
	"errors"
	"hash/fnv"
	"math"
	"slices"
	"sync"
)

// Settings of the engine, measured by cross-validation (see docs/understanding.md).
const (
	positiveCost = 0.8 // price of an error of a class's own examples
	negativeCost = 0.2 // price of an error of all others', for a class of so many examples
	perExamples  = 50
	mostNegative = 0.8 // the price grows with the root of the number of examples, up to this
	classBias    = -1.2
	detectorCost = 0.3 // price of an error of the machine that tells inside from outside, and of those for danger and asides
	dangerBias   = -1.0
	// mostFeatures is how many features there may be: those of so few texts that there would be more are left out, for
	// the memory that they take. Of the built-in knowledge, twelve thousand cost half a point and thirty-two thousand gain a third.
	mostFeatures = 20 << 10
)

// ErrTooLittle is returned for a corpus without two entries.
var ErrTooLittle = errors.New("too little to learn from: at least two entries are needed")

// Train learns a corpus. The same corpus always gives the same Matcher.
func Train(corpus Corpus) (*Matcher, error) {
	set := newTrainingSet(corpus)
	if set.entries < 2 {
		return nil, ErrTooLittle
	}
	m := &Matcher{Normaliser: set.Normaliser, vocabulary: set.vocabulary, exact: set.exact, greetings: newGreetings(corpus.Words.Greetings)}
	m.scorer, m.calibration = set.learn()
	m.scratch.New = m.newScratch
	return m, nil
}

// learn fits all machines, and probabilities to their margins. Each is first trained without the documents held out,
// which are for the probabilities, and then with them: going on from there costs little. Each time the scorer chooses
// which documents are worth a machine's time.
func (set *trainingSet) learn() (*scorer, calibration) {
	first, held, copies := set.order()
	machines := make([]*machine, set.machines())
	parallel(len(machines), func(i int) {
		var own []int32
		if i < len(set.names) {
			own = set.byClass[i]
		}
		machines[i] = newMachine(set.aim(i), set, own)
	})
	s := newScorer(len(machines), len(set.squares))
	learn := func(numbers []int32, hands []hand, settled float32) {
		parallel(len(machines), func(i int) {
			last := len(machines) - 1 - i // those that look at all documents come first
			machines[last].take(hands[last], numbers)
			machines[last].learn(set, settled)
		})
		s.round(machines)
	}
	s.round(machines)
	learn(first, set.deal(first, s, rivals), settledFirst)
	margins := set.margins(s, held)
	var c calibration
	var calibrated sync.WaitGroup
	calibrated.Go(func() { c = calibrate(set.classes, margins) })
	all := slices.Concat(first, held, copies)
	learn(all, set.deal(all, s, set.violated()), settledLast)
	calibrated.Wait()
	return s, c
}

// aim returns what the machine of a number learns: the classes in their order, inside against outside, danger, asides.
func (set *trainingSet) aim(number int) aim {
	switch number {
	case set.detector():
		return aim{first: 0, last: int32(set.inside - 1), positiveCost: detectorCost, negativeCost: detectorCost, passes: mostPasses}
	case set.danger():
		return aim{first: dangerous, last: dangerous, bias: dangerBias, positiveCost: detectorCost, negativeCost: detectorCost, passes: mostPasses}
	case set.aside():
		return aim{first: aside, last: aside, bias: dangerBias, positiveCost: detectorCost, negativeCost: detectorCost, passes: mostPasses}
	}
	share := float64(len(set.byClass[number])) / perExamples
	return aim{
		first: int32(number), last: int32(number), bias: classBias,
		positiveCost: positiveCost, negativeCost: min(mostNegative, negativeCost*float32(math.Sqrt(share))), passes: classPasses,
	}
}

// classed reports whether a document's class is one of the classes. Messages of danger, harmless ones and asides are not:
// they are for the machines of danger and asides alone.
func classed(class int32) bool { return class >= 0 }

// order returns the numbers of the documents to begin with, of those held out, and of the copies of these.
func (set *trainingSet) order() (first, held, copies []int32) {
	for i, l := range set.lessons {
		switch {
		case !l.held:
			first = append(first, int32(i))
		case !l.mistyped:
			held = append(held, int32(i))
		default:
			copies = append(copies, int32(i))
		}
	}
	return first, held, copies
}

// What the probabilities are fitted on, and left out of training at first: of all texts one in so many, and of the
// kinds of outside messages one in so many as a whole, since nobody can foresee all that is written.
const (
	heldTexts = 8
	heldKinds = 32
)

// chanceOf draws a number for a text: always the same, whatever else there is to learn.
func chanceOf(text string) uint64 {
	hash := fnv.New32a()
	_, _ = hash.Write([]byte(text)) // never fails
	return uint64(hash.Sum32())
}

// heldDocument is a document held out: its class and what the machines said of it before they had seen it.
type heldDocument struct {
	class   int32
	margins []float32
}

func (set *trainingSet) margins(s *scorer, numbers []int32) []heldDocument {
	held := make([]heldDocument, len(numbers))
	parallel(len(numbers), func(k int) {
		l := &set.lessons[numbers[k]]
		held[k] = heldDocument{l.class, s.newMargins()}
		s.score(&l.document, held[k].margins)
	})
	return held
}
