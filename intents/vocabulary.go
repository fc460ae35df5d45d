package intents

import "math"

// vocabulary numbers the features seen in training and weighs each by how rare it is. It is read only once built.
type vocabulary struct {
	table
	squares []float32 // by feature number: its squared rarity
}

// absent is the number of a feature that was not learnt.
const absent = math.MaxUint32

// table finds numbers by key in one array, by linear probing. No key is 0.
type table struct {
	slots []slot
	mask  uint64
	used  int
}

type slot struct {
	key    uint64 // 0: free
	number uint32
}

func newTable(keys int) table {
	size := uint64(16)
	for size < uint64(2*keys) {
		size <<= 1
	}
	return table{slots: written[slot](int(size)), mask: size - 1}
}

// number returns the number of a key, absent for an unknown one.
func (t *table) number(key uint64) uint32 {
	for i := mix(key) & t.mask; ; i = (i + 1) & t.mask {
		s := &t.slots[i]
		if s.key == key {
			return s.number
		}
		if s.key == 0 {
			return absent
		}
	}
}

// add returns the number of a key, the next free one for a new key.
func (t *table) add(key uint64) uint32 {
	if 2*t.used >= len(t.slots) {
		*t = t.larger()
	}
	i := mix(key) & t.mask
	for t.slots[i].key != key {
		if t.slots[i].key == 0 {
			t.slots[i] = slot{key, uint32(t.used)}
			t.used++
			break
		}
		i = (i + 1) & t.mask
	}
	return t.slots[i].number
}

// appendLikely appends for each key what stands where it would stand first. The processor waits for all of them at once.
func (t *table) appendLikely(dst []slot, keys []uint64) []slot {
	for _, key := range keys {
		dst = append(dst, t.slots[mix(key)&t.mask])
	}
	return dst
}

// put gives a key that is not there yet a number.
func (t *table) put(key uint64, number uint32) {
	i := mix(key) & t.mask
	for t.slots[i].key != 0 {
		i = (i + 1) & t.mask
	}
	t.slots[i] = slot{key, number}
	t.used++
}

func (t *table) larger() table {
	larger := newTable(max(len(t.slots), 1<<12))
	for _, s := range t.slots {
		if s.key != 0 {
			larger.put(s.key, s.number)
		}
	}
	return larger
}

// mix spreads the bits of a key, after Stafford's thirteenth variant of the MurmurHash3 finaliser.
func mix(k uint64) uint64 {
	k = (k ^ k>>30) * 0xbf58476d1ce4e5b9
	k = (k ^ k>>27) * 0x94d049bb133111eb
	return k ^ k>>31
}

// raritySquare is the square of what a feature of so many among all documents weighs: its inverse document frequency. The
// root of it as a weight keeps the names of matters from drowning the words that say what is asked about them.
func raritySquare(key uint64, documents, among int) float32 {
	square := math.Log(1 + float64(among)/float64(documents))
	if key>>kindBits == kindCharacter {
		square *= singleWeight * singleWeight
	}
	return float32(square)
}
