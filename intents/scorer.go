package intents

import "math"

// scorer holds the weights of all machines, a byte each, eight machines to a word, in a row a feature: the margins of
// a message are sums over the rows of its features, and a 64-bit register adds four at a time. Rounding to bytes
// moves a margin by half a step a feature, by chance up or down.
type scorer struct {
	stride int       // words a row
	rows   []uint64  // the row of feature f is rows[f*stride:(f+1)*stride]
	step   []float32 // by machine: the weight that one unit of its bytes is worth
	bias   []float32 // by machine
}

const (
	lanes    = 8           // machines a word
	together = 4           // words summed in one go; rows are filled up to a multiple of them
	zero     = 128         // the byte that stands for weight 0
	mostRows = 65535 / 255 // as many bytes fit into a sum of 16 bits
	evenByte = 0x00FF00FF00FF00FF
)

func newScorer(machines, features int) *scorer {
	s := &scorer{stride: (machines + lanes*together - 1) / (lanes * together) * together}
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
	const part = 64 // rows that stay in the processor's nearest memory while they are filled
	features := len(machines[0].weights)
	parallel((features+part-1)/part, func(p int) {
		first, last := p*part, min((p+1)*part, features)
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

func (s *scorer) addBlock(numbers []uint32, scale float32, margins []float32) {
	for len(numbers) > 0 {
		chunk := numbers[:min(len(numbers), mostRows)]
		numbers = numbers[len(chunk):]
		for word := 0; word < s.stride; word += together {
			s.addWords(chunk, word, scale, margins)
		}
	}
}

// addWords adds the sums of four words of the rows to the margins of their machines.
func (s *scorer) addWords(numbers []uint32, word int, scale float32, margins []float32) {
	rows, stride := s.rows[word:], s.stride
	var e0, e1, e2, e3, o0, o1, o2, o3 uint64 // four sums of 16 bits each: bytes at even places and at odd ones
	for _, number := range numbers {
		at := int(number) * stride
		row := rows[at : at+together : at+together]
		e0 += row[0] & evenByte
		o0 += row[0] >> 8 & evenByte
		e1 += row[1] & evenByte
		o1 += row[1] >> 8 & evenByte
		e2 += row[2] & evenByte
		o2 += row[2] >> 8 & evenByte
		e3 += row[3] & evenByte
		o3 += row[3] >> 8 & evenByte
	}
	zeros := int32(len(numbers) * zero)
	even, odd := [together]uint64{e0, e1, e2, e3}, [together]uint64{o0, o1, o2, o3}
	for i := range together {
		from := (word + i) * lanes
		step, margin := s.step[from:from+lanes], margins[from:from+lanes]
		for lane := 0; lane < lanes; lane += 2 {
			margin[lane] += float32(int32(even[i]&0xFFFF)-zeros) * (step[lane] * scale)
			margin[lane+1] += float32(int32(odd[i]&0xFFFF)-zeros) * (step[lane+1] * scale)
			even[i] >>= 16
			odd[i] >>= 16
		}
	}
}
