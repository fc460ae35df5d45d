package intents

import "zhugong/knowledge"

// FollowUps recognises which attribute (材料 地点 电话 …) a message asks about besides naming its matter. It is read only
// once trained.
type FollowUps struct{ matcher *Matcher }

// namedMargin is the margin from which a message is taken to ask about an attribute.
const namedMargin = 0

// TrainFollowUps learns how people ask for attributes. Titles and aliases, which ask for none, stand against them.
func TrainFollowUps(base *knowledge.Base) (*FollowUps, error) {
	whole := FromKnowledge(base)
	corpus := Corpus{Inside: whole.Bare, Words: base.Words}
	for _, e := range whole.Exact {
		corpus.Outside = append(corpus.Outside, Example{"", e.Text, e.Place})
	}
	matcher, err := Train(corpus)
	if err != nil {
		return nil, err
	}
	return &FollowUps{matcher}, nil
}

// Named returns the attribute that text asks about, "" when it asks about none.
func (f *FollowUps) Named(text string) string {
	m := f.matcher
	s := m.scratch.Get().(*scratch)
	defer m.scratch.Put(s)
	s.normal, s.folded = m.append(s.normal[:0], s.folded[:0], text)
	m.score(s)
	at := argmax(s.scores[:m.entries])
	if s.scores[at] < namedMargin {
		return ""
	}
	return m.names[at]
}
