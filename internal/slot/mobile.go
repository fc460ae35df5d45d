package slot

import "strings"

const mobileLength = 11

// Mobile reads a mobile telephone number of mainland China: eleven digits, however spaced, spoken or prefixed with 86.
// Of several the one that stands after a correction (打错了, 应该是) is taken, else the last; one that is corrected in part is
// not.
func Mobile(text string) (number string, ok bool) {
	text = plain(text)
	rest, found := corrected(text)
	if found {
		if number, ok = lastMobile(rest); ok {
			return number, true
		}
		if strings.Contains(rest, "位") {
			return "", false // 最后一位是5: which number comes of it is not for us to say
		}
	}
	if number, ok = lastMobile(text); !ok {
		number = pausedDigits(text)
		ok = len(number) == mobileLength
	}
	if !ok {
		return "", false
	}
	return number, true
}

// pausedDigits returns the digits of a number that was spoken with pauses, the first of them behind three digits, "" for
// none: 一八五，八五零一，二三四五. A program that writes down speech makes marks of the pauses.
func pausedDigits(text string) string {
	for r, found := nextRun(text, 0); found; r, found = nextRun(text, r.end) {
		if r.count != 3 || !isMobile(r.digits[:]) || r.masked {
			continue
		}
		digits := string(r.digits[:r.count])
		for next, more := nextRun(text, r.end); more && len(digits) < mobileLength; next, more = nextRun(text, next.end) {
			if strings.Trim(text[r.end:next.start], ",;、 ") != "" || next.masked || next.count > mobileLength-3 {
				break
			}
			digits += string(next.digits[:next.count])
			r.end = next.end
		}
		if len(digits) > 3 {
			return digits
		}
	}
	return ""
}

func lastMobile(text string) (number string, ok bool) {
	for r, found := nextRun(text, 0); found; r, found = nextRun(text, r.end) {
		if one := r.mobile(); one != "" {
			number = one
		}
	}
	return number, number != ""
}

// mobile returns the last mobile number in a row of digits, "" for none. A row may hold a short number before it, or
// several mobile numbers; parts of an identity card or of a bank card are none.
func (r *run) mobile() (number string) {
	if r.count > longestRun || r.masked {
		return ""
	}
	at := 0
	for part := 0; part < r.joints; {
		from := at
		if strings.HasPrefix(string(r.digits[from:r.count]), "0086") {
			from += 4
		} else if strings.HasPrefix(string(r.digits[from:r.count]), "86") {
			from += 2
		}
		end, next := r.partsEnd(part, from+mobileLength, at)
		if end == from+mobileLength && isMobile(r.digits[from:end]) {
			number = string(r.digits[from:end])
			at, part = end, next
			continue
		}
		if r.parts[part] > 2 {
			return number
		}
		at += int(r.parts[part])
		part++
	}
	return number
}

// partsEnd goes over whole parts up to want digits: where they end, and the part after them.
func (r *run) partsEnd(part, want, at int) (end, next int) {
	for part < r.joints && at < want {
		at += int(r.parts[part])
		part++
	}
	return at, part
}

func isMobile(digits []byte) bool { return digits[0] == '1' && digits[1] >= '3' }

// TriesMobile reports whether a text without a mobile number holds what was meant as one: a digit too few or too many, a
// fixed line, hidden digits.
func TriesMobile(text string) bool {
	if _, ok := Mobile(text); ok {
		return false
	}
	text = plain(text)
	for r, found := nextRun(text, 0); found; r, found = nextRun(text, r.end) {
		if r.count >= 7 && r.count <= 14 && !isDay(r.digits[:r.count]) && !r.isAmount(text) {
			return true
		}
	}
	return len(pausedDigits(text)) >= 7
}

// isDay reports whether digits are a day written in a row: 20250803.
func isDay(digits []byte) bool {
	return len(digits) == 8 && (digits[0] == '1' && digits[1] == '9' || digits[0] == '2' && digits[1] == '0') &&
		(digits[4] == '0' || digits[4] == '1' && digits[5] <= '2') && digits[6] <= '3'
}

func (r *run) isAmount(text string) bool {
	return strings.HasSuffix(text[:r.start], "¥") || hasAnyPrefix(text[r.end:], moneyUnits) != "" ||
		hasAnyPrefix(text[r.end:], []string{"年", "月", "号楼"}) != ""
}
