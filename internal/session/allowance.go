package session

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Window is a time in which the account may send a worker messages of its own.
// Source: the page on customer-service messages; taps are on menu buttons that send something.
type Window int

// What a worker's messages open.
const (
	NoWindow Window = iota
	Written         // by a message: five messages within 48 hours
	Tapped          // by a tap, following the account or scanning its code: three within a minute
	Entered         // by entering customer service from a mini program: two within a minute
)

// windows are how long they last, and how many messages they let through. Only Written lasts beyond a minute: it is
// counted apart from the others.
var windows = [...]struct {
	part     string
	lasts    time.Duration
	messages byte
}{
	Written: {"long", 48 * time.Hour, 5},
	Tapped:  {"short", time.Minute, 3},
	Entered: {"short", time.Minute, 2},
}

// opened is what begin.lua writes down for a window that opens now.
func (w Window) opened(now time.Time) string {
	return secondsOf(now.Add(windows[w].lasts)) + string([]byte{windows[w].messages})
}

// ErrSpent is returned by Spend when WeChat would let nothing through before the worker writes again.
var ErrSpent = errors.New("no message left that may be sent to the worker")

// Spent is one message taken from what a worker's windows let through.
type Spent struct{ part string }

// Spend takes one message from what may still be sent to a worker. It returns ErrSpent when all that his open windows let
// through has been sent. Where none is known to be open it says yes: WeChat knows better, and says so.
func (s *Store) Spend(ctx context.Context, w Worker) (Spent, error) {
	part, err := s.allowance(ctx, w, "take")
	switch {
	case err != nil:
		return Spent{}, fmt.Errorf("take from the allowance: %w", err)
	case part == "none":
		return Spent{}, ErrSpent
	}
	return Spent{part}, nil
}

// GiveBack returns what was taken for a message that WeChat did not take.
func (s *Store) GiveBack(ctx context.Context, w Worker, spent Spent) error {
	if spent.part == "" || spent.part == "unknown" {
		return nil
	}
	if _, err := s.allowance(ctx, w, spent.part); err != nil {
		return fmt.Errorf("give back to the allowance: %w", err)
	}
	return nil
}

func (s *Store) allowance(ctx context.Context, w Worker, order string) (string, error) {
	now := s.now()
	keys, seconds := keysOf(w, ""), secondsOf(now)
	answer, err := s.run(ctx, now, &s.scripts.allowance, []any{nil, nil, "1", &keys.allowance, &seconds, &order})
	return string(answer), err
}
