package intents

import "math"

// scorer holds the weights of all machines, six bits in a byte each, eight machines to a word, in a row a feature: the
// margins of a message are sums over the rows of its features. A 64-bit register adds eight bytes at a time, and four rows
// fit into a byte. Rounding moves a margin by half a step a feature, by chance up or down; six bits cost no more than eight.
type scorer struct {
	stride int       // words a row
	rows   []uint64  // the row of feature f is rows[f*stride:(f+1)*stride]
	none   []uint64  // a row that adds nothing
	step   []float32 // by machine: the weight that one unit of its bytes is worth
	bias   []float32 // by machine
}

const (
	lanes    = 8               // machines a word
	together = 32              // words summed in one go, as many as lie near each other on the stack
	atOnce   = 4               // rows that fit into a byte
	zero     = 32              // the byte that stands for weight 0
	highest  = 2*zero - 1      // atOnce of these fit into a byte
	mostRows = 65535 / highest // as many bytes fit into a sum of 16 bits
	evenByte = 0x00FF00FF00FF00FF
	evenPair = 0x0000FFFF0000FFFF // of bytes
)

func newScorer(machines, features int) *scorer {
	s := &scorer{stride: (machines + lanes - 1) / lanes}
	s.rows, s.none = make([]uint64, s.stride*features), make([]uint64, s.stride)
	s.step, s.bias = make([]float32, s.stride*lanes), make([]float32, s.stride*lanes)
	return s
}

// round rounds the weights of machines to bytes.
func (s *scorer) round(machines []*machine) {
	perStep := make([]float32, len(machines))
	parallel(len(machines), func(i int) {
		s.bias[i] = machines[i].bias
		if top := largest(machines[i].weights); top > 0 {
			s.step[i], perStep[i] = top/(zero-1), (zero-1)/top
		}
	})
	const part = 128 // rows that stay in the processor's nearest memory while they are filled
	features := len(machines[0].weights)
	inParts(features, part, func(first, last int) {
		clear(s.rows[first*s.stride : last*s.stride])
		for i, m := range machines {
			s.fill(i, m.weights[first:last], first, perStep[i])
		}
	})
}

// largest returns the largest magnitude. The bits of magnitudes are ordered as the numbers are.
func largest(weights []float32) float32 {
	var bits uint32
	for _, w := range weights {
		bits = max(bits, math.Float32bits(w)&^(1<<31))
	}
	return math.Float32frombits(bits)
}

// fill writes the bytes of a machine into the rows from the first feature on.
func (s *scorer) fill(machine int, weights []float32, first int, perStep float32) {
	at, shift := first*s.stride+machine/lanes, machine%lanes*8
	for _, w := range weights {
		s.rows[at] |= uint64(uint8(int32(w*perStep+zero+0.5))) << shift
		at += s.stride
	}
}

// newMargins returns room for what score writes.
func (s *scorer) newMargins() []float32 { return make([]float32, len(s.bias)) }

// score leaves the margin of each machine in margins.
func (s *scorer) score(d *document, margins []float32) {
	copy(margins, s.bias)
	characters, sounds := d.characters, d.sounds
	for len(characters)+len(sounds) > 0 {
		var read, heard []uint16
		read, characters = cut(characters, mostRows)
		heard, sounds = cut(sounds, mostRows)
		b := balance(d.characterScale, d.soundScale)
		zeros := int64(zero * (len(read)*int(b.characters) + len(heard)*int(b.sounds)))
		for from := 0; from < s.stride; from += together {
			to := min(from+together, s.stride)
			var c, h sums
			s.sum(read, from, to, &c)
			s.sum(heard, from, to, &h)
			for i := range to - from {
				s.addMargins(from+i, b.of(c.even[i], h.even[i]), b.of(c.odd[i], h.odd[i]), zeros, b.unit, margins)
			}
		}
	}
}

// cut cuts numbers behind the first of them, so many at most.
func cut(numbers []uint16, most int) (first, rest []uint16) {
	n := min(len(numbers), most)
	return numbers[:n], numbers[n:]
}

// sums are sums over rows, four of 16 bits a word: those of bytes at even places, and of those at odd ones.
type sums struct {
	even, odd [together]uint64
}

// sum adds up words from to to of the rows of features.
func (s *scorer) sum(numbers []uint16, from, to int, result *sums) {
	even, odd := result.even[:to-from], result.odd[:to-from]
	for ; len(numbers) >= atOnce; numbers = numbers[atOnce:] {
		addRows(even, odd, s.row(numbers[0], from, to), s.row(numbers[1], from, to), s.row(numbers[2], from, to), s.row(numbers[3], from, to))
	}
	if len(numbers) > 0 {
		rows := [atOnce][]uint64{s.none[from:to], s.none[from:to], s.none[from:to], s.none[from:to]}
		for i, number := range numbers {
			rows[i] = s.row(number, from, to)
		}
		addRows(even, odd, rows[0], rows[1], rows[2], rows[3])
	}
}

// row returns words from to to of the row of a feature.
func (s *scorer) row(number uint16, from, to int) []uint64 {
	at := int(number) * s.stride
	return s.rows[at+from : at+to]
}

func addRows(even, odd, a, b, c, d []uint64) {
	even, odd, b, c, d = even[:len(a)], odd[:len(a)], b[:len(a)], c[:len(a)], d[:len(a)]
	for i, w := range a {
		w += b[i] + c[i] + d[i]
		even[i] += w & evenByte
		odd[i] += w >> 8 & evenByte
	}
}

// balanced are the scales of a document's blocks as whole numbers, so that sums are added up two at a time in a word.
type balanced struct {
	characters, sounds uint64
	unit               float32 // what one is worth
}

// highestScale lets a sum of 16 bits times one scale and another times the other fit into 32 bits.
const highestScale = 1 << 15

func balance(characters, sounds float32) balanced {
	unit := max(characters, sounds) / highestScale
	return balanced{uint64(characters/unit + 0.5), uint64(sounds/unit + 0.5), unit}
}

// pairs are four sums of 32 bits: the first and third, and the second and fourth of a word.
type pairs struct{ first, second uint64 }

// of weighs four sums over characters and four over sounds.
func (b *balanced) of(characters, sounds uint64) pairs {
	return pairs{
		characters&evenPair*b.characters + sounds&evenPair*b.sounds,
		characters>>16&evenPair*b.characters + sounds>>16&evenPair*b.sounds,
	}
}

// addMargins adds what the sums of a word come to, to the margins of its machines: those of bytes at even places and of those
// at odd ones. zeros is what they would be if all weights were 0.
func (s *scorer) addMargins(word int, even, odd pairs, zeros int64, unit float32, margins []float32) {
	from := word * lanes
	step, margin := s.step[from:from+lanes], margins[from:from+lanes]
	margin[0] += step[0] * unit * float32(int64(even.first&math.MaxUint32)-zeros)
	margin[1] += step[1] * unit * float32(int64(odd.first&math.MaxUint32)-zeros)
	margin[2] += step[2] * unit * float32(int64(even.second&math.MaxUint32)-zeros)
	margin[3] += step[3] * unit * float32(int64(odd.second&math.MaxUint32)-zeros)
	margin[4] += step[4] * unit * float32(int64(even.first>>32)-zeros)
	margin[5] += step[5] * unit * float32(int64(odd.first>>32)-zeros)
	margin[6] += step[6] * unit * float32(int64(even.second>>32)-zeros)
	margin[7] += step[7] * unit * float32(int64(odd.second>>32)-zeros)
}
