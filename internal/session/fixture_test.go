package session

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"

	"zhugong/internal/testenv"
)

// fixture is a store under test, for one worker.
type fixture struct {
	*testing.T
	store  *Store
	clock  *testenv.Clock
	worker Worker
}

// eachStore runs a check on every kind of Redis.
func eachStore(t *testing.T, check func(*fixture)) {
	stores := []struct {
		name string
		open func(*testing.T, *testenv.Clock) (*Store, error)
	}{
		{"embedded", func(_ *testing.T, c *testenv.Clock) (*Store, error) { return Embedded(c.Now) }},
		{"redis", func(t *testing.T, c *testenv.Clock) (*Store, error) {
			return open(Options{Addrs: []string{testenv.StartRedis(t).Address}, Now: c.Now}, patient)
		}},
		{"cluster", func(t *testing.T, c *testenv.Clock) (*Store, error) {
			return open(Options{Addrs: testenv.Addresses(testenv.StartCluster(t)), Now: c.Now}, patient)
		}},
	}
	for _, kind := range stores {
		t.Run(kind.name, func(t *testing.T) {
			clock := testenv.NewClock(time.Now())
			store, err := kind.open(t, clock)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = store.Close() })
			check(&fixture{T: t, store: store, clock: clock, worker: workerOf(t)})
		})
	}
}

// workerOf is a worker of this test alone.
func workerOf(tb testing.TB) Worker {
	return Worker{Account: "guiyang", OpenID: "o" + strconv.Itoa(len(tb.Name())) + "-" + tb.Name()}
}

func (f *fixture) begin(message string) Opening {
	f.Helper()
	o, err := f.store.Begin(f.Context(), f.worker, message, NoWindow)
	if err != nil {
		f.Fatalf("Begin(%q): %v", message, err)
	}
	return o
}

func (f *fixture) commit(o Opening, state, reply string) {
	f.Helper()
	f.save(o, Outcome{State: []byte(state), Reply: []byte(reply)})
}

func (f *fixture) save(o Opening, outcome Outcome) Opening {
	f.Helper()
	done, err := f.store.Commit(f.Context(), o, outcome)
	if err != nil {
		f.Fatalf("Commit: %v", err)
	}
	return done
}

func (f *fixture) refused(o Opening, because error, want Opening) Opening {
	f.Helper()
	got, err := f.store.Commit(f.Context(), o, Outcome{State: []byte("not saved"), Reply: []byte("not sent")})
	if !errors.Is(err, because) {
		f.Fatalf("Commit: %v, want %v", err, because)
	}
	f.want(got, want)
	return got
}

func (f *fixture) want(got, want Opening) {
	f.Helper()
	got.keys, got.token, got.version = keys{}, "", ""
	slices.SortFunc(got.Records, func(a, b Record) int { return strings.Compare(a.Field, b.Field) })
	if want.Status == Done && want.Reply == nil {
		want.Reply = []byte{}
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(Opening{}, keys{})); diff != "" {
		f.Fatalf("opening (-want +got):\n%s", diff)
	}
}

// outlive lets a key's time pass. On a real Redis only the clock of our arithmetic moves, so the key is looked at and
// deleted.
func (f *fixture) outlive(key string, want time.Duration) {
	f.Helper()
	f.lives(key, want)
	f.clock.Add(want)
	if f.store.embedded == nil {
		f.delete(key)
	}
}

func (f *fixture) delete(key string) {
	f.Helper()
	if n, err := f.store.client.Del(f.Context(), key).Result(); err != nil || n != 1 {
		f.Fatalf("delete: %d keys, %v", n, err)
	}
}

// keys returns all keys of the worker, wherever they are.
func (f *fixture) keys() []string {
	f.Helper()
	var mu sync.Mutex
	var found []string
	err := f.store.eachMaster(f.Context(), func(ctx context.Context, master *redis.Client) error {
		some, err := master.Keys(ctx, "*").Result()
		mu.Lock()
		defer mu.Unlock()
		for _, key := range some {
			if strings.Contains(key, f.worker.OpenID) {
				found = append(found, key)
			}
		}
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
	return found
}

func (f *fixture) configure(name, value string) {
	f.Helper()
	err := f.store.eachMaster(f.Context(), func(ctx context.Context, master *redis.Client) error {
		return master.ConfigSet(ctx, name, value).Err()
	})
	if err != nil {
		f.Fatal(err)
	}
}

func (f *fixture) forget() error {
	return f.store.eachMaster(f.Context(), func(ctx context.Context, master *redis.Client) error {
		return master.ScriptFlush(ctx).Err()
	})
}
