package estimate

import (
	"strings"
	"time"

	"zhugong/internal/slot"
)

// claim is what one sentence says.
type claim struct {
	kind    Kind
	text    string    // folded
	now     time.Time // the day it is said
	days    string    // where the kind of day stands on which was worked beyond the usual, folded
	figures []slot.Figure
	rest    string // behind the last figure

	wages  []wage
	loose  int // amounts of which is not said for what time they are paid
	unpaid []slot.Figure
	worked []slot.Figure
	began  time.Time     // the first of the month in which work began, zero if no month is told
	total  []slot.Figure // told as all that is owed
	extra  []slot.Figure // worked beyond the usual
	other  []slot.Figure // times of which is not said what for
}

// wage is what is paid for a month, a day or an hour.
type wage struct {
	yuan float64
	per  per
	more bool // 五千多
}

type per int

const (
	unknown per = iota
	month
	day
	hour
)

// Words beside an amount that say for what time it is paid, and words that may stand between them and it.
var (
	perWordsBefore = map[per][]string{
		month: {"月薪", "月工资", "每月", "每个月", "月均", "月平均", "一月", "月收入", "月入", "平均工资"},
		day:   {"日薪", "日工资", "每天", "每日", "每个工", "一个工", "一工", "天天"},
		hour:  {"时薪", "每小时", "每个小时", "每个钟", "每钟头"},
	}
	perWordsAfter = map[per][]string{
		month: {"每月", "每个月", "/月", "一月", "月薪"},
		day:   {"每天", "/天", "每日", "一个工", "一工", "/日"},
		hour:  {"每小时", "/小时", "每个小时", "/h"},
	}
	wageFillers = []string{
		"工资", "是", "给", "开", "拿", "大概", "差不多", "约", "有", "挣", "才", "只有", "只", "的", "算", "为", ":", ",", "底薪", "我", "到手",
		"左右", "块", "大约", "平均", "就", "老板", "讲好", "说好", "谈好", "都", "薪资", "收入",
	}
)

// gather sorts the figures of a sentence by what they are.
func (c *claim) gather(text string) {
	c.figures, c.rest = slot.Figures(text)
	c.began = began(c.text, c.now)
	marks := make([]bool, len(c.figures)) // 一个月, where it only says what an amount is paid for
	for i := range c.figures {
		f := &c.figures[i]
		if f.Measure != slot.Yuan {
			continue
		}
		per, mark := c.perOf(i, marks)
		if mark >= 0 {
			marks[mark] = true
		}
		if per == unknown {
			c.loose++
			continue
		}
		c.wages = append(c.wages, wage{f.Value, per, f.More})
	}
	for i, f := range c.figures {
		if f.Measure == slot.Yuan || marks[i] || f.Value == 0 && f.Months == 0 && f.Days == 0 {
			continue
		}
		switch before, after := f.Before, c.after(i); {
		case isExtra(before, after, f.Measure):
			c.extra = append(c.extra, f)
		case isUnpaid(before, after):
			c.unpaid = append(c.unpaid, f)
		case hasAnySuffix(trimWords(before, []string{"快", "有", "整整", "一共", "总共", "已经", "都", "满"}), workedWords):
			c.worked = append(c.worked, f)
		default:
			c.other = append(c.other, f)
		}
	}
}

// after is the text behind a figure, up to the next one.
func (c *claim) after(i int) string {
	if i+1 < len(c.figures) {
		return c.figures[i+1].Before
	}
	return c.rest
}

// perOf returns for what time an amount is paid, and which other figure says so, -1 for none.
func (c *claim) perOf(i int, marks []bool) (per, int) {
	if per := perBefore(c.figures[i].Before); per != unknown {
		return per, -1
	}
	if i > 0 && !marks[i-1] && trimWords(c.figures[i].Before, wageFillers) == "" {
		if per := markOf(c.figures[i-1]); per != unknown {
			return per, i - 1
		}
	}
	after := c.after(i)
	for _, per := range []per{month, day, hour} {
		if hasAnyPrefix(after, perWordsAfter[per]) {
			return per, -1
		}
	}
	if i+1 < len(c.figures) && (after == "" || after == "/") {
		if per := markOf(c.figures[i+1]); per != unknown {
			return per, i + 1
		}
	}
	return unknown, -1
}

