package knowledge

import (
	"slices"
	"strings"

	"zhugong/internal/chinese"
)

// SafetyIndex finds the first of many rules that hits a message. It runs before everything else on every
// message, so it allocates nothing while nothing hits. It may be used by several goroutines at once.
type SafetyIndex struct {
	rules   []foldedRule
	clauses []clausePlace // of all rules, in order
	phrases phraseIndex   // of all clauses, with the number of the clause
}

// clausePlace says where a clause stands.
type clausePlace struct{ rule, clause int }

// foldedRule is a rule with its phrases as they look in a folded message.
type foldedRule struct {
	rule       *SafetyRule
	clauses    []foldedClause
	unless     []string // longest first
	exceptions phraseIndex
}

type foldedClause struct{ any, with, without foldedPhrases }

type foldedPhrases []foldedPhrase

type foldedPhrase struct{ folded, written string }

// NewSafetyIndex prepares rules for Find. The rules must not be changed afterwards.
func NewSafetyIndex(rules []SafetyRule) *SafetyIndex {
	x := &SafetyIndex{rules: make([]foldedRule, len(rules))}
	for i := range rules {
		x.rules[i].fold(&rules[i])
		for j, clause := range x.rules[i].clauses {
			for _, phrase := range clause.any {
				x.phrases.add(phrase.folded, len(x.clauses))
			}
			x.clauses = append(x.clauses, clausePlace{i, j})
		}
	}
	return x
}

// Find returns the first rule, in the order of the files, that hits a message folded by chinese.Fold, and
// the phrase that did it.
func (x *SafetyIndex) Find(folded string) (rule *SafetyRule, phrase string, ok bool) {
	candidates := x.phrases.in(folded)
	if candidates.empty() {
		return nil, "", false
	}
	for i, clause := range x.clauses {
		if !candidates.has(i) {
			continue
		}
		rule := &x.rules[clause.rule]
		if phrase, ok := rule.clauseHits(clause.clause, folded); ok {
			return rule.rule, phrase, true
		}
	}
	return nil, "", false
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
	var rule foldedRule
	rule.fold(&r)
	return rule.hits(folded)
}

func (f *foldedRule) fold(r *SafetyRule) {
	f.rule, f.clauses = r, make([]foldedClause, 0, len(r.Clauses))
	for _, clause := range r.Clauses {
		f.clauses = append(f.clauses, foldedClause{foldAll(clause.Any), foldAll(clause.With), foldAll(clause.Without)})
	}
	for _, phrase := range foldAll(r.Unless) {
		f.unless = append(f.unless, phrase.folded)
		f.exceptions.add(phrase.folded, 0)
	}
	slices.SortStableFunc(f.unless, func(a, b string) int { return len(b) - len(a) })
}

func foldAll(phrases []Phrase) foldedPhrases {
	folded := make(foldedPhrases, 0, len(phrases))
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
	if f.exceptions.in(folded).empty() {
		return clause.any.in(folded)
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
