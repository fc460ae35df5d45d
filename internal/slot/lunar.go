package slot

import (
	"strings"
	"time"
)

// lunarMonths are the months of the lunar years from 2015 to 2035, in their order: 1 for one of 30 days, 0 for one of 29;
// and after which month the leap month comes, 0 for none. TestNewYears holds them against the new years.
var lunarMonths = [...]struct {
	long string
	leap int
}{
	{"010010111010", 0}, {"101001011011", 0}, {"0101001010111", 6}, {"010100101011", 0}, {"101010010011", 0}, // 2015
	{"0111010010101", 4}, {"011010101010", 0}, {"101011010101", 0}, {"0100110110101", 2}, {"010010110110", 0}, // 2020
	{"1010010101110", 6}, {"101001001110", 0}, {"110100100110", 0}, {"1110100100110", 5}, {"110101010011", 0}, // 2025
	{"010110101010", 0}, {"0110101101010", 3}, {"100101101101", 0}, {"0100101011101", 11}, {"010010101101", 0}, // 2030
	{"101001001101", 0}, // 2035
}

// lunarDate is a day of the lunar calendar; a year of 0 is not given.
type lunarDate struct {
	year, month, day int
	leap             bool
}

// of returns the day of the calendar that a lunar date is. The thirtieth of a short month is its last day: so 腊月三十 is
// meant where the year ends on the twenty-ninth.
func (d lunarDate) of(c clock) (time.Time, bool) {
	first, ok := c.newYear(d.year)
	if !ok {
		return first, false
	}
	months := lunarMonths[d.year-firstNewYear]
	index := d.month - 1
	if d.leap && months.leap != d.month {
		return first, false
	}
	if d.leap || months.leap > 0 && d.month > months.leap {
		index++
	}
	days := 0
	for i := range index {
		days += lunarDays(months.long[i])
	}
	return first.AddDate(0, 0, days+min(d.day, lunarDays(months.long[index]))-1), true
}

func lunarDays(long byte) int { return 29 + int(long-'0') }

// lastLunar returns the last day past that a lunar date can mean. 今年腊月 said in autumn is that of the lunar year before.
func (c clock) lastLunar(d lunarDate) (time.Time, bool) {
	given := d.year
	if given == 0 {
		d.year = c.today.Year()
	}
	for range 2 {
		t, ok := d.of(c)
		if ok && !t.After(c.today) && (given == 0 || given == d.year || given == t.Year()) {
			return t, true
		}
		d.year--
	}
	return time.Time{}, false
}

// lunarFeasts are the feasts on a day of the lunar calendar.
var lunarFeasts = []struct {
	word       string
	month, day int
}{
	{"端午", 5, 5}, {"端阳", 5, 5}, {"七夕", 7, 7}, {"中元节", 7, 15}, {"中秋", 8, 15}, {"重阳", 9, 9}, {"腊八", 12, 8},
}

var lunarMarks = []string{"农历", "阴历", "旧历", "老历"}

// readLunar reads a day of the lunar calendar, and the year before it: 去年腊月二十八, 九月初三, 农历八月十五, 端午节. Without
// 农历 a numbered month is a lunar one only where its day is called so: 初三, 廿三.
func (c clock) readLunar(text string, at int) (moment, bool) {
	year, end := c.readYear(text, at)
	end += len(hasAnyPrefix(text[end:], []string{"的"}))
	mark := hasAnyPrefix(text[end:], lunarMarks)
	end += len(mark)
	if year == 0 && mark != "" {
		year, end = c.readYear(text, end)
		end += len(hasAnyPrefix(text[end:], []string{"的"}))
	}
	for _, f := range lunarFeasts {
		if strings.HasPrefix(text[end:], f.word) {
			return c.lunarFeast(text, lunarDate{year: year, month: f.month, day: f.day}, end+len(f.word))
		}
	}
	d := lunarDate{year: year, leap: strings.HasPrefix(text[end:], "闰")}
	if d.leap {
		end += len("闰")
	} else if at > 0 && numberBefore(text[:at]) {
		return moment{}, false
	}
	named := false
	if d.month, end, named = lunarMonth(text, end); d.month == 0 {
		return moment{}, false
	}
	if d.day, end = lunarDay(text, end, named || d.leap || mark != ""); d.day == 0 {
		return moment{}, false
	}
	t, ok := c.lastLunar(d)
	return moment{end: end, day: t, grain: dayGrain}, ok
}

func (c clock) lunarFeast(text string, d lunarDate, end int) (moment, bool) {
	if hasAnyPrefix(text[end:], []string{"路", "街", "广场", "大道"}) != "" {
		return moment{}, false
	}
	t, ok := c.lastLunar(d)
	if !ok {
		return moment{end: end}, false
	}
	end, t = besideDay(text, end, t)
	return moment{end: end, day: t, grain: dayGrain, bare: isBareFeast(text[end:], dayGrain)}, true
}

// lunarMonth reads a month; named is one that only the lunar calendar has: 正月, 冬月, 腊月.
func lunarMonth(text string, at int) (month, end int, named bool) {
	switch word := hasAnyPrefix(text[at:], []string{"正月", "冬月", "腊月"}); word {
	case "正月":
		return 1, at + len(word), true
	case "冬月":
		return 11, at + len(word), true
	case "腊月":
		return 12, at + len(word), true
	}
	n, ok := readNumber(text, at)
	if !ok || n.start != at || n.more || n.scaled || n.value < 1 || n.value > 12 || n.value != float64(int(n.value)) || !strings.HasPrefix(text[n.end:], "月") {
		return 0, at, false
	}
	return int(n.value), n.end + len("月"), false
}

// lunarDay reads the day behind a month: 初三, 廿三, and where the month is a lunar one, 二十八; 0 when there is none. In
// 8月初一直没发, 8月初三个人 and 8月初三百块 there is none.
func lunarDay(text string, at int, lunar bool) (day, end int) {
	word := hasAnyPrefix(text[at:], []string{"初", "廿", "卅"})
	at += len(word)
	n, ok := readNumber(text, at)
	ok = ok && n.start == at && !n.more && !n.vague && !n.ranged && !n.scaled && n.value >= 1 && n.value <= 30 && n.value == float64(int(n.value))
	day, end = int(n.value), n.end
	switch {
	case word == "廿" && !ok:
		return 20, at
	case word == "卅" && !ok:
		return 30, at
	case word == "初" && hasAnyPrefix(text[n.end:], []string{"号", "日"}) != "": // 月初5号
		return 0, at
	case !ok || word == "" && !lunar || word == "初" && day > 10 || word == "廿" && day > 9 || word == "卅":
		return 0, at
	case word == "廿":
		day += 20
	}
	end += len(hasAnyPrefix(text[end:], []string{"号", "日"}))
	if hasAnyPrefix(text[end:], counters) != "" || hasAnyPrefix(text[end:], moneyUnits) != "" {
		return 0, at
	}
	if day == 1 && hasAnyPrefix(text[end:], []string{"直", "起", "共", "些", "般", "样", "下"}) != "" {
		return 0, at
	}
	return day, end
}
