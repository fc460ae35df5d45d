package intents

import "zhugong/knowledge"

// Example is one text of a known class: an entry's id, an attribute, or the id of a kind of outside message.
type Example struct {
	Class string
	Text  string
	Place knowledge.Place
}

// Corpus is what a Matcher learns from. Inside and Outside are told apart by a machine of their own.
type Corpus struct {
	Inside  []Example
	Outside []Example
	Exact   []Example // whole messages that are an entry: aliases and titles; they are learnt from as well
	Bare    []Example // follow-ups that name no matter of their own; the classes are attributes
	// Danger are messages of people in danger, Harmless ones that sound alike and are not; told apart by a machine of
	// their own. Their classes do not matter.
	Danger   []Example
	Harmless []Example
	Asides   []Example // what workers tell of themselves besides; told from everything else by a machine of their own
	Words    knowledge.Words
}

// FromKnowledge collects the corpus that stands in the knowledge files: ways of asking, aliases, titles, and the
// counter-examples as examples of what they really are.
func FromKnowledge(base *knowledge.Base) Corpus {
	corpus := Corpus{Words: base.Words}
	for _, entry := range base.Entries() {
		for _, phrase := range entry.Phrases {
			corpus.Inside = append(corpus.Inside, Example{entry.ID, phrase.Text, phrase.Place})
		}
		corpus.Exact = append(corpus.Exact, Example{entry.ID, entry.Title, entry.Place})
		for _, alias := range entry.Aliases {
			corpus.Exact = append(corpus.Exact, Example{entry.ID, alias.Text, alias.Place})
		}
		for _, counter := range entry.Counters {
			if _, known := base.Entry(counter.Want); known {
				corpus.Inside = append(corpus.Inside, Example{counter.Want, counter.Say.Text, counter.Say.Place})
			}
		}
	}
	for _, followUp := range base.FollowUps {
		for _, phrase := range followUp.Phrases {
			corpus.Bare = append(corpus.Bare, Example{followUp.Attribute, phrase.Text, phrase.Place})
		}
	}
	for _, phrase := range base.Worry.Danger {
		corpus.Danger = append(corpus.Danger, Example{Text: phrase.Text, Place: phrase.Place})
	}
	for _, phrase := range base.Worry.Harmless {
		corpus.Harmless = append(corpus.Harmless, Example{Text: phrase.Text, Place: phrase.Place})
	}
	for _, phrase := range base.Asides {
		corpus.Asides = append(corpus.Asides, Example{Text: phrase.Text, Place: phrase.Place})
	}
	for _, outside := range base.Outside {
		for _, phrase := range outside.Phrases {
			corpus.Outside = append(corpus.Outside, Example{outside.ID, phrase.Text, phrase.Place})
		}
	}
	return corpus
}

func phraseOf(e Example) knowledge.Phrase { return knowledge.Phrase{Text: e.Text, Place: e.Place} }
