package strictyaml

import (
	"slices"
	"strings"
)

// level is a list or a group of keys that is open at the line now checked.
type level struct {
	column int // from 0
	list   bool
	line   int             // where it began
	shape  *shape          // what the form says of it, nil when that is not known
	seen   map[string]bool // keys of the group so far
	first  string          // key that began the group
}

// push opens a level below the innermost one.
func (l *linter) push(column int, list bool, s *shape) {
	if s != nil && (s.kind == listShape) != list {
		s = nil
	}
	l.levels = append(l.levels, level{column: column, list: list, line: l.number, shape: s})
}

// top returns the innermost level.
func (l *linter) top() *level { return &l.levels[len(l.levels)-1] }

// note remembers a key of the innermost level and what its value must be.
func (l *linter) note(key string) {
	top := l.top()
	if top.seen == nil {
		top.seen, top.first = map[string]bool{}, key
	}
	top.seen[key] = true
	l.below = top.shape.of(key)
}

// fit says whether a line may stand in a level.
type fit int

const (
	wrong   fit = iota // by the form it may not
	unknown            // the form does not tell
	right
)

// fit judges a line by its kind and key; by the column it is judged elsewhere.
func (v *level) fit(s sign) fit {
	switch {
	case v.list != s.item:
		return wrong
	case v.shape == nil:
		return unknown
	case s.item:
		return v.shape.element.fitItem(s)
	case v.seen[s.key]:
		return wrong
	}
	return v.shape.fitKey(s)
}

// fitItem judges an item of a list whose elements have this shape.
func (s *shape) fitItem(line sign) fit {
	group := s.kind == groupShape || s.kind == tableShape
	switch {
	case line.bare || !group && !line.known:
		return right
	case !group || line.key == "":
		return wrong
	}
	return s.fitKey(line)
}

func (s *shape) fitKey(line sign) fit {
	switch {
	case s.allows(line.key):
		return right
	case line.known:
		return wrong
	}
	return unknown
}

// allows reports whether a group of this shape may have the key.
func (s *shape) allows(key string) bool {
	return s != nil && slices.Contains(s.names, key)
}

// of returns the shape of a key's value, nil when it is not known.
func (s *shape) of(key string) *shape {
	if s == nil {
		return nil
	}
	for i := range s.fields {
		if s.fields[i].key == key {
			return s.fields[i].shape
		}
	}
	return nil
}

// sign is what a line begins with, as far as its place is concerned.
type sign struct {
	item  bool
	key   string // of the line, or behind the hyphen; "" for none
	known bool   // the form has the key somewhere
	bare  bool   // a hyphen with nothing behind it
}

// sign reads what stands at offset at, behind the hyphen of an item.
func (l *linter) sign(at int, item bool) sign {
	if l.number < len(l.rows) && l.rows[l.number].inner == at && l.rows[l.number].item == item {
		return l.rows[l.number].sign
	}
	if at >= len(l.text) {
		return sign{item: item, bare: item}
	}
	s, ok := l.findKey(at, item)
	if !ok {
		return sign{item: item}
	}
	return sign{item: item, key: s.key, known: l.keys.all[s.key] && (!item || l.keys.item[s.key])}
}

func spaces(n int) string { return strings.Repeat(" ", n) }
