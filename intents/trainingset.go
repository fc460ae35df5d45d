package intents

import (
	"math/rand/v2"
	"slices"
	"unicode/utf8"
)

// trainingSet is a corpus made ready for the machines.
type trainingSet struct {
	*Normaliser
	*vocabulary
	raritySquares []float32 // by feature
	documents     []document
	class         []int     // by document
	held          []bool    // by document: left out at first
	byClass       [][]int32 // by class: its documents
	exact         map[string]exactMatch
	classes
}

// classes are what documents are told apart by: entries first, then attributes of bare follow-ups, then kinds of
// outside messages.
type classes struct {
	names   []string
	entries int // names[:entries]
	inside  int // names[entries:inside] are attributes
}

// The machines behind those of the classes.
func (c *classes) detector() int { return len(c.names) }
func (c *classes) danger() int   { return len(c.names) + 1 }

// Numbers of documents that are of no class.
const (
	dangerous = -1
	harmless  = -2
)

func newTrainingSet(corpus Corpus) *trainingSet {
	set := &trainingSet{Normaliser: NewNormaliser(corpus.Words), exact: make(map[string]exactMatch, len(corpus.Inside)+len(corpus.Outside))}
	texts := len(corpus.Inside) + len(corpus.Exact) + len(corpus.Bare) + len(corpus.Outside) + len(corpus.Danger) + len(corpus.Harmless)
	set.documents, set.class, set.held = make([]document, 0, texts), make([]int, 0, texts), make([]bool, 0, texts)
	reader := newTextReader(texts)
	numbers := map[string]int{}
	class := func(name string) int {
		number, known := numbers[name]
		if !known {
			number = len(set.names)
			numbers[name] = number
			set.names = append(set.names, name)
		}
		return number
	}
	set.add(reader, corpus.Inside, class)
	set.add(reader, corpus.Exact, class)
	set.entries = len(set.names)
	set.add(reader, corpus.Bare, class)
	set.inside = len(set.names)
	set.add(reader, corpus.Outside, class)
	set.add(reader, corpus.Danger, func(string) int { return dangerous })
	set.add(reader, corpus.Harmless, func(string) int { return harmless })
	set.vectorise(reader)
	return set
}

// add reads examples. Of texts that come again only the first counts.
func (set *trainingSet) add(reader *textReader, examples []Example, classOf func(name string) int) {
	for _, e := range examples {
		class := classOf(e.Class)
		reader.normal, reader.folded = set.Normaliser.append(reader.normal[:0], reader.folded[:0], e.Text)
		normal := reader.normal
		written := string(normal)
		if _, twice := set.exact[written]; twice || len(normal) == 0 {
			continue
		}
		set.exact[written] = exactMatch{class, phraseOf(e)}
		held := heldOut(written, heldTexts) || set.inside > 0 && class >= set.inside && heldOut(e.Class, heldKinds)
		set.documents = append(set.documents, reader.read(normal))
		set.class = append(set.class, class)
		set.held = append(set.held, held)
	}
}

// vectorise learns the vocabulary and gives the documents its numbers, which then lie one after the other in the order in
// which the machines look at them: their time goes into waiting for memory.
func (set *trainingSet) vectorise(reader *textReader) {
	var renumbered []uint32
	set.vocabulary, renumbered = reader.vocabulary(reader.least(mostFeatures))
	for _, r := range set.rarity {
		set.raritySquares = append(set.raritySquares, r*r)
	}
	set.shuffle()
	numbers := 0
	for _, d := range set.documents {
		numbers += len(d.characters) + len(d.sounds)
	}
	packed := make([]uint32, 0, numbers)
	pack := func(block []uint32) []uint32 {
		from := len(packed)
		for _, n := range block {
			if renumbered[n] != absent {
				packed = append(packed, renumbered[n])
			}
		}
		return packed[from:len(packed):len(packed)]
	}
	set.byClass = make([][]int32, len(set.names))
	for i := range set.documents {
		d := &set.documents[i]
		d.characters, d.sounds = pack(d.characters), pack(d.sounds)
		set.scale(d)
		if class := set.class[i]; classed(class) {
			set.byClass[class] = append(set.byClass[class], int32(i))
		}
	}
}

// shuffle brings the documents into an order without meaning, always the same.
func (set *trainingSet) shuffle() {
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(set.documents), func(i, j int) {
		set.documents[i], set.documents[j] = set.documents[j], set.documents[i]
		set.class[i], set.class[j] = set.class[j], set.class[i]
		set.held[i], set.held[j] = set.held[j], set.held[i]
	})
}

// textReader turns texts into documents while the vocabulary is not known yet: features are numbered as they come.
type textReader struct {
	features
	normal, folded []rune
	table          table
	keys           []uint64 // by feature
	counts         []int32  // by feature: documents that have it
	lastIn         []int32  // by feature: the last of them
	documents      int32
	numbers        []uint32 // of all documents, one after the other
}

// newTextReader returns a reader for so many texts.
func newTextReader(texts int) *textReader {
	const (
		features = 64 // of a text, mostly
		kinds    = 8  // of features, for each text
	)
	return &textReader{table: newTable(kinds * texts), numbers: make([]uint32, 0, features*texts), keys: make([]uint64, 0, kinds*texts),
		counts: make([]int32, 0, kinds*texts), lastIn: make([]int32, 0, kinds*texts)}
}

func (r *textReader) read(text []rune) document {
	r.documents++
	r.extract(text)
	return document{characters: r.number(r.characters), sounds: r.number(r.sounds)}
}

// number returns the numbers of keys, each once.
func (r *textReader) number(keys []uint64) []uint32 {
	from := len(r.numbers)
	for _, key := range keys {
		n := r.table.add(key)
		if int(n) == len(r.counts) {
			r.keys, r.counts, r.lastIn = append(r.keys, key), append(r.counts, 0), append(r.lastIn, 0)
		}
		if r.lastIn[n] == r.documents {
			continue
		}
		r.lastIn[n] = r.documents
		r.counts[n]++
		r.numbers = append(r.numbers, n)
	}
	return r.numbers[from:len(r.numbers):len(r.numbers)]
}

// least returns in how many documents a feature must stand for no more than most to be left.
func (r *textReader) least(most int) int32 {
	for least := int32(1); ; least++ {
		kept := 0
		for _, count := range r.counts {
			if count >= least {
				kept++
			}
		}
		if kept <= most {
			return least
		}
	}
}

// vocabulary keeps the features of at least so many documents, and returns by old number the new one. The commonest come
// first: what is used together lies together.
func (r *textReader) vocabulary(least int32) (*vocabulary, []uint32) {
	renumbered := make([]uint32, len(r.counts))
	kept := make([]uint32, 0, len(r.counts))
	for n, count := range r.counts {
		renumbered[n] = absent
		if count >= least {
			kept = append(kept, uint32(n))
		}
	}
	slices.SortStableFunc(kept, func(a, b uint32) int { return int(r.counts[b] - r.counts[a]) })
	v := &vocabulary{table: newTable(len(kept)), rarity: make([]float32, len(kept))}
	for number, n := range kept {
		renumbered[n] = uint32(number)
		v.rarity[number] = rarity(r.keys[n], int(r.counts[n]), int(r.documents))
		v.put(r.keys[n], uint32(number))
	}
	return v, renumbered
}

func appendRunes(dst []byte, text []rune) []byte {
	for _, r := range text {
		dst = utf8.AppendRune(dst, r)
	}
	return dst
}
