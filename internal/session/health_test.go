package session

import (
	"bytes"
	"errors"
	"log/slog"
	"runtime/pprof"
	"strings"
	"testing"

	"zhugong/internal/testenv"
)

// TestLog holds what the log says of Redis' state, each thing once, and that it names no worker.
func TestLog(t *testing.T) {
	server := testenv.StartRedis(t, "--appendonly", "yes")
	var text bytes.Buffer
	log := slog.New(slog.NewTextHandler(&text, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey || a.Key == "error" {
			return slog.Attr{}
		}
		return a
	}}))
	store, err := Open(Options{Addrs: []string{server.Address}, Logger: log})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	awaitOK(t, store)

	for _, policy := range []string{"allkeys-lru", "allkeys-lru", noEviction, "volatile-ttl"} {
		server.Ask(t, "config", "set", "maxmemory-policy", policy)
		if got, want := store.Health(t.Context()), (Health{OK: true, Reason: "ok", Mode: "standalone", Policy: policy, AOF: true}); got != want {
			t.Errorf("health %+v, want %+v", got, want)
		}
	}
	for _, aof := range []string{"no", "no", "yes", "no"} {
		server.Ask(t, "config", "set", "appendonly", aof)
		if health := store.Health(t.Context()); health.AOF != (aof == "yes") {
			t.Errorf("health %+v", health)
		}
	}
	server.Kill()
	for range 2 * breakerFailures {
		if err := callOnce(store, "worker"); !errors.Is(err, ErrDegraded) || strings.Contains(err.Error(), "o-worker") {
			t.Errorf("Begin: %v", err)
		}
	}
	server.Start(t)
	awaitOK(t, store)

	want := `level=WARN msg="redis may evict sessions: set maxmemory-policy to noeviction" policy=allkeys-lru
level=WARN msg="redis may evict sessions: set maxmemory-policy to noeviction" policy=volatile-ttl
level=WARN msg="redis does not write what it is given to disk: set appendonly to yes"
level=WARN msg="redis does not write what it is given to disk: set appendonly to yes"
level=WARN msg="session store left alone for now" reason=unreachable
level=INFO msg="session store answers again"
`
	if got := text.String(); got != want {
		t.Errorf("log:\n%s\nwant:\n%s", got, want)
	}
}

// TestClose leaves nothing of the client running.
func TestClose(t *testing.T) {
	server := testenv.StartRedis(t)
	store, err := Open(Options{Addrs: []string{server.Address}})
	if err != nil {
		t.Fatal(err)
	}
	awaitOK(t, store)
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	testenv.Await(t, "the goroutines to end", func() bool {
		var stacks bytes.Buffer
		_ = pprof.Lookup("goroutine").WriteTo(&stacks, 1)
		return !bytes.Contains(stacks.Bytes(), []byte("AutoPipeline")) && !bytes.Contains(stacks.Bytes(), []byte("apShard"))
	})
	if err := callOnce(store, "late"); !errors.Is(err, ErrDegraded) {
		t.Errorf("a closed store: %v", err)
	}
}
