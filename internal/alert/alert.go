// Package alert tells staff at once that a worker may be in danger: it posts one line to the robot of a group in WeChat
// Work. It knows nothing of how danger is found, and never who the worker is or what was written.
package alert

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// patience is how long a sender waits for the robot; a worker waits as long for an answer.
const patience = 900 * time.Millisecond

// maxReply is how much of the robot's reply is read, in bytes.
const maxReply = 4 << 10

// shanghai is the time staff live in.
var shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// Alert is what staff are told.
type Alert struct {
	Account string // by its name in the settings
	Kind    string // of danger, in Chinese: “想不开”
	Ticket  string // of a case that belongs to it; "" for none
	At      time.Time
}

// Sender posts alerts. It is safe for concurrent use.
type Sender struct {
	URL    string       // with the robot's key
	Client *http.Client // nil: http.DefaultClient
}

// Send posts the alert once and returns nil only if the robot has confirmed it, within 900 ms. No error shows the
// address.
func (s Sender) Send(ctx context.Context, a Alert) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := s.post(ctx, a.text()); err != nil {
		return fmt.Errorf("send alert of %s: %w", a.Account, err)
	}
	return nil
}

// text is what staff read.
func (a Alert) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "【紧急】有职工可能正处在危险中：%s\n公众号：%s\n时间：%s\n", a.Kind, a.Account, a.At.In(shanghai).Format("2006-01-02 15:04"))
	if a.Ticket != "" {
		fmt.Fprintf(&b, "受理号：%s\n", a.Ticket)
	}
	b.WriteString("请值班的同事马上打开微信公众平台，看这个时间前后的消息，尽快联系本人。有生命危险就报 110、120。")
	return b.String()
}

// message is what the robot of a group takes.
type message struct {
	Type string `json:"msgtype"`
	Text struct {
		Content string `json:"content"`
	} `json:"text"`
}

func (s Sender) post(ctx context.Context, text string) error {
	m := message{Type: "text"}
	m.Text.Content = text
	body, err := json.Marshal(m)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.URL, bytes.NewReader(body))
	if err != nil {
		return errors.New("the address is not usable")
	}
	request.Header.Set("Content-Type", "application/json; charset=utf-8")
	response, err := s.client().Do(request)
	if err != nil {
		return withoutAddress(err)
	}
	defer response.Body.Close()
	return confirmed(response)
}

// client returns a client that goes where it was sent and nowhere else: a redirect is not followed, as it could lead
// away from TLS.
func (s Sender) client() *http.Client {
	client := http.Client{}
	if s.Client != nil {
		client = *s.Client
	}
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &client
}

// confirmed reads whether the robot has taken the message.
func confirmed(response *http.Response) error {
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("answered with HTTP status %d", response.StatusCode)
	}
	content, err := io.ReadAll(io.LimitReader(response.Body, maxReply))
	if err != nil {
		return withoutAddress(err)
	}
	var reply struct {
		Code *int `json:"errcode"`
	}
	switch err := json.Unmarshal(content, &reply); {
	case err != nil || reply.Code == nil:
		return errors.New("answered with something else than errcode")
	case *reply.Code != 0:
		return fmt.Errorf("refused with errcode %d", *reply.Code)
	}
	return nil
}

// withoutAddress returns what went wrong without where.
func withoutAddress(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		return wrapped.Err
	}
	return err
}
