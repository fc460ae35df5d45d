package intents

import (
	"math"
	"slices"
)

// calibration turns margins into probabilities.
type calibration struct {
	classes
	temperature float64    // of the softmax over the margins of entries and attributes
	evidence    [4]float64 // logistic weights of constant, detector, best inside class, best outside kind
	alarming    [4]float64 // logistic weights of constant, danger machine
	telling     [4]float64 // logistic weights of constant, aside machine
	trust       [4]float64 // logistic weights of constant and log-odds: what a probability so come to is worth
	slightTrust float64    // what a slight probability is worth, a part of itself
}

// calibrate fits the probabilities to the margins of documents that the machines had not seen.
func calibrate(classes classes, held []heldDocument) calibration {
	c := calibration{classes: classes, trust: [4]float64{0, 1}, slightTrust: 1}
	c.alarming = fit(held, func(d heldDocument) ([4]float64, bool) { return c.alarm(d.margins), d.class == dangerous })
	c.telling = fit(held, func(d heldDocument) ([4]float64, bool) { return c.tell(d.margins), d.class == aside })
	held = slices.DeleteFunc(slices.Clone(held), func(d heldDocument) bool { return !classed(d.class) })
	var tops [][]float32 // margins of the best classes of inside documents, the right one first
	for _, d := range held {
		if int(d.class) < c.inside {
			tops = append(tops, rightFirst(d.margins[:c.inside], int(d.class)))
		}
	}
	c.temperature = fitTemperature(tops)
	c.evidence = fit(held, func(d heldDocument) ([4]float64, bool) {
		return c.weigh(d.margins, c.lead(d.margins)), int(d.class) < c.inside
	})
	c.trust = fit(held, func(d heldDocument) ([4]float64, bool) {
		best := c.judge(d.margins).Candidates[0]
		return [4]float64{1, logOdds(best.Probability)}, int(d.class) < c.entries && best.Intent == c.names[d.class]
	})
	c.slightTrust = c.worth(slight) / slight
	return c
}

// fit fits a logistic regression to what row makes of each document.
func fit(held []heldDocument, row func(heldDocument) (evidence [4]float64, is bool)) [4]float64 {
	rows, labels := make([][4]float64, len(held)), make([]bool, len(held))
	for i, d := range held {
		rows[i], labels[i] = row(d)
	}
	return fitLogistic(rows, labels)
}

func logOdds(p float64) float64 {
	const least = 1e-6
	p = min(max(p, least), 1-least)
	return math.Log(p / (1 - p))
}

// slight is the probability below which nobody looks at a candidate: what it is worth falls in a straight line, which is
// quick to reckon.
const slight = 0.01

// trusted returns what a probability is worth.
func (c *calibration) trusted(p float64) float64 {
	if p < slight {
		return p * c.slightTrust
	}
	return c.worth(p)
}

func (c *calibration) worth(p float64) float64 { return logistic(c.trust[0] + c.trust[1]*logOdds(p)) }

// leaders are the numbers of the highest scores; -1 where there is none.
type leaders struct {
	entries   [Top]int // best first
	attribute int
	kind      int
}

func (c *calibration) lead(scores []float32) leaders {
	l := leaders{entries: best(scores[:c.entries]), attribute: argmax(scores[c.entries:c.inside]), kind: argmax(scores[c.inside:len(c.names)])}
	if l.attribute >= 0 {
		l.attribute += c.entries
	}
	if l.kind >= 0 {
		l.kind += c.inside
	}
	return l
}

// highest returns the highest score of entries and attributes.
func (l *leaders) highest(scores []float32) float32 {
	first := scores[l.entries[0]]
	if l.attribute >= 0 {
		return max(first, scores[l.attribute])
	}
	return first
}

// weigh collects what tells inside from outside: a constant, the detector's margin, the best inside class's, the
// best outside kind's.
func (c *calibration) weigh(scores []float32, l leaders) [4]float64 {
	var kind float32
	if l.kind >= 0 {
		kind = scores[l.kind]
	}
	return [4]float64{1, float64(scores[c.detector()]), float64(l.highest(scores)), float64(kind)}
}

// alarm collects what tells danger.
func (c *calibration) alarm(scores []float32) [4]float64 {
	return [4]float64{1, float64(scores[c.danger()])}
}

// tell collects what tells an aside.
func (c *calibration) tell(scores []float32) [4]float64 {
	return [4]float64{1, float64(scores[c.aside()])}
}

