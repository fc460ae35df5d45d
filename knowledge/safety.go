package knowledge

import (
	"slices"
	"strings"
	"unicode/utf8"

	"zhugong/internal/chinese"
)

// SafetyIndex finds the first of many rules that hits a message. It runs before everything else on every
// message, so it allocates nothing while nothing hits. It may be used by several goroutines at once.
type SafetyIndex struct {
	rules   []foldedRule
	clauses []clausePlace // of all rules, in order
	begins  [1 << 16 / 64]uint64
	starts  map[beginning][]start
}

// beginning is the first two characters of a phrase, the second 0 in a phrase of one character.
type beginning struct{ first, second rune }

// start is one phrase with the number of its clause.
type start struct {
	phrase string
	clause int
}

// clausePlace says where a clause stands.
type clausePlace struct{ rule, clause int }

// foldedRule is a rule with its phrases as they look in a folded message.
type foldedRule struct {
	rule    *SafetyRule
	clauses []foldedClause
	unless  []string // longest first
}

type foldedClause struct{ any, with, without foldedPhrases }

type foldedPhrases []foldedPhrase

type foldedPhrase struct{ folded, written string }

// NewSafetyIndex prepares rules for Find. The rules must not be changed afterwards.
func NewSafetyIndex(rules []SafetyRule) *SafetyIndex {
	x := &SafetyIndex{starts: map[beginning][]start{}}
	for i := range rules {
		rule := rules[i].fold()
		x.rules = append(x.rules, rule)
		for j, clause := range rule.clauses {
			for _, phrase := range clause.any {
				x.add(phrase.folded, len(x.clauses))
			}
			x.clauses = append(x.clauses, clausePlace{i, j})
		}
	}
	return x
}

func (x *SafetyIndex) add(folded string, clause int) {
	var b beginning
	first, size := utf8.DecodeRuneInString(folded)
	b.first = first
	if len(folded) > size {
		b.second, _ = utf8.DecodeRuneInString(folded[size:])
	}
	bit := b.bit()
	x.begins[bit>>6] |= 1 << (bit & 63)
	x.starts[b] = append(x.starts[b], start{folded, clause})
}

// bit numbers a beginning within begins; different ones may share a bit.
func (b beginning) bit() uint16 { return uint16(b.first)*31 ^ uint16(b.second) }

// Find returns the first rule, in the order of the files, that hits a message folded by chinese.Fold, and
// the phrase that did it.
func (x *SafetyIndex) Find(folded string) (rule *SafetyRule, phrase string, ok bool) {
	var candidates uint64 // one bit for every clause, shared by clauses that are 64 apart
	for i, r := range folded {
		candidates |= x.at(beginning{first: r}, folded[i:])
		if next := i + utf8.RuneLen(r); next < len(folded) {
			second, _ := utf8.DecodeRuneInString(folded[next:])
			candidates |= x.at(beginning{r, second}, folded[i:])
		}
	}
	if candidates == 0 {
		return nil, "", false
	}
	for i, clause := range x.clauses {
		if candidates&(1<<(i&63)) == 0 {
			continue
		}
		rule := &x.rules[clause.rule]
		if phrase, ok := rule.clauseHits(clause.clause, folded); ok {
			return rule.rule, phrase, true
		}
	}
	return nil, "", false
}

// at returns the clauses with a phrase that text begins with, which is b.
func (x *SafetyIndex) at(b beginning, text string) (clauses uint64) {
	bit := b.bit()
	if x.begins[bit>>6]&(1<<(bit&63)) == 0 {
		return 0
	}
	for _, s := range x.starts[b] {
		if strings.HasPrefix(text, s.phrase) {
			clauses |= 1 << (s.clause & 63)
		}
	}
	return clauses
}

// hits reports whether the rule with that id hits, be it the first or not.
func (x *SafetyIndex) hits(id, folded string) bool {
	for i := range x.rules {
		if x.rules[i].rule.ID == id {
			_, ok := x.rules[i].hits(folded)
			return ok
		}
	}
	return false
}

// Hits reports whether the rule hits a message folded by chinese.Fold, and by which phrase. SafetyIndex
// does the same for many rules and messages without preparing the rule each time.
func (r SafetyRule) Hits(folded string) (phrase string, ok bool) {
	rule := r.fold()
	return rule.hits(folded)
}

func (r *SafetyRule) fold() foldedRule {
	f := foldedRule{rule: r}
	for _, clause := range r.Clauses {
		f.clauses = append(f.clauses, foldedClause{foldAll(clause.Any), foldAll(clause.With), foldAll(clause.Without)})
	}
	for _, phrase := range foldAll(r.Unless) {
		f.unless = append(f.unless, phrase.folded)
	}
	slices.SortStableFunc(f.unless, func(a, b string) int { return len(b) - len(a) })
	return f
}

func foldAll(phrases []Phrase) foldedPhrases {
	var folded foldedPhrases
	for _, phrase := range phrases {
		if text := chinese.Fold(phrase.Text); text != "" {
			folded = append(folded, foldedPhrase{text, phrase.Text})
		}
	}
	return folded
}

// hits reports whether any clause holds.
func (f *foldedRule) hits(folded string) (phrase string, ok bool) {
	for i := range f.clauses {
		if phrase, ok := f.clauseHits(i, folded); ok {
			return phrase, true
		}
	}
	return "", false
}

// clauseHits reports whether clause i holds for a message with all exceptions cut out of it. What forbids
// the clause counts wherever it stands, in an exception too.
func (f *foldedRule) clauseHits(i int, folded string) (phrase string, ok bool) {
	clause := &f.clauses[i]
	if _, over := clause.without.in(folded); over || !clause.with.optional(folded) {
		return "", false // nothing need be cut to see this
	}
	for _, text := range f.unless {
		// What stood left and right of the cut must not grow together.
		folded = strings.ReplaceAll(folded, text, "\x00")
	}
	if !clause.with.optional(folded) {
		return "", false
	}
	return clause.any.in(folded)
}

// optional reports whether one of the phrases is in a folded message, or there are none.
func (p foldedPhrases) optional(folded string) bool {
	_, ok := p.in(folded)
	return ok || len(p) == 0
}

// in returns the first phrase that is in a folded message, as it was written.
func (p foldedPhrases) in(folded string) (written string, ok bool) {
	for _, phrase := range p {
		if strings.Contains(folded, phrase.folded) {
			return phrase.written, true
		}
	}
	return "", false
}
