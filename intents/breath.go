package intents

import (
	"strings"
	"unicode/utf8"
)

// Lengths in characters of what is said in one breath, without a mark between what is told and what is asked, as speech is
// written down.
const (
	shortestBreath = 16 // of both
	shortestTold   = 6
	longestTold    = 40
	shortestAsked  = 4
)

// afterAsides returns text without what its clauses tell before they ask; "" when none of them does.
func (m *Matcher) afterAsides(s *scratch, text string) string {
	var left []byte
	cut := false
	for clause := range strings.FieldsFuncSeq(text, separates) {
		at := m.endOfAside(s, clause)
		cut = cut || at > 0
		if len(left) > 0 {
			left = append(left, ' ')
		}
		left = append(left, clause[at:]...)
	}
	if !cut {
		return ""
	}
	return string(left)
}

// endOfAside returns where in a clause the aside ends that it begins with: behind those of its first characters that look
// most like one. 0 stands for none.
func (m *Matcher) endOfAside(s *scratch, clause string) int {
	length := utf8.RuneCountInString(clause)
	if length < shortestBreath {
		return 0
	}
	end, surest, told := 0, certainAside, 0
	for at := range clause {
		if told > min(longestTold, length-shortestAsked) {
			break
		}
		if told >= shortestTold {
			if p := m.asideness(s, clause[:at]); p > surest {
				end, surest = at, p
			}
		}
		told++
	}
	return end
}
