package slot

import (
	"strings"
	"time"
)

// Month reads a month, as midnight of its first day in China, never one to come. Asked for, a bare number is one, a year
// alone is its first month, and 欠了三个月了 is the month that long ago.
func Month(text string, now time.Time, asked bool) (first time.Time, ok bool) {
	text, c := plain(text), newClock(now)
	if rest, found := corrected(text); found {
		if first, ok = c.month(rest, asked); ok {
			return first, true
		}
	}
	return c.month(text, asked)
}

func (c clock) month(text string, asked bool) (first time.Time, ok bool) {
	if !asked && !containsAny(text, []string{"欠", "没发", "没给", "没结", "未发", "工资", "工钱", "薪", "没拿到"}) {
		return time.Time{}, false
	}
	begins := false
	for m, found := c.nextMoment(text, 0); found; m, found = c.nextMoment(text, m.end) {
		if !asked && (m.grain == yearGrain || m.bare && !isBeginning(text, m) || isOther(text, m)) {
			continue
		}
		one := c.firstOf(m.day.Year(), int(m.day.Month()))
		begin := isBeginning(text, m)
		switch {
		case begin && !begins, !ok:
			first, ok, begins = one, true, begin
		case !begin && !begins && !asked && !one.Equal(first):
			return time.Time{}, false
		}
	}
	if ok || !asked {
		return first, ok
	}
	return c.bareMonth(text)
}

// isBeginning reports whether a moment is when something began: 从去年3月, 5月开始没发.
func isBeginning(text string, m moment) bool {
	rest := clauseAfter(text[m.end:])
	if len(rest) > 24 {
		rest = rest[:24]
	}
	return hasAnySuffix(text[:m.start], []string{"从", "自", "打"}) != "" || hasAnyPrefix(strings.TrimPrefix(rest, "份"), []string{"到", "至", "-", "起"}) != "" ||
		containsAny(rest, []string{"开始", "起就", "就没", "没发", "没给", "欠", "没结", "未发"})
}

// bareMonth reads an answer that is nothing but the number of a month, or how long it has been.
func (c clock) bareMonth(text string) (time.Time, bool) {
	bare := trimWords(text, beforeMoment, afterMoment)
	if n, ok := wholeNumber(bare); ok {
		switch {
		case n >= 1 && n <= 12:
			return c.lastDay(0, n, 1)
		case digitsAt(bare) == 6 && n/100 >= 2000 && n%100 >= 1 && n%100 <= 12:
			return c.past(c.firstOf(n/100, n%100))
		}
		return time.Time{}, false
	}
	if year, end := c.readYear(bare, 0); year > 0 && end == len(bare) {
		return c.past(c.firstOf(year, 1))
	}
	for i := 0; i < len(text); i += skipAt(text, i) {
		if s, ok := readSpan(text, i); ok && !s.vague {
			t := c.before(s)
			return c.firstOf(t.Year(), int(t.Month())), true
		}
	}
	return time.Time{}, false
}

// readYear reads a year at a place in the text: 去年, 2025年, 25年, 二零二五年. It returns 0 and the place for none.
func (c clock) readYear(text string, at int) (year, end int) {
	this := c.today.Year()
	switch word := hasAnyPrefix(text[at:], []string{"大前年", "前年", "去年", "上年", "头年", "旧年", "今年", "本年"}); word {
	case "":
	case "大前年":
		return this - 3, at + len(word)
	case "前年":
		return this - 2, at + len(word)
	case "今年", "本年":
		return this, at + len(word)
	default:
		return this - 1, at + len(word)
	}
	rest := text[at:]
	if at > 0 && text[at-1] >= '0' && text[at-1] <= '9' {
		return 0, at
	}
	digits, value := digitsAt(rest), 0
	size := digits
	if digits > 0 && digits <= 4 {
		value = int(decimal(rest[:digits]))
	} else if run, v := hanDigits(rest); run == 2 || run == 4 {
		digits, value, size = run, int(v), run*len("一")
	}
	if !strings.HasPrefix(rest[size:], "年") || strings.HasPrefix(rest[size:], "年前") && digits == 2 {
		return 0, at
	}
	end = at + size + len("年")
	switch {
	case digits == 4 && value >= 1950 && value < 2100:
		return value, end
	case digits == 2 && value >= 10 && value <= this%100:
		return 2000 + value, end
	}
	return 0, at
}

// monthNames are words that stand for a month, with or without a year before them.
var monthNames = []struct {
	word  string
	month int
}{
	{"年底", 12}, {"年尾", 12}, {"年末", 12}, {"底", 12}, {"年初", 1}, {"年头", 1}, {"初", 1}, {"年中", 6}, {"上半年", 1}, {"下半年", 7}, {"元月", 1},
}

