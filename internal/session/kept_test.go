package session

import (
	"fmt"
	"net"
	"testing"

	"zhugong/internal/testenv"
)

// TestKept says when records are as safe as Redis can make them.
func TestKept(t *testing.T) {
	cases := []struct {
		name  string
		flags []string
		hurt  func(*testing.T, keptServers)
		want  bool
	}{
		{"AOF and a replica", []string{"--appendonly", "yes"}, nil, true},
		{"a replica, no AOF", nil, nil, false},
		{"a frozen replica", []string{"--appendonly", "yes"}, func(t *testing.T, s keptServers) {
			s.replica.Freeze(t)
			t.Cleanup(func() { s.replica.Thaw(t) })
		}, false},
		{"the replica gone", []string{"--appendonly", "yes"}, func(t *testing.T, s keptServers) {
			s.replica.Kill()
			testenv.Await(t, "the master to notice", func() bool { return s.master.Says("replication", "connected_slaves:0") })
		}, true},
		{"AOF off meanwhile", []string{"--appendonly", "yes"}, func(t *testing.T, s keptServers) {
			s.master.Ask(t, "config", "set", "appendonly", "no")
		}, false},
		{"INFO refused", []string{"--appendonly", "yes"}, func(t *testing.T, s keptServers) {
			s.master.Ask(t, "acl", "setuser", "default", "-info")
		}, false},
		{"WAIT refused", []string{"--appendonly", "yes"}, func(t *testing.T, s keptServers) {
			s.master.Ask(t, "acl", "setuser", "default", "-wait")
		}, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			servers := startKept(t, c.flags)
			store, err := open(Options{Addrs: []string{servers.master.Address}}, patient)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = store.Close() })
			if c.hurt != nil {
				c.hurt(t, servers)
			}
			f := &fixture{T: t, store: store, worker: workerOf(t)}
			for i := range 3 { // the first without knowing of replicas
				message := fmt.Sprint(i)
				outcome := Outcome{Reply: []byte("reply"), Records: recordsOf(message, "value")}
				if got := f.save(f.begin(message), outcome).Kept; got != c.want {
					t.Errorf("commit %d: kept %v, want %v", i, got, c.want)
				}
				f.want(f.begin(message), Opening{Status: Done, Reply: []byte("reply")})
			}
			if records := f.begin("after").Records; len(records) != 3 {
				t.Errorf("%d records, want 3", len(records))
			}
			if f.save(f.begin("nothing"), Outcome{}).Kept {
				t.Error("nothing written was kept")
			}
		})
	}
}

type keptServers struct{ master, replica *testenv.Redis }

func startKept(t *testing.T, flags []string) keptServers {
	t.Helper()
	master := testenv.StartRedis(t, append([]string{"--repl-diskless-sync-delay", "0"}, flags...)...)
	host, port, _ := net.SplitHostPort(master.Address)
	replica := testenv.StartRedis(t, "--replicaof", host+" "+port)
	testenv.Await(t, "the replica to follow", func() bool {
		master.Ask(t, "set", "something", "to have")
		return master.Ask(t, "wait", 1, 1000) == int64(1)
	})
	return keptServers{master, replica}
}

// TestKeptAlone has masters without replicas: what they write to disk is kept, without waiting for anybody.
func TestKeptAlone(t *testing.T) {
	eachStore(t, func(f *fixture) {
		aof := f.store.embedded == nil
		if aof {
			f.configure("appendonly", "yes")
		}
		for i := range 8 {
			w := &fixture{T: f.T, store: f.store, clock: f.clock, worker: Worker{"guiyang", fmt.Sprint("alone", i)}}
			if got := w.save(w.begin("1"), Outcome{Records: recordsOf("1", "one")}).Kept; got != aof {
				f.Errorf("kept %v, want %v", got, aof)
			}
			if got := w.save(w.begin("2"), Outcome{Erase: true}).Kept; got != aof {
				f.Errorf("erased: kept %v, want %v", got, aof)
			}
		}
		if health := f.store.Health(f.Context()); health.AOF != aof || health.Replicas != 0 {
			f.Errorf("health %+v", health)
		}
	})
}

// TestKeptInMovedSlot writes records where the cluster's client does not know yet that the slot went.
func TestKeptInMovedSlot(t *testing.T) {
	masters := testenv.StartCluster(t)
	store, err := open(Options{Addrs: testenv.Addresses(masters)}, patient)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	awaitOK(t, store)
	f := &fixture{T: t, store: store, worker: workerIn(t, masters[0], testenv.Slots-5461, testenv.Slots-1)}
	f.configure("appendonly", "yes")
	o := Opening{keys: keysOf(f.worker, "1"), token: store.token(), version: "--------"}
	moveSlot(t, masters, slotOf(t, masters[0], f.worker))
	if f.save(o, Outcome{Records: recordsOf("1", "one")}).Kept {
		t.Error("kept, and nobody was asked")
	}
	f.want(f.begin("2"), Opening{Status: Fresh, Records: recordsOf("1", "one")})
	testenv.Await(t, "the client to know", func() bool {
		return f.save(f.begin(fmt.Sprint("later", store.tokens.Load())), Outcome{Records: recordsOf("2", "two")}).Kept
	})
}

// TestKeptAtFirst writes records before anybody has asked whether there are replicas: Redis is made to wait for one, longer
// than a caller waits for a reply otherwise, and holds back what it replied before.
func TestKeptAtFirst(t *testing.T) {
	server := testenv.StartRedis(t, "--appendonly", "yes")
	limits := patient
	limits.io, limits.wait = production.io, production.wait
	store, err := open(Options{Addrs: []string{server.Address}}, limits)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	f := &fixture{T: t, store: store, worker: workerOf(t)}
	for i := range 3 {
		message := fmt.Sprint(i)
		if !f.save(f.begin(message), Outcome{Reply: []byte("reply"), Records: recordsOf(message, "value")}).Kept {
			t.Errorf("commit %d was not kept", i)
		}
	}
}
