package knowledge

import (
	"slices"
	"strings"

	"zhugong/internal/strictyaml"
)

// figures checks that every figure of a text is a telephone number, or one that a law named in the same text
// says. Figures of the report come in by placeholders only.
func (c *checker) figures(file string, text strictyaml.Text, parts template) {
	allowed := c.allowedFigures(text.Value, parts)
	for _, p := range parts {
		if p.placeholder {
			continue
		}
		for _, figure := range slices.Concat(digitGroups(p.text), numerals(p.text)) {
			if c.isAllowed(figure, p.text, allowed) || isListMarker(text.Value, p.start+figure.start, figure.text) {
				continue
			}
			c.faultInside(file, text, p.start+figure.start, "这里的数字“"+figure.text+"”没有出处", figureMend(allowed))
		}
	}
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
	for _, public := range c.public.Public {
		for _, number := range public.Numbers {
			if strings.Contains(text, number.Value) {
				allowed = append(allowed, values(public.Figures)...)
				break
			}
		}
	}
	slices.Sort(allowed)
	return slices.Compact(allowed)
}

// isAllowed reports whether the figure is a telephone number or one of the allowed ones, with its unit.
func (c *checker) isAllowed(f figure, text string, allowed []string) bool {
	if c.numbers[f.text] {
		return true
	}
	rest := text[f.start:]
	for _, phrase := range allowed {
		if beginsWith(rest, phrase) || f.value != "" && beginsWith(f.value+text[f.end:], phrase) {
			return true
		}
	}
	return false
}

// beginsWith compares figures: width, spaces, and 日 or 天 make no difference.
func beginsWith(text, phrase string) bool {
	return strings.HasPrefix(plainFigure(text), plainFigure(phrase))
}

func plainFigure(s string) string {
	return strings.NewReplacer(" ", "", "天", "日", "块钱", "元", "两", "2", "％", "%").Replace(halfWidth(s))
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
