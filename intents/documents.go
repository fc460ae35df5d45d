package intents

import "math"

// singleWeight is how much a single character weighs, compared with a pair as rare.
const singleWeight = 1.4

// document is a text as numbers of features (of which there are at most mostFeatures), each once, in two blocks: what is
// read, characters and pairs, and what is heard. The value of a feature is its rarity times the scale of its block, which makes the block one long.
type document struct {
	characters, sounds         []uint16
	characterScale, soundScale float32
}

// scaleOf returns what the rarities of a block must be multiplied by for the block to be one long, 0 for an empty one.
func (v *vocabulary) scaleOf(block []uint16) float32 {
	var square float32
	for _, number := range block {
		square += v.rarity[number] * v.rarity[number]
	}
	if square == 0 {
		return 0
	}
	return 1 / float32(math.Sqrt(float64(square)))
}

func (v *vocabulary) scale(d *document) {
	d.characterScale = v.scaleOf(d.characters)
	d.soundScale = v.scaleOf(d.sounds)
}

// square is the squared length of the document: one for each block that is not empty.
func (d *document) square() float32 {
	var square float32
	if d.characterScale > 0 {
		square++
	}
	if d.soundScale > 0 {
		square++
	}
	return square
}

// seen tells numbers that come again. It is scratch of one goroutine.
type seen struct {
	round  uint32
	marked []uint32 // by number: the round in which it came last
}

func (s *seen) begin() { s.round++ }

// first reports whether number comes for the first time since begin.
func (s *seen) first(number uint32) bool {
	if s.marked[number] == s.round {
		return false
	}
	s.marked[number] = s.round
	return true
}

// appendKnown appends the numbers of the known keys, each once.
func (v *vocabulary) appendKnown(dst []uint16, keys []uint64, seen *seen) []uint16 {
	for _, key := range keys {
		if number := v.number(key); number != absent && seen.first(number) {
			dst = append(dst, uint16(number))
		}
	}
	return dst
}
