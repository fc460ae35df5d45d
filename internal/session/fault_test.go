package session

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"zhugong/internal/testenv"
)

// soon is the bound for a caller while Redis is in trouble; the log has what it took.
const soon = 500 * time.Millisecond

// TestFaults brings a real Redis into trouble and out again, with two hundred callers at once.
func TestFaults(t *testing.T) {
	faults := []struct {
		name   string
		reason string
		flags  []string
		hurt   func(*testing.T, *testenv.Redis)
		heal   func(*testing.T, *testenv.Redis)
	}{
		{
			name: "frozen", reason: "timeout",
			hurt: func(t *testing.T, r *testenv.Redis) { r.Freeze(t) },
			heal: func(t *testing.T, r *testenv.Redis) { r.Thaw(t) },
		},
		{
			name: "killed", reason: "unreachable",
			hurt: func(_ *testing.T, r *testenv.Redis) { r.Kill() },
			heal: func(t *testing.T, r *testenv.Redis) { r.Start(t) },
		},
		{
			name: "read only", reason: "read_only",
			hurt: func(t *testing.T, r *testenv.Redis) { r.Ask(t, "replicaof", "127.0.0.1", "1") },
			heal: func(t *testing.T, r *testenv.Redis) { r.Ask(t, "replicaof", "no", "one") },
		},
		{
			name: "full", reason: "full",
			hurt: func(t *testing.T, r *testenv.Redis) { r.Ask(t, "config", "set", "maxmemory", "1") },
			heal: func(t *testing.T, r *testenv.Redis) { r.Ask(t, "config", "set", "maxmemory", "0") },
		},
		{
			name: "without replicas", reason: "no_replicas",
			hurt: func(t *testing.T, r *testenv.Redis) { r.Ask(t, "config", "set", "min-replicas-to-write", "1") },
			heal: func(t *testing.T, r *testenv.Redis) { r.Ask(t, "config", "set", "min-replicas-to-write", "0") },
		},
		{
			name: "disk gone", reason: "disk", flags: []string{"--save", "3600 1"},
			hurt: breakDisk,
			heal: func(t *testing.T, r *testenv.Redis) { r.Ask(t, "config", "set", "stop-writes-on-bgsave-error", "no") },
		},
	}
	for _, fault := range faults {
		t.Run(fault.name, func(t *testing.T) {
			server := testenv.StartRedis(t, fault.flags...)
			store, err := Open(Options{Addrs: []string{server.Address}})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = store.Close() })
			awaitOK(t, store)
			opened, err := store.Begin(t.Context(), workerOf(t), "1", NoWindow)
			if err != nil {
				t.Fatal(err)
			}

			fault.hurt(t, server)
			start := time.Now()
			if _, err := store.Commit(t.Context(), opened, Outcome{Records: recordsOf("1", "one")}); !errors.Is(err, ErrDegraded) {
				t.Errorf("Commit of a record: %v, want ErrDegraded", err)
			}
			if took := time.Since(start); took > soon {
				t.Errorf("Commit of a record took %v", took)
			}
			alone := callTogether(t, store, 1)
			longest := callTogether(t, store, 200)
			if !errors.Is(callOnce(store, "open"), ErrDegraded) {
				t.Error("after that, a call is not refused")
			}
			if health := store.Health(t.Context()); health.OK || health.Reason != fault.reason {
				t.Errorf("health %+v, want %s", health, fault.reason)
			}

			fault.heal(t, server)
			back := testenv.Await(t, "redis to be back", func() bool { return callOnce(store, "back") == nil })
			t.Logf("one caller back after %v, then 200 after %v; redis back after %v", alone, longest, back)
			if alone > soon || longest > soon || back > 3*time.Second {
				t.Error("that is too long")
			}
		})
	}
}

// TestRefused opens a store on a port where nothing listens.
func TestRefused(t *testing.T) {
	for _, option := range []Options{
		{Addrs: []string{testenv.FreeAddress(t)}},
		{Addrs: []string{testenv.FreeAddress(t), testenv.FreeAddress(t)}},
		{Addrs: []string{testenv.FreeAddress(t)}, MasterName: "workers"},
	} {
		t.Run(option.mode(), func(t *testing.T) {
			store, err := Open(option)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = store.Close() })
			longest := callTogether(t, store, 200)
			start := time.Now()
			for range 1000 {
				if err := callOnce(store, "open"); !errors.Is(err, ErrDegraded) {
					t.Fatal(err)
				}
			}
			refused := time.Since(start) / 1000
			t.Logf("200 callers back after %v, then each after %v", longest, refused)
			if longest > soon || refused > time.Millisecond {
				t.Error("that is too long")
			}
			if health := store.Health(t.Context()); health.OK || health.Reason != "unreachable" {
				t.Errorf("health %+v, want unreachable", health)
			}
		})
	}
}

