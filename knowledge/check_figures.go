package knowledge

import (
	"cmp"
	"slices"
	"strings"

	"zhugong/internal/strictyaml"
)

// figureRules say which figures a text may have besides.
type figureRules struct {
	also []string          // figures with their units
	free func(at int) bool // whether those at a byte offset are free, nil for none
	mend string            // "" for the usual one
}

// figures checks that every figure of a text is a telephone number, or one that a law named in the same text
// says. Figures of the report come in by placeholders only.
func (c *checker) figures(file string, text strictyaml.Text, parts template, own figureRules) {
	if !c.sureOfPublic {
		return // nearly every figure would be one that nobody has said
	}
	if !strings.ContainsFunc(text.Value, func(r rune) bool { return isDigit(r) || isNumeral(r) }) {
		return
	}
	allowed := append(c.allowedFigures(text.Value, parts), own.also...)
	for _, p := range parts {
		if p.placeholder {
			continue
		}
		for _, figure := range unsourced(p.text, allowed, c.numbers) {
			at := p.start + figure.start
			if isListMarker(text.Value, at, figure.text) || own.free != nil && own.free(at) {
				continue
			}
			c.faultInside(file, text, at, "这里的数字“"+figure.text+"”没有出处", cmp.Or(own.mend, figureMend(allowed)))
		}
	}
}

// unsourced returns the figures of a text that are neither telephone numbers nor among the allowed phrases.
func unsourced(text string, allowed []string, numbers map[string]bool) []figure {
	figures := slices.Concat(digitGroups(text), numerals(text))
	slices.SortFunc(figures, func(a, b figure) int { return a.start - b.start })
	phrases := make([][]string, len(allowed)) // in pieces
	for i, phrase := range allowed {
		phrases[i] = cutAtFigures(phrase)
	}
	var left []figure
	for len(figures) > 0 {
		taken := 0
		if numbers[figures[0].text] {
			taken = 1
		}
		for _, pieces := range phrases {
			taken = max(taken, leading(figures, text, pieces))
		}
		if taken == 0 {
			left = append(left, figures[0])
		}
		figures = figures[max(taken, 1):]
	}
	return left
}

func figureMend(allowed []string) string {
	mend := "报道里的数写成 {事实:编号}；法律里的数，在同一段话里写明 {依据:编号}；都不是就删掉，不写自己想的数。"
	if len(allowed) > 0 {
		mend += "这段话现在可以写：" + strings.Join(allowed, "、") + "。"
	}
	return mend
}

// allowedFigures lists the figures of what the text names: by placeholder, or a hotline by its number.
func (c *checker) allowedFigures(text string, parts template) []string {
	var allowed []string
	for _, p := range parts {
		switch p.kind {
		case lawPlaceholder:
			allowed = append(allowed, c.ledger.Public[p.text].Figures...)
		case factPlaceholder:
			if c.ledger.Facts[p.text].Period == "五年" {
				allowed = append(allowed, "五年")
			}
		}
	}
	for _, public := range c.ledger.Public {
		if containsAny(text, public.Numbers) {
			allowed = append(allowed, public.Figures...)
		}
	}
	slices.Sort(allowed)
	return slices.Compact(allowed)
}

// leading returns how many of the first figures of a text are a phrase, which is cut at its figures. A phrase of
// several figures, such as 2027年6月30日, may be cut short at the end, or in front when two of its figures are left; a
// last part of it alone, such as 30日, means something else.
func leading(figures []figure, text string, pieces []string) int {
	for from := range pieces {
		n := 0
		for n < len(figures) && from+n < len(pieces) && figures[n].is(text, pieces[from+n]) {
			n++
			if n < len(figures) && strings.TrimSpace(text[figures[n-1].end:figures[n].start]) != unitOf(pieces[from+n-1]) {
				break
			}
		}
		if n > 1 || n == 1 && from == 0 {
			return n
		}
	}
	return 0
}

// cutAtFigures cuts a phrase before each of its figures but the first: 6月30日 is 6月 and 30日.
func cutAtFigures(phrase string) []string {
	var pieces []string
	groups, done := digitGroups(phrase), 0
	for _, group := range groups[min(1, len(groups)):] {
		pieces = append(pieces, phrase[done:group.start])
		done = group.start
	}
	return append(pieces, phrase[done:])
}

// is reports whether the figure and its unit are what piece says.
func (f figure) is(text, piece string) bool {
	return beginsWith(text[f.start:], piece) || f.value != "" && beginsWith(f.value+text[f.end:], piece)
}

// unitOf returns what follows the digits of a piece.
func unitOf(piece string) string {
	return strings.TrimSpace(strings.TrimLeftFunc(piece, isDigit))
}

// beginsWith compares figures: width, spaces, and 日 or 天 make no difference.
func beginsWith(text, phrase string) bool {
	text = text[:min(len(text), 4*len(phrase)+8)] // half a character at the end does no harm
	return strings.HasPrefix(plainFigure(text), plainFigure(phrase))
}

func plainFigure(s string) string {
	s = halfWidth(s)
	for _, pair := range [][2]string{{" ", ""}, {"天", "日"}, {"块钱", "元"}, {"两", "2"}, {"％", "%"}} {
		s = strings.ReplaceAll(s, pair[0], pair[1])
	}
	return s
}

// halfWidth replaces full-width digits and signs within figures.
func halfWidth(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case r == '．':
			return '.'
		case r == '－':
			return '-'
		}
		return r
	}, s)
}

// isListMarker reports whether the figure at byte offset i of a text numbers a line.
func isListMarker(text string, i int, figure string) bool {
	line := text[strings.LastIndexByte(text[:i], '\n')+1:]
	return len(figure) <= 2 && strings.HasPrefix(strings.TrimLeft(line, " "), figure+" ") &&
		strings.TrimSpace(text[strings.LastIndexByte(text[:i], '\n')+1:i]) == ""
}
