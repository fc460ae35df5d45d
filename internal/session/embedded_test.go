package session

import (
	"bytes"
	"fmt"
	"runtime/pprof"
	"testing"
	"time"

	"zhugong/internal/testenv"
)

// TestEmbeddedClock has keys of the embedded Redis expire by the store's clock, forwards only.
func TestEmbeddedClock(t *testing.T) {
	clock := testenv.NewClock(time.Now())
	store, err := Embedded(clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	f := &fixture{T: t, store: store, clock: clock, worker: workerOf(t)}
	steps := []struct {
		pass time.Duration
		want Status
	}{
		{0, Fresh},
		{3 * time.Second, Running},
		{-time.Hour, Running},
		{2900 * time.Millisecond, Running},
		{100 * time.Millisecond, Fresh},
		{-24 * time.Hour, Running},
		{6 * time.Second, Fresh},
	}
	for i, step := range steps {
		clock.Add(step.pass)
		if got := f.begin("1").Status; got != step.want {
			t.Errorf("step %d: status %d, want %d", i, got, step.want)
		}
	}
	if got, want := store.Health(t.Context()), (Health{OK: true, Reason: "ok", Mode: "embedded"}); got != want {
		t.Errorf("health %+v, want %+v", got, want)
	}
}

// TestEmbeddedClose leaves nothing running.
func TestEmbeddedClose(t *testing.T) {
	store, err := Embedded(nil)
	if err != nil {
		t.Fatal(err)
	}
	f := &fixture{T: t, store: store, worker: workerOf(t)}
	for i := range 5 {
		f.commit(f.begin(fmt.Sprint(i)), "state", "reply")
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	testenv.Await(t, "the goroutines to end", func() bool {
		var stacks bytes.Buffer
		_ = pprof.Lookup("goroutine").WriteTo(&stacks, 1)
		return !bytes.Contains(stacks.Bytes(), []byte("miniredis"))
	})
	if _, err := store.Begin(t.Context(), f.worker, "after", NoWindow); err == nil {
		t.Error("a closed store begins a turn")
	}
}
