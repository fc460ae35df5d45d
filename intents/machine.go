package intents

import "math/bits"

// Settings of the dual coordinate descent, after Hsieh et al., "A Dual Coordinate Descent Method for Large-scale Linear
// SVM" (ICML 2008), algorithm 1, with squared hinge loss.
const (
	// A machine goes over its documents until none is further off than this. One that stops earlier learns something else
	// from the same documents in another order: that of a class may, after a few passes, for that costs no more than the noise.
	settledFirst = 0.3 // without the documents held out
	settledLast  = 0.1 // with them, going on from there
	mostPasses   = 30
	classPasses  = 6
	// A document whose margin exceeds one by this much is not looked at again in later passes.
	comfortable = 0.1
	// How heavily a machine of n documents begins with each: 1/(1+n/startingShare).
	startingShare = 8
)

// aim is what a machine learns to tell apart: documents of the classes from first to last from all others.
type aim struct {
	first, last int32
	// The bias is fixed. That of a class stands a little beyond one on the side of the many, so that a document that
	// shares nothing with the class's own is right from the start and need not be looked at.
	bias         float32
	positiveCost float32 // price of an error of a positive document
	negativeCost float32 // and of one of the others
	passes       int     // at most, each time it learns
}

// machine is a linear classifier of two sides in training. Its weights are kept multiplied by the rarity of their
// feature, so that a margin is a plain sum over the features of a document.
type machine struct {
	aim
	weights []float32 // by feature
	tasks   []task
}

// task is a lesson that a machine looks at.
type task struct {
	lesson int32
	alpha  float32 // how heavily it supports the machine; those of all other lessons are 0
}

// newMachine returns a machine that has the middle of its own lessons that are not held out, by which it can tell its
// rivals before it has learnt.
func newMachine(aim aim, set *trainingSet, own []int32) *machine {
	m := &machine{aim: aim, weights: written[float32](len(set.squares)), tasks: make([]task, 0, len(own))}
	for _, i := range own {
		if !set.lessons[i].held {
			m.tasks = append(m.tasks, task{lesson: i})
		}
	}
	alpha := 1 / (1 + float32(len(m.tasks))/startingShare)
	for k := range m.tasks {
		m.tasks[k].alpha = alpha
		m.add(&set.lessons[m.tasks[k].lesson].document, alpha, set.squares)
	}
	return m
}

func (m *machine) margin(d *document) float32 {
	return m.bias + d.characterScale*sum(m.weights, d.characters) + d.soundScale*sum(m.weights, d.sounds)
}

// sum adds in four sums, which the processor can do side by side.
func sum(weights []float32, numbers []uint16) float32 {
	var a, b, c, d float32
	for len(numbers) >= 4 {
		a += weights[numbers[0]]
		b += weights[numbers[1]]
		c += weights[numbers[2]]
		d += weights[numbers[3]]
		numbers = numbers[4:]
	}
	for _, number := range numbers {
		a += weights[number]
	}
	return a + b + c + d
}

// add moves the weights by so many times document d.
func (m *machine) add(d *document, times float32, squares []float32) {
	add(m.weights, d.characters, times*d.characterScale, squares)
	add(m.weights, d.sounds, times*d.soundScale, squares)
}

func add(weights []float32, numbers []uint16, times float32, squares []float32) {
	squares = squares[:len(weights)]
	for _, number := range numbers {
		weights[number] += times * squares[number]
	}
}

// take makes the lessons dealt the tasks, those that are tasks already as they are. Of both, the lessons seen before come
// first, and their numbers rise.
func (m *machine) take(dealt hand, numbers []int32) {
	count := 0
	for _, word := range dealt {
		count += bits.OnesCount64(word)
	}
	before := m.tasks
	m.tasks = make([]task, 0, count)
	for w, word := range dealt {
		for ; word != 0; word &= word - 1 {
			t := task{lesson: numbers[w*handWord+bits.TrailingZeros64(word)]}
			for len(before) > 0 && before[0].lesson < t.lesson {
				before = before[1:]
			}
			if len(before) > 0 && before[0].lesson == t.lesson {
				t = before[0]
			}
			m.tasks = append(m.tasks, t)
		}
	}
}

// learn goes over the tasks until it is settled.
func (m *machine) learn(set *trainingSet, settled float32) {
	for range m.passes {
		if m.pass(set) < settled {
			return
		}
	}
}

// pass goes over the tasks once and keeps those to be looked at again. It returns how far off the worst was.
func (m *machine) pass(set *trainingSet) (worst float32) {
	again := m.tasks[:0]
	for _, t := range m.tasks {
		l := &set.lessons[t.lesson]
		y, cost := float32(-1), m.negativeCost
		if m.first <= l.class && l.class <= m.last {
			y, cost = 1, m.positiveCost
		}
		if l.mistyped {
			cost *= mistypedCost
		}
		diagonal := 0.5 / cost
		gradient := y*m.margin(&l.document) - 1 + diagonal*t.alpha
		if t.alpha == 0 && gradient >= 0 {
			if gradient < comfortable {
				again = append(again, t)
			}
			continue
		}
		worst = max(worst, gradient, -gradient)
		next := max(t.alpha-gradient/(l.square+diagonal), 0)
		m.add(&l.document, (next-t.alpha)*y, set.squares)
		again = append(again, task{t.lesson, next})
	}
	m.tasks = again
	return worst
}
