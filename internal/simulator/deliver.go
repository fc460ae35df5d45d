package simulator

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"
)

// maxReply is how many bytes of a reply are read; WeChat's longest is a tenth of it.
const maxReply = 64 << 10

// try is one delivery of a push.
type try struct {
	Number int     `json:"number"`
	Delay  float64 `json:"delay_ms"` // on the way to the webhook
	// What WeChat sent, and what that was before it was encrypted.
	Head  string `json:"head"`
	Body  string `json:"body"`
	Plain string `json:"plain"`
	// What came back, and what it is decrypted.
	Status    string  `json:"status"`
	ReplyHead string  `json:"reply_head"`
	Reply     string  `json:"reply"`
	Opened    string  `json:"opened"`
	Took      float64 `json:"took_ms"` // from WeChat to WeChat, the delay included
	Outcome   outcome `json:"outcome"`
	Late      bool    `json:"late"` // it reached the webhook after WeChat had given up waiting

	code int
}

type outcome string

const (
	answered    outcome = "answered"
	cut         outcome = "cut"         // WeChat waited for its time and closed the connection
	unreachable outcome = "unreachable" // no connection, or it broke
)

// delivery is one push, sent as often as WeChat sends it, always with the same bytes.
type delivery struct {
	address string
	key     string // what the program behind the webhook knows it by
	plain   []byte
	body    []byte
	copies  int           // of the first delivery, at once
	delay   time.Duration // of the first copy
}

// sighting is how a try ended for WeChat. A late delivery goes on after that.
type sighting struct {
	try     *try
	outcome outcome
}

// deliver sends d as WeChat does: whoever does not answer in time gets the same push again, three times in all. What
// is answered, however badly, is not sent again. A delivery that WeChat gave up on while it was under way still
// arrives; deliver waits for it. It returns all tries, the first that was answered, which is the one that counts (nil
// if none was), and how long that took.
func (s *simulator) deliver(ctx context.Context, d *delivery) (tries []*try, first *try, took time.Duration) {
	start := s.Now()
	var late sync.WaitGroup
	defer late.Wait()
	for len(tries) == 0 || first == nil && len(tries) < maxTries && ctx.Err() == nil {
		batch, delay := 1, time.Duration(0)
		if len(tries) == 0 {
			batch, delay = max(d.copies, 1), d.delay
		}
		seen := make(chan sighting, batch)
		for range batch {
			t := &try{Number: len(tries) + 1, Body: string(d.body), Plain: string(d.plain), Delay: milliseconds(delay)}
			tries = append(tries, t)
			on := delay
			late.Go(func() { s.attempt(ctx, d, t, on, seen) })
			delay = 0 // the other copies take a faster way
		}
		for range batch {
			if saw := <-seen; saw.outcome == answered && first == nil {
				first, took = saw.try, s.Now().Sub(start)
			}
		}
	}
	if first == nil {
		took = s.Now().Sub(start)
	}
	return tries, first, took
}

// attempt makes one delivery and says in seen how it ended for WeChat.
func (s *simulator) attempt(ctx context.Context, d *delivery, t *try, delay time.Duration, seen chan<- sighting) {
	start := s.Now()
	defer func() { t.Took = milliseconds(s.Now().Sub(start)) }()
	if delay >= s.Timeout {
		t.Late, t.Outcome = true, cut
		wait(ctx, s.Timeout)
		seen <- sighting{t, cut}
		wait(ctx, delay-s.Timeout)
		s.exchange(ctx, d, t, s.Timeout)
		return
	}
	wait(ctx, delay)
	t.Outcome = s.exchange(ctx, d, t, s.Timeout-delay)
	seen <- sighting{t, t.Outcome}
}

func wait(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// exchange is one HTTP request and its response.
func (s *simulator) exchange(ctx context.Context, d *delivery, t *try, given time.Duration) outcome {
	ctx, cancel := context.WithTimeout(ctx, given)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, d.address, bytes.NewReader(d.body))
	if err != nil {
		return unreachable
	}
	request.Header.Set("User-Agent", "Mozilla/4.0")
	request.Header.Set("Accept", "*/*")
	request.Header.Set("Content-Type", "text/xml")
	request.Header.Set("Pragma", "no-cache")
	t.Head = fmt.Sprintf("POST %s HTTP/1.1\nHost: %s\nContent-Length: %d\n%s",
		request.URL.RequestURI(), request.URL.Host, len(d.body), headerLines(request.Header))
	response, err := s.Client.Do(request)
	if err != nil {
		return failure(err)
	}
	defer response.Body.Close()
	reply, err := io.ReadAll(io.LimitReader(response.Body, maxReply))
	if err != nil {
		return failure(err)
	}
	t.code, t.Status = response.StatusCode, response.Status
	t.ReplyHead = fmt.Sprintf("%s %s\n%s", response.Proto, response.Status, headerLines(response.Header))
	t.Reply = string(reply)
	return answered
}

func failure(err error) outcome {
	if errors.Is(err, context.DeadlineExceeded) {
		return cut
	}
	return unreachable
}

func headerLines(h http.Header) string {
	var b strings.Builder
	_ = h.Write(&b) // a Builder takes everything
	return strings.ReplaceAll(strings.TrimSpace(b.String()), "\r\n", "\n")
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
