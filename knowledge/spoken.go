package knowledge

import (
	"zhugong/internal/chinese"
	"zhugong/internal/strictyaml"
)

// spoken is a phrase that must lead to one thing only, with what that is.
type spoken struct {
	owner  string // id of an entry, of what is not ours, or of a flow
	file   string
	text   *strictyaml.Text
	folded string
}

// entriesSpoken returns the aliases and phrases of every entry.
func (t *topicFile) entriesSpoken(file string) [][]spoken {
	all := make([][]spoken, len(t.Entries))
	for i := range t.Entries {
		e := &t.Entries[i]
		all[i] = appendSpoken(make([]spoken, 0, len(e.Aliases)+len(e.Phrases)), e.ID.Value, file, e.Aliases)
		all[i] = appendSpoken(all[i], e.ID.Value, file, e.Phrases)
	}
	return all
}

// spoken returns the phrases of everything that is not ours.
func (o *outsideFile) spoken() []spoken {
	var all []spoken
	for i := range o.Outside {
		all = appendSpoken(all, o.Outside[i].ID.Value, outsideName, o.Outside[i].Phrases)
	}
	return all
}

func appendSpoken(all []spoken, owner, file string, texts []strictyaml.Text) []spoken {
	for i := range texts {
		all = append(all, spoken{owner, file, &texts[i], chinese.Fold(texts[i].Value)})
	}
	return all
}

// allSpoken returns every phrase, in the order of the files.
func (f *folder) allSpoken() []*spoken {
	const usual = 8192
	all := make([]*spoken, 0, usual)
	add := func(phrases []spoken) {
		for i := range phrases {
			all = append(all, &phrases[i])
		}
	}
	for _, t := range f.topics {
		for _, phrases := range t.spoken {
			add(phrases)
		}
	}
	add(f.outsideSpoken)
	for _, t := range f.flows {
		add(t.spoken)
	}
	return all
}
