package desk

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"zhugong/internal/session"
	"zhugong/internal/testenv"
	"zhugong/internal/vault"
)

// moment is when in a delivery something happens.
type moment int

const (
	atBegin moment = iota
	afterBegin
	atCommit
	afterCommit
)

// A delivery registers a case and replies with its ticket. These are the places where it dies.
var deaths = []struct {
	name      string
	at        moment
	fault     fault
	committed bool // whether the case is there before the message comes again
}{
	{"begin not sent", atBegin, unsent, false},
	{"begin half sent", atBegin, halfSent, false},
	{"begin done, not heard of", atBegin, unreplied, false},
	{"between begin and commit", afterBegin, none, false},
	{"commit not sent", atCommit, unsent, false},
	{"commit half sent", atCommit, halfSent, false},
	{"commit done, not heard of", atCommit, unreplied, true},
	{"between commit and reply", afterCommit, none, true},
}

const runsEach = 200

// TestCrashes kills 1,600 deliveries, half of them with their context cancelled and half with their connection cut, and
// repeats each at another replica: afterwards every worker has one case, and was told its ticket.
func TestCrashes(t *testing.T) {
	server := testenv.StartRedis(t, "--appendonly", "yes", "--appendfsync", "no")
	between := startProxy(t, server.Address)
	dying, err := session.Open(session.Options{Addrs: []string{between.listener.Addr().String()}, Patient: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = dying.Close() })
	living, err := session.Open(session.Options{Addrs: []string{server.Address}, Patient: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = living.Close() })
	f := newFixture(t, living, testenv.NewClock(time.Now().UTC().Truncate(time.Millisecond)), Book{vault.Random()})

	told := map[session.Worker]string{}
	for p, death := range deaths {
		for run := range runsEach {
			worker := session.Worker{Account: "guiyang", OpenID: workerName(p*runsEach + run)}
			d := delivery{fixture: f, worker: worker}
			d.die(dying, between, death.at, death.fault, run%2 == 0)
			if got := len(d.records()); (got == 1) != death.committed {
				t.Fatalf("%s, run %d: %d cases before the message comes again", death.name, run, got)
			}
			told[worker] = d.repeat()
		}
	}
	cases := f.list(Filter{})
	if want := len(deaths) * runsEach; len(cases) != want || len(told) != want {
		t.Errorf("%d cases of %d workers, want %d", len(cases), len(told), want)
	}
	for _, c := range cases {
		if want := "已登记 " + Spoken(c.Ticket); told[c.Worker] != want {
			t.Errorf("a worker was told %q, want %q", told[c.Worker], want)
		}
	}
}

// delivery is one message of a worker, delivered again and again.
type delivery struct {
	*fixture
	worker session.Worker
}

// die delivers the message once, until the end that is meant.
func (d delivery) die(store *session.Store, between *proxy, at moment, fault fault, cancelled bool) {
	d.Helper()
	// A healthy call closes the breaker and leaves connections that are open.
	if health := store.Health(d.Context()); !health.OK {
		d.Fatalf("health %+v", health)
	}
	ctx, cancel := context.WithCancel(d.Context())
	defer cancel()
	end := func() {}
	if cancelled {
		end = cancel
	}
	if at == atBegin {
		between.arm(fault, end)
	}
	o, err := store.Begin(ctx, d.worker, "1", session.NoWindow)
	if at == atBegin {
		if err == nil || !between.disarm() {
			d.Fatalf("begin did not die: %v", err)
		}
		return
	}
	if err != nil || o.Status != session.Fresh {
		d.Fatalf("begin: status %d, %v", o.Status, err)
	}
	if at == afterBegin {
		return
	}
	if at == atCommit {
		between.arm(fault, end)
	}
	_, err = store.Commit(ctx, o, d.outcome())
	if at == atCommit && (err == nil || !between.disarm()) {
		d.Fatalf("commit did not die: %v", err)
	}
	if at == afterCommit && err != nil {
		d.Fatalf("commit: %v", err)
	}
}

// repeat delivers the message to another replica, twice more, and returns the reply.
func (d delivery) repeat() string {
	d.Helper()
	o, err := d.store.Begin(d.Context(), d.worker, "1", session.NoWindow)
	if err == nil && o.Status == session.Running {
		d.expireClaim()
		o, err = d.store.Begin(d.Context(), d.worker, "1", session.NoWindow)
	}
	if err == nil && o.Status == session.Fresh {
		o, err = d.store.Commit(d.Context(), o, d.outcome())
	}
	if err != nil || o.Status != session.Done {
		d.Fatalf("repeated: status %d, %v", o.Status, err)
	}
	again, err := d.store.Begin(d.Context(), d.worker, "1", session.NoWindow)
	if err != nil || again.Status != session.Done || string(again.Reply) != string(o.Reply) {
		d.Fatalf("repeated again: status %d, %q, want %q, %v", again.Status, again.Reply, o.Reply, err)
	}
	if got := len(d.records()); got != 1 {
		d.Fatalf("%d cases, want 1", got)
	}
	return string(o.Reply)
}

// outcome registers a case with a ticket of its own.
func (d delivery) outcome() session.Outcome {
	d.Helper()
	c := d.newCase(d.worker.OpenID)
	record, err := d.desk.book.Encode(c)
	if err != nil {
		d.Fatal(err)
	}
	return session.Outcome{State: []byte("done"), Reply: []byte("已登记 " + Spoken(c.Ticket)), Records: []session.Record{record}}
}

func (d delivery) key() string { return fmt.Sprintf("zg:{%s:%s}:", d.worker.Account, d.worker.OpenID) }

func (d delivery) records() map[string]string {
	d.Helper()
	records, err := d.store.Client().HGetAll(d.Context(), d.key()+"k").Result()
	if err != nil {
		d.Fatal(err)
	}
	return records
}

// expireClaim lets the six seconds pass after which another replica may take the message over.
func (d delivery) expireClaim() {
	d.Helper()
	keys, err := d.store.Client().Keys(d.Context(), d.key()+"m:*").Result()
	if err != nil || len(keys) != 1 {
		d.Fatalf("%d messages, %v", len(keys), err)
	}
	value, err := d.store.Client().GetDel(d.Context(), keys[0]).Result()
	if err != nil || !strings.HasPrefix(value, "running:") {
		d.Fatalf("the claim is %q, %v", value, err)
	}
}
