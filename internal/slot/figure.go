package slot

import "strings"

// Measure says what a figure measures.
type Measure int

// What a figure can measure.
const (
	Yuan Measure = iota + 1
	Hours
	Time // whole months and days
)

// Figure is an amount or a length of time in a text.
type Figure struct {
	Measure Measure
	Value   float64 // of Yuan and Hours
	Months  int     // of Time
	Days    int     // of Time, beside the months
	Less    bool    // 快三年
	More    bool    // 三年多, 两三千, or no number is named
	Before  string  // the text between the figure before and this one, folded, punctuation kept as , and ;
}

// Figures returns the amounts and lengths of time in a text, and the text behind the last of them. Days of the calendar,
// counts of people, telephone numbers and the like are no figures. 三年半 is 42 months, 半个月 15 days.
func Figures(text string) (figures []Figure, rest string) {
	text = plain(text)
	from := 0
	for i := 0; i < len(text); {
		f, end, ok := readFigure(text, i)
		if ok {
			f.Before = text[from:i]
			figures = append(figures, f)
			from = end
		}
		if end == i {
			end += skipAt(text, i)
		}
		i = end
	}
	return figures, text[from:]
}

// readFigure reads the figure that begins at a place. The end is the place where there is not even a number.
func readFigure(text string, at int) (f Figure, end int, ok bool) {
	if s, ok := readSpan(text, at); ok && !s.vague {
		f = Figure{Measure: Time, Months: s.months, Days: s.days, Less: s.less, More: s.more || s.vague}
		return f, s.end, hasAnyPrefix(text[s.end:], []string{"前", "以前", "之前", "后", "以后", "底", "初"}) == ""
	}
	if rest, ok := strings.CutPrefix(text[at:], "半"); ok {
		if unit := hasAnyPrefix(rest, hourWords); unit != "" {
			return Figure{Measure: Hours, Value: 0.5}, at + len("半") + len(unit), true
		}
	}
	n, ok := readNumber(text, at)
	if !ok {
		return f, at, false
	}
	f = Figure{Value: n.value, More: n.more || n.vague}
	if unit := hasAnyPrefix(text[n.end:], hourWords); unit != "" {
		f.Measure = Hours
		return f, n.end + len(unit), true
	}
	before, digits := clauseBefore(text[:at], 36), n.end
	unit := n.readMoneyUnit(text)
	f.Measure = Yuan
	return f, n.end, n.value >= 1 && n.value < mostYuan &&
		(unit != "" && unit != "块" || unit == "块" && n.value >= 10 || unit == "" && mayBeAmount(text, &n, before, clauseAfter(text[digits:])))
}

var hourWords = []string{"个小时", "小时", "个钟头", "钟头", "个钟", "个多小时"}