// perBefore returns for what time words before an amount say that it is paid: 月工资是大概.
func perBefore(before string) per {
	for {
		for _, per := range []per{month, day, hour} {
			if hasAnySuffix(before, perWordsBefore[per]) {
				return per
			}
		}
		length := len(before)
		before = strings.TrimRight(before, " ,;:、")
		for _, w := range wageFillers {
			if strings.HasSuffix(before, w) {
				before = strings.TrimSuffix(before, w)
				break
			}
		}
		if len(before) == length {
			return unknown
		}
	}
}

// markOf returns what a figure like 一个月, 一天, 一小时 can be a wage for.
func markOf(f slot.Figure) per {
	switch {
	case f.More || f.Less:
	case f.Measure == slot.Time && f.Months == 1 && f.Days == 0:
		return month
	case f.Measure == slot.Time && f.Months == 0 && f.Days == 1:
		return day
	case f.Measure == slot.Hours && f.Value == 1:
		return hour
	}
	return unknown
}

var (
	workedWords = []string{
		"干了", "干", "做了", "做", "上了", "打了", "工作了", "工作", "工龄", "待了", "呆了", "在厂里", "在公司", "上班", "入职", "进厂", "干活", "打工",
		"来了", "来", "来这里", "在这里", "在这", "在这点", "在那里", "在那点", "在里面",
	}
	unpaidAfter = []string{
		"工资", "工钱", "的工资", "的工钱", "钱", "没发", "没给", "没结", "没拿", "不发", "不给", "未发", "没开", "都没发", "都没给", "一分没", "一分钱没", "薪水",
	}
)

func isUnpaid(before, after string) bool {
	before = trimWords(before, []string{"我", "我们", "了", "的", "工资", "有", "都", "已经", "整整", "工钱", "薪水", "人家", "快", "老板"})
	return hasAnySuffix(before, owedWords) || hasAnyPrefix(strings.TrimLeft(after, " "), unpaidAfter)
}

func isExtra(before, after string, m slot.Measure) bool {
	before = trimWords(before, []string{"了", "的", "有", "一共", "总共", "我", "共"})
	return hasAnySuffix(before, []string{"加班", "加", "加点", "加班加"}) || hasAnyPrefix(after, []string{"班", "加班", "的班", "的加班"}) ||
		m == slot.Hours && strings.Contains(before, "加")
}

// trimWords takes the words off the end of text, as long as there are any.
func trimWords(text string, words []string) string {
	for {
		length := len(text)
		text = strings.TrimRight(text, " ,;:、")
		for _, w := range words {
			text = strings.TrimSuffix(text, w)
		}
		if len(text) == length {
			return text
		}
	}
}

// wageFor returns the one wage of a sentence, if it is paid for one of the times. missing asks for it when there is none;
// where there are several, or other amounts, neither is returned.
func (c *claim) wageFor(ask string, pers ...per) (w wage, missing string, ok bool) {
	switch {
	case len(c.wages) == 0 && c.loose <= 1:
		return w, ask, false
	case len(c.wages) != 1 || c.loose > 0:
		return w, "", false
	}
	w = c.wages[0]
	if w.more {
		return w, askExactWage, false
	}
	for _, per := range pers {
		if w.per == per {
			return w, "", w.yuan >= leastWage[per] && w.yuan <= mostWage[per]
		}
	}
	return w, ask, false
}

// What is paid for a month, a day or an hour lies between these; anything else is a mistake.
var (
	leastWage = map[per]float64{month: 300, day: 20, hour: 3}
	mostWage  = map[per]float64{month: 200_000, day: 5000, hour: 1000}
)
