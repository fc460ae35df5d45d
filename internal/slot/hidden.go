package slot

import "strings"

const (
	leastHidden   = mobileLength // digits of what is a telephone number or longer
	leastIdentity = 15           // digits of what may be an identity card or a bank card
)

// WithoutNumbers returns a text without any telephone number or longer number in it, however it is written: spaced, full
// width, spoken. It reports whether there was one; if not, the text is as it was.
func WithoutNumbers(text string) (rest string, found bool) {
	line := plain(text)
	var b strings.Builder
	kept := 0
	for r, ok := nextRun(line, 0); ok; r, ok = nextRun(line, r.end) {
		if r.count < leastHidden {
			continue
		}
		start := r.start + nameBefore(line, &r)
		b.WriteString(strings.TrimSuffix(line[kept:start], "+"))
		kept, found = r.end, true
		if strings.HasPrefix(line[kept:], "x") { // the last place of an identity card
			kept++
		}
	}
	if !found {
		return text, false
	}
	b.WriteString(line[kept:])
	rest = trimWords(b.String(), nil, nil)
	if bare := trimWords(rest, nil, ofNumbers); bare != rest {
		rest = strings.TrimSuffix(bare, "的") // 张三的手机号是
	}
	return rest, true
}

// nameBefore returns the length of the Chinese numerals at the beginning of a row of digits that end a name: 法人李四
// 18585012345. A name ends in two at most.
func nameBefore(line string, r *run) int {
	text := line[r.start:r.end]
	names, _ := hanDigits(text)
	after := strings.TrimPrefix(text[names*len("一"):], " ")
	switch {
	case names == 0:
		return 0
	case names <= 2 && r.count-names >= leastHidden && digitsAt(after) > 0:
		return len(text) - len(after)
	case r.count == mobileLength+1 && isMobile(r.digits[1:]) && !isMobile(r.digits[:]): // 李四一八五八五零一二三四五
		return len("一")
	}
	return 0
}

// ofNumbers are the words that nothing follows once a number is gone.
var ofNumbers = []string{
	"联系电话", "联系方式", "微信号", "微信", "电话号码是", "手机号码是", "电话号码", "手机号码", "电话是", "手机是", "手机号是", "号码是", "手机号", "电话", "手机", "号码", "身份证号", "身份证", "银行卡号",
	"银行卡", "卡号", ",", "、", " ", ":",
}

// LongNumber reports whether a text holds what may be the number of an identity card or a bank card.
func LongNumber(text string) bool {
	line := plain(text)
	for r, ok := nextRun(line, 0); ok; r, ok = nextRun(line, r.end) {
		if r.count >= leastIdentity && r.mobile() == "" {
			return true
		}
	}
	return false
}