// judge turns the margins of a message into a Match.
func (c *calibration) judge(scores []float32) Match {
	l := c.lead(scores)
	m := Match{
		Inside: logistic(dot(c.evidence, c.weigh(scores, l))),
		Danger: logistic(dot(c.alarming, c.alarm(scores))),
	}
	if l.kind >= 0 && scores[l.kind] >= leastKind {
		m.Outside = c.names[l.kind]
	}
	highest := l.highest(scores)
	share := func(class int) float64 {
		if class < 0 {
			return 0
		}
		return math.Exp(float64(scores[class]-highest) / c.temperature)
	}
	var shares [Top]float64
	attribute := share(l.attribute)
	sum := attribute
	for i, class := range l.entries {
		shares[i] = share(class)
		sum += shares[i]
	}
	if l.attribute >= 0 {
		m.Attribute, m.Bare, m.Asking = c.names[l.attribute], m.Inside*attribute/sum, float64(scores[l.attribute])
	}
	for i, class := range l.entries {
		if class >= 0 {
			m.Candidates[i] = Candidate{c.names[class], c.trusted(m.Inside * shares[i] / sum)}
		}
	}
	return m
}

// leastKind is the margin from which a kind of outside messages is named: above it five of six names were right on messages
// of two other authors, below it one of seven.
const leastKind = -0.25

// argmax returns the number of the highest score, -1 of none.
func argmax(scores []float32) int {
	at, top := -1, float32(math.Inf(-1))
	for i, s := range scores {
		if s > top {
			at, top = i, s
		}
	}
	return at
}

// best returns the numbers of the highest scores, best first, -1 where there are fewer.
func best(scores []float32) [Top]int {
	var top [Top]int
	var highest [Top]float32
	for i := range top {
		top[i], highest[i] = -1, float32(math.Inf(-1))
	}
	for i, s := range scores {
		if s <= highest[Top-1] {
			continue
		}
		at := Top - 1
		for at > 0 && s > highest[at-1] {
			top[at], highest[at] = top[at-1], highest[at-1]
			at--
		}
		top[at], highest[at] = i, s
	}
	return top
}

// rightFirst returns the margins of the right class and of the best others, as many as judge weighs.
func rightFirst(scores []float32, right int) []float32 {
	const others = Top - 1
	result := make([]float32, 1, others+1)
	result[0] = scores[right]
	for i, s := range scores {
		if i == right {
			continue
		}
		at := len(result)
		if at <= others {
			result = append(result, s)
		} else if at--; s <= result[at] {
			continue
		}
		for at > 1 && s > result[at-1] {
			result[at] = result[at-1]
			at--
		}
		result[at] = s
	}
	return result
}

// fitTemperature finds by golden section the temperature under which the right classes are likeliest.
func fitTemperature(tops [][]float32) float64 {
	const ratio = 0.6180339887498949
	low, high := math.Log(0.05), math.Log(2)
	a, b := high-ratio*(high-low), low+ratio*(high-low)
	fa, fb := surprise(tops, math.Exp(a)), surprise(tops, math.Exp(b))
	for range 16 {
		if fa < fb {
			high, b, fb = b, a, fa
			a = high - ratio*(high-low)
			fa = surprise(tops, math.Exp(a))
			continue
		}
		low, a, fa = a, b, fb
		b = low + ratio*(high-low)
		fb = surprise(tops, math.Exp(b))
	}
	return math.Exp((low + high) / 2)
}

// surprise is the summed negative log-likelihood of the right classes.
func surprise(tops [][]float32, temperature float64) float64 {
	var sum float64
	for _, margins := range tops {
		var odds float64
		for _, s := range margins {
			odds += math.Exp(float64(s-margins[0]) / temperature)
		}
		sum += math.Log(odds)
	}
	return sum
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

func dot(a, b [4]float64) float64 { return a[0]*b[0] + a[1]*b[1] + a[2]*b[2] + a[3]*b[3] }

// fitLogistic fits a logistic regression by Newton's method, with a little shrinkage so that it always ends.
func fitLogistic(rows [][4]float64, labels []bool) [4]float64 {
	const shrinkage, rounds = 1e-3, 25
	var w [4]float64
	for range rounds {
		var gradient [4]float64
		var hessian [4][4]float64
		for i, x := range rows {
			p := logistic(dot(w, x))
			y := 0.0
			if labels[i] {
				y = 1
			}
			for a := range x {
				gradient[a] += (p - y) * x[a]
				for b := range x {
					hessian[a][b] += p * (1 - p) * x[a] * x[b]
				}
			}
		}
		for a := range w {
			gradient[a] += shrinkage * w[a]
			hessian[a][a] += shrinkage
		}
		step := solve(hessian, gradient)
		var moved float64
		for a := range w {
			w[a] -= step[a]
			moved += math.Abs(step[a])
		}
		if moved < 1e-6 {
			break
		}
	}
	return w
}

// solve solves the four equations a·x = b, a being positive definite, by elimination.
func solve(a [4][4]float64, b [4]float64) [4]float64 {
	for i := range b {
		for row := i + 1; row < len(b); row++ {
			factor := a[row][i] / a[i][i]
			for column := i; column < len(b); column++ {
				a[row][column] -= factor * a[i][column]
			}
			b[row] -= factor * b[i]
		}
	}
	for i := len(b) - 1; i >= 0; i-- {
		for column := i + 1; column < len(b); column++ {
			b[i] -= a[i][column] * b[column]
		}
		b[i] /= a[i][i]
	}
	return b
}
