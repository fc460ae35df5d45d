package strictyaml

import (
	"strings"
	"unicode/utf8"
)

// concealer returns a function that hides what stands in a line unless its key is known to hold no secret.
// Lines without a key are hidden as a whole: they may go on with a secret of the line before. So are addresses
// with a password or with parameters.
func concealer(s *shape) func(string) string {
	harmless := map[string]bool{}
	s.harmless(harmless)
	return func(line string) string {
		colon := strings.IndexAny(line, ":：")
		if colon < 0 {
			return hide(line)
		}
		key := cleanKey(strings.TrimLeft(line[:colon], " -"))
		if !s.words.all[key] {
			return hide(line)
		}
		if harmless[key] && !namesSecret(line[colon:], harmless) && !strings.ContainsAny(line, "@?") {
			return line
		}
		_, size := utf8.DecodeRuneInString(line[colon:])
		return line[:colon+size] + hide(line[colon+size:])
	}
}

// harmless notes for every key with a single text whether it may be shown.
func (s *shape) harmless(keys map[string]bool) {
	for _, f := range s.fields {
		switch f.shape.kind {
		case textShape, dateShape, boolShape:
			keys[f.key] = !f.shape.rule.secret
		case listShape:
			keys[f.key] = false
		}
		f.shape.harmless(keys)
	}
	if s.element != nil {
		s.element.harmless(keys)
	}
}

// namesSecret reports whether a key that may hold a secret stands in the text.
func namesSecret(text string, harmless map[string]bool) bool {
	for key, shown := range harmless {
		if !shown && strings.Contains(text, key) {
			return true
		}
	}
	return false
}

// hide replaces what could be part of a secret and keeps signs and spaces, so that columns stay.
func hide(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return '*'
		}
		return r
	}, s)
}
