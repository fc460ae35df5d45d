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
		b.WriteString(strings.TrimSuffix(line[kept:r.start], "+"))
		kept, found = r.end, true
		if strings.HasPrefix(line[kept:], "x") { // the last place of an identity card
			kept++
		}
	}
	if !found {
		return text, false
	}
	b.WriteString(line[kept:])
	return b.String(), true
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
