package intents

import (
	"cmp"
	"slices"
)

// block is one block of all documents, while the vocabulary is not known yet: features are numbered as they come. Either
// block has features of its own, so that the two can be read side by side and still come out the same each time.
type block struct {
	table      table
	written    int       // documents from here on are copies, which bring no features of their own
	kinds      []kind    // by feature
	numbers    []uint32  // of all documents, one after the other
	ends       []int     // by document: where its numbers end
	unread     []float32 // by document: the part that is heard and not read
	likely     []slot    // scratch
	renumbered []uint32  // by feature: its number in the vocabulary, or absent
}

// kind is what is known of a feature while texts are read.
type kind struct {
	key    uint64
	count  int32 // documents that have it, without copies
	lastIn int32 // the last of them, counted from 1
}

// readBlocks reads both blocks of texts, side by side; those from number written on are copies.
func readBlocks(texts []string, written int) (characters, sounds *block) {
	characters, sounds = newBlock(len(texts), written), newBlock(len(texts), written)
	parallel(2, func(i int) {
		if i == 0 {
			characters.read(texts, func(f *features) []uint64 { return f.characters })
		} else {
			sounds.read(texts, func(f *features) []uint64 { return f.sounds })
		}
	})
	return characters, sounds
}

// newBlock returns a block for so many documents, of which so many are no copies.
func newBlock(documents, written int) *block {
	const (
		features = 32 // of a document, mostly
		kinds    = 4  // of features, for each document
	)
	return &block{table: newTable(kinds * written), written: written, kinds: make([]kind, 0, kinds*written),
		numbers: make([]uint32, 0, features*documents), ends: make([]int, 0, documents)}
}

// read numbers the keys that of returns of each text.
func (b *block) read(texts []string, of func(*features) []uint64) {
	var f features
	var characters []rune
	for _, text := range texts {
		characters = characters[:0]
		for _, r := range text {
			characters = append(characters, r)
		}
		f.extract(characters)
		b.add(of(&f))
		b.unread = append(b.unread, f.unread())
	}
}

// add adds a document with the numbers of keys, each once.
func (b *block) add(keys []uint64) {
	document := int32(len(b.ends) + 1)
	b.likely = b.table.appendLikely(b.likely[:0], keys)
	for i, key := range keys {
		n := b.likely[i].number
		if b.likely[i].key != key {
			if n = b.enter(key); n == absent {
				continue
			}
		}
		if int(n) == len(b.kinds) {
			b.kinds = append(b.kinds, kind{key: key})
		}
		k := &b.kinds[n]
		if k.lastIn == document {
			continue
		}
		k.lastIn = document
		if len(b.ends) < b.written {
			k.count++
		}
		b.numbers = append(b.numbers, n)
	}
	b.ends = append(b.ends, len(b.numbers))
}

// enter returns the number of a key, which a document that is no copy may bring.
func (b *block) enter(key uint64) uint32 {
	if len(b.ends) < b.written {
		return b.table.add(key)
	}
	return b.table.number(key)
}

// of returns the numbers of a document.
func (b *block) of(document int32) []uint32 {
	from := 0
	if document > 0 {
		from = b.ends[document-1]
	}
	return b.numbers[from:b.ends[document]]
}

// pack appends the vocabulary's numbers of a document, and returns them as well.
func (b *block) pack(dst []uint16, document int32) (extended, packed []uint16) {
	from := len(dst)
	for _, number := range b.of(document) {
		if r := b.renumbered[number]; r != absent {
			dst = append(dst, uint16(r))
		}
	}
	return dst, dst[from:len(dst):len(dst)]
}

// learnVocabulary makes a vocabulary of those mostFeatures features of both blocks that stand in most documents; of those
// that stand in equally many, chance decides, always in the same way. The commonest come first: what is used together lies
// together.
func learnVocabulary(blocks ...*block) *vocabulary {
	least := leastCount(mostFeatures, blocks)
	var kept []place
	for i, b := range blocks {
		b.renumbered = make([]uint32, len(b.kinds))
		for n, k := range b.kinds {
			b.renumbered[n] = absent
			if k.count >= least {
				kept = append(kept, place{mix(k.key), k.count, int32(i), uint32(n)})
			}
		}
	}
	slices.SortFunc(kept, func(a, b place) int { return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.chance, b.chance)) })
	kept = kept[:min(len(kept), mostFeatures)]
	v := &vocabulary{table: newTable(len(kept)), squares: make([]float32, len(kept))}
	for number, p := range kept {
		b := blocks[p.block]
		b.renumbered[p.number] = uint32(number)
		key := b.kinds[p.number].key
		v.squares[number] = raritySquare(key, int(p.count), b.written)
		v.put(key, uint32(number))
	}
	return v
}

// place is where a feature is found: its number in a block.
type place struct {
	chance uint64
	count  int32
	block  int32
	number uint32
}

// leastCount returns in how many documents a feature must stand for at least most to be left, if there are so many.
func leastCount(most int, blocks []*block) int32 {
	var kept [256]int // by count; the last for all above
	for _, b := range blocks {
		for _, k := range b.kinds {
			kept[min(int(k.count), len(kept)-1)]++
		}
	}
	left := 0
	for least := len(kept) - 1; least > 1; least-- {
		if left += kept[least]; left >= most {
			return int32(least)
		}
	}
	return 1
}
