package dialogue

import (
	"strings"
	"unicode/utf8"
)

// A text message of WeChat holds 2,048 bytes, links included. What a link costs besides its text:
const (
	mostBytes   = 2048
	choiceBytes = 110
	linkBytes   = 260
	leastRoom   = 300 // for the text itself, however many choices there are
)

// page cuts a reply that is too long for one message; the rest follows when the worker writes 更多.
func (t *turn) page(reply Reply) Reply {
	t.state.Rest = ""
	if t.afterCrisis() {
		reply.Text += "\n" + phraseCare
	}
	reply.Text = t.fit(reply.Text, reply.room())
	return reply
}

// fit cuts a text that has more bytes than there is room for, and remembers the rest.
func (t *turn) fit(text string, room int) string {
	if len(text) <= room {
		return text
	}
	at := cut(text, room-len(phraseMore)-1)
	t.state.Rest = strings.TrimLeft(text[at:], "\n")
	return strings.TrimRight(text[:at], "\n") + "\n" + phraseMore
}

// room is how many bytes of text there is room for beside choices and links.
func (r Reply) room() int {
	room := mostBytes
	for _, choice := range r.Choices {
		room -= choiceBytes + 2*len(choice.Label)
	}
	for _, link := range r.Links {
		room -= linkBytes + len(link.Text)
	}
	return max(room, leastRoom)
}

// cut returns where to cut text into at most room bytes: behind a line, else behind a sentence, else behind a character.
func cut(text string, room int) int {
	for _, mark := range []string{"\n", "。", "，"} {
		if at := strings.LastIndex(text[:room], mark); at > room/2 {
			return at + len(mark)
		}
	}
	for room > 0 && !utf8.RuneStart(text[room]) {
		room--
	}
	return room
}
