package intents

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestScorerRounds scores documents of many lengths with the machines themselves and with their rounded weights.
func TestScorerRounds(t *testing.T) {
	const features, count = 3000, 37
	random := rand.New(rand.NewPCG(7, 7))
	machines := make([]*machine, count)
	for i := range machines {
		machines[i] = &machine{aim: aim{bias: -1}, weights: make([]float32, features)}
		for f := range machines[i].weights {
			if random.IntN(3) > 0 {
				machines[i].weights[f] = float32(random.NormFloat64())
			}
		}
	}
	machines[3].weights = make([]float32, features) // one that has learnt nothing
	s := newScorer(len(machines), features)
	s.round(machines)
	margins := s.newMargins()
	for _, length := range []int{0, 1, 40, mostRows, mostRows + 1, features} {
		numbers := make([]uint16, length)
		for i, f := range random.Perm(features)[:length] {
			numbers[i] = uint16(f)
		}
		d := document{characters: numbers[:length/2], sounds: numbers[length/2:], characterScale: 0.2, soundScale: 0.1}
		s.score(&d, margins)
		for i, m := range machines {
			// Rounding errors of up to half a unit each, added up by chance: four standard deviations of their sum.
			square := float64(d.characterScale*d.characterScale)*float64(len(d.characters)) + float64(d.soundScale*d.soundScale)*float64(len(d.sounds))
			allowed := 4*float64(s.step[i])*math.Sqrt(square/12) + 1e-4
			if want := m.margin(&d); math.Abs(float64(margins[i]-want)) > allowed {
				t.Errorf("%d features, machine %d: margin %.4f, want %.4f", length, i, margins[i], want)
			}
		}
	}
}