// readMonth reads a month at a place in the text, and the year that it implies: 8月份, 上个月, 年底. A month beyond 12 was
// read, and is none.
func (c clock) readMonth(text string, at int, year *int) (month, end int) {
	if *year == 0 {
		word := hasAnyPrefix(text[at:], []string{"上上个月", "上上月", "大上个月", "大上月", "上个月", "上月", "上个把月", "这个月", "这月", "本月", "当月"})
		if word != "" && word != "上个把月" {
			back := strings.Count(word, "上") + strings.Count(word, "大")
			first := c.firstOf(c.today.Year(), int(c.today.Month())-back)
			*year = first.Year()
			return int(first.Month()), at + len(word)
		}
	}
	for _, name := range monthNames {
		rest, ok := strings.CutPrefix(text[at:], name.word)
		if ok && *year == 0 && hasAnyPrefix(rest, []string{"了", "才", "给", "再", "前", "之前", "发"}) != "" {
			continue // the end of this year
		}
		if ok && (*year > 0 || strings.Contains(name.word, "年") && !yearBefore(text[:at]) || name.word == "元月") {
			return name.month, at + len(name.word)
		}
	}
	if at > 0 && *year == 0 && numberBefore(text[:at]) {
		return 0, at
	}
	n, ok := readNumber(text, at)
	if !ok || n.start != at || n.more || n.scaled || n.value < 1 || n.value != float64(int(n.value)) || !strings.HasPrefix(text[n.end:], "月") {
		return 0, at
	}
	end = n.end + len("月")
	end += len(hasAnyPrefix(text[end:], []string{"份"}))
	if n.value > 12 {
		return 13, end
	}
	return int(n.value), end
}

// yearBefore reports whether text ends in 每, 半 or a number, so that 年 behind it is a span: 三年底薪.
func yearBefore(text string) bool {
	return text != "" && (numberBefore(text) || hasAnySuffix(text, []string{"每", "半", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十", "明", "后"}) != "")
}

// lastOfMonth is the day that 月底 means.
const lastOfMonth = 32

// isEnd reports whether a clause ends here, or goes on with nothing that could be counted.
func isEnd(after string) bool {
	return after == "" || hasAnyPrefix(after, []string{",", ";", " ", "那天", "的时候", "左右", "前后", "吧", "嘛", "了", "被", "受", "出"}) != ""
}

// isBareDay reports whether a number behind a month is its day though no 号 follows: 10月31, 十月二十. A single numeral
// has to end the clause: 十月一直没发.
func isBareDay(text string, n *number) bool {
	if hasAnyPrefix(text[n.end:], counters) != "" || hasAnyPrefix(text[n.end:], moneyUnits) != "" {
		return false
	}
	if n.digits > 0 {
		return n.digits <= 2
	}
	return n.value <= 31 && !n.ranged && (n.value > 10 || isEnd(text[n.end:]))
}

// readDayOfMonth reads the day behind a month: 15号, 初, 底; 0 when there is none. Beyond 31 there is no such day.
func readDayOfMonth(text string, at int) (day, end int) {
	switch word := hasAnyPrefix(text[at:], []string{"最后一天", "最后那天", "月底", "底", "月末", "末", "月尾", "月初", "初", "月中", "中旬", "上旬", "下旬", "中"}); word {
	case "":
	case "月初", "初", "上旬":
		return 1, at + len(word)
	case "月中", "中":
		return 15, at + len(word)
	case "中旬":
		return 11, at + len(word)
	case "下旬":
		return 21, at + len(word)
	default:
		return lastOfMonth, at + len(word)
	}
	at += len(text[at:]) - len(strings.TrimLeft(text[at:], " 的"))
	n, ok := readNumber(text, at)
	rough := n.more && (n.value == 10 || n.value == 20 || n.value == 30) && hasAnyPrefix(text[n.end:], []string{"号", "日"}) != "" // 二十几号
	if !ok || n.more && !rough || n.scaled || n.start != at || n.value != float64(int(n.value)) {
		return 0, at
	}
	mark := hasAnyPrefix(text[n.end:], []string{"号", "日"})
	switch {
	case mark != "" && hasAnyPrefix(text[n.end+len(mark):], []string{"人", "楼", "线"}) == "":
	case mark == "" && isBareDay(text, &n):
	default:
		return 0, at
	}
	if n.value < 1 || n.value > 31 {
		return 33, n.end + len(mark)
	}
	return int(n.value), n.end + len(mark)
}