// TestLongOutage fails more often than the client's pool has places, and must not wait for the pool afterwards.
func TestLongOutage(t *testing.T) {
	server := testenv.StartRedis(t)
	store, err := Open(Options{Addrs: []string{server.Address}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	server.Kill()
	for range 200 {
		if health := store.Health(t.Context()); health.Reason != "unreachable" {
			t.Fatalf("health %+v, want unreachable", health)
		}
	}
	server.Start(t)
	back := testenv.Await(t, "redis to be back", func() bool { return store.Health(t.Context()).OK })
	t.Logf("back after %v", back)
	if back > 200*time.Millisecond {
		t.Error("that is too long")
	}
}

// TestPassword has a server ask for one.
func TestPassword(t *testing.T) {
	server := testenv.StartRedis(t, "--requirepass", "right")
	for _, c := range []struct{ password, reason string }{{"", "no_auth"}, {"wrong", "no_auth"}, {"right", "ok"}} {
		t.Run("password "+c.password, func(t *testing.T) {
			store, err := open(Options{Addrs: []string{server.Address}, Password: c.password}, patient)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = store.Close() })
			if err := callOnce(store, "1"); (err == nil) != (c.reason == "ok") || err != nil && !errors.Is(err, ErrDegraded) {
				t.Errorf("Begin: %v", err)
			}
			if health := store.Health(t.Context()); health.Reason != c.reason {
				t.Errorf("health %+v, want %s", health, c.reason)
			}
		})
	}
}

// TestCanceled has the caller go, which is no trouble of Redis.
func TestCanceled(t *testing.T) {
	server := testenv.StartRedis(t)
	store, err := Open(Options{Addrs: []string{server.Address}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	awaitOK(t, store)
	server.Freeze(t)
	for range 2 * breakerFailures {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := store.Begin(ctx, workerOf(t), "1", NoWindow); !errors.Is(err, context.Canceled) || errors.Is(err, ErrDegraded) {
			t.Errorf("Begin canceled: %v", err)
		}
		ctx, cancel = context.WithTimeout(t.Context(), 10*time.Millisecond)
		if _, err := store.Begin(ctx, workerOf(t), "1", NoWindow); !errors.Is(err, ErrDegraded) {
			t.Errorf("Begin out of time: %v", err)
		}
		cancel()
	}
	if store.breaker.open() {
		t.Error("the breaker is open")
	}
}

func breakDisk(t *testing.T, r *testenv.Redis) {
	directory, err := filepath.Abs(r.Directory)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(directory); err != nil {
		t.Fatal(err)
	}
	r.Ask(t, "set", "something", "to save")
	r.Ask(t, "bgsave")
	testenv.Await(t, "a save to fail", func() bool {
		return r.Says("persistence", "rdb_last_bgsave_status:err")
	})
}

// callTogether makes many callers begin at once. Every one must be told that the store is degraded; it returns how long
// the last one took.
func callTogether(t *testing.T, store *Store, callers int) time.Duration {
	t.Helper()
	var all sync.WaitGroup
	var longest atomic.Int64
	gate := make(chan struct{})
	for i := range callers {
		all.Go(func() {
			<-gate
			start := time.Now()
			if err := callOnce(store, fmt.Sprint(i)); !errors.Is(err, ErrDegraded) {
				t.Errorf("caller %d: %v, want ErrDegraded", i, err)
			}
			took := int64(time.Since(start))
			for before := longest.Load(); took > before && !longest.CompareAndSwap(before, took); before = longest.Load() {
			}
		})
	}
	close(gate)
	all.Wait()
	return time.Duration(longest.Load())
}

func callOnce(store *Store, name string) error {
	_, err := store.Begin(context.Background(), Worker{Account: "guiyang", OpenID: "o-" + name}, "1", NoWindow)
	return err
}

func awaitOK(t *testing.T, store *Store) {
	t.Helper()
	testenv.Await(t, "redis to be well", func() bool { return store.Health(t.Context()).OK })
}
