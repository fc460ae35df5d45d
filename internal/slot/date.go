package slot

import (
	"strings"
	"time"
)

// Date reads a day, midnight in China, never one to come. Asked for, it also takes 15号, 8.3 and, where no day is named,
// the first that can be meant; else only a day that stands there.
func Date(text string, now time.Time, asked bool) (day time.Time, ok bool) {
	text, c := plain(text), newClock(now)
	if rest, found := corrected(text); found {
		if day, ok = c.date(rest, asked); ok {
			return day, true
		}
	}
	return c.date(text, asked)
}

func (c clock) date(text string, asked bool) (day time.Time, ok bool) {
	if !asked && !containsAny(text, eventWords) {
		return time.Time{}, false
	}
	for m, found := c.nextMoment(text, 0); found; m, found = c.nextMoment(text, m.end) {
		if m.grain == yearGrain || !asked && (m.grain != dayGrain || m.bare || isOther(text, m)) {
			continue
		}
		if ok && !day.Equal(m.day) {
			if !asked {
				return time.Time{}, false
			}
			break // of several the first is meant
		}
		day, ok = m.day, true
	}
	if !ok && asked {
		return c.bareDay(text)
	}
	return day, ok
}

// eventWords tell of something that has happened on a day.
var eventWords = []string{
	"伤", "摔", "砸", "断", "出事", "出的事", "事故", "辞", "开除", "裁", "解除", "解雇", "住院", "住进", "手术", "去世", "过世", "走的", "发生", "欠",
	"没发", "没给", "病", "撞", "压", "烧", "切", "掉下", "烫", "查出", "确诊", "扣",
}

// isOther reports whether a moment is that of another matter than what a worker complains of.
func isOther(text string, m moment) bool {
	rest := clauseAfter(text[m.end:])
	if len(rest) > 24 {
		rest = rest[:24]
	}
	return containsAny(rest, []string{"进厂", "入职", "来的", "出生", "生的", "签的", "离开", "离职", "走的", "辞职", "不干", "进场", "上班的"}) ||
		hasAnySuffix(text[:m.start], []string{"生日", "出生", "有效期到", "办到"}) != ""
}

// bareSpan reads an answer that is nothing but how long it has been: 差不多一个月了.
func (c clock) bareSpan(text string) (time.Time, bool) {
	bare := trimWords(text, []string{"已经", "有", "大概", "都", "怕有", "是", "应该"}, []string{"了", "左右", "吧", "嘛", "哦", "样子", "的", "啊"})
	if bare == "" {
		return time.Time{}, false
	}
	s, ok := readSpan(bare, 0)
	if !ok || s.vague || s.end != len(bare) {
		return time.Time{}, false
	}
	return c.before(s), true
}

// bareDay reads an answer that is nothing but a day of the month: 15, 三号.
func (c clock) bareDay(text string) (time.Time, bool) {
	bare := trimWords(text, beforeMoment, afterMoment)
	n, ok := wholeNumber(bare)
	if !ok {
		return c.bareSpan(text)
	}
	if n < 1 || n > 31 {
		return time.Time{}, false
	}
	return c.lastDay(0, 0, n)
}

var (
	beforeMoment = []string{"大概", "应该", "好像", "可能", "就", "是", "在", "差不多", "约", "从", "自", "大约", "也就", "估计", "我", "那个", "嗯", "哦"}
	afterMoment  = []string{"左右", "吧", "嘛", "哦", "了", "那天", "的", "啊", "呀", "样子", "前后", "的时候", "开始", "起", "号", "日"}
)

// wholeNumber reads a text that is nothing but a whole number.
func wholeNumber(text string) (int, bool) {
	n, ok := nextNumber(text, 0)
	if !ok || n.start != 0 || n.end != len(text) || n.more || n.vague || n.scaled || n.value > 1e9 || n.value != float64(int(n.value)) {
		return 0, false
	}
	return int(n.value), true
}

// lastDay returns the last day past that has the given year, month and day; what is 0 is not given.
func (c clock) lastDay(year, month, day int) (time.Time, bool) {
	switch {
	case year > 0:
		return c.day(year, month, day)
	case month > 0:
		for year = c.today.Year(); year > c.today.Year()-9; year-- { // 2月29号 is not in every year
			if t, ok := c.day(year, month, day); ok && !t.After(c.today) {
				return t, true
			}
		}
	default:
		for back := range 3 { // 31号 is not in every month
			first := c.firstOf(c.today.Year(), int(c.today.Month())-back)
			if t, ok := c.day(first.Year(), int(first.Month()), day); ok && !t.After(c.today) {
				return t, true
			}
		}
	}
	return time.Time{}, false
}

