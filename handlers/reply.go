package handlers

import (
	"strconv"
	"strings"

	"zhugong/internal/dialogue"
	"zhugong/internal/wechat"
)

// replyOf writes a reply the way WeChat shows it: choices and links as lines to tap.
func replyOf(reply dialogue.Reply, mayTransfer bool) wechat.Reply {
	switch {
	case reply.Human && mayTransfer:
		return wechat.Reply{Kind: wechat.ReplyTransfer}
	case reply.Card != nil:
		return wechat.Reply{Kind: wechat.ReplyNews, Card: wechat.Card{
			Title: reply.Card.Title, Description: reply.Card.Description, PicURL: reply.Card.Picture, URL: reply.Card.URL,
		}}
	case len(reply.Choices) == 0 && len(reply.Links) == 0:
		return wechat.Reply{Text: reply.Text}
	}
	var b strings.Builder
	b.Grow(len(reply.Text) + 160*(len(reply.Choices)+len(reply.Links)))
	b.WriteString(reply.Text)
	for _, link := range reply.Links {
		b.WriteByte('\n')
		if link.AppID != "" {
			b.WriteString(wechat.MiniProgramLink(link.Text, link.AppID, link.Path, link.URL))
			continue
		}
		b.WriteString(wechat.TextLink(link.Text, link.URL))
	}
	for i, choice := range reply.Choices {
		number := strconv.Itoa(i + 1)
		b.WriteByte('\n')
		b.WriteString(number)
		b.WriteByte(' ')
		b.WriteString(wechat.ChoiceLink(choice.Label, number))
	}
	return wechat.Reply{Text: b.String()}
}
