package session

import (
	"net"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"zhugong/internal/testenv"
)

// TestSentinel opens a store by a master's name, and has the Sentinel make another server the master.
func TestSentinel(t *testing.T) {
	master := testenv.StartRedis(t, "--repl-diskless-sync-delay", "0")
	host, port, _ := net.SplitHostPort(master.Address)
	replica := testenv.StartRedis(t, "--replicaof", host+" "+port)
	testenv.Await(t, "the replica to follow", func() bool {
		return replica.Says("replication", "master_link_status:up")
	})
	sentinel := testenv.StartSentinel(t, "workers", master)
	store, err := Open(Options{Addrs: []string{sentinel.Address}, MasterName: "workers"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	awaitOK(t, store)
	if health := store.Health(t.Context()); health.Mode != "sentinel" || health.Policy != noEviction {
		t.Errorf("health %+v", health)
	}
	f := &fixture{T: t, store: store, worker: workerOf(t)}
	holds := func(key string) bool { return replica.Client.Exists(t.Context(), key).Val() == 1 }
	f.commit(f.begin("before"), "state", "reply")
	f.begin("after that")
	testenv.Await(t, "the replica to have that", func() bool { return holds(keysOf(f.worker, "after that").message) })

	ready := testenv.Await(t, "the sentinel to know a replica fit for it", func() bool {
		return sentinel.Client.Do(t.Context(), "sentinel", "failover", "workers").Err() == nil
	})
	took := testenv.Await(t, "the replica to be master", func() bool {
		return replica.Says("replication", "role:master")
	})
	back := testenv.Await(t, "the store to find it", func() bool {
		return allTogether(store, 50) && holds(keysOf(Worker{"guiyang", "o-1"}, "").conversation)
	})
	t.Logf("ready after %v, new master after %v, store there %v later", ready, took, back)
	f.want(f.begin("before"), Opening{Status: Done, Reply: []byte("reply")})
	f.want(f.begin("after"), Opening{Status: Fresh, State: []byte("state")})
}

// allTogether makes many callers begin at once, and reports whether all could.
func allTogether(store *Store, callers int) bool {
	var all sync.WaitGroup
	var failed atomic.Int32
	for i := range callers {
		all.Go(func() {
			if err := callOnce(store, strconv.Itoa(i)); err != nil {
				failed.Add(1)
			}
		})
	}
	all.Wait()
	return failed.Load() == 0
}
