package knowledge

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// figure is a number within a text.
type figure struct {
	text       string // digits as they would be typed, or a Chinese numeral with its unit
	start, end int    // byte offsets of the number, without the unit
	value      string // the number in digits when it was written in Chinese
}

// digitGroups returns the runs of digits with the signs that hold them together: 5811.27, 0851-12351.
func digitGroups(text string) []figure {
	var found []figure
	done := 0
	for i, r := range text {
		if i < done || !isDigit(r) {
			continue
		}
		done = i + groupLength(text[i:])
		found = append(found, figure{text: halfWidth(text[i:done]), start: i, end: done})
	}
	return found
}

// groupLength returns how long the run is that a text begins with.
func groupLength(text string) int {
	for i, r := range text {
		if isDigit(r) {
			continue
		}
		if !strings.ContainsRune(".,-．－", r) {
			return i
		}
		if next, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):]); !isDigit(next) {
			return i
		}
	}
	return len(text)
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' || r >= '０' && r <= '９' }

func isNumeral(r rune) bool {
	switch r {
	case '〇', '零', '一', '二', '两', '三', '四', '五', '六', '七', '八', '九', '十', '百', '千', '万', '亿', '半':
		return true
	}
	return false
}

// numerals returns the numbers written in Chinese that have a unit: 三天, 两倍, 一年.
func numerals(text string) []figure {
	var found []figure
	done := 0
	for i, r := range text {
		if i < done || !isNumeral(r) {
			continue
		}
		done = len(text) - len(strings.TrimLeftFunc(text[i:], isNumeral))
		number := text[i:done]
		if whole := written(number, text[:i], text[done:]); whole != "" {
			found = append(found, figure{text: whole, start: i, end: done, value: arabic(number)})
		}
	}
	return found
}

// written returns a Chinese numeral with its unit when the two make a figure, "" when they are ordinary words.
func written(number, before, after string) string {
	for _, unit := range []string{"百分之", "星期", "礼拜", "周"} {
		if strings.HasSuffix(before, unit) {
			return unit + number
		}
	}
	const times = "个工作日 工作日 个月 个小时 个星期 个百分点 天 日 年 月 周 星期 小时 钟头 分钟 倍 元 块钱 毛钱 成 折 岁"
	const counts = "人次 人 名 户 件 项 起 家 场 次 位 吨 平方米 公里 块"
	unit := ""
	switch {
	case strings.HasSuffix(before, "第"):
		unit = prefixOf(after, "条 款")
	case slices.Contains([]string{"万一", "千万", "万", "百", "千"}, number):
	case number == "一" && endsInAny(before, "同哪每那这某有另"):
	case number == "一" || number == "半":
		unit = prefixOf(after, times)
	default:
		unit = prefixOf(after, times+" "+counts)
	}
	if unit == "" {
		return ""
	}
	return number + unit
}

// prefixOf returns the first of the words that s begins with.
func prefixOf(s, words string) string {
	for word := range strings.FieldsSeq(words) {
		if strings.HasPrefix(s, word) {
			return word
		}
	}
	return ""
}

func endsInAny(s, runes string) bool {
	last, _ := utf8.DecodeLastRuneInString(s)
	return s != "" && strings.ContainsRune(runes, last)
}

// arabic returns a Chinese numeral up to 9999 in digits, "" when it is none.
func arabic(number string) string {
	total, digit := 0, 0
	for _, r := range number {
		switch {
		case r == '〇' || r == '零':
			digit = 0
		case r == '两':
			digit = 2
		case strings.ContainsRune("一二三四五六七八九", r):
			digit = strings.IndexRune("一二三四五六七八九", r)/len("一") + 1
		case r == '十' || r == '百' || r == '千':
			weight := map[rune]int{'十': 10, '百': 100, '千': 1000}[r]
			total += max(digit, 1) * weight
			digit = 0
		default:
			return ""
		}
	}
	return strconv.Itoa(total + digit)
}
