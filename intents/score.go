package intents

import "unicode/utf8"

// scorer holds the weights of all machines by feature, so that scoring a message reads only the rows of the
// features it has. Weights too small to matter are left out.
type scorer struct {
	starts  []uint32
	class   []uint16
	weights []float32
	bias    []float32 // by class
}

// negligible is the weight below which a feature says nothing about a class.
const negligible = 0.02

// newScorer turns weights by class into weights by feature.
func newScorer(byClass [][]float32, bias []float32) scorer {
	s := scorer{bias: bias}
	features := len(byClass[0])
	s.starts = make([]uint32, 1, features+1)
	for feature := range features {
		for class, weights := range byClass {
			if w := weights[feature]; w > negligible || w < -negligible {
				s.class = append(s.class, uint16(class))
				s.weights = append(s.weights, w)
			}
		}
		s.starts = append(s.starts, uint32(len(s.class)))
	}
	return s
}

// score leaves the margin of each class in scores.
func (s *scorer) score(x vector, scores []float32) {
	copy(scores, s.bias)
	for i, number := range x.numbers {
		value := x.values[i]
		from, to := s.starts[number], s.starts[number+1]
		weights := s.weights[from:to]
		for k, class := range s.class[from:to] {
			scores[class] += value * weights[k]
		}
	}
}

func appendRunes(dst []byte, text []rune) []byte {
	for _, r := range text {
		dst = utf8.AppendRune(dst, r)
	}
	return dst
}
