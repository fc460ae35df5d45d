package session

import (
	"net"
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

	operator := sentinel.client()
	t.Cleanup(func() { _ = operator.Close() })
	ready := await(t, "the sentinel to know a replica fit for it", func() bool {
		return operator.Do(t.Context(), "sentinel", "failover", "workers").Err() == nil
	})
	took := await(t, "the replica to be master", func() bool {
		return replica.says("replication", "role:master")
	})
	master.kill()
	back := await(t, "the store to find it", func() bool { return callOnce(store, "after") == nil })
	t.Logf("ready after %v, new master after %v, store back %v later", ready, took, back)
	f.want(f.begin("before"), Opening{Status: Done, Reply: []byte("reply")})
	f.want(f.begin("after"), Opening{Status: Fresh, State: []byte("state")})
}
