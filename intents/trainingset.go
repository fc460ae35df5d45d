package intents

import "unicode/utf8"

// trainingSet is a corpus made ready for the machines.
type trainingSet struct {
	*Normaliser
	*vocabulary
	raritySquares []float32 // by feature
	documents     []document
	class         []int     // by document
	price         []float32 // by document: what an error of it costs, compared with others
	held          []bool    // by document: left out at first
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
	var reader textReader
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
	set.add(&reader, corpus.Inside, class)
	set.add(&reader, corpus.Exact, class)
	set.addTold(&reader, corpus.Told, class)
	set.entries = len(set.names)
	set.add(&reader, corpus.Bare, class)
	set.inside = len(set.names)
	set.add(&reader, corpus.Outside, class)
	set.add(&reader, corpus.Danger, func(string) int { return dangerous })
	set.add(&reader, corpus.Harmless, func(string) int { return harmless })
	set.vectorise(&reader)
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
		set.append(reader.read(normal), class, 1, held)
	}
}

// addTold reads what answers say. The probabilities are not fitted on it, and no message is it word for word.
func (set *trainingSet) addTold(reader *textReader, examples []Example, classOf func(name string) int) {
	for _, e := range examples {
		reader.normal, reader.folded = set.Normaliser.append(reader.normal[:0], reader.folded[:0], e.Text)
		set.append(reader.read(reader.normal), classOf(e.Class), toldPrice, false)
	}
}

func (set *trainingSet) append(d document, class int, price float32, held bool) {
	set.documents = append(set.documents, d)
	set.class = append(set.class, class)
	set.price = append(set.price, price)
	set.held = append(set.held, held)
}

// vectorise learns the vocabulary and gives the documents its numbers.
func (set *trainingSet) vectorise(reader *textReader) {
	var renumbered []uint32
	least := int32(1)
	if len(reader.keys)*(len(set.names)+2) > mostWeights {
		least = 2
	}
	set.vocabulary, renumbered = reader.vocabulary(least)
	for _, r := range set.rarity {
		set.raritySquares = append(set.raritySquares, r*r)
	}
	for i := range set.documents {
		d := &set.documents[i]
		d.characters, d.sounds = keepKnown(d.characters, renumbered), keepKnown(d.sounds, renumbered)
		set.scale(d)
	}
}

// keepKnown renumbers in place and drops what is absent.
func keepKnown(numbers, renumbered []uint32) []uint32 {
	kept := numbers[:0]
	for _, n := range numbers {
		if renumbered[n] != absent {
			kept = append(kept, renumbered[n])
		}
	}
	return kept
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
}

func (r *textReader) read(text []rune) document {
	r.documents++
	r.extract(text)
	return document{characters: r.number(r.characters), sounds: r.number(r.sounds)}
}

// number returns the numbers of keys, each once.
func (r *textReader) number(keys []uint64) []uint32 {
	numbers := make([]uint32, 0, len(keys))
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
		numbers = append(numbers, n)
	}
	return numbers
}

// vocabulary keeps the features of at least so many documents, and returns by old number the new one.
func (r *textReader) vocabulary(least int32) (*vocabulary, []uint32) {
	v := &vocabulary{}
	renumbered := make([]uint32, len(r.counts))
	for n, count := range r.counts {
		renumbered[n] = absent
		if count >= least {
			renumbered[n] = uint32(len(v.rarity))
			v.rarity = append(v.rarity, rarity(r.keys[n], int(count), int(r.documents)))
		}
	}
	v.table = newTable(len(v.rarity))
	for n, number := range renumbered {
		if number != absent {
			v.put(r.keys[n], number)
		}
	}
	return v, renumbered
}

func appendRunes(dst []byte, text []rune) []byte {
	for _, r := range text {
		dst = utf8.AppendRune(dst, r)
	}
	return dst
}
