package estimate

import (
	"fmt"
	"strings"

	"zhugong/internal/slot"
)

// A month has so many paid days, a day so many hours.
const (
	paidDays  = 21.75
	workHours = 8
)

// rate is what is paid for overtime on a kind of day.
type rate struct {
	name    string
	percent float64
	words   []string
}

// rates are those of article 44 of the labour law.
var rates = [...]rate{
	{"法定休假日", 300, []string{"国庆", "春节", "过年", "大年", "五一", "劳动节", "元旦", "清明", "端午", "中秋", "法定", "节假日", "三倍", "3倍", "除夕"}},
	{"休息日", 200, []string{"周末", "星期六", "星期天", "星期日", "周六", "周日", "礼拜六", "礼拜天", "休息日", "双休", "双倍"}},
	{"平时", 150, []string{"平时", "平常", "工作日", "晚上", "下班后", "下班以后", "延时", "每天加", "天天加", "周一到周五"}},
}

// holidays are the days of each holiday that are legal holidays, by the rules in force since 2025; the other days off
// around them are days of rest.
var holidays = []struct {
	word string
	days int
}{
	{"国庆", 3}, {"春节", 4}, {"过年", 4}, {"大年", 4}, {"五一", 2}, {"劳动节", 2}, {"元旦", 1}, {"清明", 1}, {"端午", 1}, {"中秋", 1}, {"除夕", 1},
}

// overtime reckons hours or days of overtime at the rate of their day.
func (c *claim) overtime() (lines, missing []string) {
	w, ask, ok := c.wageFor(askAnyWage, month, day, hour)
	if ask != "" {
		missing = append(missing, ask)
	}
	r, kinds := c.rate()
	if kinds > 1 || len(c.extra) > 2 {
		return nil, nil
	}
	if kinds == 0 {
		missing = append(missing, askDayKind)
	}
	days, hours, more := c.extraTime(r)
	if more != "" {
		missing = append(missing, more)
	}
	if !ok || len(missing) > 0 || days == 0 && hours == 0 {
		return nil, missing
	}
	return append([]string{formula(r, w, days, hours)},
		"依据：《劳动法》第44条，平时加班不低于工资的150%，休息日加班又不补休的不低于200%，法定休假日加班不低于300%。",
		c.remark(r)), nil
}

// rate returns the rate of the kind of day that a sentence names, and how many kinds it names.
func (c *claim) rate() (r rate, kinds int) {
	for _, one := range rates {
		if containsAny(c.days, one.words) {
			r = one
			kinds++
		}
	}
	return r, kinds
}

// extraTime returns the days or the hours of overtime, or what is to be asked for them. No answer at all means that they
// are doubtful.
func (c *claim) extraTime(r rate) (days int, hours float64, ask string) {
	times := c.extraTimes()
	if len(times) == 0 {
		return 0, 0, askOvertime
	}
	for _, t := range times {
		if t.More || t.Less || t.Months > 0 {
			return 0, 0, askOvertime
		}
		if t.Measure == slot.Hours {
			hours += t.Value
		} else {
			days += t.Days
		}
	}
	each := containsAny(c.text, []string{"每天", "一天加", "天天"})
	switch {
	case len(times) == 2 && !(each && days > 0 && hours > 0):
		return 0, 0, ""
	case len(times) == 2:
		return 0, hours * float64(days), ""
	case each && hours > 0:
		return 0, 0, "一共加了几天班"
	case days > 0 && r.percent == 150:
		return 0, 0, askHours
	case days > c.mostDays(r):
		return 0, 0, askHolidays
	}
	return days, hours, ""
}

// extraTimes are the times of overtime: 国庆三天 says of one what it is for without the word.
func (c *claim) extraTimes() []slot.Figure {
	if len(c.extra) == 0 && len(c.other) == 1 && c.other[0].Measure == slot.Time {
		return c.other
	}
	return c.extra
}

// mostDays is how many days can be meant: a holiday has so many, and no more than a month is asked about at once.
func (c *claim) mostDays(r rate) int {
	const several = 100
	most := 0
	if r.percent == 300 {
		for _, h := range holidays {
			if strings.Contains(c.days, h.word) {
				most += h.days
			}
		}
	}
	if most == 0 {
		return several
	}
	return most
}

// formula writes the reckoning with its figures.
func formula(r rate, w wage, days int, hours float64) string {
	amount, unit := float64(days), "天"
	if days == 0 {
		amount, unit = hours, "小时"
	}
	name, steps, base := "月工资", "", w.yuan
	switch w.per {
	case month:
		steps, base = " ÷ 21.75 天", base/paidDays
		if days == 0 {
			steps, base = steps+" ÷ 8 小时", base/workHours
		}
	case day:
		name = "日工资"
		if days == 0 {
			steps, base = " ÷ 8 小时", base/workHours
		}
	case hour:
		name = "小时工资"
		if days > 0 {
			steps, base = " × 8 小时", base*workHours
		}
	}
	sum := base * amount * r.percent / 100
	return fmt.Sprintf("%s加班费 = %s%s × 加班%s数 × %s%%：%s 元%s × %s %s × %s%% = %s 元。",
		r.name, name, steps, unit, number(r.percent), number(w.yuan), steps, number(amount), unit, number(r.percent), yuan(sum))
}

// remark is what to bear in mind.
func (c *claim) remark(r rate) string {
	const days = "21.75天是国家规定的每月计薪天数，一天按8小时算；计件工资的算法不同。"
	switch r.percent {
	case 300:
		return "这是把这些天都当作法定休假日；假期里调休、周末的那些天按200%算。" + days
	case 200:
		return "单位已经安排补休的，不再付这份钱。" + days
	}
	return days
}
