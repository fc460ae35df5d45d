package intents

import (
	"cmp"
	"slices"
)

// trainingSet is a corpus made ready for the machines.
type trainingSet struct {
	*Normaliser
	*vocabulary
	lessons []lesson
	byClass [][]int32 // by class: its lessons, without copies
	exact   map[string]exactMatch
	classes
}

// lesson is a text to learn from.
type lesson struct {
	document
	class    int32
	chance   uint64 // by which its place among the others and whether it is held are drawn
	held     bool   // left out at first
	mistyped bool   // a copy
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
func (c *classes) aside() int    { return len(c.names) + 2 }
func (c *classes) machines() int { return len(c.names) + 3 }

// Numbers of documents that are of no class.
const (
	dangerous = -1
	harmless  = -2
	aside     = -3
)

func newTrainingSet(corpus Corpus) *trainingSet {
	set := &trainingSet{Normaliser: NewNormaliser(corpus.Words)}
	count := len(corpus.Inside) + len(corpus.Exact) + len(corpus.Bare) + len(corpus.Outside) + len(corpus.Danger) + len(corpus.Harmless) + len(corpus.Asides)
	set.exact, set.lessons = make(map[string]exactMatch, count), make([]lesson, 0, count)
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
	texts := make([]string, 0, count)
	texts = set.add(texts, corpus.Inside, class)
	texts = set.add(texts, corpus.Exact, class)
	set.entries = len(set.names)
	texts = set.add(texts, corpus.Bare, class)
	set.inside = len(set.names)
	texts = set.add(texts, corpus.Outside, class)
	texts = set.add(texts, corpus.Danger, func(string) int { return dangerous })
	texts = set.add(texts, corpus.Harmless, func(string) int { return harmless })
	texts = set.add(texts, corpus.Asides, func(string) int { return aside })
	written := len(texts)
	texts = set.mistype(texts)
	set.vectorise(texts, written, set.shuffle())
	return set
}

// add makes lessons of examples and appends their texts. Of texts that come again only the first counts.
func (set *trainingSet) add(texts []string, examples []Example, classOf func(name string) int) []string {
	for i, text := range set.normals(examples) {
		e := &examples[i]
		class := classOf(e.Class)
		if _, twice := set.exact[text]; twice || text == "" {
			continue
		}
		set.exact[text] = exactMatch{class, phraseOf(*e)}
		chance := chanceOf(text)
		held := chance%heldTexts == 0 || set.inside > 0 && class >= set.inside && chanceOf(e.Class)%heldKinds == 0
		set.lessons = append(set.lessons, lesson{class: int32(class), chance: chance, held: held})
		texts = append(texts, text)
	}
	return texts
}

// normals returns the texts of examples normalised.
func (set *trainingSet) normals(examples []Example) []string {
	texts := make([]string, len(examples))
	inParts(len(examples), 256, func(from, to int) {
		var normal, folded []rune
		for i := from; i < to; i++ {
			normal, folded = set.Normaliser.append(normal[:0], folded[:0], examples[i].Text)
			texts[i] = string(normal)
		}
	})
	return texts
}

// shuffle brings the lessons into an order without meaning and returns where they stood. The machines do not learn quite
// the same in another order; a new way of asking moves no other, so that it changes little but what it teaches.
func (set *trainingSet) shuffle() []int32 {
	stood := make([]int32, len(set.lessons))
	for i := range stood {
		stood[i] = int32(i)
	}
	slices.SortFunc(stood, func(a, b int32) int {
		return cmp.Or(cmp.Compare(mix(set.lessons[a].chance), mix(set.lessons[b].chance)), cmp.Compare(a, b))
	})
	shuffled := make([]lesson, len(stood))
	for k, i := range stood {
		shuffled[k] = set.lessons[i]
	}
	set.lessons = shuffled
	return stood
}

// vectorise learns the vocabulary from the texts that were so written, not from their copies, and gives the lessons its
// numbers, which lie one after the other in the order in which the machines look at them: their time goes into waiting for
// memory.
func (set *trainingSet) vectorise(texts []string, written int, stood []int32) {
	characters, sounds := readBlocks(texts, written)
	set.vocabulary = learnVocabulary(characters, sounds)
	inParts(len(stood), 256, func(from, to int) {
		count := 0
		for _, i := range stood[from:to] {
			count += len(characters.of(i)) + len(sounds.of(i))
		}
		packed := make([]uint16, 0, count)
		for k, i := range stood[from:to] {
			l := &set.lessons[from+k]
			packed, l.characters = characters.pack(packed, i)
			packed, l.sounds = sounds.pack(packed, i)
			set.scale(&l.document, sounds.unread[i])
		}
	})
	set.byClass = make([][]int32, len(set.names))
	for i := range set.lessons {
		if l := &set.lessons[i]; classed(l.class) && !l.mistyped {
			set.byClass[l.class] = append(set.byClass[l.class], int32(i))
		}
	}
}
