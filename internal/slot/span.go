package slot

import (
	"strings"
	"time"
)

// span is a length of time: 三个月, 一年半, 大半年, 快一年, 十天.
type span struct {
	start, end   int
	months, days int
	less, more   bool // 快一年, 一年多
	vague        bool // 几年: two at least
}

// readSpan reads the span that begins at a place in the text.
func readSpan(text string, at int) (span, bool) {
	s := span{start: at, end: at}
	if word := hasAnyPrefix(text[at:], lessWords); word != "" {
		s.less, s.end = true, at+len(word)
	}
	if !s.readWord(text) && !s.readCounted(text) {
		return s, false
	}
	if word := hasAnyPrefix(text[s.end:], []string{"多", "零几天", "出头"}); word != "" {
		s.more, s.end = true, s.end+len(word)
	}
	return s, true
}

var lessWords = []string{"快要", "快有", "快到", "快", "将近", "接近", "差不多快", "不到", "差点", "近", "差不多", "马上"}

var spanWords = []struct {
	word         string
	months, days int
}{
	{"大半年", 8, 0}, {"小半年", 5, 0}, {"半年", 6, 0}, {"大半个月", 0, 20}, {"小半个月", 0, 12}, {"半个月", 0, 15}, {"半月", 0, 15}, {"个把月", 1, 0}, {"个多月", 1, 5},
	{"年把", 12, 0}, {"半把年", 6, 0}, {"年半载", 12, 0},
}

func (s *span) readWord(text string) bool {
	for _, w := range spanWords {
		if strings.HasPrefix(text[s.end:], w.word) {
			s.months, s.days, s.end = w.months, w.days, s.end+len(w.word)
			return true
		}
	}
	return false
}

// readCounted reads a number with 年, 个月, 天 or 周, and after a year its months: 一年零三个月.
func (s *span) readCounted(text string) bool {
	n, ok := readSpanNumber(text, s.end)
	if !ok || n.value > 1000 {
		return false
	}
	s.vague = n.vague
	s.more = n.more
	unit := hasAnyPrefix(text[n.end:], []string{
		"年半", "年", "个半月", "个多月", "个来月", "个整月", "个月", "天", "日", "个星期", "个礼拜", "个周", "周", "星期", "礼拜", "整年",
	})
	s.end = n.end + len(unit)
	switch unit {
	case "":
		return false
	case "年半":
		s.months = int(n.value*12) + 6
	case "年", "整年":
		s.months = int(n.value * 12)
		return !isYearName(text[:n.start], &n) && s.readMonths(text)
	case "个半月":
		s.months, s.days = int(n.value), 15
	case "个多月", "个来月":
		s.months, s.more = int(n.value), unit == "个多月"
	case "个月", "个整月":
		s.months, s.days = int(n.value), int((n.value-float64(int(n.value)))*30)
		s.readDays(text)
	case "天", "日":
		s.days = int(n.value)
	default:
		s.days = int(n.value * 7)
	}
	return true
}

// readSpanNumber reads a number of years, months or days; 几 alone is vague.
func readSpanNumber(text string, at int) (number, bool) {
	if strings.HasPrefix(text[at:], "几") {
		return number{start: at, end: at + len("几"), value: 2, vague: true}, true
	}
	return readNumber(text, at)
}

// isYearName reports whether a number before 年 names a year: 2025年.
func isYearName(before string, n *number) bool {
	return n.value >= 100 || strings.HasSuffix(before, "第")
}

// readMonths reads the months behind years. It never fails.
func (s *span) readMonths(text string) bool {
	rest := text[s.end:]
	zero := len(hasAnyPrefix(rest, []string{"零", "又", "加", "多", "+"}))
	n, ok := readSpanNumber(text, s.end+zero)
	if ok && !n.vague && n.value < 12 && strings.HasPrefix(text[n.end:], "个月") &&
		(n.value > 1 || zero > 0 || !ofWage(text[n.end+len("个月"):])) {
		s.months += int(n.value)
		s.end = n.end + len("个月")
		s.readDays(text)
	} else if zero > 0 {
		s.readDays(text)
	}
	return true
}

// ofWage reports whether an amount follows: in 三年一个月5000 and 三年一个月拿五千 the month is that of the wage.
func ofWage(rest string) bool {
	const leastWage = 100
	if next := strings.TrimLeft(rest, ",;"); len(next) < len(rest) {
		n, ok := readNumber(next, 0)
		return ok && n.value >= leastWage
	}
	clause, _, _ := strings.Cut(rest, ",")
	return strings.ContainsAny(clause, "0123456789百千万")
}

// readDays reads the days behind months. In 一个月26天 they are those that are worked in the month.
func (s *span) readDays(text string) {
	zero := len(hasAnyPrefix(text[s.end:], []string{"零", "又"}))
	n, ok := readNumber(text, s.end+zero)
	if ok && !n.vague && n.value < 31 && n.value == float64(int(n.value)) && (s.months > 1 || zero > 0) && strings.HasPrefix(text[n.end:], "天") {
		s.days += int(n.value)
		s.end = n.end + len("天")
	}
}

// before returns the day a span ago. 快一年 is a month less than a year, 快三个月 a week less; 一年多 a month more, 三个多月
// half a month more.
func (c clock) before(s span) time.Time {
	days, months := s.days, s.months
	switch {
	case s.less && months >= 12 && months%12 == 0:
		months--
	case s.less && months > 0:
		days -= 7
	case s.more && months >= 6:
		months++
	case s.more && months > 0:
		days += 15
	}
	return c.monthsAgo(months).AddDate(0, 0, -days)
}
