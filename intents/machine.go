package intents

import "slices"

// Settings of the dual coordinate descent, after Hsieh et al., "A Dual Coordinate Descent Method for Large-scale Linear
// SVM" (ICML 2008), algorithm 1, with squared hinge loss.
const (
	firstPasses  = 2 // without the documents held out
	secondPasses = 3 // with them, going on from there
	// A document whose margin exceeds one by this much is not looked at again in later passes.
	comfortable = 0.1
	// How heavily a machine of n documents begins with each: 1/(1+n/startingShare).
	startingShare = 8
)

// aim is what a machine learns to tell apart.
type aim struct {
	positive func(class int) bool // documents of these classes from all others
	// The bias is fixed. That of a class stands a little beyond one on the side of the many, so that a document that
	// shares nothing with the class's own is right from the start and need not be looked at.
	bias         float32
	positiveCost float32 // price of an error of a positive document
	negativeCost float32 // and of one of the others
}

// machine is a linear classifier of two sides in training. Its weights are kept multiplied by the rarity of their
// feature, so that a margin is a plain sum over the features of a document.
type machine struct {
	aim
	weights []float32 // by feature
	alphas  []float32 // by document; 0 for those that do not support the machine
}

func newMachine(aim aim, set *trainingSet) *machine {
	return &machine{aim: aim, weights: make([]float32, len(set.rarity)), alphas: make([]float32, len(set.documents))}
}

func (m *machine) margin(d *document) float32 {
	return m.bias + d.characterScale*sum(m.weights, d.characters) + d.soundScale*sum(m.weights, d.sounds)
}

// sum adds in four sums, which the processor can do side by side.
func sum(weights []float32, numbers []uint32) float32 {
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
func (m *machine) add(d *document, times float32, raritySquares []float32) {
	for _, number := range d.characters {
		m.weights[number] += times * d.characterScale * raritySquares[number]
	}
	for _, number := range d.sounds {
		m.weights[number] += times * d.soundScale * raritySquares[number]
	}
}

// begin gives the machine the middle of its own documents that are not held out, by which it can tell its rivals before
// it has learnt.
func (m *machine) begin(set *trainingSet, own []int32) {
	own = slices.DeleteFunc(slices.Clone(own), func(i int32) bool { return set.held[i] })
	alpha := 1 / (1 + float32(len(own))/startingShare)
	for _, i := range own {
		m.alphas[i] = alpha
		m.add(&set.documents[i], alpha, set.raritySquares)
	}
}

// learn goes over the documents so many times, in the order of numbers, which it uses up.
func (m *machine) learn(set *trainingSet, numbers []int32, passes int) {
	for range passes {
		numbers = m.pass(set, numbers)
	}
}

// pass goes over documents once and returns those to be looked at again, in the same memory.
func (m *machine) pass(set *trainingSet, numbers []int32) []int32 {
	again := numbers[:0]
	for _, i := range numbers {
		d := &set.documents[i]
		y, cost := float32(-1), m.negativeCost
		if m.positive(set.class[i]) {
			y, cost = 1, m.positiveCost
		}
		diagonal := 0.5 / cost
		alpha := m.alphas[i]
		gradient := y*m.margin(d) - 1 + diagonal*alpha
		if alpha == 0 && gradient >= 0 {
			if gradient < comfortable {
				again = append(again, i)
			}
			continue
		}
		again = append(again, i)
		next := max(alpha-gradient/(d.square()+diagonal), 0)
		m.alphas[i] = next
		m.add(d, (next-alpha)*y, set.raritySquares)
	}
	return again
}
