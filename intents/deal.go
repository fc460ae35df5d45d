package intents

import "slices"

// most is how many classes a document is shown to at first: those whose own documents it resembles most. Showing all
// documents to all machines takes several times as long and changes no figure by more than the noise.
const most = 24

// hand says which documents a machine is dealt: a bit for each.
type hand []uint64

const handWord = 64 // documents

// deal chooses for each machine the documents, in the order of numbers, that are worth its time: choose names the machines
// to which a lesson with these margins goes. The detector sees all that has a class, the machine of asides all but copies, that
// of danger none of both: who is in danger tells of himself as well.
func (set *trainingSet) deal(numbers []int32, s *scorer, choose func(l *lesson, margins []float32, give func(machine int))) []hand {
	hands := make([]hand, set.machines())
	for i := range hands {
		hands[i] = make(hand, (len(numbers)+handWord-1)/handWord)
	}
	inParts(len(numbers), 4*handWord, func(from, to int) { // whole words, so that no two goroutines write to the same
		margins := s.newMargins()
		for k := from; k < to; k++ {
			give := func(machine int) { hands[machine][k/handWord] |= 1 << (k % handWord) }
			l := &set.lessons[numbers[k]]
			if !l.mistyped {
				give(set.aside())
				if l.class != aside {
					give(set.danger())
				}
			}
			if classed(l.class) {
				give(set.detector())
				s.score(&l.document, margins)
				choose(l, margins[:len(set.names)], give)
			}
		}
	})
	return hands
}

// rivals chooses a lesson's own class and those with the highest margins.
func rivals(l *lesson, margins []float32, give func(int)) {
	var place [most]int
	top, n := place[:], 0
	if l.mistyped {
		top = top[:mostMistyped]
	}
	for c, margin := range margins {
		at := n
		if n == len(top) {
			at--
			if margin <= margins[top[at]] {
				continue
			}
		} else {
			n++
		}
		for at > 0 && margin > margins[top[at-1]] {
			top[at] = top[at-1]
			at--
		}
		top[at] = c
	}
	give(int(l.class))
	for _, c := range top[:n] {
		give(c)
	}
}

// violated returns what chooses a lesson's own class, those that do not put it clearly outside, and those that had nothing to
// learn from at first: the kinds of outside messages that were held out as a whole.
func (set *trainingSet) violated() func(l *lesson, margins []float32, give func(int)) {
	late := make([]bool, len(set.byClass))
	for c, own := range set.byClass {
		late[c] = !slices.ContainsFunc(own, func(i int32) bool { return !set.lessons[i].held })
	}
	return func(l *lesson, margins []float32, give func(int)) {
		give(int(l.class))
		outside := float32(-1)
		if l.mistyped {
			outside = violatedMistyped
		}
		for c, margin := range margins {
			if margin > outside || late[c] {
				give(c)
			}
		}
	}
}
