// Package misses keeps what the program did not understand, so that staff can mend the knowledge: masked, counted, for
// 90 days, and without a trace of who wrote it. It groups what is alike. It knows nothing of how messages are understood.
//
// An account has two sorted sets, in one slot of a Redis Cluster. Their members are a kind and a text:
//
//	zg:{misses:account}:n  by count, then by when it was last written
//	zg:{misses:account}:t  by when it was last written, in seconds
package misses

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
)

// The kinds of misses.
const (
	NotUnderstood = "没听懂"
	NoneFit       = "选项都不对"
	Outside       = "域外"
	Unhelpful     = "没帮上"
)

const (
	keep      = 90 * 24 * time.Hour
	maxTexts  = 5000 // of one account
	maxQueued = 1024
	patience  = time.Second     // for writing one miss
	farewell  = 2 * time.Second // for writing what is left at Close
)

// Miss is one text of one kind, as it is kept.
type Miss struct {
	Kind  string
	Text  string // masked, at most 40 characters
	Count int
	Last  time.Time // when it was last written, in whole seconds
}

// Book keeps misses. It is safe for concurrent use.
type Book struct {
	client           redis.UniversalClient
	now              func() time.Time
	log              *slog.Logger
	masker           masker
	adding, sweeping *redis.Script
	most             int // texts of one account
	dropped          atomic.Uint64
	ctx              context.Context // of the writer; ends when Close has waited long enough
	cancel           context.CancelFunc
	done             chan struct{} // closed when the writer has ended

	mu     sync.RWMutex
	closed bool
	queue  chan note // closed by Close
}

type note struct{ account, kind, text string }

// Open returns a book on a Redis, and starts its writer.
func Open(client redis.UniversalClient, now func() time.Time, log *slog.Logger) *Book {
	b := &Book{
		client: client, now: now, log: log, masker: newMasker(),
		adding: redis.NewScript(sweepSource + addSource + scriptEnd), sweeping: redis.NewScript(sweepSource + scriptEnd),
		most: maxTexts, done: make(chan struct{}), queue: make(chan note, maxQueued),
	}
	b.ctx, b.cancel = context.WithCancel(context.Background())
	go b.write()
	return b
}

// Note has a message written down, later and by somebody else: it never waits. When too much is waiting already, the
// message is dropped.
func (b *Book) Note(account, kind, text string) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	if b.closed {
		b.dropped.Add(1)
		return
	}
	select {
	case b.queue <- note{account, kind, text}:
	default:
		b.dropped.Add(1)
	}
}

// Dropped is how many messages were not written down.
func (b *Book) Dropped() uint64 { return b.dropped.Load() }

// Close ends the writer when it has written what is waiting, or has tried to for two seconds. The client stays open.
func (b *Book) Close() {
	b.mu.Lock()
	if !b.closed {
		b.closed = true
		close(b.queue)
	}
	b.mu.Unlock()
	timer := time.AfterFunc(farewell, b.cancel)
	<-b.done
	timer.Stop()
	b.cancel()
}

// write is the writer. Of failures one after another it tells the first.
func (b *Book) write() {
	defer close(b.done)
	failing := false
	for n := range b.queue {
		err := b.add(n)
		if err != nil {
			b.dropped.Add(1)
		}
		if err != nil && !failing {
			b.log.Warn("misses are not written", "account", n.account, "dropped", b.Dropped(), "error", err)
		}
		failing = err != nil
	}
}
