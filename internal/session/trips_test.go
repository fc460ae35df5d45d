package session

import (
	"context"
	"fmt"
	"net"
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
		counter := new(trips)
		err := f.store.eachMaster(f.Context(), func(_ context.Context, master *redis.Client) error {
			master.AddHook(counter)
			return nil
		})
		if err != nil {
			f.Fatal(err)
		}
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
			before := counter.made.Load()
			step.do()
			if got := counter.made.Load() - before; got != step.want {
				f.Errorf("%s: %d round trips, want %d", step.name, got, step.want)
			}
		}
	})
}
