package estimate

import (
	"fmt"

	"zhugong/internal/slot"
)

// What is asked for where it is missing.
const (
	askWage      = "一个月工资是多少"
	askAnyWage   = "一个月或者一天的工资是多少"
	askExactWage = "工资的准数"
	askUnpaid    = "欠了几个月，按天算的欠了几天"
	askWorked    = "在单位一共干了几年几个月"
	askOvertime  = "加班一共几天，或者几个小时"
	askHours     = "平时加班一共几个小时"
	askDayKind   = "是法定节假日、周末休息日，还是平时下班后加的班"
	askHolidays  = "其中法定节假日有几天"
)

// backPay reckons months of a monthly wage, or days of a daily one.
func (c *claim) backPay() (lines, missing []string) {
	w, ask, ok := c.wageFor(askAnyWage, month, day)
	if ask != "" {
		missing = append(missing, ask)
	}
	owed, known := c.unpaidTime()
	if !known {
		if len(c.unpaid) > 1 || len(c.other) > 1 {
			return nil, nil
		}
		missing = append(missing, askUnpaid)
	}
	if !ok || !known {
		return nil, missing
	}
	switch months := monthsOf(owed); {
	case w.per == month && months > 0:
		sum := w.yuan * months
		lines = append(lines, fmt.Sprintf("拖欠工资 = 月工资 × 拖欠的月数：%s 元 × %s 个月 = %s 元。", number(w.yuan), number(months), yuan(sum)))
	case w.per == day && owed.Months == 0 && owed.Days > 0:
		sum := w.yuan * float64(owed.Days)
		lines = append(lines, fmt.Sprintf("拖欠工资 = 日工资 × 拖欠的天数：%s 元 × %d 天 = %s 元。", number(w.yuan), owed.Days, yuan(sum)))
	default:
		return nil, nil
	}
	return append(lines,
		"依据：《劳动法》第50条，工资要按月用货币付给本人，不得克扣或者无故拖欠。",
		"已经发过的、借支的要减掉；加班费没有算在里面。"), nil
}

// unpaidTime returns the one time for which nothing was paid, exactly.
func (c *claim) unpaidTime() (slot.Figure, bool) {
	times := c.unpaid
	if len(times) == 0 && len(c.worked) == 1 && containsAny(c.text, []string{"一分没", "一分钱没", "没给钱", "没给工钱", "没拿到钱", "没发工资", "没给工资", "不给钱", "不给工资", "没结"}) {
		times = c.worked // 干了20天没给钱
	}
	if len(times) != 1 || times[0].Measure != slot.Time || times[0].More || times[0].Less {
		return slot.Figure{}, false
	}
	return times[0], true
}

// monthsOf returns whole and half months, 0 for any other time.
func monthsOf(f slot.Figure) float64 {
	switch f.Days {
	case 0:
		return float64(f.Months)
	case 15:
		return float64(f.Months) + 0.5
	}
	return 0
}
