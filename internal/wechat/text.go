package wechat

import (
	"net/url"
	"strings"
	"unicode/utf8"
)

// TextLink is text that opens url when it is tapped.
func TextLink(text, url string) string {
	return `<a href="` + address(url) + `">` + label(text) + `</a>`
}

// MiniProgramLink is text that opens a page of the mini program appID, which must be
// bound to the account; clients that are too old for it open fallbackURL.
func MiniProgramLink(text, appID, path, fallbackURL string) string {
	return `<a data-miniprogram-appid="` + address(appID) + `" data-miniprogram-path="` + address(path) +
		`" href="` + address(fallbackURL) + `">` + label(text) + `</a>`
}

// ChoiceLink is text that the user says by tapping it: it comes back as a text message,
// mostly with id as its BizMsgMenuID. WeChat does not document it, so the text must be
// understood on its own.
func ChoiceLink(text, id string) string {
	return `<a href="weixin://bizmsgmenu?msgmenucontent=` + said(text) + `&msgmenuid=` + said(id) + `">` +
		label(text) + `</a>`
}

// label is text for the inside of a link. WeChat does not say that it decodes &lt;, so a
// character that could end the tag becomes its wide twin, which looks like it.
func label(text string) string { return twins(text, "<>") }

// said is text for a parameter of a bizmsgmenu link. Whether clients decode %XX in it is
// not known, so nothing is encoded: a character that means something in a URL or in an
// attribute becomes its wide twin, which the reader of messages folds back.
func said(text string) string { return twins(text, "<>\"'&#%+=? ") }

// twins replaces the ASCII characters of set by their full-width forms and line ends by
// a space, and drops what is not text.
func twins(text, set string) string {
	text = clean(text)
	if !strings.ContainsAny(text, set) && !strings.ContainsAny(text, "\n\t") {
		return text
	}
	return strings.Map(func(r rune) rune {
		if r < ' ' { // a line end or a tab: clean leaves no other
			r = ' '
		}
		if r >= utf8.RuneSelf || strings.IndexByte(set, byte(r)) < 0 {
			return r
		}
		if r == ' ' {
			return '\u3000'
		}
		return r - '!' + '\uff01'
	}, text)
}

// address is a URL or path for an attribute: encoded where it could end the attribute,
// and left alone elsewhere, as it is already a URL.
func address(s string) string {
	s = clean(s)
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c == 0x7f || strings.IndexByte("<>\"'`\\", c) >= 0 {
			b.WriteString(url.PathEscape(s[i : i+1]))
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// cut shortens s to limit bytes, between two characters and not inside a link: half a
// tag would be shown as it stands.
func cut(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	end := limit
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	const opening, closing = "<a ", "</a>"
	// A link that begins before end may have some of its first bytes behind it.
	start := strings.LastIndex(s[:min(end+len(opening)-1, len(s))], opening)
	if start < 0 {
		return s[:end]
	}
	if length := strings.Index(s[start:], closing); length >= 0 && start+length+len(closing) > end {
		end = start
	}
	return s[:end]
}
