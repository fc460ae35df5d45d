package intents

import (
	"errors"
	"hash/fnv"
	"math/rand/v2"
	"runtime"
	"sync"
)

// Settings of the engine, measured by cross-validation (see docs/understanding.md).
const (
	characterWeight = 1.0  // length of the block of characters and pairs
	soundWeight     = 0.7  // length of the block of syllables
	leastDocuments  = 2    // a feature of fewer training texts is not learnt
	positiveCost    = 1.0  // price of an error of a class's own examples
	negativeCost    = 0.25 // price of an error of all others'
	detectorCost    = 1.0  // price of an error of the machine that tells inside from outside
)

// ErrTooLittle is returned for a corpus without two entries or without outside messages.
var ErrTooLittle = errors.New("too little to learn from: at least two entries and some outside messages are needed")

// Train learns a corpus. The same corpus always gives the same Matcher.
func Train(corpus Corpus) (*Matcher, error) {
	set := newTrainingSet(corpus)
	if set.entries < 2 || set.inside == len(set.names) {
		return nil, ErrTooLittle
	}
	m := &Matcher{Normaliser: set.Normaliser, vocabulary: set.vocabulary, exact: set.exact}
	weights, bias, held := set.trainMachines()
	m.scorer = newScorer(weights, bias)
	m.calibration = calibrate(set, held)
	m.scratch.New = m.newScratch
	return m, nil
}

// trainingSet is a corpus made ready for the machines.
type trainingSet struct {
	*Normaliser
	vocabulary *vocabulary
	documents  documents
	class      []int  // by document
	held       []bool // by document: left out at first
	exact      map[string]exactMatch
	classes
}

// classes are what documents are told apart by: entries first, then attributes of bare follow-ups, then kinds of
// outside messages.
type classes struct {
	names   []string
	entries int // names[:entries]
	inside  int // names[entries:inside] are attributes
}

func newTrainingSet(corpus Corpus) *trainingSet {
	set := &trainingSet{Normaliser: NewNormaliser(corpus.Words), exact: map[string]exactMatch{}}
	number := map[string]int{}
	var texts [][]rune
	add := func(examples []Example) {
		for _, e := range examples {
			class, known := number[e.Class]
			if !known {
				class = len(set.names)
				number[e.Class] = class
				set.names = append(set.names, e.Class)
			}
			normal, _ := set.append(nil, nil, e.Text)
			if _, twice := set.exact[string(normal)]; twice || len(normal) == 0 {
				continue
			}
			set.exact[string(normal)] = exactMatch{class, phraseOf(e)}
			texts = append(texts, normal)
			set.class = append(set.class, class)
			set.held = append(set.held, heldOut(normal))
		}
	}
	add(corpus.Inside)
	add(corpus.Exact)
	set.entries = len(set.names)
	add(corpus.Bare)
	set.inside = len(set.names)
	add(corpus.Outside)
	set.vectorise(texts)
	return set
}

func (set *trainingSet) vectorise(texts [][]rune) {
	characters, sounds, all := make([][]uint64, len(texts)), make([][]uint64, len(texts)), make([][]uint64, len(texts))
	var f features
	for i, text := range texts {
		f.extract(text)
		keys := append(append(make([]uint64, 0, len(f.characters)+len(f.sounds)), f.characters...), f.sounds...)
		characters[i], sounds[i], all[i] = keys[:len(f.characters)], keys[len(f.characters):], keys
	}
	set.vocabulary = newVocabulary(all, leastDocuments)
	var x vector
	for i := range texts {
		x.numbers, x.values = x.numbers[:0], x.values[:0]
		set.vocabulary.appendBlock(&x, characters[i], characterWeight)
		set.vocabulary.appendBlock(&x, sounds[i], soundWeight)
		set.documents.add(x)
	}
}

// heldEvery is the share of documents, one in so many, that the probabilities are fitted on.
const heldEvery = 8

// heldOut reports whether a text is left out at first. It looks at the text alone, so that a new way of asking moves
// no other from one side to the other.
func heldOut(text []rune) bool {
	hash := fnv.New32a()
	_, _ = hash.Write(appendRunes(nil, text)) // never fails
	return hash.Sum32()%heldEvery == 0
}

// trainMachines fits one machine a class against all others, and last the one that tells inside from outside. Each is
// first trained without the documents held out, whose margins go into held, by machine and document, and then with
// them: going on from there costs little.
func (set *trainingSet) trainMachines() (weights [][]float32, bias []float32, held [][]float32) {
	machines := len(set.names) + 1
	weights, bias, held = make([][]float32, machines), make([]float32, machines), make([][]float32, machines)
	first, rest := set.order()
	jobs := make(chan int)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			numbers := make([]int32, 0, set.documents.len())
			for job := range jobs {
				m := set.newMachine(job)
				numbers = append(numbers[:0], first...)
				for range firstPasses {
					numbers = m.pass(&set.documents, numbers)
				}
				held[job] = set.margins(m)
				numbers = append(numbers, rest...)
				for range secondPasses {
					numbers = m.pass(&set.documents, numbers)
				}
				weights[job], bias[job] = m.weights, m.bias
			}
		})
	}
	for job := range machines {
		jobs <- job
	}
	close(jobs)
	workers.Wait()
	return weights, bias, held
}

// order returns the documents to begin with and those held out, shuffled, always the same way.
func (set *trainingSet) order() (first, rest []int32) {
	for _, i := range rand.New(rand.NewPCG(1, 1)).Perm(set.documents.len()) {
		if set.held[i] {
			rest = append(rest, int32(i))
		} else {
			first = append(first, int32(i))
		}
	}
	return first, rest
}

// newMachine returns the machine of a class, or for the number behind all classes the one that tells inside from
// outside, with every document on its side.
func (set *trainingSet) newMachine(job int) *machine {
	m := &machine{
		weights: make([]float32, len(set.vocabulary.weight)), bias: startingBias, alphas: make([]float32, set.documents.len()),
		side: make([]int8, set.documents.len()), positiveCost: positiveCost, negativeCost: negativeCost,
	}
	detector := job == len(set.names)
	if detector {
		m.positiveCost, m.negativeCost = detectorCost, detectorCost
	}
	for i, class := range set.class {
		m.side[i] = -1
		if class == job || detector && class < set.inside {
			m.side[i] = 1
		}
	}
	return m
}

// margins returns the margins of the documents held out, in their order.
func (set *trainingSet) margins(m *machine) []float32 {
	margins := make([]float32, 0, 2*len(set.held)/heldEvery)
	for i, held := range set.held {
		if held {
			margins = append(margins, set.documents.dot(i, m.weights, m.bias))
		}
	}
	return margins
}
