package slot

import (
	"strings"
	"time"
	"unicode/utf8"
)

// grain says how exactly a moment is known.
type grain int

const (
	yearGrain grain = iota + 1
	monthGrain
	roughGrain // a day is reckoned, the month is sure: 三个月前
	dayGrain
)

// moment is a day, a month or a year that a text names, never one to come.
type moment struct {
	start, end int
	day        time.Time // the first that can be meant
	grain      grain
	bare       bool // 15号, 8.3, 今天, 星期六: the day in question only in an answer
}

// nextMoment finds the first moment at or after from.
func (c clock) nextMoment(text string, from int) (moment, bool) {
	for i := from; i < len(text); {
		m, ok := c.readMoment(text, i)
		if m.end > i && (!ok || m.day.After(c.today) || isToCome(text[:i])) {
			i = m.end // was read, and is none: 下个月5号, 13月
			continue
		}
		if ok {
			m.start = i
			return m, true
		}
		i += skipAt(text, i)
	}
	return moment{}, false
}

// skipAt is how far to go on from a place where nothing was found: over a character, or all of a number.
func skipAt(text string, at int) int {
	if d := digitsAt(text[at:]); d > 0 {
		return d
	}
	r, size := utf8.DecodeRuneInString(text[at:])
	if !numeral(r) {
		return size
	}
	return len(text) - at - len(strings.TrimLeftFunc(text[at:], numeral))
}

func isToCome(before string) bool {
	return hasAnySuffix(before, []string{"下个月", "下月", "下下个月", "明年", "后年", "下周", "下个星期", "下星期", "下个礼拜", "农历", "阴历", "旧历"}) != ""
}

// beginnings are the characters, numerals apart, that the words for times begin with.
const beginnings = "上大去前今昨本这头旧年半腊冬正春过除元国劳儿妇建教双圣清开刚当快将接不差近马小个周星礼下底农阴老闰端中重"

// readMoment reads the moment that begins at a place. A moment with an end that is not ok has to be skipped.
func (c clock) readMoment(text string, at int) (moment, bool) {
	if first, _ := utf8.DecodeRuneInString(text[at:]); (first < '0' || first > '9') && !numeral(first) && !strings.ContainsRune(beginnings, first) {
		return moment{}, false
	}
	for _, read := range [...]func(clock, string, int) (moment, bool){
		clock.readRecent, clock.readAnniversary, clock.readWeekday, clock.readAgo, clock.readLunar, clock.readFestival, clock.readCalendar,
	} {
		if m, ok := read(c, text, at); ok || m.end > at {
			return m, ok
		}
	}
	return moment{}, false
}

var recentDays = []struct {
	word string
	days int
}{
	{"大前天", 3}, {"大前日", 3}, {"前天", 2}, {"前晚", 2}, {"前日", 2}, {"昨天", 1}, {"昨日", 1}, {"昨晚", 1}, {"昨儿", 1}, {"昨夜", 1},
	{"今天", 0}, {"今日", 0}, {"今早", 0}, {"今儿", 0}, {"今晨", 0}, {"刚才", 0}, {"刚刚", 0}, {"当天", -1},
}

// readRecent reads 昨天, 前天 and the like.
func (c clock) readRecent(text string, at int) (moment, bool) {
	for _, recent := range recentDays {
		if strings.HasPrefix(text[at:], recent.word) && recent.days >= 0 {
			return moment{end: at + len(recent.word), day: c.today.AddDate(0, 0, -recent.days), grain: dayGrain, bare: recent.days == 0}, true
		}
	}
	return moment{}, false
}

// readAnniversary reads 去年今天, 去年这个时候.
func (c clock) readAnniversary(text string, at int) (moment, bool) {
	year := hasAnyPrefix(text[at:], []string{"去年", "前年", "大前年"})
	if year == "" {
		return moment{}, false
	}
	end := at + len(year)
	end += len(hasAnyPrefix(text[end:], []string{"的"}))
	day := hasAnyPrefix(text[end:], []string{"今天", "今日", "这个时候", "这时候", "这个时间", "这个月", "这阵", "这几天", "现在"})
	if day == "" {
		return moment{}, false
	}
	years := map[string]int{"去年": 1, "前年": 2, "大前年": 3}[year]
	g := roughGrain
	if day == "今天" || day == "今日" {
		g = dayGrain
	}
	return moment{end: end + len(day), day: c.monthsAgo(12 * years), grain: g}, true
}

// readWeekday reads 上周三, 这个星期一, 礼拜天, and 上周.
func (c clock) readWeekday(text string, at int) (moment, bool) {
	rest := text[at:]
	back, which := 0, hasAnyPrefix(rest, []string{"上上个", "上上", "上个", "上", "这个", "这", "本"})
	switch {
	case strings.HasPrefix(which, "上上"):
		back = 2
	case strings.HasPrefix(which, "上"):
		back = 1
	}
	week := hasAnyPrefix(rest[len(which):], []string{"周", "星期", "礼拜"})
	if week == "" {
		return moment{}, false
	}
	end := at + len(which) + len(week)
	if hasAnySuffix(text[:at], []string{"下", "下个", "每", "每个"}) != "" {
		return moment{end: end}, false
	}
	day, size := weekday(text[end:])
	monday := c.today.AddDate(0, 0, -(int(c.today.Weekday())+6)%7-7*back)
	switch {
	case day == 0 && back == 0, week == "周" && which == "" && day == 7 && !strings.HasPrefix(text[end:], "日"):
		return moment{}, false
	case day == 0:
		return moment{end: end, day: monday, grain: roughGrain, bare: true}, true
	}
	t := monday.AddDate(0, 0, day-1)
	if which == "" && t.After(c.today) {
		t = t.AddDate(0, 0, -7)
	}
	return moment{end: end + size, day: t, grain: dayGrain, bare: which == ""}, true
}

// weekday reads a day of the week from 1, Monday, to 7; 0 is none.
func weekday(text string) (day, size int) {
	if text == "" {
		return 0, 0
	}
	r, size := utf8.DecodeRuneInString(text)
	switch {
	case r == '日' || r == '天':
		return 7, size
	case r >= '1' && r <= '7' && digitsAt(text) == 1:
		return int(r - '0'), size
	case r != '两' && r != '幺' && digitOf(r) >= 1 && digitOf(r) <= 6:
		return digitOf(r), size
	}
	return 0, 0
}

// readAgo reads 三个月前, 半年以前, 十天前.
func (c clock) readAgo(text string, at int) (moment, bool) {
	s, ok := readSpan(text, at)
	if !ok || s.vague {
		return moment{}, false
	}
	word := hasAnyPrefix(text[s.end:], []string{"之前", "以前", "前"})
	if word == "" || strings.HasPrefix(text[s.end+len(word):], "后") {
		return moment{}, false
	}
	g := roughGrain
	if s.months == 0 && !s.more && !s.less && s.days < 15 {
		g = dayGrain
	}
	return moment{end: s.end + len(word), day: c.before(s), grain: g, bare: s.months >= 12}, true
}
