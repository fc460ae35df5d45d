package config

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"zhugong/internal/strictyaml"
)

// Hours is a time of the day, on days that follow each other in a week, when people are there.
type Hours struct {
	First, Last int           // days of the week, from 1 for Monday to 7 for Sunday
	From, To    time.Duration // since midnight; To is no longer part of it
}

// shanghai is the time that hours are written in. It has had no summer time since 1991.
var shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// Staffed reports whether a message at that time may be handed over to people.
func (a Account) Staffed(now time.Time) bool {
	if !a.CustomerService {
		return false
	}
	return len(a.Hours) == 0 || slices.ContainsFunc(a.Hours, func(h Hours) bool { return h.hold(now.In(shanghai)) })
}

func (h Hours) hold(local time.Time) bool {
	day := (int(local.Weekday())+6)%7 + 1
	hour, minute, second := local.Clock()
	since := time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute + time.Duration(second)*time.Second
	return day >= h.First && day <= h.Last && since >= h.From && since < h.To
}

func (h Hours) overlap(other Hours) bool {
	return h.First <= other.Last && other.First <= h.Last && h.From < other.To && other.From < h.To
}

// String writes the hours as they stand in the settings.
func (h Hours) String() string {
	days := dayNames[h.First-1]
	switch {
	case h.First == 1 && h.Last == len(dayNames):
		days = everyDay
	case h.Last > h.First:
		days += "至" + dayNames[h.Last-1]
	}
	return fmt.Sprintf("%s %02d:%02d-%02d:%02d", days, int(h.From.Hours()), int(h.From.Minutes())%60, int(h.To.Hours()), int(h.To.Minutes())%60)
}

var dayNames = [...]string{"周一", "周二", "周三", "周四", "周五", "周六", "周日"}

const everyDay = "每天"

func (l *loader) hours(f *accountForm) []Hours {
	if len(f.Hours) > 0 && !f.CustomerService.True {
		l.warn(f.Hours[0], "写了 hours，没有开 customer_service，不起作用", "开通了微信客服就写 customer_service: true，没有就删掉 hours。")
	}
	if f.Hours != nil && len(f.Hours) == 0 {
		l.faults = append(l.faults, l.source.Fault(f.Place.Line, f.Place.Column, "hours 是空的",
			"写上客服有人的时段；一直有人就删掉 hours，没有人就写 customer_service: false。"))
	}
	var all []Hours
	var lines []int
	for _, t := range f.Hours {
		h, ok := l.span(t)
		if !ok {
			continue
		}
		if i := slices.IndexFunc(all, h.overlap); i >= 0 {
			l.fault(t, fmt.Sprintf("hours 里“%s”和第 %d 行的“%s”重叠了", h, lines[i], all[i]), "合成一段，或者改成不重叠的。")
			continue
		}
		all, lines = append(all, h), append(lines, t.Line)
	}
	return all
}

// span reads one entry of hours and reports what is wrong with it.
func (l *loader) span(t strictyaml.Text) (h Hours, ok bool) {
	days, clock, both := strings.Cut(strings.TrimSpace(t.Value), " ")
	from, to, dash := strings.Cut(strings.TrimSpace(clock), "-")
	if !both || !dash {
		l.fault(t, "hours 里“"+t.Value+"”看不懂", "写成“周一至周五 09:00-12:00”：星期、一个空格、几点到几点。")
		return h, false
	}
	if h.First, h.Last, ok = l.days(t, days); !ok {
		return h, false
	}
	if h.From, ok = clockOf(from); !ok {
		l.fault(t, "hours 里的时间“"+from+"”看不懂", "写成 09:00 这样，24 小时制，冒号、减号都用英文的。")
		return h, false
	}
	if h.To, ok = clockOf(to); !ok {
		l.fault(t, "hours 里的时间“"+to+"”看不懂", "写成 17:30 这样，24 小时制，最晚 24:00，冒号、减号都用英文的。")
		return h, false
	}
	if h.From >= h.To {
		l.fault(t, "hours 里“"+from+"-"+to+"”前后反了", "早的写在前面；过半夜的分成两段，一段到 24:00，一段从 00:00。")
		return h, false
	}
	return h, true
}

// days reads which days of the week are meant.
func (l *loader) days(t strictyaml.Text, written string) (first, last int, ok bool) {
	if written == everyDay {
		return 1, len(dayNames), true
	}
	from, to, many := strings.Cut(strings.Replace(written, "到", "至", 1), "至")
	if !many {
		to = from
	}
	for _, name := range []string{from, to} {
		if dayOf(name) == 0 {
			l.fault(t, "hours 里没有“"+name+"”这样的星期", dayAdvice(name))
			return 0, 0, false
		}
	}
	first, last = dayOf(from), dayOf(to)
	if first > last {
		l.fault(t, "hours 里“"+written+"”前后反了", "一个星期从周一到周日；跨过周日的分成两段。")
		return 0, 0, false
	}
	return first, last, true
}

// dayOf returns the number of a day of the week, 0 for what is none.
func dayOf(name string) int { return slices.Index(dayNames[:], name) + 1 }

// dayAdvice tells the right names of days, first the one that was meant, if that is plain.
func dayAdvice(written string) string {
	advice := "星期只写" + strings.Join(dayNames[:], "、") + "，或者" + everyDay + "；几天连着写“周一至周五”，不连着的分成几段。"
	rest := written
	for _, prefix := range []string{"星期", "礼拜", "周"} {
		if after, ok := strings.CutPrefix(written, prefix); ok {
			rest = after
			break
		}
	}
	meant := strings.NewReplacer("1", "一", "2", "二", "3", "三", "4", "四", "5", "五", "6", "六", "7", "日", "天", "日").Replace(rest)
	if name := "周" + meant; dayOf(name) > 0 {
		return "写成“" + name + "”。" + advice
	}
	return advice
}

// clockOf reads a time of the day, 24:00 included.
func clockOf(written string) (time.Duration, bool) {
	hour, minute, ok := strings.Cut(written, ":")
	h, err := strconv.ParseUint(hour, 10, 8)
	m, wrong := strconv.ParseUint(minute, 10, 8)
	since := time.Duration(h)*time.Hour + time.Duration(m)*time.Minute
	return since, ok && err == nil && wrong == nil && len(hour) <= 2 && len(minute) == 2 && m < 60 && since <= 24*time.Hour
}
