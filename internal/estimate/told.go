package estimate

import (
	"fmt"
	"strings"
	"time"

	"zhugong/internal/chinese"
	"zhugong/internal/slot"
)

// Account is what several messages of a worker come to.
type Account struct {
	// Told is what is known by now, to be given back with the next message: 每月5000元，干了3年4个月. It is written anew
	// from the figures and holds no word of the worker.
	Told    string
	Added   bool     // the last message told a figure of it
	Partly  string   // what can be said without the figures that are missing, "" for nothing
	Lines   []string // the estimate, nil while figures are missing or doubtful
	Missing []string // in words to ask for them with
}

// Continue reckons from what was told before and what a message adds to it. A figure that is told
// again replaces the one before.
func Continue(kind Kind, told, text string, now time.Time) Account {
	folded := chinese.Fold(text)
	c := &claim{kind: kind, text: folded, days: folded, now: now}
	if figures(text) > 0 {
		c.gather(text)
		c.takeTotal()
		c.takeBare()
	}
	before := &claim{kind: kind, text: told, days: told, now: now}
	before.gather(told)
	before.takeTotal()
	account := Account{Added: c.adds(before)}
	c.complete(before)
	account.Told = c.told()
	lines, missing := c.reckon()
	if lines != nil {
		account.Lines, missing = append(lines, onlyForReference), nil
	}
	account.Missing = missing
	if months, _, known := c.years(); lines == nil && known && c.kind == Severance {
		account.Partly = fmt.Sprintf("该给%s的，按干的年限是%s个月工资（《劳动合同法》第47条）。", Severance, number(months))
	}
	if lines == nil && len(c.total) > 0 { // the sum is known; what it is made of is for those who ask for it
		account.Partly, account.Missing = "去投诉的时候，说清这笔钱是哪几个月的、一个月多少。", nil
	}
	return account
}

// takeTotal takes an amount that is told as all that is owed: 一共两万四, 欠了我八千.
func (c *claim) takeTotal() {
	if c.kind != BackPay || c.loose != 1 {
		return
	}
	for _, f := range c.figures {
		before := trimWords(f.Before, []string{"有", "了", "我", "我们", "差不多", "大概", "是", "就", "快", "他", "老板", "工资"})
		if f.Measure == slot.Yuan && hasAnySuffix(before, []string{"一共", "总共", "合起来", "加起来", "欠"}) {
			c.total, c.loose = []slot.Figure{f}, 0
		}
	}
}

// adds reports whether a message tells something of what is reckoned. On what day overtime was told alone may as well be a
// question: 国庆呢.
func (c *claim) adds(before *claim) bool {
	if !c.began.IsZero() {
		return true
	}
	if _, kinds := c.rate(); c.kind == Overtime && kinds > 0 && len(before.extra) > 0 {
		return true
	}
	return len(c.wages)+len(c.worked)+len(c.unpaid)+len(c.total) > 0 || c.kind == Overtime && len(c.extraTimes()) > 0
}

// leastBareWage is the least amount that, told alone, is taken for a month's wage.
const leastBareWage = 1000

// takeBare takes a figure that is told alone for what the matter lacks: 三年四个月, 四千八的样子.
func (c *claim) takeBare() {
	if len(c.figures) != 1 || trimWords(c.figures[0].Before, bareWords) != "" || trimWords(c.rest, bareWords) != "" {
		return
	}
	switch f := c.figures[0]; {
	case c.loose == 1 && f.Value >= leastBareWage && !containsAny(f.Before, []string{"一共", "总共"}):
		c.wages, c.loose = []wage{{f.Value, month, f.More}}, 0
	case len(c.other) == 1 && c.kind == BackPay:
		c.unpaid, c.other = c.other, nil
	case len(c.other) == 1 && c.kind == Overtime:
		c.extra, c.other = c.other, nil
	case len(c.other) == 1:
		c.worked, c.other = c.other, nil
	}
}

// bareWords are what may stand beside a figure without saying what it is.
var bareWords = []string{
	"我", "不对", "说错了", "不是", "是", "有", "就", "大概", "差不多", "左右", "的样子", "样子", "应该", "好像", "可能", "了", "吧", "嘛", "哦", "哈", "呢", "嗯", "元", "块", "钱",
	"快", "整整", "一共", "总共", "都", "已经", "那个", "算", "按", "咯", "到现在", "到今天", "工资", "到手", "才", "只有",
}

// complete takes over from what was told before what a message does not say otherwise.
func (c *claim) complete(before *claim) {
	if len(c.wages) == 0 && c.loose == 0 {
		c.wages = before.wages
	}
	if c.began.IsZero() && len(c.worked) == 0 {
		c.worked, c.began = before.worked, before.began
	}
	if len(c.unpaid) == 0 {
		c.unpaid = before.unpaid
	}
	if len(c.total) == 0 {
		c.total = before.total
	}
	if len(c.extraTimes()) == 0 {
		c.extra = before.extra
	}
	if _, kinds := c.rate(); kinds == 0 {
		c.days = before.days
	}
}

// told writes the figures that are beyond doubt.
func (c *claim) told() string {
	var parts []string
	if len(c.wages) == 1 && c.loose == 0 {
		parts = append(parts, fmt.Sprintf("每%s%s%s元", perNames[c.wages[0].per], number(c.wages[0].yuan), more(c.wages[0].more)))
	}
	if len(c.total) == 1 {
		parts = append(parts, fmt.Sprintf("一共欠%s%s元", number(c.total[0].Value), more(c.total[0].More)))
	}
	if len(c.unpaid) == 1 && c.unpaid[0].Measure == slot.Time {
		parts = append(parts, "欠"+inWords(c.unpaid[0]))
	}
	if len(c.worked) == 1 && c.worked[0].Measure == slot.Time {
		parts = append(parts, "干了"+inWords(c.worked[0]))
	} else if !c.began.IsZero() && len(c.worked) == 0 {
		parts = append(parts, fmt.Sprintf("%d年%d月入职", c.began.Year(), c.began.Month()))
	}
	if c.kind == Overtime {
		parts = append(parts, c.toldOvertime())
	}
	return strings.Trim(strings.Join(parts, "，"), "，")
}

// toldOvertime writes the kind of day and the time of overtime, or what is known of both.
func (c *claim) toldOvertime() string {
	day := ""
	if r, kinds := c.rate(); kinds == 1 {
		day = c.dayWord(r)
	}
	times := c.extraTimes()
	switch {
	case len(times) == 1 && times[0].Measure == slot.Time:
		return day + "加班" + inWords(times[0])
	case len(times) == 1:
		return day + "加班" + number(times[0].Value) + "小时"
	}
	return day
}

// dayWord returns the word by which a kind of day was told: a holiday keeps its name, for how many days it has.
func (c *claim) dayWord(r rate) string {
	for _, h := range holidays {
		if r.percent == 300 && strings.Contains(c.days, h.word) {
			return h.word
		}
	}
	return r.name
}

var perNames = map[per]string{month: "月", day: "天", hour: "小时"}

func more(is bool) string {
	if is {
		return "多"
	}
	return ""
}
