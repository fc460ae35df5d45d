package handlers

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"zhugong/internal/dialogue"
	"zhugong/internal/session"
	"zhugong/internal/turn"
	"zhugong/internal/wechat"
)

type webhook struct {
	Options
	accounts map[string]*account
}

// verify answers WeChat's check of the address.
func (h *webhook) verify(c *gin.Context) {
	account, known := h.accounts[c.Param("account")]
	if !known {
		h.refuse(c, http.StatusNotFound, "unknown_account")
		return
	}
	echo, err := account.Gate.Verify(c.Request.URL.RawQuery)
	if err != nil {
		h.refuse(c, statusOf(err), reasonOf(err))
		return
	}
	h.Metrics.requests.WithLabelValues("verified").Inc()
	c.Data(http.StatusOK, "text/plain; charset=utf-8", []byte(echo))
}

// receive answers one push.
func (h *webhook) receive(c *gin.Context) {
	began := h.Now()
	account, known := h.accounts[c.Param("account")]
	if !known {
		h.refuse(c, http.StatusNotFound, "unknown_account")
		return
	}
	body, err := readBody(c.Writer, c.Request)
	if err != nil {
		h.refuseBody(c, err)
		return
	}
	push, err := account.Gate.Open(c.Request.URL.RawQuery, body)
	if err != nil {
		h.refuse(c, statusOf(err), reasonOf(err))
		return
	}
	request := h.request(account, push)
	var answer *byMessage
	if account.ByMessage {
		answer = &byMessage{webhook: h, account: account, push: push, ctx: c.Request.Context()}
		request.Enclose = answer.enclose
	}
	answered := h.typing(c.Request.Context(), account, push)
	result, err := h.Runner.Run(c.Request.Context(), request)
	answered()
	if err != nil {
		// Silence would stop WeChat from sending the message again; no answer in time makes it try once more.
		h.Metrics.requests.WithLabelValues("late").Inc()
		h.Log.Warn("no answer in time", "error", err)
		c.Status(http.StatusServiceUnavailable)
		if account.Sends && h.isLate(c, push) {
			h.answerLate(c.Request.Context(), account, request)
		}
		return
	}
	sealed := account.Gate.Seal(push, result.Reply)
	if account.Sends { // WeChat is to have all of it before anything is sent beside it
		c.Writer.Header().Set("Content-Length", strconv.Itoa(len(sealed)))
	}
	write(c, push.ContentType(), sealed)
	h.note(account, push, result, h.Now().Sub(began))
	if answer != nil {
		answer.deliver(c, result)
	}
	h.beside(c, account, push, result)
}

func (h *webhook) request(account *account, push *wechat.Push) turn.Request {
	m := &push.Message
	return turn.Request{
		Worker:  session.Worker{Account: account.Name, OpenID: m.From},
		Key:     m.Key(),
		Message: MessageOf(m),
		Leaves:  m.IsEvent() && m.Event == "unsubscribe",
		Opens:   account.opens(m),
		Render: func(reply dialogue.Reply, _ *dialogue.Decision) []byte {
			answer := replyOf(reply, account.CustomerService && !m.IsEvent())
			if account.ByMessage && answer.Kind != wechat.ReplyTransfer {
				return nil
			}
			return push.Encode(answer, h.Now())
		},
	}
}

// note counts and logs a turn: what kind it was and how long it took, never what was said or by whom.
func (h *webhook) note(account *account, push *wechat.Push, result turn.Result, took time.Duration) {
	h.Metrics.turn(result, took)
	if h.Observe != nil {
		h.Observe(Observation{push.Message.From, push.Message.Key(), result, took})
	}
	if !h.Log.Enabled(context.Background(), slog.LevelInfo) {
		return
	}
	h.Log.LogAttrs(context.Background(), slog.LevelInfo, "message",
		slog.String("account", account.Name),
		slog.String("worker", account.pseudonym(push.Message.From)),
		slog.String("type", typeOf(&push.Message)),
		slog.String("result", resultOf(result)),
		slog.String("outcome", string(result.Decision.Outcome)),
		slog.String("intent", result.Decision.Intent),
		slog.Int64("us", took.Microseconds()),
	)
}

func (h *webhook) refuse(c *gin.Context, status int, reason string) {
	h.Metrics.requests.WithLabelValues(reason).Inc()
	h.Log.LogAttrs(context.Background(), slog.LevelWarn, "request refused", slog.String("reason", reason))
	c.Status(status)
}

func (h *webhook) refuseBody(c *gin.Context, err error) {
	if tooLarge := new(http.MaxBytesError); errors.As(err, &tooLarge) {
		c.Header("Connection", "close")
		h.refuse(c, http.StatusRequestEntityTooLarge, "too_large")
		return
	}
	h.refuse(c, http.StatusBadRequest, "unreadable")
}

func readBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	if r.ContentLength > wechat.MaxBody {
		return nil, &http.MaxBytesError{Limit: wechat.MaxBody}
	}
	if r.ContentLength <= 0 {
		return io.ReadAll(http.MaxBytesReader(w, r.Body, wechat.MaxBody))
	}
	body := make([]byte, r.ContentLength) // net/http hands out no more than that
	_, err := io.ReadFull(r.Body, body)
	return body, err
}

// contentTypes are the header values that answers have, made once.
var contentTypes = map[string][]string{
	"text/xml; charset=utf-8":         {"text/xml; charset=utf-8"},
	"application/json; charset=utf-8": {"application/json; charset=utf-8"},
}

// write answers 200. It spares what gin's own rendering allocates.
func write(c *gin.Context, contentType string, body []byte) {
	c.Writer.Header()["Content-Type"] = contentTypes[contentType]
	c.Writer.WriteHeader(http.StatusOK)
	_, _ = c.Writer.Write(body) // the worker's side hung up: WeChat sends the message again
}

func statusOf(err error) int {
	if errors.Is(err, wechat.ErrForbidden) {
		return http.StatusForbidden
	}
	return http.StatusBadRequest
}

func reasonOf(err error) string {
	switch {
	case errors.Is(err, wechat.ErrStale):
		return "rejected_stale"
	case errors.Is(err, wechat.ErrDowngrade):
		return "rejected_plain"
	case errors.Is(err, wechat.ErrForbidden):
		return "rejected_signature"
	}
	return "malformed"
}
