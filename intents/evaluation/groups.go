package evaluation

import (
	"slices"

	"zhugong/internal/chinese"
)

// alike is the share of the pairs of sounds of two texts that they have in common (Jaccard) from which on they count as
// near-duplicates: the one in training would give the other away.
const alike = 0.5

// gather returns for each normalised text the number of the group it belongs to. Near-duplicates, and near-duplicates
// of these, are one group. Texts are compared by ear, so that a text and its pinyin or its mistyped twin stay together.
func gather(texts []string) []int {
	groups := newForest(len(texts))
	holders := map[uint32][]int32{} // texts by pair of sounds
	pairs := make([][]uint32, len(texts))
	shared := make([]int, len(texts)) // pairs in common with the text looked at
	var touched []int32
	for i, text := range texts {
		pairs[i] = soundPairs(text)
		for _, pair := range pairs[i] {
			for _, j := range holders[pair] {
				if shared[j] == 0 {
					touched = append(touched, j)
				}
				shared[j]++
			}
			holders[pair] = append(holders[pair], int32(i))
		}
		for _, j := range touched {
			union := len(pairs[i]) + len(pairs[j]) - shared[j]
			if float64(shared[j]) >= alike*float64(union) {
				groups.join(i, int(j))
			}
			shared[j] = 0
		}
		touched = touched[:0]
	}
	return groups.roots()
}

// soundPairs returns the pairs of neighbouring sounds of a text, each once; a single sound stands for itself.
func soundPairs(text string) []uint32 {
	sounds := soundsOf([]rune(text))
	pairs := make([]uint32, 0, len(sounds))
	for i := 1; i < len(sounds); i++ {
		pairs = append(pairs, uint32(sounds[i-1])<<16|uint32(sounds[i]))
	}
	if len(sounds) == 1 {
		pairs = append(pairs, uint32(sounds[0]))
	}
	slices.Sort(pairs)
	return slices.Compact(pairs)
}

// soundsOf numbers what is heard: syllables, also of pinyin, and behind them all other characters.
func soundsOf(text []rune) []uint16 {
	const others = 1 << 15
	var sounds []uint16
	for i := 0; i < len(text); {
		if length := letters(text[i:]); length > 1 {
			if syllables, ok := chinese.AppendLatin(nil, text[i:i+length]); ok && len(syllables) > 1 {
				for _, s := range syllables {
					sounds = append(sounds, uint16(s))
				}
				i += length
				continue
			}
		}
		if s := chinese.SyllableOf(text[i]); s != 0 {
			sounds = append(sounds, uint16(s))
		} else {
			sounds = append(sounds, others|uint16(text[i]))
		}
		i++
	}
	return sounds
}

// letters returns the length of the run of letters a-z that begins text.
func letters(text []rune) int {
	for i, r := range text {
		if r < 'a' || r > 'z' {
			return i
		}
	}
	return len(text)
}

// forest keeps which of some numbers belong together.
type forest struct{ parent []int }

func newForest(n int) forest {
	f := forest{make([]int, n)}
	for i := range f.parent {
		f.parent[i] = i
	}
	return f
}

func (f forest) root(i int) int {
	for f.parent[i] != i {
		f.parent[i] = f.parent[f.parent[i]]
		i = f.parent[i]
	}
	return i
}

// join puts two together; the root is always the first of its group.
func (f forest) join(i, j int) {
	i, j = f.root(i), f.root(j)
	f.parent[max(i, j)] = min(i, j)
}

func (f forest) roots() []int {
	roots := make([]int, len(f.parent))
	for i := range roots {
		roots[i] = f.root(i)
	}
	return roots
}
