package estimate

import (
	"fmt"
	"strings"
	"time"

	"zhugong/internal/slot"
)

// severance reckons a month's wage for each year worked, twice as much for an unlawful dismissal.
func (c *claim) severance() (lines, missing []string) {
	w, ask, ok := c.wageFor(askWage, month)
	if ask != "" {
		missing = append(missing, ask)
	}
	months, worked, known := c.years()
	if !known {
		if len(c.worked) > 1 || len(c.worked)+len(c.other) > 2 {
			return nil, nil
		}
		missing = append(missing, askWorked)
	}
	if !ok || !known {
		return nil, missing
	}
	sum := w.yuan * months
	lines = []string{fmt.Sprintf("经济补偿 = 月工资 × 工作年限折成的月数：%s 元 × %s 个月 = %s 元。", number(w.yuan), number(months), yuan(sum))}
	twice := fmt.Sprintf("违法解除赔偿金 = 经济补偿 × 2：%s 元 × 2 = %s 元（《劳动合同法》第87条）。", yuan(sum), yuan(2*sum))
	if c.kind == Severance {
		twice = "要是单位违法解除，" + twice
	}
	lines = append(lines, twice,
		fmt.Sprintf("年限：%s；每满1年算1个月，6个月以上不满1年按1年算，不满6个月算半个月，合%s个月。", worked, number(months)),
		"依据：《劳动合同法》第46条、第47条。月工资按离开前12个月的平均工资算；工资高过当地职工月平均工资3倍的，按3倍封顶，年限最多算12年。",
		"严重违纪被辞退、自己提出离职等情形，可能没有经济补偿；赔偿金和经济补偿不能两样都拿，算不算违法解除由仲裁或者法院认定。")
	if containsAny(c.text, []string{"n1", "n加1", "n加一"}) {
		lines = append(lines, "“N+1”的1：符合《劳动合同法》第40条、单位又没有提前30日书面通知的，另加1个月工资。")
	}
	return lines, nil
}

// years returns how many months' wages the years worked come to, and the years in words.
func (c *claim) years() (months float64, worked string, known bool) {
	times := c.worked
	if len(times) == 0 && len(c.other) == 1 {
		times = c.other
	}
	if len(times) == 0 {
		return c.yearsSince()
	}
	if len(times) != 1 || times[0].Measure != slot.Time {
		return 0, "", false
	}
	f := times[0]
	total, days := f.Months, f.Days
	switch {
	case f.Less && total > 0:
		total, days = total-1, 15 // 快三年: between a month less and three years
	case f.More && total >= 12 && total%12 == 0:
		return 0, "", false // 三年多: half a month or a whole one more
	case f.More:
		days = 15
	}
	const longest = 50 * 12
	if total > longest || total == 0 && days == 0 || f.Less && f.More {
		return 0, "", false
	}
	return halves(total, days), "干了" + inWords(f), true
}

// startWords say that work began at the time before them.
var startWords = []string{"进厂", "入职", "进公司", "来的", "开始干", "开始上班", "进来", "来这里", "进的厂"}

// began returns the first day of the month in which a folded text says that work began, the zero time for none or for one of
// two.
func began(text string, now time.Time) time.Time {
	at := -1
	for _, w := range startWords {
		if i := strings.Index(text, w); i >= 0 && (at < 0 || i < at) {
			at = i
		}
	}
	if at < 0 || !namesMonth(text[:at]) {
		return time.Time{}
	}
	first, ok := slot.Month(text[:at], now, true)
	if _, left := slot.Month(text[at:], now, false); !ok || left {
		return time.Time{}
	}
	return first
}

// namesMonth reports whether a text names a month of a year, or ends with one of the last: 2022年3月, 三月份. A year alone is not
// enough to reckon with.
func namesMonth(text string) bool {
	last := hasAnySuffix(text, []string{"月", "月份", "月初", "月底"}) && !strings.HasSuffix(text, "个月")
	return last || strings.Contains(text, "年") && strings.Contains(text, "月")
}

// yearsSince reckons from the month in which work began (2022年3月进厂), if it comes to the same from any day of it.
func (c *claim) yearsSince() (months float64, worked string, known bool) {
	if c.began.IsZero() {
		return 0, "", false
	}
	earliest, latest := since(c.began, c.now), since(c.began.AddDate(0, 1, -1), c.now)
	if earliest != latest || earliest == 0 {
		return 0, "", false
	}
	return earliest, fmt.Sprintf("从%d年%d月干到现在", c.began.Year(), c.began.Month()), true
}

// since reckons from one day to another.
func since(from, to time.Time) float64 {
	to = to.In(from.Location())
	total := (to.Year()-from.Year())*12 + int(to.Month()) - int(from.Month())
	days := to.Day() - from.Day()
	if days < 0 {
		total, days = total-1, 15
	}
	if total < 0 {
		return 0
	}
	return halves(total, days)
}

// halves is the rule of article 47: a month's wage for a whole year and for six months or more, half of it for less.
func halves(months, days int) float64 {
	result := float64(months / 12)
	switch rest := months % 12; {
	case rest >= 6:
		result++
	case rest > 0 || days > 0:
		result += 0.5
	}
	return result
}

// inWords writes a time as it was said.
func inWords(f slot.Figure) string {
	var b strings.Builder
	if f.Less {
		b.WriteString("快")
	}
	if f.Months >= 12 {
		fmt.Fprintf(&b, "%d年", f.Months/12)
	}
	if f.Months%12 > 0 {
		fmt.Fprintf(&b, "%d个月", f.Months%12)
	}
	if f.Days > 0 {
		if f.Months > 0 {
			b.WriteString("零")
		}
		fmt.Fprintf(&b, "%d天", f.Days)
	}
	if f.More {
		b.WriteString("多")
	}
	return b.String()
}
