package wechat

import (
	"context"
	"errors"
	"fmt"
)

const (
	customPath = "/cgi-bin/message/custom/send"
	typingPath = "/cgi-bin/message/custom/typing"
)

// CustomMessage is what an account sends to a worker beside any reply, as WeChat takes it: one of the members, and its
// name in Type. The functions below make them.
// Source: the page on customer-service messages of service accounts, as the figures in this file.
type CustomMessage struct {
	Type string      `json:"msgtype"`
	Text *customText `json:"text,omitempty"`
	News *customNews `json:"news,omitempty"`
	Menu *customMenu `json:"msgmenu,omitempty"`
	Page *customPage `json:"miniprogrampage,omitempty"`
}

type customText struct {
	Content string `json:"content"`
}

type customNews struct {
	Articles []customArticle `json:"articles"` // one
}

type customArticle struct {
	Title       string `json:"title"`
	Description string `json:"description"`
	URL         string `json:"url"`
	PicURL      string `json:"picurl"`
}

type customMenu struct {
	Head string     `json:"head_content"`
	List []MenuLine `json:"list"`
	Tail string     `json:"tail_content"`
}

// MenuLine is a line that a worker can tap, which sends its text.
type MenuLine struct {
	ID      string `json:"id"`
	Content string `json:"content"`
}

type customPage struct {
	Title   string `json:"title"`
	AppID   string `json:"appid"`
	Path    string `json:"pagepath"`
	MediaID string `json:"thumb_media_id"`
}

// TextMessage is a text, of at most MaxText bytes.
func TextMessage(text string) CustomMessage {
	return CustomMessage{Type: "text", Text: &customText{cut(clean(text), MaxText)}}
}

// NewsMessage is a card that opens a page.
func NewsMessage(c Card) CustomMessage {
	article := customArticle{clean(c.Title), clean(c.Description), clean(c.URL), clean(c.PicURL)}
	return CustomMessage{Type: "news", News: &customNews{[]customArticle{article}}}
}

// MenuMessage is a text with lines to tap. Only certified service accounts may send it; see PlainMenu.
func MenuMessage(head string, lines []MenuLine, tail string) CustomMessage {
	return CustomMessage{Type: "msgmenu", Menu: &customMenu{cut(clean(head), MaxText), lines, clean(tail)}}
}

// PageMessage is a card that opens a page of a mini program of the account. Its picture is one that the account uploaded.
func PageMessage(title, appID, path, mediaID string) CustomMessage {
	return CustomMessage{Type: "miniprogrampage", Page: &customPage{clean(title), appID, path, mediaID}}
}

// PlainMenu is a MenuMessage as a text with links, which any account may send.
func (m CustomMessage) PlainMenu() CustomMessage {
	text := m.Menu.Head
	for _, line := range m.Menu.List {
		text += "\n" + ChoiceLink(line.Content, line.ID)
	}
	if m.Menu.Tail != "" {
		text += "\n" + m.Menu.Tail
	}
	return TextMessage(text)
}

// noMenus is the code for a menu from an account that is not certified.
const noMenus = 40200

// Custom sends a message to a worker beside any reply. A menu from an account that may not send any goes as text.
func (a *API) Custom(ctx context.Context, openID string, message CustomMessage) error {
	err := a.custom(ctx, openID, message)
	var refused *APIError
	if message.Menu != nil && errors.As(err, &refused) && refused.Code == noMenus {
		err = a.custom(ctx, openID, message.PlainMenu())
	}
	if err != nil {
		return fmt.Errorf("send a message: %w", err)
	}
	return nil
}

func (a *API) custom(ctx context.Context, openID string, message CustomMessage) error {
	body := struct {
		To string `json:"touser"`
		CustomMessage
	}{openID, message}
	return a.Post(ctx, customPath, body, nil)
}

// alreadyTyping is the code for a worker who is shown it already.
const alreadyTyping = 45081

// Typing shows a worker for 15 seconds, or until a message reaches him, that an answer is being written. He must have
// written in the last 30 seconds.
func (a *API) Typing(ctx context.Context, openID string) error {
	body := struct {
		To      string `json:"touser"`
		Command string `json:"command"`
	}{openID, "Typing"}
	err := a.Post(ctx, typingPath, body, nil)
	var refused *APIError
	if errors.As(err, &refused) && refused.Code == alreadyTyping {
		return nil
	}
	if err != nil {
		return fmt.Errorf("show typing: %w", err)
	}
	return nil
}
