package intents

import (
	"math/rand/v2"

	"zhugong/internal/chinese"
)

// Of each text with a class the machines learn two copies as workers would mistype it, the one with characters that sound
// alike, the other with characters left out. They learn more errors than are made, at a lower price than that of the text.
const (
	homophonePart = 0.4
	droppedPart   = 0.2
	mistypedCost  = 0.2 // times that of a text as it was written
	// A copy is shown to fewer machines: to so many that it resembles most at first, then to those with a margin above this.
	mostMistyped     = 8
	violatedMistyped = -0.7
)

// mistype appends the copies of texts, which are those of the lessons, to both.
func (set *trainingSet) mistype(texts []string) []string {
	sounding := chinese.Homophones{}
	for _, text := range texts {
		sounding.Add(text)
	}
	copies := make([][2]string, len(texts))
	inParts(len(texts), 256, func(from, to int) {
		for i := from; i < to; i++ {
			if classed(set.lessons[i].class) {
				random := rand.New(rand.NewPCG(set.lessons[i].chance, 1))
				copies[i] = [2]string{sounding.Mistype(texts[i], homophonePart, random), chinese.Drop(texts[i], droppedPart, random)}
			}
		}
	})
	for i, l := range set.lessons {
		for k, copied := range copies[i] {
			if copied == "" || copied == texts[i] {
				continue
			}
			set.lessons = append(set.lessons, lesson{class: l.class, chance: mix(l.chance + uint64(k) + 1), held: l.held, mistyped: true})
			texts = append(texts, copied)
		}
	}
	return texts
}
