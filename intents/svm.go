package intents

// Settings of the dual coordinate descent, after Hsieh et al., "A Dual Coordinate Descent Method for Large-scale Linear
// SVM" (ICML 2008), algorithm 1, with squared hinge loss. More passes change no figure by more than the noise.
const (
	firstPasses  = 3 // without the documents held out
	secondPasses = 2 // with them, going on from there
	// A document whose margin exceeds one by this much is not looked at again in later passes, which makes them cheap:
	// most documents have nothing to do with most classes.
	comfortable = 0.15
	// A machine begins on the side of the many and its bias moves slowly, so that documents that share nothing with
	// the class's own are right from the start.
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
	weights      []float32
	bias         float32
	alphas       []float32 // by document; 0 for those that do not support the machine
	side         []int8    // by document: 1 or -1
	positiveCost float32   // price of an error of a document of side 1
	negativeCost float32   // and of side -1
}

// pass goes over documents once, in their order, and returns those to be looked at again, in the same memory.
func (m *machine) pass(d *documents, numbers []int32) []int32 {
	again := numbers[:0]
	for _, i := range numbers {
		y, diagonal := float32(m.side[i]), 0.5/m.negativeCost
		if y > 0 {
			diagonal = 0.5 / m.positiveCost
		}
		alpha := m.alphas[i]
		gradient := y*d.dot(int(i), m.weights, m.bias) - 1 + diagonal*alpha
		if alpha == 0 && gradient >= 0 {
			if gradient < comfortable {
				again = append(again, i)
			}
			continue
		}
		again = append(again, i)
		next := max(alpha-gradient/(d.squares[i]+diagonal), 0)
		m.alphas[i] = next
		d.addScaled(int(i), (next-alpha)*y, m.weights)
		m.bias += (next - alpha) * y * biasSquare
	}
	return again
}
