package desk

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/redis/go-redis/v9"

	"zhugong/internal/session"
	"zhugong/internal/testenv"
	"zhugong/internal/vault"
)

// fixture is a desk under test.
type fixture struct {
	*testing.T
	desk  *Desk
	store *session.Store
	clock *testenv.Clock
	log   *bytes.Buffer
}

// kinds are every kind of Redis; directory is where it writes.
var kinds = []struct {
	name string
	open func(*testing.T, *testenv.Clock) (store *session.Store, directory string, err error)
}{
	{"embedded", func(_ *testing.T, c *testenv.Clock) (*session.Store, string, error) {
		store, err := session.Embedded(c.Now)
		return store, "", err
	}},
	{"redis", func(t *testing.T, c *testenv.Clock) (*session.Store, string, error) {
		server := testenv.StartRedis(t, "--appendonly", "yes")
		store, err := session.Open(session.Options{Addrs: []string{server.Address}, Now: c.Now, Patient: true})
		return store, server.Directory, err
	}},
	{"cluster", func(t *testing.T, c *testenv.Clock) (*session.Store, string, error) {
		addresses := testenv.Addresses(testenv.StartCluster(t))
		store, err := session.Open(session.Options{Addrs: addresses, Now: c.Now, Patient: true})
		return store, "", err
	}},
}

// eachDesk runs a check at a desk on every kind of Redis.
func eachDesk(t *testing.T, check func(*fixture)) {
	for _, kind := range kinds {
		t.Run(kind.name, func(t *testing.T) {
			clock := testenv.NewClock(time.Now().UTC().Truncate(time.Millisecond))
			store, _, err := kind.open(t, clock)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = store.Close() })
			store.Health(t.Context()) // so that it knows that there are no replicas to wait for
			check(newFixture(t, store, clock, Book{vault.Random()}))
		})
	}
}

func newFixture(t *testing.T, store *session.Store, clock *testenv.Clock, book Book) *fixture {
	log := new(bytes.Buffer)
	return &fixture{
		T: t, store: store, clock: clock, log: log,
		desk: Open(store, book, clock.Now, slog.New(slog.NewTextHandler(log, nil))),
	}
}

// eachMaster lets something be done at every server.
func (f *fixture) eachMaster(do func(context.Context, *redis.Client) error) {
	f.Helper()
	var err error
	switch client := f.store.Client().(type) {
	case *redis.ClusterClient:
		err = client.ForEachMaster(f.Context(), do)
	case *redis.Client:
		err = do(f.Context(), client)
	}
	if err != nil {
		f.Fatal(err)
	}
}

// clear leaves nothing in Redis.
func (f *fixture) clear() {
	f.Helper()
	f.eachMaster(func(ctx context.Context, master *redis.Client) error { return master.FlushAll(ctx).Err() })
}

// newCase is a case of some worker, not yet registered.
func (f *fixture) newCase(openID string) Case {
	f.Helper()
	ticket, err := NewTicket(rand.Reader)
	if err != nil {
		f.Fatal(err)
	}
	return Case{
		Ticket: ticket, Flow: "wage_claim", Title: "欠薪情况登记", Opened: f.clock.Now(), Status: New,
		Fields: []Field{
			{Slot: "district", Label: "区县", Value: "乌当区"},
			{Slot: "employer", Label: "单位", Value: "某某建筑公司王经理", Personal: true},
			{Slot: "amount", Label: "金额", Value: "30000元"},
			{Slot: "phone", Label: "手机", Value: "13800138000", Personal: true},
		},
		History: []Event{{At: f.clock.Now(), Status: New}},
		Worker:  session.Worker{Account: "guiyang", OpenID: openID},
	}
}

// register commits a case as the turn of a message does.
func (f *fixture) register(c Case) Case {
	f.Helper()
	record, err := f.desk.book.Encode(c)
	if err != nil {
		f.Fatal(err)
	}
	o, err := f.store.Begin(f.Context(), c.Worker, c.Ticket, session.NoWindow)
	if err != nil {
		f.Fatal(err)
	}
	outcome := session.Outcome{State: []byte("state"), Reply: []byte("已登记 " + Spoken(c.Ticket)), Records: []session.Record{record}}
	if _, err := f.store.Commit(f.Context(), o, outcome); err != nil {
		f.Fatal(err)
	}
	return c
}

func (f *fixture) list(filter Filter) []Case {
	f.Helper()
	cases, err := f.desk.List(f.Context(), filter)
	if err != nil {
		f.Fatal(err)
	}
	return cases
}

func (f *fixture) find(ticket string) Case {
	f.Helper()
	c, err := f.desk.Find(f.Context(), ticket)
	if err != nil {
		f.Fatalf("Find(%s): %v", ticket, err)
	}
	return c
}

func (f *fixture) same(what string, got, want any) {
	f.Helper()
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(Case{}), cmpopts.EquateEmpty()); diff != "" {
		f.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// tickets of cases, in order.
func tickets(cases []Case) (all []string) {
	for _, c := range cases {
		all = append(all, c.Ticket)
	}
	return all
}

// doing is a step of staff.
type doing func(d *Desk, ctx context.Context, ticket, by, note string) (Case, error)

var steps = map[string]doing{"take": (*Desk).Take, "answer": (*Desk).Answer, "close": (*Desk).Close}

func (f *fixture) do(name, ticket, by, note string) Case {
	f.Helper()
	c, err := steps[name](f.desk, f.Context(), ticket, by, note)
	if err != nil {
		f.Fatalf("%s: %v", name, err)
	}
	return c
}

func workerName(i int) string { return fmt.Sprintf("o6_bmjrPTlm6_2sgVt7h%08d", i) }
