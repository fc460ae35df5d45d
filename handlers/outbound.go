package handlers

import (
	"context"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"zhugong/internal/dialogue"
	"zhugong/internal/outbox"
	"zhugong/internal/session"
	"zhugong/internal/turn"
	"zhugong/internal/wechat"
)

const (
	// sendTime is how long words beside an answer may take.
	sendTime = 10 * time.Second
	// staleAfter is when words beside an answer are of no use any more.
	staleAfter = 10 * time.Minute
	// lastTry is how old a message is when WeChat has stopped sending it: three tries of five seconds.
	lastTry = 15 * time.Second
	// slow is how long a worker waits before he is shown that an answer is being written.
	slow = time.Second
)

// opens is what a push lets the account send beside the answer. A tap on a line that was offered is no message.
func (a *account) opens(m *wechat.Message) session.Window {
	switch {
	case !a.Sends:
		return session.NoWindow
	case !m.IsEvent() && m.BizMsgMenuID == "":
		return session.Written
	case !m.IsEvent():
		return session.Tapped
	}
	switch m.Event {
	case "user_enter_tempsession":
		return session.Entered
	case "CLICK", "scancode_push", "scancode_waitmsg", "subscribe", "SCAN":
		return session.Tapped
	}
	return session.NoWindow
}

// beside sends what follows an answer that has been written: words beside a hand-over, an answer that WeChat did not wait
// for, and what has been waiting for the worker to write.
func (h *webhook) beside(c *gin.Context, account *account, push *wechat.Push, result turn.Result) {
	if !account.Sends || result.Repeated {
		return
	}
	m := &push.Message
	words := account.besideHandOver(m, result)
	late := !account.ByMessage && h.isLate(c, push) && len(result.Reply) > 0
	decided := len(m.Subscribed) > 0
	waiting := result.Waiting && account.opens(m) != session.NoWindow
	if !words && !late && !decided && !waiting {
		return
	}
	c.Writer.Flush()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.Request.Context()), sendTime)
	defer cancel()
	worker := session.Worker{Account: account.Name, OpenID: m.From}
	if words || late {
		h.post(ctx, account, m.From, m.Key(), result.Said)
	}
	if decided {
		if err := h.Outbox.Consent(ctx, worker, m.Subscribed); err != nil {
			h.Log.Warn("a worker's consent to notices is lost", "account", account.Name, "error", err)
		}
	}
	if waiting {
		if err := h.Outbox.Heard(ctx, worker); err != nil {
			h.Log.Warn("what waits for a worker goes on waiting", "account", account.Name, "error", err)
		}
	}
}

// besideHandOver reports whether a worker who is handed over is to be told something: the answer that hands him over has no words.
func (a *account) besideHandOver(m *wechat.Message, result turn.Result) bool {
	return !a.ByMessage && a.CustomerService && !m.IsEvent() && result.Said.Human && result.Said.Text != ""
}

// isLate reports whether WeChat has hung up and does not send the push again: nobody reads the answer.
func (h *webhook) isLate(c *gin.Context, push *wechat.Push) bool {
	return c.Request.Context().Err() != nil && h.Now().Sub(time.Unix(push.Message.CreateTime, 0)) >= lastTry
}

// answerLate runs a turn that WeChat's patience ended, and sends what it answers.
func (h *webhook) answerLate(ctx context.Context, account *account, request turn.Request) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendTime)
	defer cancel()
	result, err := h.Runner.Run(ctx, request)
	if err != nil || result.Repeated || len(result.Reply) == 0 {
		h.Log.Warn("a message is left unanswered", "account", account.Name, "error", err)
		return
	}
	h.post(ctx, account, request.Worker.OpenID, request.Key, result.Said)
}

// post sends a reply beside any answer. Nobody waits for it.
func (h *webhook) post(ctx context.Context, account *account, openID, key string, reply dialogue.Reply) {
	worker := session.Worker{Account: account.Name, OpenID: openID}
	for i, message := range customsOf(reply, account.CardPicture) {
		outcome, err := h.Outbox.Post(ctx, outbox.Message{
			Worker: worker, Key: "reply:" + key + ":" + strconv.Itoa(i), Body: message, Until: h.Now().Add(staleAfter),
		})
		if err != nil {
			h.Log.Warn("words beside an answer not sent", "account", account.Name, "state", string(outcome.State), "error", err)
		}
	}
}

// customsOf writes a reply as messages of the account's own. With a picture, pages of mini programs become cards.
func customsOf(reply dialogue.Reply, picture string) []wechat.CustomMessage {
	choices, links := reply.Choices, reply.Links
	reply.Choices, reply.Links = nil, nil
	var pages []wechat.CustomMessage
	for _, link := range links {
		if picture != "" && link.AppID != "" {
			pages = append(pages, wechat.PageMessage(link.Text, link.AppID, link.Path, picture))
		} else {
			reply.Links = append(reply.Links, link)
		}
	}
	written := replyOf(reply, false)
	first := wechat.TextMessage(written.Text)
	switch {
	case written.Kind == wechat.ReplyNews:
		first = wechat.NewsMessage(written.Card)
	case len(choices) > 0:
		lines := make([]wechat.MenuLine, 0, len(choices))
		for i, choice := range choices {
			lines = append(lines, wechat.MenuLine{ID: strconv.Itoa(i + 1), Content: choice.Label})
		}
		first = wechat.MenuMessage(written.Text, lines, "")
	}
	return append([]wechat.CustomMessage{first}, pages...)
}

// typing shows a worker who waits longer than usual that an answer is being written, until the function it returns is called.
func (h *webhook) typing(ctx context.Context, account *account, push *wechat.Push) (answered func() bool) {
	if account.Typing == nil || push.Message.IsEvent() {
		return func() bool { return true }
	}
	return time.AfterFunc(slow, func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendTime)
		defer cancel()
		if err := account.Typing(ctx, push.Message.From); err != nil {
			h.Log.Warn("a worker is not shown that an answer is being written", "account", account.Name, "error", err)
		}
	}).Stop
}
