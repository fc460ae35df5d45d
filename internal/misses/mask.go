package misses

import (
	"regexp"
	"strings"
	"unicode"
)

const (
	maxCharacters = 40
	hidden        = "×"
	leastDigits   = 5 // of a number that could be somebody's
	mostBetween   = 3 // signs between two digits of one number
	leastID       = 6 // characters of what could be somebody's id
	leastOpenID   = 20
)

// masker hides what could tell who wrote a text: numbers of five digits and more, however they are written, ids,
// addresses of mail and links. Names cannot be told from other words, so only the first 40 characters are kept.
type masker struct{ mail, link, account, token *regexp.Regexp }

func newMasker() masker {
	const rest = `[^\s\p{Han}，。；！？]*` // of a link
	return masker{
		mail:    regexp.MustCompile(`[\w.%+-]+ ?@ ?[\w-]+(?:\.[\w-]+)*`),
		link:    regexp.MustCompile(`(?i)\w+[:：]//` + rest + `|(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/:?]` + rest + `)?`),
		account: regexp.MustCompile(`((?:微信|(?i:vx|wx|wechat|qq))号?码?[是:： ]{0,3})[A-Za-z][\w-]{4,}`),
		token:   regexp.MustCompile(`[\w-]{6,}`),
	}
}

func (m masker) mask(text string) string {
	text = strings.Map(plain, text)
	text = m.mail.ReplaceAllLiteralString(text, hidden)
	text = m.link.ReplaceAllLiteralString(text, hidden)
	text = m.account.ReplaceAllString(text, "${1}"+hidden)
	text = m.token.ReplaceAllStringFunc(text, hideID)
	text = strings.Join(strings.Fields(hideNumbers(text)), " ")
	if runes := []rune(text); len(runes) > maxCharacters {
		text = strings.TrimSpace(string(runes[:maxCharacters]))
	}
	return text
}

// plain makes full-width letters, digits and signs of addresses ASCII, and drops what cannot be seen by itself.
func plain(r rune) rune {
	switch {
	case r >= '０' && r <= '９', r >= 'Ａ' && r <= 'Ｚ', r >= 'ａ' && r <= 'ｚ', strings.ContainsRune("＠．／＿－＋", r):
		return r - 'Ａ' + 'A'
	case unicode.IsSpace(r):
		return ' '
	case unicode.In(r, unicode.C, unicode.M):
		return -1
	}
	return r
}

// hideID hides a word of Latin letters and digits that is an id rather than a word.
func hideID(word string) string {
	digit := strings.ContainsAny(word, "0123456789_")
	mixed := strings.ToLower(word) != word && strings.ToUpper(word) != word
	if len(word) >= leastID && digit || len(word) >= leastOpenID && mixed {
		return hidden
	}
	return word
}

// hideNumbers hides numbers whose digits may have spaces and signs between them and may be Chinese.
func hideNumbers(text string) string {
	runes := []rune(text)
	var kept strings.Builder
	for at := 0; at < len(runes); {
		end, digits := number(runes, at)
		if digits < leastDigits {
			end = max(end, at+1)
			kept.WriteString(string(runes[at:end]))
		} else {
			kept.WriteString(hidden)
		}
		at = end
	}
	return kept.String()
}

// number returns where the number that begins at a place ends, with the X of an identity card, and how many digits it
// has; none when it is no digit.
func number(runes []rune, at int) (end, digits int) {
	end = at
	for i := at; i < len(runes) && i-end <= mostBetween; i++ {
		switch {
		case isDigit(runes[i]):
			digits++
			end = i + 1
		case digits == 0 || !strings.ContainsRune(" -.·/_()（）—~,，、", runes[i]):
			i = len(runes)
		}
	}
	if digits > 0 && end < len(runes) && (runes[end] == 'x' || runes[end] == 'X') {
		end++
	}
	return end, digits
}

func isDigit(r rune) bool {
	return unicode.IsNumber(r) || strings.ContainsRune("零一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖", r)
}
