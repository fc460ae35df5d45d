package session

import (
	"context"
	"fmt"
	"net"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/redis/go-redis/v9"
)

// trips is a hook of the client that counts round trips.
type trips struct{ made atomic.Int64 }

func (c *trips) DialHook(next redis.DialHook) redis.DialHook {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		return next(ctx, network, address)
	}
}

func (c *trips) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, command redis.Cmder) error {
		c.made.Add(1)
		return next(ctx, command)
	}
}

func (c *trips) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, commands []redis.Cmder) error {
		c.made.Add(1)
		return next(ctx, commands)
	}
}

// TestRoundTrips counts what a turn costs.
func TestRoundTrips(t *testing.T) {
	eachStore(t, func(f *fixture) {
		// Every script once, so that every master knows both.
		for i := range 64 {
			warm := &fixture{T: f.T, store: f.store, clock: f.clock, worker: Worker{"guiyang", fmt.Sprint("warm", i)}}
			warm.save(warm.begin("1"), Outcome{State: []byte("state"), Records: recordsOf("1", "one")})
			warm.commit(warm.begin("2"), "state", "reply")
		}
		counted := countTrips(f)
		before := counted()
		asking := counted() - before // what it costs to ask
		var o, other Opening
		steps := []struct {
			name string
			want int64
			do   func()
		}{
			{"begin", 1, func() { o = f.begin("1") }},
			{"duplicate of a running message", 1, func() { f.begin("1") }},
			{"commit", 1, func() { f.commit(o, "state", "reply") }},
			{"duplicate of a done message", 1, func() { f.begin("1") }},
			{"two turns at once", 2, func() { o, other = f.begin("2"), f.begin("3") }},
			{"their commits, one in conflict", 2, func() {
				f.commit(o, "two", "")
				other = f.refused(other, ErrConflict, Opening{Status: Fresh, State: []byte("two")})
			}},
			{"the commit after the conflict", 1, func() { f.commit(other, "three", "") }},
			{"a turn that writes records", 2, func() { f.save(f.begin("4"), Outcome{Records: recordsOf("1", "one")}) }},
			{"a turn that reads and changes one", 2, func() { f.save(f.begin("5"), Outcome{Records: recordsOf("1", "two")}) }},
			{"a turn that erases", 2, func() { f.save(f.begin("6"), Outcome{Erase: true}) }},
		}
		for _, step := range steps {
			before := counted()
			step.do()
			if got := counted() - before - asking; got != step.want {
				f.Errorf("%s: %d round trips, want %d", step.name, got, step.want)
			}
		}
	})
}

// countTrips returns a function that tells how many round trips have been made. A real Redis counts how often it read
// something, which is being asked that as well. The embedded one does not, there the client counts.
func countTrips(f *fixture) func() int64 {
	f.Helper()
	if f.store.embedded != nil {
		counter := new(trips)
		f.store.client.AddHook(counter)
		return counter.made.Load
	}
	return func() int64 {
		var mu sync.Mutex
		sum := int64(0)
		err := f.store.eachMaster(f.Context(), func(ctx context.Context, master *redis.Client) error {
			stats, err := master.Info(ctx, "stats").Result()
			_, behind, _ := strings.Cut(stats, "total_reads_processed:")
			number, _, _ := strings.Cut(behind, "\r\n")
			reads, _ := strconv.ParseInt(number, 10, 64)
			mu.Lock()
			defer mu.Unlock()
			sum += reads
			return err
		})
		if err != nil || sum == 0 {
			f.Fatalf("reads of Redis: %d, %v", sum, err)
		}
		return sum
	}
}
