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
)

// page cuts a reply that is too long for one message; the rest follows when the worker writes 更多.
func (t *turn) page(reply Reply) Reply {
	t.state.Rest = ""
	if t.afterCrisis() {
		reply.Text += "\n" + phraseCare
	}
	room := mostBytes
	for _, choice := range reply.Choices {
		room -= choiceBytes + 2*len(choice.Label)
	}
	for _, link := range reply.Links {
		room -= linkBytes + len(link.Text)
	}
	if len(reply.Text) <= room {
		return reply
	}
	at := cut(reply.Text, room-len(phraseMore)-1)
	t.state.Rest = strings.TrimLeft(reply.Text[at:], "\n")
	reply.Text = strings.TrimRight(reply.Text[:at], "\n") + "\n" + phraseMore
	return reply
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
