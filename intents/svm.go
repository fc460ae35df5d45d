package intents

import "math/rand/v2"

// Settings of the dual coordinate descent, after Hsieh et al., "A Dual Coordinate Descent Method for Large-scale Linear
// SVM" (ICML 2008), algorithms 1 and 3, with squared hinge loss. More rounds and a finer tolerance cost time and
// change no figure by more than the noise.
const (
	machineRounds    = 2   // at most
	machineTolerance = 0.3 // spread of the projected gradient at which the machine is done
	// A machine begins on the side of the many and its bias moves slowly: documents that share nothing with the
	// class's own then never need to be looked at twice.
	startingBias = -1
	biasSquare   = 0.1
)

// term is one feature of a document.
type term struct {
	number uint32
	value  float32
}

// documents are sparse vectors, row i in terms[starts[i]:starts[i+1]].
type documents struct {
	starts  []int32
	terms   []term
	squares []float32 // length of each row, squared, the bias included
}

func (d *documents) add(x vector) {
	if len(d.starts) == 0 {
		d.starts = append(d.starts, 0)
	}
	square := float32(biasSquare)
	for i, v := range x.values {
		square += v * v
		d.terms = append(d.terms, term{x.numbers[i], v})
	}
	d.starts = append(d.starts, int32(len(d.terms)))
	d.squares = append(d.squares, square)
}

func (d *documents) len() int { return len(d.squares) }

func (d *documents) row(i int) []term { return d.terms[d.starts[i]:d.starts[i+1]] }

// dot adds in four sums, which the processor can do side by side.
func (d *documents) dot(i int, weights []float32, bias float32) float32 {
	row := d.row(i)
	var a, b, c float32
	for len(row) >= 4 {
		a += weights[row[0].number] * row[0].value
		b += weights[row[1].number] * row[1].value
		c += weights[row[2].number] * row[2].value
		bias += weights[row[3].number] * row[3].value
		row = row[4:]
	}
	for _, t := range row {
		a += weights[t.number] * t.value
	}
	return a + b + c + bias
}

func (d *documents) addScaled(i int, by float32, weights []float32) {
	for _, t := range d.row(i) {
		weights[t.number] += by * t.value
	}
}

// machine is a linear classifier of two sides in training.
type machine struct {
	weights []float32
	bias    float32
	alphas  []float32 // by document; 0 for those that do not support the machine
	active  []int32
}

// train fits the machine to tell documents of side 1 from those of side -1; those of side 0 take no part. The costs are
// the price of an error of a positive and of a negative document. It goes on from where the machine stands.
func (m *machine) train(d *documents, side []int8, positiveCost, negativeCost float32, seed uint64) {
	m.active = m.active[:0]
	for i := range d.len() {
		if side[i] != 0 {
			m.active = append(m.active, int32(i))
		}
	}
	random := rand.New(rand.NewPCG(seed, 1))
	all := len(m.active)
	active := m.active
	highest := float32(1e30)
	for round := 0; round < machineRounds; round++ {
		nextHighest, nextLowest := float32(-1e30), float32(1e30)
		random.Shuffle(len(active), func(a, b int) { active[a], active[b] = active[b], active[a] })
		for s := 0; s < len(active); s++ {
			i := int(active[s])
			y, diagonal := float32(side[i]), 0.5/negativeCost
			if y > 0 {
				diagonal = 0.5 / positiveCost
			}
			alpha := m.alphas[i]
			gradient := y*d.dot(i, m.weights, m.bias) - 1 + diagonal*alpha
			projected := gradient
			if alpha == 0 {
				if gradient > highest { // far on the right side: leave it out until the end
					active[s], active[len(active)-1] = active[len(active)-1], active[s]
					active = active[:len(active)-1]
					s--
					continue
				}
				projected = min(gradient, 0)
			}
			nextHighest, nextLowest = max(nextHighest, projected), min(nextLowest, projected)
			if projected > -1e-6 && projected < 1e-6 {
				continue
			}
			next := max(alpha-gradient/(d.squares[i]+diagonal), 0)
			m.alphas[i] = next
			d.addScaled(i, (next-alpha)*y, m.weights)
			m.bias += (next - alpha) * y * biasSquare
		}
		if nextHighest-nextLowest <= machineTolerance {
			if len(active) == all {
				return
			}
			active = m.active[:all]
			highest = 1e30
			continue
		}
		highest = nextHighest
		if highest <= 0 {
			highest = 1e30
		}
	}
}
