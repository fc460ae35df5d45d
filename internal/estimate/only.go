package estimate

import (
	"slices"

	"zhugong/internal/chinese"
	"zhugong/internal/slot"
)

// OnlyFigures reports whether a message tells a wage or a time worked and nothing else: 干了六年了, 工资两千二. It names no
// matter: whoever is talking of one goes on with it.
func OnlyFigures(text string) bool {
	told, rest := slot.Figures(chinese.Fold(text))
	if len(told) == 0 || trimWords(rest, onlyWords) != "" {
		return false
	}
	return !slices.ContainsFunc(told, func(f slot.Figure) bool {
		tells := f.Measure == slot.Yuan && f.Value >= leastBareWage || f.Measure == slot.Time && f.Months > 0
		return !tells || trimWords(f.Before, onlyWords) != ""
	})
}

// onlyWords are what may stand beside the figures of OnlyFigures.
var onlyWords = slices.Concat(bareWords, []string{
	"月薪", "底薪", "每月", "每个月", "一个月", "月", "拿", "开", "给", "发", "平均", "挣", "收入",
	"干", "做", "上班", "工龄", "工作", "在这里", "在这点", "在厂里", "在公司", "在单位", "在这家", "进来", "进厂", "满", "多", "快要", "将近", "前后", "加起来", "还",
})
