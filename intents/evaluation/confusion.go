package evaluation

import (
	"cmp"
	"fmt"
	"slices"

	"zhugong/intents"
	"zhugong/knowledge"
)

// Confusion is a pair of entries of which one is taken for the other.
type Confusion struct {
	Wanted   string    `json:"wanted"`
	Got      string    `json:"got"`
	Count    int       `json:"count"`
	Answered int       `json:"answered"` // of these, without asking back
	Examples []Mistake `json:"examples"` // all of them, in the order of the files
}

// Mistake is a text that was taken for another entry, and the line that probably caused it.
type Mistake struct {
	Text        string  `json:"text"`
	Place       string  `json:"place"` // file:line
	Wanted      string  `json:"wanted"`
	Got         string  `json:"got"`
	Probability float64 `json:"probability"`
	Answered    bool    `json:"answered"` // without asking back
	Cause       Cause   `json:"cause"`
}

// Cause is the example of the wrong entry that is most like the text, and what they have in common.
type Cause struct {
	Text   string   `json:"text"`
	Place  string   `json:"place"`
	Shared []string `json:"shared"` // the most telling first
}

// Thief is an entry that other entries' texts are taken for.
type Thief struct {
	Entry string   `json:"entry"`
	Title string   `json:"title"`
	Taken int      `json:"taken"`
	From  []Victim `json:"from"` // most frequent first
}

// Victim is an entry that loses texts to another.
type Victim struct {
	Entry string `json:"entry"`
	Taken int    `json:"taken"`
}

// pair is what was wanted and what was got.
type pair struct{ wanted, got string }

// confusions collects the texts taken for another entry, by pair.
func (f *finder) confusions(t *trial) []Confusion {
	byPair := map[pair]*Confusion{}
	for i, match := range t.clean {
		if !f.plan.wrongly(i, match) {
			continue
		}
		key := pair{f.plan.items[i].Class, match.Best().Intent}
		c := byPair[key]
		if c == nil {
			c = &Confusion{Wanted: key.wanted, Got: key.got}
			byPair[key] = c
		}
		m := f.mistake(i, match)
		c.Count++
		if m.Answered {
			c.Answered++
		}
		c.Examples = append(c.Examples, m)
	}
	result := make([]Confusion, 0, len(byPair))
	for _, c := range byPair {
		result = append(result, *c)
	}
	slices.SortFunc(result, func(a, b Confusion) int {
		return cmp.Or(b.Count-a.Count, b.Answered-a.Answered, cmp.Compare(a.Wanted, b.Wanted), cmp.Compare(a.Got, b.Got))
	})
	return result
}

// answered collects the outside messages that were answered as if they were the union's business.
func (f *finder) answered(t *trial) []Mistake {
	result := []Mistake{}
	for i := range f.plan.items {
		if !f.plan.items[i].outside {
			continue
		}
		for _, match := range []intents.Match{t.clean[i], t.unseen[i]} {
			if match.Decide() == intents.Answer {
				result = append(result, f.mistake(i, match))
				break
			}
		}
	}
	return result
}

func (f *finder) mistake(i int, match intents.Match) Mistake {
	it := &f.plan.items[i]
	best := match.Best()
	return Mistake{Text: it.Text, Place: where(it.Place), Wanted: it.Class, Got: best.Intent, Probability: rounded(best.Probability),
		Answered: match.Decide() == intents.Answer, Cause: f.cause(it, best.Intent)}
}

func where(p knowledge.Place) string { return fmt.Sprintf("%s:%d", p.File, p.Line) }

// thieves collects the entries that take most texts of others.
func (p *Plan) thieves(t *trial) []Thief {
	taken := map[string]map[string]int{}
	for i, match := range t.clean {
		if got := match.Best().Intent; p.wrongly(i, match) && got != "" {
			if taken[got] == nil {
				taken[got] = map[string]int{}
			}
			taken[got][p.items[i].Class]++
		}
	}
	thieves := make([]Thief, 0, len(taken))
	for entry, victims := range taken {
		thief := Thief{Entry: entry, Title: p.titles[entry]}
		for victim, count := range victims {
			thief.Taken += count
			thief.From = append(thief.From, Victim{victim, count})
		}
		slices.SortFunc(thief.From, func(a, b Victim) int { return cmp.Or(b.Taken-a.Taken, cmp.Compare(a.Entry, b.Entry)) })
		thieves = append(thieves, thief)
	}
	slices.SortFunc(thieves, func(a, b Thief) int { return cmp.Or(b.Taken-a.Taken, cmp.Compare(a.Entry, b.Entry)) })
	return thieves
}
