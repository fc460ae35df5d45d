package slot

import (
	"strings"
	"unicode/utf8"
)

// roughWords make a number beside them a rough one.
var roughWords = []string{"左右", "上下", "大概", "差不多", "大约", "约莫", "可能", "估计", "不到", "将近", "来块", "来个", "几", "多块", "多个", "多人", "万多", "千多", "百多", "十多", "把万", "千把", "百把"}

// Rough reports whether a number in a text is only roughly meant: 几十个, 两三万, 三万多. 两万三 is not.
func Rough(text string) bool {
	line := plain(text)
	if containsAny(line, roughWords) {
		return true
	}
	last := -1
	for i, r := range line {
		digit := -1
		if numeral(r) {
			digit = digitOf(r)
		}
		if last > 0 && digit == last+1 {
			after, _ := utf8.DecodeRuneInString(line[i+utf8.RuneLen(r):])
			if unitOf(after) > 0 || strings.HasPrefix(line[i+utf8.RuneLen(r):], "个") || strings.HasPrefix(line[i+utf8.RuneLen(r):], "人") {
				return true // 两三万, 五六个
			}
		}
		last = digit
	}
	return false
}
