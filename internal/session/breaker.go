package session

import (
	"sync/atomic"
	"time"
)

const (
	breakerFailures = 5
	breakerPause    = 900 * time.Millisecond // so that Redis is back within a second of being well
)

// breaker leaves Redis alone after breakerFailures failures in a row, but for one call every breakerPause, until one
// succeeds. Times are counted from the store's start, so that a clock set back cannot keep it open.
type breaker struct {
	failures atomic.Int32
	next     atomic.Int64 // when open: the time of the next probe; 0 when closed
}

// allows reports whether a call may go out at the time since the start.
func (b *breaker) allows(since time.Duration) bool {
	next := b.next.Load()
	if next == 0 {
		return true
	}
	return int64(since) >= next && b.next.CompareAndSwap(next, int64(since+breakerPause))
}

// succeeded closes the breaker and reports whether it was open.
func (b *breaker) succeeded() bool {
	if b.failures.Load() != 0 {
		b.failures.Store(0)
	}
	return b.next.Load() != 0 && b.next.Swap(0) != 0
}

// failed counts a failure and reports whether it opened the breaker.
func (b *breaker) failed(since time.Duration) bool {
	if b.failures.Add(1) < breakerFailures {
		return false
	}
	return b.next.CompareAndSwap(0, int64(since+breakerPause))
}

// open reports whether calls are being refused.
func (b *breaker) open() bool {
	return b.next.Load() != 0
}
