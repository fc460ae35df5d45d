package slot

import (
	"math"
	"strings"
	"unicode/utf8"
)

// number is a number found in plain text, however written: 30000, 3万, 3w5, 三万五, 十几, 两三千, 千把.
type number struct {
	start, end int     // where it stands, with what makes it rough: 十几, 三万来
	value      float64 // the least that it can mean
	digits     int     // Arabic digits in a row when it is written in nothing else
	scaled     bool    // written with 百 千 万 w k: an amount or a crowd, hardly ever a number of something
	vague      bool    // no number is named: 几十, 几千
	more       bool    // more than value: 十几, 三千多
	ranged     bool    // value is the lower end of what is named: 两三千, 3到4万
}

const most = 1e13 // no number is read beyond it

// nextNumber finds the first number at or after from.
func nextNumber(text string, from int) (number, bool) {
	for i := from; i < len(text); {
		r, _ := utf8.DecodeRuneInString(text[i:])
		if r >= '0' && r <= '9' || numeral(r) || r == '几' {
			if n, ok := readNumber(text, i); ok {
				return n, true
			}
		}
		i += skipAt(text, i)
	}
	return number{}, false
}

// readNumber reads the number that begins at a place in the text, which may be its end.
func readNumber(text string, at int) (number, bool) {
	n := number{start: at, end: at}
	if at >= len(text) {
		return n, false
	}
	if text[at] >= '0' && text[at] <= '9' {
		n.readArabic(text)
	} else if !n.readHan(text) {
		return n, false
	}
	n.readRough(text)
	n.readRange(text)
	return n, n.value < most
}

// readArabic reads digits, with thousands set off by commas and a fraction, and a unit behind them.
func (n *number) readArabic(text string) {
	end := n.end + digitsAt(text[n.end:])
	n.digits = end - n.start
	whole := end
	for n.digits <= 3 && strings.HasPrefix(text[end:], ",") && digitsAt(text[end+1:]) == 3 {
		end += 4
	}
	n.value = decimal(text[n.start:end])
	if strings.HasPrefix(text[end:], ".") {
		if d := digitsAt(text[end+1:]); d > 0 && d <= 4 {
			n.value += decimal(text[end+1:end+1+d]) / math.Pow10(d)
			end += 1 + d
		}
	}
	if end != whole {
		n.digits = 0
	}
	n.end = end
	n.readUnits(text)
}

// readUnits reads the units behind digits, and what follows them: 3万5, 2千3百, 1万零500, 3w.
func (n *number) readUnits(text string) {
	unit, size := unitAt(text[n.end:])
	if unit < 100 {
		return
	}
	n.value, n.end, n.digits, n.scaled = n.value*unit, n.end+size, 0, true
	if more, size := unitAt(text[n.end:]); more >= 1e4 && more > unit { // 3百万
		n.value, n.end, unit = n.value*more, n.end+size, unit*more
	}
	n.readTail(text, unit)
}

// readTail adds what follows a unit: another number below it, or the one digit that stands for the next unit.
func (n *number) readTail(text string, unit float64) {
	at := n.end
	zero := strings.HasPrefix(text[at:], "零")
	if zero {
		at += len("零")
	}
	if at >= len(text) || zero && n.start == at {
		return
	}
	tail := number{start: at, end: at}
	switch d := digitsAt(text[at:]); {
	case d > 0:
		tail.readArabic(text)
	case !tail.readHan(text):
		return
	}
	if tail.vague || tail.value <= 0 || tail.value >= unit {
		return
	}
	if tail.value < 10 && !tail.scaled && !zero {
		if tail.value != math.Trunc(tail.value) || unit >= 1000 && hasAnyPrefix(text[tail.end:], counters) != "" {
			return // 欠我三万五个月没发
		}
		tail.value *= unit / 10
	}
	n.value, n.end, n.ranged = n.value+tail.value, tail.end, n.ranged || tail.ranged
}

// readRough reads what makes a number rough: 三千多, 十几, 十来万, 三万来.
func (n *number) readRough(text string) {
	word := hasAnyPrefix(text[n.end:], []string{"多", "来", "几", "余", "把"})
	if word == "" || n.value < 10 && !n.scaled && word != "多" || word == "把" && !n.scaled && !strings.HasPrefix(text[n.end:], "把万") {
		return
	}
	rest := text[n.end+len(word):]
	if word == "来" && !roughAfter(rest) || word == "多" && strings.HasPrefix(rest, "少") {
		return // 十来个, but 二十来的
	}
	n.more, n.end, n.digits = true, n.end+len(word), 0
	if word == "多" && n.scaled && strings.HasPrefix(rest, "点") {
		n.end += len("点")
	}
	if unit, size := unitAt(rest); unit >= 1e4 {
		n.value, n.end, n.scaled = n.value*unit, n.end+size, true
	}
}

// roughAfter reports whether text goes on as it does after 十来.
func roughAfter(text string) bool {
	return text == "" || hasAnyPrefix(text, []string{"个", "号", "人", "万", "块", "元", "天", "年", "岁", "位", "名", "斤", "吨", ",", ";"}) != ""
}

// readRange skips the upper end of a range: 3到4万, 3000-4000, 三到五千.
func (n *number) readRange(text string) {
	word := hasAnyPrefix(text[n.end:], []string{"到", "至", "-"})
	if word == "" || n.end+len(word) >= len(text) {
		return
	}
	upper := number{start: n.end + len(word), end: n.end + len(word)}
	if digitsAt(text[upper.start:]) > 0 {
		if n.digits > 5 || word == "-" && digitsAt(text[upper.start:]) > 5 {
			return // a telephone number
		}
		upper.readArabic(text)
	} else if !upper.readHan(text) {
		return
	}
	if strings.HasPrefix(text[upper.end:], "-") || strings.HasPrefix(text[upper.end:], "/") {
		return // a date
	}
	scale := 1.0
	for _, unit := range [...]float64{1e8, 1e4, 1000, 100} {
		if upper.value >= unit && upper.scaled && !n.scaled && n.value < unit {
			scale = unit
			break
		}
	}
	if n.value*scale >= upper.value || upper.vague {
		return
	}
	n.value, n.end, n.digits, n.scaled, n.ranged = n.value*scale, upper.end, 0, n.scaled || upper.scaled, true
}

func digitsAt(text string) int {
	i := 0
	for i < len(text) && text[i] >= '0' && text[i] <= '9' {
		i++
	}
	return i
}

// decimal reads digits and skips what stands between them. Beyond 2^53 it is not exact, and need not be.
func decimal(text string) float64 {
	value := 0.0
	for i := range len(text) {
		if text[i] >= '0' && text[i] <= '9' {
			value = value*10 + float64(text[i]-'0')
		}
	}
	return value
}

// unitAt reads a unit at the beginning of text, and a space before it: 2.5 万.
func unitAt(text string) (unit float64, size int) {
	rest := strings.TrimPrefix(text, " ")
	space := len(text) - len(rest)
	if rest != "" && (rest[0] == 'w' || rest[0] == 'k') {
		if len(rest) > 1 && rest[1] >= 'a' && rest[1] <= 'z' {
			return 0, 0 // km, wifi
		}
		if rest[0] == 'w' {
			return 1e4, space + 1
		}
		return 1000, space + 1
	}
	r, width := utf8.DecodeRuneInString(rest)
	return unitOf(r), space + width
}
