package wechat

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

const byteOrderMark = "\ufeff"

// validRune reports whether XML 1.0 may hold r.
func validRune(r rune) bool {
	return r >= ' ' && r != 0xFFFE && r != 0xFFFF && utf8.ValidRune(r) || r == '\n' || r == '\t' || r == '\r'
}

// validText reports whether s is UTF-8 and all its characters may stand in XML 1.0.
func validText(s string) bool {
	for i, r := range s {
		if r >= ' ' && r < utf8.RuneError {
			continue // nearly all; a message is looked at whole
		}
		if !validRune(r) || r == utf8.RuneError && !strings.HasPrefix(s[i:], "\ufffd") {
			return false // the second is what stands for a byte that is not UTF-8
		}
	}
	return true
}

// clean makes s what XML 1.0 may hold, as a reader of XML gets it back: what is not
// UTF-8 and characters that XML forbids go, line ends are \n.
func clean(s string) string {
	if !validText(s) {
		s = strings.Map(func(r rune) rune {
			if !validRune(r) {
				return -1
			}
			return r
		}, strings.ToValidUTF8(s, ""))
	}
	return newlines(s)
}

// newlines writes line ends as XML reads them.
func newlines(s string) string {
	if strings.IndexByte(s, '\r') < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

func blank(s string) bool {
	for i := range len(s) {
		if !isSpace(s[i]) {
			return false
		}
	}
	return true
}

func unescape(s string) (string, bool) {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(s, "&")
		b.WriteString(before)
		if !found {
			return b.String(), true
		}
		entity, rest, closed := strings.Cut(after, ";")
		r, ok := character(entity)
		if !closed || !ok {
			return "", false
		}
		b.WriteRune(r)
		s = rest
	}
}

// character is what an entity stands for.
func character(entity string) (rune, bool) {
	switch entity {
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "amp":
		return '&', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	digits, base := strings.TrimPrefix(entity, "#"), 10
	if digits == entity {
		return 0, false
	}
	if hex := strings.TrimPrefix(digits, "x"); hex != digits {
		digits, base = hex, 16
	}
	n, err := strconv.ParseUint(digits, base, 31)
	return rune(n), err == nil && validRune(rune(n))
}
