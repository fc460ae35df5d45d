package slot

import "unicode/utf8"

// longestRun is how many digits of a row are looked at; what is longer is no number that anybody asks for.
const longestRun = 24

// run is a row of digits, Arabic or Chinese, with single spaces, hyphens or dots between its parts: 138-0000 1111.
type run struct {
	digits [longestRun]byte
	parts  [longestRun]uint8 // how many digits each part has
	count  int               // digits; more than longestRun are counted, not kept
	joints int               // parts
	start  int
	end    int
	masked bool // holds * for a digit: 138****1111
}

// nextRun finds the next row of digits at or after from.
func nextRun(text string, from int) (r run, ok bool) {
	i := from
	for i < len(text) {
		if d, size := digitAt(text[i:]); size > 0 && d != '*' {
			break
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		i += size
	}
	if i >= len(text) {
		return r, false
	}
	r.start = i
	fresh, arabic := true, false // a part begins where the script changes, too
	for i < len(text) {
		d, size := digitAt(text[i:])
		if size > 0 {
			r.add(d, fresh || arabic != (size == 1))
			i += size
			r.end, fresh, arabic = i, false, size == 1
			continue
		}
		if fresh || text[i] != ' ' && text[i] != '-' && text[i] != '.' {
			break
		}
		fresh = true
		i++
	}
	return r, true
}

func (r *run) add(digit byte, fresh bool) {
	if r.count < longestRun {
		if fresh {
			r.joints++
		}
		r.parts[r.joints-1]++
		r.digits[r.count] = digit
	}
	r.masked = r.masked || digit == '*'
	r.count++
}

// digitAt reads a digit at the beginning of text; size is 0 where there is none.
func digitAt(text string) (digit byte, size int) {
	if c := text[0]; c >= '0' && c <= '9' || c == '*' {
		return c, 1
	}
	r, size := utf8.DecodeRuneInString(text)
	if d := digitOf(r); d >= 0 {
		return byte('0' + d), size
	}
	return 0, 0
}
