package knowledge

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"zhugong/internal/strictyaml"
)

// What must never stand in a knowledge file. They are looked for in whole lines, comments included.
const (
	mobilePattern   = `(^|[^0-9A-Za-z])(1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4})($|[^0-9])`
	landlinePattern = `(^|[^0-9A-Za-z])(0[0-9]{2,3}[- ]?[2-8][0-9]{6,7})($|[^0-9])`
	longPattern     = `[0-9](?:[ -]?[0-9]){13,18}[Xx]?`
	secretPattern   = `wx[0-9a-f]{16}|\b[0-9a-f]{32,}\b|\bAKIA[0-9A-Z]{16}\b|\bsk-[A-Za-z0-9]{16,}|eyJ[A-Za-z0-9_-]{20,}\.` +
		`|-----BEGIN|(?i:password|secret|token|密码|口令)\s*[:：=]\s*\S{6,}|\b[A-Za-z0-9+/]{43}\b`
)

// privacy reports personal numbers and secrets.
func (c *checker) privacy() {
	mobile, landline := regexp.MustCompile(mobilePattern), regexp.MustCompile(landlinePattern)
	long, secret := regexp.MustCompile(longPattern), regexp.MustCompile(secretPattern)
	for file, source := range c.sources {
		for n := 1; n <= source.Lines(); n++ {
			line := source.Line(n)
			digits, word := survey(line)
			if digits >= 11 {
				c.personal(source, n, mobile, "手机号", 2, noNumber)
			}
			if digits >= 10 && file != factsName { // where the numbers that must not be given are named
				c.personal(source, n, landline, "公开信息里没有的电话号码", 2,
					"单位对外公布的，记进“公开信息”的“号码”；别的都删掉。")
			}
			if digits >= 14 {
				c.long(source, n, long)
			}
			if !mayHoldSecret(line, word) {
				continue
			}
			if place := secret.FindStringIndex(line); place != nil {
				c.found = append(c.found, source.Fault(n, runesBefore(line, place[0])+1, "这里像是密码、密钥或者账号编号",
					"删掉它；如果真是，马上换一个新的。"))
			}
		}
	}
}

// noNumber is how a number is mended that belongs to somebody.
const noNumber = "删掉号码；例子里要写号码的地方，写“我的电话”这样的字。"

func (c *checker) personal(source *strictyaml.Source, n int, pattern *regexp.Regexp, what string, group int, mend string) {
	line := source.Line(n)
	place := pattern.FindStringSubmatchIndex(line)
	if place == nil || c.numbers[line[place[2*group]:place[2*group+1]]] {
		return
	}
	c.found = append(c.found, source.Fault(n, runesBefore(line, place[2*group])+1, "这里有"+what, mend))
}

// long reports numbers of identity cards and bank cards.
func (c *checker) long(source *strictyaml.Source, n int, pattern *regexp.Regexp) {
	line := source.Line(n)
	for _, place := range pattern.FindAllStringIndex(line, -1) {
		number := strings.NewReplacer(" ", "", "-", "").Replace(line[place[0]:place[1]])
		what := ""
		switch {
		case isIdentity(number):
			what = "身份证号码"
		case len(number) >= 16 && isCard(number):
			what = "银行卡号"
		default:
			continue
		}
		c.found = append(c.found, source.Fault(n, runesBefore(line, place[0])+1, "这里有"+what, "删掉它。"))
	}
}

func runesBefore(line string, i int) int { return len([]rune(line[:i])) }

// survey counts the digits of a line and the bytes of its longest word of what passwords and keys are made of.
func survey(line string) (digits, longest int) {
	run := 0
	for i := range len(line) {
		b := line[i]
		switch {
		case b >= utf8.RuneSelf:
			run = 0
		case b >= '0' && b <= '9':
			digits++
			run++
		case b|0x20 >= 'a' && b|0x20 <= 'z' || b == '+' || b == '/' || b == '_' || b == '-':
			run++
		default:
			run = 0
		}
		longest = max(longest, run)
	}
	return digits, longest
}

// mayHoldSecret quickly sorts out nearly all lines: they have no long word of letters and digits, or are
// where such a word belongs.
func mayHoldSecret(line string, longest int) bool {
	if longest < 6 || strings.Contains(line, "小程序:") {
		return false
	}
	return longest >= 16 || strings.ContainsAny(line, "密口") || containsAny(strings.ToLower(line), []string{"password", "secret", "token"})
}

// isIdentity reports whether number has the form of an identity card's: region, date of birth, order.
func isIdentity(number string) bool {
	switch len(number) {
	case 18:
		year, month, day := number[6:10], number[10:12], number[12:14]
		return year >= "1900" && year < "2100" && month >= "01" && month <= "12" && day >= "01" && day <= "31"
	case 15:
		month, day := number[8:10], number[10:12]
		return number[0] >= '1' && number[0] <= '8' && month >= "01" && month <= "12" && day >= "01" && day <= "31"
	}
	return false
}

// isCard reports whether the check digit is that of a bank card.
func isCard(number string) bool {
	sum := 0
	for i := range len(number) {
		digit := int(number[len(number)-1-i] - '0')
		if digit < 0 || digit > 9 {
			return false
		}
		if i%2 == 1 {
			if digit *= 2; digit > 9 {
				digit -= 9
			}
		}
		sum += digit
	}
	return sum%10 == 0
}
