package intents

// most is how many classes a document is shown to at first: those whose own documents it resembles most. Showing all
// documents to all machines takes several times as long and changes no figure by more than the noise.
const most = 24

// deal gives each machine the documents, in the order of numbers, that are worth its time: choose names the machines
// to which a document of a class with these margins goes. The detector sees all that has a class, the danger machine all.
func (set *trainingSet) deal(numbers []int32, s *scorer, choose func(class int, margins []float32, give func(machine int))) [][]int32 {
	const part = 256
	parts := make([][][]int32, (len(numbers)+part-1)/part)
	parallel(len(parts), func(p int) {
		hands, margins := make([][]int32, set.danger()+1), s.newMargins()
		for _, i := range numbers[p*part : min(len(numbers), (p+1)*part)] {
			give := func(machine int) { hands[machine] = append(hands[machine], i) }
			class := set.class[i]
			give(set.danger())
			if classed(class) {
				give(set.detector())
				s.score(&set.documents[i], margins)
				choose(class, margins[:len(set.names)], give)
			}
		}
		parts[p] = hands
	})
	work := make([][]int32, set.danger()+1)
	parallel(len(work), func(machine int) {
		for _, hands := range parts {
			work[machine] = append(work[machine], hands[machine]...)
		}
	})
	return work
}

// rivals chooses a document's own class and those with the highest margins.
func rivals(class int, margins []float32, give func(int)) {
	var top [most]int
	n := 0
	for c, margin := range margins {
		at := n
		if n == most {
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
	give(class)
	for _, c := range top[:n] {
		if c != class {
			give(c)
		}
	}
}

// violated chooses a document's own class and those that do not put it clearly outside.
func violated(class int, margins []float32, give func(int)) {
	give(class)
	for c, margin := range margins {
		if margin > -1 && c != class {
			give(c)
		}
	}
}
