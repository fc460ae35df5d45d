package session

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"zhugong/internal/testenv"
)

// TestClusterFaults has slots move, and one of three masters freeze, under a store.
func TestClusterFaults(t *testing.T) {
	masters := testenv.StartCluster(t)
	store, err := Open(Options{Addrs: testenv.Addresses(masters)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	awaitOK(t, store)
	if health := store.Health(t.Context()); health.Mode != "cluster" || health.Policy != noEviction {
		t.Errorf("health %+v", health)
	}
	// A worker of the last master, whose slot goes to the first without the client being told.
	f := &fixture{T: t, store: store, worker: workerIn(t, masters[0], testenv.Slots-5461, testenv.Slots-1)}
	moveSlot(t, masters, slotOf(t, masters[0], f.worker))
	f.commit(f.begin("1"), "state", "reply")
	f.want(f.begin("2"), Opening{Status: Fresh, State: []byte("state")})

	masters[1].Freeze(t)
	frozen := workerIn(t, masters[0], 6000, 10000)
	start := time.Now()
	if _, err := store.Begin(t.Context(), frozen, "1", NoWindow); !errors.Is(err, ErrDegraded) {
		t.Errorf("Begin on a frozen master: %v", err)
	}
	took := time.Since(start)
	f.want(f.begin("3"), Opening{Status: Fresh, State: []byte("state")})
	if health := store.Health(t.Context()); health.OK || health.Reason != "timeout" {
		t.Errorf("health %+v, want timeout", health)
	}
	masters[1].Thaw(t)
	back := testenv.Await(t, "the master to be back", func() bool {
		_, err := store.Begin(t.Context(), frozen, "2", NoWindow)
		return err == nil
	})
	t.Logf("frozen master noticed after %v, back after %v", took, back)
	if took > soon || back > 3*time.Second {
		t.Error("that is too long")
	}
}

func slotOf(t *testing.T, server *testenv.Redis, w Worker) int64 {
	t.Helper()
	slot, ok := server.Ask(t, "cluster", "keyslot", keysOf(w, "").conversation).(int64)
	if !ok {
		t.Fatal("no slot")
	}
	return slot
}

// workerIn is some worker whose slot is within bounds.
func workerIn(t *testing.T, server *testenv.Redis, from, to int64) Worker {
	t.Helper()
	for i := range 1000 {
		w := Worker{"guiyang", fmt.Sprint("o", i)}
		if slot := slotOf(t, server, w); slot >= from && slot <= to {
			return w
		}
	}
	t.Fatal("no worker in those slots")
	return Worker{}
}

// moveSlot gives an empty slot of the last master to the first.
func moveSlot(t *testing.T, masters []*testenv.Redis, slot int64) {
	t.Helper()
	first, last := masters[0], masters[len(masters)-1]
	to, from := nodeID(t, first), nodeID(t, last)
	// Only a node that was importing the slot tells the others that it is newer than what they knew: without that,
	// what the last master said before may reach the first one afterwards, and both send the client to the other.
	first.Ask(t, "cluster", "setslot", slot, "importing", from)
	for _, master := range []*testenv.Redis{first, last} {
		master.Ask(t, "cluster", "setslot", slot, "node", to)
	}
}

func nodeID(t *testing.T, server *testenv.Redis) string {
	t.Helper()
	id, ok := server.Ask(t, "cluster", "myid").(string)
	if !ok {
		t.Fatal("no node id")
	}
	return strings.TrimSpace(id)
}
