package intents

import "math"

// scorer holds the weights of all machines, a byte each, eight machines to a word, in a row a feature: the margins of
// a message are sums over the rows of its features, and a 64-bit register adds four bytes at a time. Rounding to bytes
// moves a margin by half a step a feature, by chance up or down.
type scorer struct {
	stride int       // words a row
	rows   []uint64  // the row of feature f is rows[f*stride:(f+1)*stride]
	step   []float32 // by machine: the weight that one unit of its bytes is worth
	bias   []float32 // by machine
}

const (
	lanes    = 8           // machines a word
	together = 32          // words summed in one go, as many as lie near each other on the stack
	zero     = 128         // the byte that stands for weight 0
	mostRows = 65535 / 255 // as many bytes fit into a sum of 16 bits
	evenByte = 0x00FF00FF00FF00FF
)

func newScorer(machines, features int) *scorer {
	s := &scorer{stride: (machines + lanes - 1) / lanes}
	s.rows = make([]uint64, s.stride*features)
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
	s.addBlock(d.characters, d.characterScale, margins)
	s.addBlock(d.sounds, d.soundScale, margins)
}

func (s *scorer) addBlock(numbers []uint16, scale float32, margins []float32) {
	for len(numbers) > 0 {
		chunk := numbers[:min(len(numbers), mostRows)]
		numbers = numbers[len(chunk):]
		for from := 0; from < s.stride; from += together {
			s.addWords(chunk, from, min(from+together, s.stride), scale, margins)
		}
	}
}

// addWords adds the sums of words from to to of the rows to the margins of their machines.
func (s *scorer) addWords(numbers []uint16, from, to int, scale float32, margins []float32) {
	var sums [2 * together]uint64 // four sums of 16 bits each: bytes at even places, and behind them those at odd ones
	even, odd := sums[:to-from], sums[together:][:to-from]
	zeros := int32(len(numbers) * zero)
	for ; len(numbers) >= 4; numbers = numbers[4:] { // the processor waits for four rows at a time
		addRows(even, odd, s.row(numbers[0], from, to), s.row(numbers[1], from, to), s.row(numbers[2], from, to), s.row(numbers[3], from, to))
	}
	for _, number := range numbers {
		addRow(even, odd, s.row(number, from, to))
	}
	for i := range even {
		s.addSums(from+i, even[i], odd[i], zeros, scale, margins)
	}
}

// row returns words from to to of the row of a feature.
func (s *scorer) row(number uint16, from, to int) []uint64 {
	at := int(number) * s.stride
	return s.rows[at+from : at+to]
}

func addRow(even, odd, row []uint64) {
	even, odd = even[:len(row)], odd[:len(row)]
	for i, w := range row {
		even[i] += w & evenByte
		odd[i] += w >> 8 & evenByte
	}
}

func addRows(even, odd, a, b, c, d []uint64) {
	even, odd, b, c, d = even[:len(a)], odd[:len(a)], b[:len(a)], c[:len(a)], d[:len(a)]
	for i, w := range a {
		x, y, z := b[i], c[i], d[i]
		even[i] += w&evenByte + x&evenByte + y&evenByte + z&evenByte
		odd[i] += w>>8&evenByte + x>>8&evenByte + y>>8&evenByte + z>>8&evenByte
	}
}

// addSums adds the sums of a word to the margins of its machines.
func (s *scorer) addSums(word int, even, odd uint64, zeros int32, scale float32, margins []float32) {
	from := word * lanes
	step, margin := s.step[from:from+lanes], margins[from:from+lanes]
	for lane := 0; lane < lanes; lane += 2 {
		margin[lane] += float32(int32(even&0xFFFF)-zeros) * (step[lane] * scale)
		margin[lane+1] += float32(int32(odd&0xFFFF)-zeros) * (step[lane+1] * scale)
		even >>= 16
		odd >>= 16
	}
}
