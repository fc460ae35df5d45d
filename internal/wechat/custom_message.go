package wechat

import (
	"context"
	"fmt"
)

// CustomText sends a text to a worker beside any reply, at most 2,048 bytes of it. WeChat allows it five times within 48
// hours after a message of the worker, and three times within a minute after a tap on the menu.
// Source: the page on customer-service messages of service accounts.
func (a *API) CustomText(ctx context.Context, openID, text string) error {
	body := struct {
		To   string `json:"touser"`
		Type string `json:"msgtype"`
		Text struct {
			Content string `json:"content"`
		} `json:"text"`
	}{To: openID, Type: "text"}
	body.Text.Content = cut(text, MaxText)
	if err := a.Post(ctx, "/cgi-bin/message/custom/send", body, nil); err != nil {
		return fmt.Errorf("send a message: %w", err)
	}
	return nil
}
