package session

import (
	"errors"
	"fmt"
	"net"
	"strings"
	"syscall"
	"testing"
	"time"
)

// startCluster starts three masters that share the slots.
func startCluster(tb testing.TB) []*redisServer {
	tb.Helper()
	const masters, slots = 3, 16384
	servers := make([]*redisServer, masters)
	for i := range servers {
		_, bus, err := net.SplitHostPort(freeAddress(tb))
		if err != nil {
			tb.Fatal(err)
		}
		servers[i] = startRedis(tb, "--cluster-enabled", "yes", "--cluster-port", bus)
		servers[i].ask(tb, "cluster", "addslotsrange", slots*i/masters, slots*(i+1)/masters-1)
		if i == 0 {
			continue
		}
		host, port, _ := net.SplitHostPort(servers[0].address)
		first := servers[0].flags
		servers[i].ask(tb, "cluster", "meet", host, port, first[len(first)-1])
	}
	for _, server := range servers {
		await(tb, "the cluster to form", func() bool {
			info := fmt.Sprint(server.ask(tb, "cluster", "info"))
			return containsLine(info, "cluster_state:ok") && containsLine(info, "cluster_known_nodes:3")
		})
	}
	return servers
}

func addressesOf(servers []*redisServer) []string {
	addresses := make([]string, len(servers))
	for i, server := range servers {
		addresses[i] = server.address
	}
	return addresses
}

// TestClusterFaults has slots move, and one of three masters freeze, under a store.
func TestClusterFaults(t *testing.T) {
	masters := startCluster(t)
	store, err := Open(Options{Addrs: addressesOf(masters)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	awaitOK(t, store)
	if health := store.Health(t.Context()); health.Mode != "cluster" || health.Policy != noEviction {
		t.Errorf("health %+v", health)
	}
	// A worker of the last master, whose slot goes to the first without the client being told.
	f := &fixture{T: t, store: store, worker: workerIn(t, masters[0], 16384-5461, 16383)}
	moveSlot(t, masters, slotOf(t, masters[0], f.worker))
	f.commit(f.begin("1"), "state", "reply")
	f.want(f.begin("2"), Opening{Status: Fresh, State: []byte("state")})

	masters[1].signal(t, syscall.SIGSTOP)
	t.Cleanup(func() { _ = masters[1].process.Signal(syscall.SIGCONT) })
	frozen := workerIn(t, masters[0], 6000, 10000)
	start := time.Now()
	if _, err := store.Begin(t.Context(), frozen, "1"); !errors.Is(err, ErrDegraded) {
		t.Errorf("Begin on a frozen master: %v", err)
	}
	took := time.Since(start)
	f.want(f.begin("3"), Opening{Status: Fresh, State: []byte("state")})
	if health := store.Health(t.Context()); health.OK || health.Reason != "timeout" {
		t.Errorf("health %+v, want timeout", health)
	}
	masters[1].signal(t, syscall.SIGCONT)
	back := await(t, "the master to be back", func() bool {
		_, err := store.Begin(t.Context(), frozen, "2")
		return err == nil
	})
	t.Logf("frozen master noticed after %v, back after %v", took, back)
	if took > soon || back > 3*time.Second {
		t.Error("that is too long")
	}
}

func slotOf(t *testing.T, server *redisServer, w Worker) int64 {
	t.Helper()
	slot, ok := server.ask(t, "cluster", "keyslot", keysOf(w, "").conversation).(int64)
	if !ok {
		t.Fatal("no slot")
	}
	return slot
}

// workerIn is some worker whose slot is within bounds.
func workerIn(t *testing.T, server *redisServer, from, to int64) Worker {
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
func moveSlot(t *testing.T, masters []*redisServer, slot int64) {
	t.Helper()
	first, ok := masters[0].ask(t, "cluster", "myid").(string)
	if !ok {
		t.Fatal("no node id")
	}
	for _, master := range []*redisServer{masters[0], masters[len(masters)-1]} {
		master.ask(t, "cluster", "setslot", slot, "node", strings.TrimSpace(first))
	}
}
