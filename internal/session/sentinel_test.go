package session

import (
	"net"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
)

// TestSentinel opens a store by a master's name, and has the Sentinel make another server the master.
func TestSentinel(t *testing.T) {
	master := startRedis(t, "--repl-diskless-sync-delay", "0")
	host, port, _ := net.SplitHostPort(master.address)
	replica := startRedis(t, "--replicaof", host+" "+port)
	await(t, "the replica to follow", func() bool {
		return replica.says("replication", "master_link_status:up")
	})
	sentinel := startSentinel(t, master.address)
	store, err := Open(Options{Addrs: []string{sentinel.address}, MasterName: "workers"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	awaitOK(t, store)
	if health := store.Health(t.Context()); health.Mode != "sentinel" || health.Policy != noEviction {
		t.Errorf("health %+v", health)
	}
	f := &fixture{T: t, store: store, worker: workerOf(t)}
	f.commit(f.begin("before"), "state", "reply")
	f.begin("after that")
	await(t, "the replica to have that", func() bool { return replica.has(keysOf(f.worker, "after that").message) })

	operator := sentinel.client()
	t.Cleanup(func() { _ = operator.Close() })
	ready := await(t, "the sentinel to know a replica fit for it", func() bool {
		return operator.Do(t.Context(), "sentinel", "failover", "workers").Err() == nil
	})
	took := await(t, "the replica to be master", func() bool {
		return replica.says("replication", "role:master")
	})
	back := await(t, "the store to find it", func() bool {
		return allTogether(store, 50) && replica.has(keysOf(Worker{"guiyang", "o-1"}, "").conversation)
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
