package session

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"zhugong/internal/testenv"
)

// TestMemory holds what a live worker costs in Redis: a state of a hundred bytes, its rate, and the last messages.
func TestMemory(t *testing.T) {
	server := testenv.StartRedis(t)
	clock := testenv.NewClock(time.Now())
	store, err := open(Options{Addrs: []string{server.Address}, Now: clock.Now}, patient)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	state := strings.Repeat("s", 100)

	f := &fixture{T: t, store: store, clock: clock, worker: Worker{"guiyang", "o6_bmjrPTlm6_2sgVt7hMZOPfL2M"}}
	for i := range 3 {
		o := f.begin(fmt.Sprint("24012345678901234", i))
		f.commit(o, state, "reply")
		used, err := store.client.MemoryUsage(t.Context(), o.keys.conversation).Result()
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("after %d messages: %d bytes", i+1, used)
		if used > 300 {
			t.Errorf("after %d messages: %d bytes, want at most 300", i+1, used)
		}
	}

	const workers = 2000
	before := usedMemory(t, server)
	for i := range workers {
		f.worker.OpenID = fmt.Sprintf("o6_bmjrPTlm6_2sgVt7h%08d", i)
		o := f.begin("24012345678901234")
		f.commit(o, state, "reply")
		f.delete(o.keys.message) // as after two minutes
	}
	each := (usedMemory(t, server) - before) / workers
	t.Logf("%d workers: %d bytes each, with Redis' tables", workers, each)
	if each > 350 {
		t.Errorf("%d bytes a worker with Redis' tables, want at most 350", each)
	}
}

func usedMemory(t *testing.T, server *testenv.Redis) int {
	t.Helper()
	info := fmt.Sprint(server.Ask(t, "info", "memory"))
	_, text, _ := strings.Cut(info, "used_memory:")
	text, _, _ = strings.Cut(text, "\r\n")
	used, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return used
}
