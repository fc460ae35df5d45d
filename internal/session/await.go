package session

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
)

const (
	firstPause = 10 * time.Millisecond
	lastPause  = 100 * time.Millisecond
)

// Await waits until the delivery that is working on a message has committed, and returns its reply. It returns ErrGone
// when the claim vanished without one, so that Begin can take the message over, and ctx's error when that ends first.
func (s *Store) Await(ctx context.Context, w Worker, message string) ([]byte, error) {
	key := keysOf(w, message).message
	pause := firstPause
	timer := time.NewTimer(pause)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("await reply: %w", ctx.Err())
		case <-timer.C:
		}
		reply, running, err := s.replyOf(ctx, key)
		if err != nil {
			if over := ended(ctx); over != nil {
				err = over
			}
			return nil, fmt.Errorf("await reply: %w", err)
		}
		if !running {
			return reply, nil
		}
		pause = min(2*pause, lastPause)
		timer.Reset(pause)
	}
}

// replyOf reads a message's key as read.lua does.
func (s *Store) replyOf(ctx context.Context, key string) (reply []byte, running bool, err error) {
	value, err := s.call(ctx, s.now(), []any{"get", &key})
	if errors.Is(err, redis.Nil) || redis.HasErrorPrefix(err, "WRONGTYPE") {
		return nil, false, ErrGone
	}
	if err != nil {
		return nil, false, err
	}
	if reply, done := bytes.CutPrefix(value, []byte("done:")); done {
		return reply, false, nil
	}
	if bytes.HasPrefix(value, []byte("running:")) {
		return nil, true, nil
	}
	return nil, false, ErrGone
}
