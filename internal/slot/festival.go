package slot

import (
	"strings"
	"time"
)

// festivals fall on the same day of every year.
var festivals = []struct {
	word       string
	month, day int
	grain      grain
}{
	{"国庆", 10, 1, dayGrain}, {"十一黄金周", 10, 1, dayGrain}, {"十一放假", 10, 1, dayGrain}, {"十一期间", 10, 1, dayGrain}, {"十一假期", 10, 1, dayGrain},
	{"元旦", 1, 1, dayGrain}, {"五一", 5, 1, dayGrain}, {"劳动节", 5, 1, dayGrain}, {"六一", 6, 1, dayGrain}, {"儿童节", 6, 1, dayGrain},
	{"三八妇女节", 3, 8, dayGrain}, {"三八节", 3, 8, dayGrain}, {"妇女节", 3, 8, dayGrain}, {"八一建军节", 8, 1, dayGrain}, {"建军节", 8, 1, dayGrain},
	{"教师节", 9, 10, dayGrain}, {"双十一", 11, 11, dayGrain}, {"双十二", 12, 12, dayGrain}, {"圣诞", 12, 25, dayGrain}, {"清明", 4, 4, monthGrain},
}

// feasts are reckoned from the lunar new year, in days.
var feasts = []struct {
	word  string
	days  int
	grain grain
}{
	{"过年前", -1, monthGrain}, {"春节前", -1, monthGrain}, {"年前", -1, monthGrain}, {"年关", -1, monthGrain}, {"腊月", -15, monthGrain}, {"冬月", -45, monthGrain},
	{"大年三十", -1, dayGrain}, {"年三十", -1, dayGrain}, {"除夕", -1, dayGrain},
	{"正月十五", 14, dayGrain}, {"元宵", 14, dayGrain}, {"大年初", 0, dayGrain}, {"年初", -1, yearGrain}, {"正月", 0, monthGrain},
	{"过年后", 0, monthGrain}, {"春节后", 0, monthGrain}, {"年后", 0, monthGrain}, {"开年", 0, monthGrain}, {"过完年", 0, monthGrain},
	{"春节", 0, dayGrain}, {"过年", 0, dayGrain}, {"大年", 0, monthGrain},
}

// readFestival reads a festival, and the year before it: 去年国庆节, 春节, 正月初五.
func (c clock) readFestival(text string, at int) (moment, bool) {
	year, start := c.readYear(text, at)
	rest := strings.TrimPrefix(strings.TrimPrefix(text[start:], "的"), "年") // 今年年初
	if year == 0 || !strings.HasPrefix(text[start:], "年") {
		rest = strings.TrimPrefix(text[start:], "的")
	}
	end := len(text) - len(rest)
	for _, f := range festivals {
		if !strings.HasPrefix(rest, f.word) {
			continue
		}
		end += len(f.word)
		if hasAnyPrefix(text[end:], []string{"路", "街", "广场", "大道"}) != "" {
			return moment{}, false
		}
		m := c.festival(year, f.month, f.day, end, f.grain)
		if m.grain == dayGrain {
			m.end, m.day = besideDay(text, m.end, m.day)
			end = m.end
		}
		m.bare = isBareFeast(text[end:], m.grain)
		return m, true
	}
	for _, f := range feasts {
		if strings.HasPrefix(rest, f.word) {
			return c.feast(text, year, f.days, end+len(f.word), f.grain)
		}
	}
	return moment{}, false
}

func (c clock) festival(year, month, day, end int, g grain) moment {
	given := year > 0
	if !given {
		year = c.today.Year()
	}
	t, _ := c.day(year, month, day)
	if !given && t.After(c.today) {
		t = t.AddDate(-1, 0, 0)
	}
	return moment{end: end, day: t, grain: g}
}

// endOfYear is how many days before a new year at most is still said to be before it: 过年前, and not 腊月.
const endOfYear = -1

// feast reckons a day from the lunar new year of a year, without a year from the last one past.
func (c clock) feast(text string, year, days, end int, g grain) (moment, bool) {
	if g == yearGrain {
		return moment{}, false // 年初 is the calendar's
	}
	if strings.HasSuffix(text[:end], "初") {
		n, ok := readNumber(text, end)
		if !ok || n.value < 1 || n.value > 29 {
			return moment{}, false
		}
		days, end = int(n.value)-1, n.end
	}
	of := year
	if year > 0 && days < endOfYear {
		of++ // the last months of the lunar year come before the next new year
	}
	newYear, ok := c.newYear(of)
	if year == 0 {
		newYear, ok = c.lastFeast(days)
	}
	if !ok {
		return moment{}, false
	}
	t := newYear.AddDate(0, 0, days)
	if g == monthGrain {
		t = c.firstOf(t.Year(), int(t.Month()))
	}
	if g == dayGrain {
		end, t = besideDay(text, end, t)
	}
	return moment{end: end, day: t, grain: g, bare: isBareFeast(text[end:], g)}, true
}

// besideDay reads 前一天, 后两天 and 第二天 behind a feast.
func besideDay(text string, end int, day time.Time) (int, time.Time) {
	rest := strings.TrimPrefix(strings.TrimPrefix(text[end:], "节"), "的")
	for _, beside := range [...]struct {
		word string
		days int
	}{{"前一天", -1}, {"头一天", -1}, {"前两天", -2}, {"后一天", 1}, {"后两天", 2}, {"第二天", 1}, {"第三天", 2}} {
		if strings.HasPrefix(rest, beside.word) {
			return len(text) - len(rest) + len(beside.word), day.AddDate(0, 0, beside.days)
		}
	}
	return end, day
}

// isBareFeast reports whether a feast is named, but nothing says that something happened on the day: 过年发啥.
func isBareFeast(after string, g grain) bool {
	return g == dayGrain && hasAnyPrefix(after, []string{"那天", "当天", "节那天", "节当天", "那日", "那晚"}) == ""
}

// lastFeast returns the lunar new year whose feast, so many days from it, is the last one past.
func (c clock) lastFeast(days int) (time.Time, bool) {
	for year := c.today.Year() + 1; year > c.today.Year()-2; year-- {
		if t, ok := c.newYear(year); ok && !t.AddDate(0, 0, days).After(c.today) {
			return t, true
		}
	}
	return time.Time{}, false
}
