package simulator

import (
	"net/url"
	"strings"
)

// part is a piece of a text reply as WeChat shows it.
type part struct {
	Kind   string `json:"kind"` // text, link, choice, mini
	Text   string `json:"text"`
	URL    string `json:"url,omitempty"`     // link; mini: what clients too old for it open
	Send   string `json:"send,omitempty"`    // choice: what a tap says
	MenuID string `json:"menu_id,omitempty"` // choice
	AppID  string `json:"app_id,omitempty"`  // mini
	Path   string `json:"path,omitempty"`    // mini
}

// choicePrefix begins the address of a link that says something.
const choicePrefix = "weixin://bizmsgmenu?"

// split finds the links in a text reply. Whatever is not exactly a link that WeChat knows, to where WeChat goes, is
// text and stays as it stands, tags and all.
func split(text string) []part {
	var parts []part
	plain := 0 // text[plain:at] has not been put into a part
	for at := 0; at < len(text); {
		next := strings.Index(text[at:], "<a ")
		if next < 0 {
			break
		}
		at += next
		link, length, ok := anchor(text[at:])
		if !ok {
			at++
			continue
		}
		if at > plain {
			parts = append(parts, part{Kind: "text", Text: text[plain:at]})
		}
		parts = append(parts, link)
		at += length
		plain = at
	}
	if plain < len(text) {
		parts = append(parts, part{Kind: "text", Text: text[plain:]})
	}
	return parts
}

// anchor reads the link that s begins with, and tells how many bytes of s it takes.
func anchor(s string) (link part, length int, ok bool) {
	attributes, rest, ok := attributesOf(s[len("<a"):])
	if !ok {
		return part{}, 0, false
	}
	label, after, closed := strings.Cut(rest, "</a>")
	if !closed || strings.TrimSpace(label) == "" || strings.ContainsAny(label, "<>") {
		return part{}, 0, false
	}
	link, ok = linkOf(attributes, label)
	return link, len(s) - len(after), ok
}

// attributesOf reads attributes up to the end of a tag; each must be quoted and given once.
func attributesOf(s string) (attributes map[string]string, rest string, ok bool) {
	attributes = map[string]string{}
	for {
		trimmed := strings.TrimLeft(s, " \t\n")
		if rest, ended := strings.CutPrefix(trimmed, ">"); ended {
			return attributes, rest, true
		}
		name, value, found := strings.Cut(trimmed, "=")
		if !found || len(trimmed) == len(s) || value == "" || !isName(name) || value[0] != '"' && value[0] != '\'' {
			return nil, "", false
		}
		quoted, after, closed := strings.Cut(value[1:], value[:1])
		if _, twice := attributes[name]; twice || !closed {
			return nil, "", false
		}
		attributes[name] = quoted
		s = after
	}
}

func isName(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz-") == ""
}

func linkOf(attributes map[string]string, label string) (part, bool) {
	href := attributes["href"]
	if appID := attributes["data-miniprogram-appid"]; appID != "" {
		link := part{Kind: "mini", Text: label, AppID: appID, Path: attributes["data-miniprogram-path"]}
		if isWebAddress(href) {
			link.URL = href
		}
		return link, true
	}
	if query, ok := strings.CutPrefix(href, choicePrefix); ok {
		return choice(query, label)
	}
	return part{Kind: "link", Text: label, URL: href}, isWebAddress(href)
}

// choice reads the parameters of a tappable choice. Nothing in them is decoded: that clients do is not known.
func choice(query, label string) (part, bool) {
	link := part{Kind: "choice", Text: label}
	for parameter := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(parameter, "=")
		switch name {
		case "msgmenucontent":
			link.Send = value
		case "msgmenuid":
			link.MenuID = value
		}
	}
	return link, strings.TrimSpace(link.Send) != ""
}

func isWebAddress(s string) bool {
	address, err := url.Parse(s)
	return err == nil && (address.Scheme == "https" || address.Scheme == "http") && address.Host != "" && !strings.Contains(s, "\\")
}
