package handlers

import (
	"context"
	"reflect"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"zhugong/internal/dialogue"
	"zhugong/internal/outbox"
	"zhugong/internal/session"
	"zhugong/internal/turn"
	"zhugong/internal/wechat"
)

// byMessage answers one push by a message: customer service of mini programs takes no answer but that all is well, or that
// a person takes over. The message is kept in one step with the turn, so that it is sent once whatever dies in between.
type byMessage struct {
	*webhook
	account  *account
	push     *wechat.Push
	ctx      context.Context // of the request, for what the turn calls back
	said     dialogue.Reply
	prepared *outbox.Prepared
}

// enclose is turn.Request's: it makes the record of the message.
func (b *byMessage) enclose(reply dialogue.Reply, _ *dialogue.Decision) []session.Record {
	b.said, b.prepared = reply, nil
	text := plainOf(reply)
	if text == "" {
		return nil
	}
	prepared, err := b.Outbox.Prepare(b.ctx, b.message(text))
	if err != nil {
		return nil // it is sent all the same
	}
	b.prepared = prepared
	return []session.Record{prepared.Record()}
}

func (b *byMessage) message(text string) outbox.Message {
	return outbox.Message{
		Worker: session.Worker{Account: b.account.Name, OpenID: b.push.Message.From}, Key: "answer:" + b.push.Message.Key(),
		Body: wechat.TextMessage(text), Until: b.Now().Add(staleAfter),
	}
}

// deliver sends the message when the push has been answered.
func (b *byMessage) deliver(c *gin.Context, result turn.Result) {
	if result.Repeated {
		return
	}
	c.Writer.Flush()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(b.ctx), sendTime)
	defer cancel()
	text := plainOf(result.Said)
	outcome, err := outbox.Outcome{}, error(nil)
	switch {
	case b.prepared != nil:
		if !reflect.DeepEqual(b.said, result.Said) { // the words depended on how the turn was kept
			b.prepared.Body = wechat.TextMessage(text)
		}
		outcome = b.Outbox.Deliver(ctx, b.prepared)
		err = outcome.Err
	case text != "":
		outcome, err = b.Outbox.Post(ctx, b.message(text))
	}
	if err != nil {
		b.Log.Warn("answer not sent", "account", b.account.Name, "state", string(outcome.State), "error", err)
	}
}

// plainOf writes a reply for a chat that shows nothing but text: choices by their numbers, links as they are written.
func plainOf(reply dialogue.Reply) string {
	var b strings.Builder
	b.WriteString(reply.Text)
	if card := reply.Card; card != nil {
		b.WriteString(card.Title + "\n" + card.Description + "\n" + card.URL)
	}
	for _, link := range reply.Links {
		b.WriteString("\n" + link.Text + "：" + link.URL)
	}
	for i, choice := range reply.Choices {
		b.WriteString("\n" + strconv.Itoa(i+1) + " " + choice.Label)
	}
	return b.String()
}
