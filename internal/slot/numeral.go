package slot

import (
	"strings"
	"unicode/utf8"
)

// digitOf returns the value of a Chinese digit, -1 for any other character.
func digitOf(r rune) int {
	switch r {
	case '零':
		return 0
	case '一', '壹', '幺':
		return 1
	case '二', '两', '贰':
		return 2
	case '三', '叁':
		return 3
	case '四', '肆':
		return 4
	case '五', '伍':
		return 5
	case '六', '陆':
		return 6
	case '七', '柒':
		return 7
	case '八', '捌':
		return 8
	case '九', '玖':
		return 9
	}
	return -1
}

// unitOf returns the value of a Chinese unit, 0 for any other character.
func unitOf(r rune) float64 {
	switch r {
	case '十', '拾':
		return 10
	case '百', '佰':
		return 100
	case '千', '仟':
		return 1000
	case '万':
		return 1e4
	case '亿':
		return 1e8
	}
	return 0
}

// idioms name a number by its unit alone. The least that is meant is taken.
var idioms = []struct {
	word  string
	value float64
}{
	{"百八十", 80}, {"千儿八百", 800}, {"千八百", 800}, {"万儿八千", 8000}, {"万八千", 8000},
	{"百十", 100}, {"百把", 100}, {"千把", 1000}, {"万把", 1e4}, {"百多", 100}, {"千多", 1000}, {"万多", 1e4},
}

// readHan reads a number in Chinese numerals: digits one by one (二零二五), or with units (一百零五, 四千二, 十七八).
func (n *number) readHan(text string) bool {
	if n.readIdiom(text) || n.readVague(text) {
		return true
	}
	if run, value := hanDigits(text[n.start:]); run >= 3 {
		n.value, n.end = value, n.start+run*len("一")
		if unit, _ := unitAt(text[n.end:]); unit == 0 {
			return true
		}
	}
	var s hanSum
	i := n.start
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if digit := digitOf(r); digit >= 0 {
			if !s.addDigit(digit, text[i+size:]) {
				break
			}
		} else if unit := unitOf(r); unit == 0 || !s.addUnit(unit) {
			break
		}
		i += size
	}
	if i == n.start {
		return false
	}
	n.end, n.scaled = i, s.unit >= 100 || s.total > 0
	n.value, n.ranged = s.sum(), s.hasRange
	return true
}

// hanDigits counts the Chinese digits in a row, and reads them as a decimal number.
func hanDigits(text string) (run int, value float64) {
	for _, r := range text {
		digit := digitOf(r)
		if digit < 0 || run == longestRun {
			break
		}
		run++
		value = value*10 + float64(digit)
	}
	return run, value
}

func (n *number) readIdiom(text string) bool {
	r, size := utf8.DecodeRuneInString(text[n.start:])
	unit := unitOf(r)
	if unit < 100 {
		return false
	}
	for _, idiom := range idioms {
		if strings.HasPrefix(text[n.start:], idiom.word) {
			n.value, n.end, n.scaled, n.more = idiom.value, n.start+len(idiom.word), true, true
			return true
		}
	}
	if hasAnySuffix(text[:n.start], []string{"上", "近", "过", "破"}) == "" { // 上万块
		return false
	}
	n.value, n.end, n.scaled, n.ranged = unit, n.start+size, true, true
	return true
}

// readVague reads 几十, 几千, 几十万: two of them at least.
func (n *number) readVague(text string) bool {
	rest, ok := strings.CutPrefix(text[n.start:], "几")
	if !ok {
		return false
	}
	value := 2.0
	for {
		unit, size := unitAt(rest)
		if unit == 0 {
			break
		}
		value *= unit
		rest = rest[size:]
	}
	n.value, n.end, n.vague, n.scaled = value, len(text)-len(rest), true, value >= 200
	return value > 2
}

// hanSum adds up digits and units as they come.
type hanSum struct {
	total, section float64 // of 万 and 亿; below 万
	digit          int     // not yet multiplied
	pending        bool    // there is such a digit
	ranged         bool    // 七八: the second of two digits was skipped
	hasRange       bool    // so it was somewhere in the number
	zero           bool    // 零 stands before the digit
	unit           float64 // the last unit
}

// addDigit takes the next digit, and reports false where the number has ended before it.
func (s *hanSum) addDigit(digit int, rest string) bool {
	if s.pending {
		if s.ranged || digit <= s.digit || s.zero {
			return false
		}
		s.ranged, s.hasRange = true, true // 三五百, 十七八
		return true
	}
	if digit == 0 {
		s.zero = true
		return true
	}
	if s.unit >= 1000 && !s.zero && hasAnyPrefix(rest, counters) != "" {
		return false // 三万五个月: the five counts the months
	}
	s.digit, s.pending = digit, true
	return true
}

// addUnit takes the next unit, and reports false where the number has ended before it.
func (s *hanSum) addUnit(unit float64) bool {
	digit := float64(s.digit)
	switch {
	case unit >= 1e4:
		if !s.pending && s.section == 0 {
			return false
		}
		if s.total > 0 && unit >= s.unit && s.unit >= 1e4 {
			return false
		}
		s.total += (s.section + digit) * unit
		s.section = 0
	case !s.pending:
		if unit != 10 || s.unit == 10 {
			return false
		}
		s.section += 10 // 十七
	case s.section > 0 && s.unit <= unit:
		return false
	default:
		s.section += digit * unit
	}
	s.digit, s.pending, s.ranged, s.zero, s.unit = 0, false, false, false, unit
	return true
}

// sum is the number; a digit left at its end stands for the next unit: 四千二, 七万八.
func (s *hanSum) sum() float64 {
	digit := float64(s.digit)
	if s.unit >= 100 && !s.zero {
		digit *= s.unit / 10
	}
	return s.total + s.section + digit
}

// counters are the words behind a number that say what it counts.
var counters = []string{
	"个", "人", "号", "名", "位", "口", "天", "月", "年", "日", "岁", "点", "小时", "钟头", "分", "秒", "周", "星期", "礼拜", "次", "回", "遍",
	"楼", "层", "栋", "幢", "单元", "室", "期", "班", "组", "队", "家", "间", "套", "台", "辆", "车", "趟", "单", "件", "包", "吨", "斤", "公斤",
	"米", "平", "方", "公里", "里", "度", "%", "倍", "折", "成", "工", "路", "街", "条", "届", "级", "线", "弄", "巷", "村", "页", "栏", "兄弟",
}