// readCalendar reads a year, a month and a day, as far as they are there: 2025年8月3日, 去年3月, 上个月15号, 25.8.3.
func (c clock) readCalendar(text string, at int) (moment, bool) {
	if m, ok := c.readDotted(text, at); ok || m.end > at {
		return m, ok
	}
	year, end := c.readYear(text, at)
	yearEnd := end
	if year > 0 {
		end += len(hasAnyPrefix(text[end:], []string{"的", " "}))
	}
	month, end := c.readMonth(text, end, &year)
	if month == 0 {
		switch {
		case yearEnd > at && (text[at] > '9' || yearEnd-at > len("25年")):
			return moment{end: yearEnd, day: c.firstOf(year, 1), grain: yearGrain}, true
		case yearEnd == at:
			return c.readDay(text, at)
		}
		return moment{}, false
	}
	if month > 12 {
		return moment{end: end}, false
	}
	day, dayEnd := readDayOfMonth(text, end)
	if day == 0 {
		first, ok := c.lastDay(year, month, 1)
		return moment{end: end, day: first, grain: monthGrain}, ok
	}
	if day == lastOfMonth {
		first, ok := c.lastDay(year, month, 1)
		t := first.AddDate(0, 1, -1)
		if ok && t.After(c.today) {
			t = c.today
		}
		return moment{end: dayEnd, day: t, grain: dayGrain}, ok
	}
	t, ok := c.lastDay(year, month, day)
	return moment{end: dayEnd, day: t, grain: dayGrain}, ok
}

// readDay reads 15号 without a month.
func (c clock) readDay(text string, at int) (moment, bool) {
	n, ok := readNumber(text, at)
	if !ok || n.more || n.scaled || n.value < 1 || n.value > 31 || hasAnyPrefix(text[n.end:], []string{"号", "日"}) == "" ||
		at > 0 && numberBefore(text[:at]) {
		return moment{}, false
	}
	end := n.end + len("号")
	if hasAnyPrefix(text[end:], []string{"人", "楼", "线", "院", "门", "店", "机", "工", "厂", "栋", "文", "多人"}) != "" {
		return moment{end: end}, false
	}
	t, ok := c.lastDay(0, 0, int(n.value))
	return moment{end: end, day: t, grain: dayGrain, bare: true}, ok
}

// numberBefore reports whether text ends in what a number or a name is made of.
func numberBefore(text string) bool {
	last := text[len(text)-1]
	return last >= '0' && last <= '9' || last >= 'a' && last <= 'z' || last == '.' || last == '-' || last == '/' ||
		hasAnySuffix(text, []string{"路", "街", "第", "巷", "道", "村", "弄", "月"}) != ""
}

// readDotted reads 2025-08-03, 25.8.3, 2025/8, 20250803 and, shorter, 8.3.
func (c clock) readDotted(text string, at int) (moment, bool) {
	if text[at] < '0' || text[at] > '9' || at > 0 && numberBefore(text[:at]) {
		return moment{}, false
	}
	if digitsAt(text[at:]) == 8 && isDay([]byte(text[at:at+8])) {
		t, ok := c.day(int(decimal(text[at:at+4])), int(decimal(text[at+4:at+6])), int(decimal(text[at+6:at+8])))
		return moment{end: at + 8, day: t, grain: dayGrain}, ok
	}
	var part [3]int
	parts, long, end := 0, false, at
	for parts < 3 {
		d := digitsAt(text[end:])
		if d == 0 || d > 2 && (d != 4 || parts > 0) {
			return moment{}, false
		}
		part[parts] = int(decimal(text[end : end+d]))
		long = long || d == 4
		end, parts = end+d, parts+1
		if end >= len(text) || parts == 3 || strings.IndexByte(".-/", text[end]) < 0 || digitsAt(text[end+1:]) == 0 {
			break
		}
		end++
	}
	if parts == 1 || digitsAt(text[end:]) > 0 {
		return moment{}, false
	}
	end += len(hasAnyPrefix(text[end:], []string{"号", "日"}))
	return c.dotted(text, part, parts, long, end)
}

func (c clock) dotted(text string, part [3]int, parts int, long bool, end int) (moment, bool) {
	if unit, _ := unitAt(text[end:]); unit > 0 || hasAnyPrefix(text[end:], moneyUnits) != "" || hasAnyPrefix(text[end:], counters) != "" {
		return moment{}, false
	}
	m := moment{end: end, grain: dayGrain}
	ok := false
	switch {
	case parts == 3 && (long || part[0] >= 10):
		if !long {
			part[0] += 2000
		}
		m.day, ok = c.day(part[0], part[1], part[2])
	case parts == 2 && long:
		m.grain = monthGrain
		m.day, ok = c.day(part[0], part[1], 1)
	case parts == 2 && part[0] > 12:
		m.grain, m.bare = monthGrain, true
		m.day, ok = c.day(2000+part[0], part[1], 1)
	case parts == 2:
		m.bare = true
		m.day, ok = c.lastDay(0, part[0], part[1])
	}
	return m, ok
}
