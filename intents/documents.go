package intents

import (
	"math"
	"slices"
)

// singleWeight is how much a single character weighs, compared with a pair as rare.
const singleWeight = 1.4

// document is a text as numbers of features (of which there are at most mostFeatures), each once, in two blocks: what is
// read, characters and pairs, and what is heard. The value of a feature is its rarity times the scale of its block.
type document struct {
	characters, sounds         []uint16
	characterScale, soundScale float32
	square                     float32 // of its length
}

// usualSquare is the sum of squared rarities of a block of the usual length. A block is scaled to the length one; one that
// has more is a little longer, so that what a worker tells besides does not drown what he asks: its squared length is the
// fourth root of how much more it has.
const usualSquare = 150

// scaleOf returns what the rarities of a block must be multiplied by, 0 for an empty one, and the square of the length that
// the block then has.
func (v *vocabulary) scaleOf(block []uint16) (scale, square float32) {
	var sum float32
	for _, number := range block {
		sum += v.squares[number]
	}
	if sum == 0 {
		return 0, 0
	}
	longer := max(1, math.Sqrt(math.Sqrt(float64(sum)/usualSquare)))
	return float32(math.Sqrt(longer / float64(sum))), float32(longer)
}

// scale sets the scales of a document of which a part from 0 to 1 is heard and not read: of pinyin, what is heard stands for
// what would be read as well.
func (v *vocabulary) scale(d *document, unread float32) {
	var read, heard float32
	d.characterScale, read = v.scaleOf(d.characters)
	d.soundScale, heard = v.scaleOf(d.sounds)
	d.soundScale *= 1 + unread
	d.square = read + heard*(1+unread)*(1+unread)
}

// appendKnown appends the numbers of the known keys, each once.
func (v *vocabulary) appendKnown(dst []uint16, keys []uint64) []uint16 {
	var seen [4]uint64 // a bit for the numbers that end alike: most come once and need no search
	from := len(dst)
	for _, key := range keys {
		number := v.number(key)
		if number == absent {
			continue
		}
		word, bit := &seen[number>>6&3], uint64(1)<<(number&63)
		if *word&bit != 0 && slices.Contains(dst[from:], uint16(number)) {
			continue
		}
		*word |= bit
		dst = append(dst, uint16(number))
	}
	return dst
}
