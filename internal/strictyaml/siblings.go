package strictyaml

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// maxAhead bounds how many lines are looked at to see where the siblings of a line stand.
const maxAhead = 500

// glimpse is a line as seen from afar, before it is checked.
type glimpse struct {
	sign
	column int  // of the hyphen or key
	inner  int  // of the key behind a hyphen
	blank  bool // no content, or text below a |
	odd    bool // the indentation has characters that are no spaces
	block  bool // text below a | may follow
	opens  bool // a key without value
	plain  bool // an item with a sentence that no check of a line by itself could find a fault with
}

// outline looks at all lines from afar.
func (l *linter) outline() []glimpse {
	rows := make([]glimpse, l.src.Lines()+1)
	block := -1
	for n := 1; n <= l.src.Lines(); n++ {
		l.text = l.src.Line(n)
		r := l.glimpse()
		if block >= 0 && (r.blank || r.column > block) {
			r.blank = true
		} else if block = -1; r.block {
			block = r.column
		}
		rows[n] = r
	}
	return rows
}

func (l *linter) glimpse() glimpse {
	at := leadEnd(l.text)
	if at < 0 || l.text[at] == '#' {
		return glimpse{blank: true}
	}
	r := glimpse{column: at, odd: spacesEnd(l.text) < at}
	if !r.odd && isPlainItem(l.text[at:]) {
		r.plain, r.item, r.inner = true, true, at+len("- ")
		return r
	}
	rest := strings.TrimRight(l.text, " ")
	r.opens = strings.HasSuffix(rest, ":") || strings.HasSuffix(rest, "：")
	r.block = strings.HasSuffix(rest, "|") || strings.HasSuffix(rest, "|-")
	after := at + len(l.text[at:]) - len(strings.TrimLeftFunc(l.text[at:], func(r rune) bool { return r == '-' || isDash(r) }))
	if r.item = after > at; r.item {
		after = len(l.text) - len(strings.TrimLeft(l.text[after:], " "))
	}
	r.sign, r.inner = l.sign(after, r.item), after
	return r
}

// isPlainItem reports whether text is a list item with a sentence of plain characters, as nearly all lines are.
func isPlainItem(text string) bool {
	sentence, item := strings.CutPrefix(text, "- ")
	if !item || sentence == "" {
		return false
	}
	for i := 0; i < len(sentence); {
		if b := sentence[i]; b >= 0xe5 && b <= 0xe9 { // of nearly all Chinese characters, which have three bytes
			i += 3
			continue
		}
		r, size := utf8.DecodeRuneInString(sentence[i:])
		if !isPlain(r) {
			return false
		}
		i += size
	}
	return true
}

// siblings returns the column of the level that the line now checked opens: where most of the lines stand that
// belong to the same level.
func (l *linter) siblings(in indentation, s sign) int {
	votes := l.votes(l.below, s.item, false)
	floor, usual, own := 0, 0, in.columns[0]
	if len(l.levels) > 0 {
		top := l.top()
		floor, usual = top.column+1, top.column+2
		if s.item && !top.list {
			floor--
		}
	}
	if len(votes) == 0 && s.item && s.key != "" { // the only item: its other keys tell
		votes = l.votes(l.below.elementOf(), false, true)
		for i := range votes {
			votes[i].column -= 2
		}
	}
	if in.odd >= 0 || own < floor || len(votes) == 0 && l.tooDeep(own, s) {
		own = usual
	}
	return elect(own, floor, usual, votes)
}

// tooDeep reports whether what stands below the line would not be deep enough if the line stood at column.
func (l *linter) tooDeep(column int, s sign) bool {
	if s.item {
		column += 2
	}
	return l.rows[l.number].opens && !l.goesOn(column-1)
}

// inner returns the column of the keys of an item whose hyphen belongs at column and whose first key stands
// behind gap spaces.
func (l *linter) inner(column, gap int) int {
	own := column + 1 + gap
	votes := l.votes(l.top().shape.elementOf(), false, true)
	if l.moved.found >= 0 && votes.at(own+l.moved.by) > 0 {
		return own // the whole item was moved
	}
	return elect(own, column+2, column+2, votes)
}

// tally says how many lines stand at each of a few columns, nearly always at one.
type tally []struct{ column, lines int }

func (t tally) at(column int) int {
	for _, vote := range t {
		if vote.column == column {
			return vote.lines
		}
	}
	return 0
}

// with returns the tally with one more line at column.
func (t tally) with(column int) tally {
	for i := range t {
		if t[i].column == column {
			t[i].lines++
			return t
		}
	}
	return append(t, struct{ column, lines int }{column, 1})
}

// votes counts the columns of the lines that belong to the level of shape s, which begins at the line now checked.
// They hold until the next call.
func (l *linter) votes(s *shape, list, element bool) tally {
	found := l.counted[:0]
	if s == nil || (s.kind == listShape) != list {
		return found
	}
	inside := -1 // the column of a key of the elements below which another list stands
	for n := l.number + 1; n < len(l.rows) && n <= l.number+maxAhead; n++ {
		r := &l.rows[n]
		if r.blank || inside >= 0 && r.column > inside {
			continue
		}
		inside = -1
		if list && !r.item && r.opens && s.element.alike(r.key) {
			inside = r.column
		}
		belongs, ends := s.sibling(r, list, element)
		if ends {
			break
		}
		if belongs && !r.odd {
			found = found.with(r.column)
		}
	}
	l.counted = found
	return found
}

// sibling reports whether a row belongs directly to a level of this shape, and whether the level has ended.
func (s *shape) sibling(r *glimpse, list, element bool) (belongs, ends bool) {
	switch {
	case list && r.item && s.element.fitItem(r.sign) == right:
		return true, false
	case list:
		return false, !r.item && !s.element.within(r.key)
	case r.item:
		return false, element && s.allows(r.key) || !s.lists
	}
	return s.allows(r.key), r.known && !s.within(r.key)
}

// alike reports whether the items of the list below a key may begin as those of the list whose elements have this shape.
func (s *shape) alike(key string) bool {
	below := s.of(key)
	return below != nil && below.kind == listShape && slices.ContainsFunc(below.element.names, s.allows)
}

// elementOf returns the shape of the elements of a list, nil when it is not known.
func (s *shape) elementOf() *shape {
	if s == nil {
		return nil
	}
	return s.element
}

// within reports whether the key may stand anywhere in a value of this shape.
func (s *shape) within(key string) bool { return s.words.all[key] }

// elect returns the column of a level whose first line stands at own: that column unless its siblings, at floor or
// deeper, are of another opinion. Of two lines that do not agree, the one at the usual column is right.
func elect(own, floor, usual int, votes tally) int {
	best, most := own, votes.at(own)
	for _, vote := range votes {
		if vote.column >= floor && (vote.lines > most || vote.lines == most && vote.column < best) {
			best, most = vote.column, vote.lines
		}
	}
	if votes.at(own) > 0 || most == 1 && best != usual {
		return own
	}
	return best
}
