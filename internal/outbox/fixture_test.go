package outbox_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strconv"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"zhugong/internal/outbox"
	"zhugong/internal/session"
	"zhugong/internal/simulator"
	"zhugong/internal/testenv"
	"zhugong/internal/vault"
	"zhugong/internal/wechat"
)

const (
	account  = "guiyang"
	appID    = "wx1234567890abcdef"
	secret   = "0123456789abcdef0123456789abcdef"
	template = "TEMPLATE-OF-THE-TEST-0001"
)

// fixture is an outbox between a Redis and WeChat.
type fixture struct {
	*testing.T
	*outbox.Outbox
	clock    *testenv.Clock
	store    *session.Store
	keys     *vault.Keyring
	platform *simulator.Platform
	address  string // of WeChat
	log      *bytes.Buffer
	calls    int // numbers what is done
}

// around may stand before WeChat; nil: nothing does.
func newFixture(t *testing.T, store func(*testenv.Clock) (*session.Store, error), around func(http.Handler) http.Handler) *fixture {
	t.Helper()
	f := &fixture{T: t, clock: testenv.NewClock(time.Now()), keys: vault.Random(), log: new(bytes.Buffer)}
	var err error
	if f.store, err = store(f.clock); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.store.Close() })
	f.platform = simulator.NewPlatform(appID, secret, f.clock.Now)
	f.platform.AddTemplate(template, "character_string1", "thing2")
	var handler http.Handler = f.platform
	if around != nil {
		handler = around(handler)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	f.address = server.URL
	f.Outbox = f.replica()
	return f
}

// replica is another process with the same store and keys.
func (f *fixture) replica() *outbox.Outbox {
	api := wechat.NewAPI(f.address, wechat.NewTokens(f.address, appID, secret, nil, f.clock.Now))
	f.Cleanup(api.Close)
	return outbox.Open(outbox.Options{
		Store: f.store, Keys: f.keys, Senders: map[string]outbox.Sender{account: api}, Now: f.clock.Now,
		Log: slog.New(slog.NewTextHandler(f.log, nil)),
	})
}

func embedded(c *testenv.Clock) (*session.Store, error) { return session.Embedded(c.Now) }

// eachStore runs a check on the embedded Redis and on a real one.
func eachStore(t *testing.T, check func(*fixture)) {
	onStores(t, []string{"embedded", "redis"}, check)
}

// everyStore runs it on a cluster as well, where index and records are on different servers.
func everyStore(t *testing.T, check func(*fixture)) {
	onStores(t, []string{"embedded", "redis", "cluster"}, check)
}

func onStores(t *testing.T, names []string, check func(*fixture)) {
	kinds := map[string]func(*testing.T) func(*testenv.Clock) (*session.Store, error){
		"embedded": func(*testing.T) func(*testenv.Clock) (*session.Store, error) { return embedded },
		"redis": func(t *testing.T) func(*testenv.Clock) (*session.Store, error) {
			return onRedis(testenv.StartRedis(t).Address)
		},
		"cluster": func(t *testing.T) func(*testenv.Clock) (*session.Store, error) {
			return onRedis(testenv.Addresses(testenv.StartCluster(t))...)
		},
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) { check(newFixture(t, kinds[name](t), nil)) })
	}
}

func onRedis(addresses ...string) func(*testenv.Clock) (*session.Store, error) {
	return func(c *testenv.Clock) (*session.Store, error) {
		return session.Open(session.Options{Addrs: addresses, Now: c.Now, Patient: true})
	}
}

func worker(n int) session.Worker {
	return session.Worker{Account: account, OpenID: "oWorker-" + strconv.Itoa(n)}
}

// hears has a worker do something, which both the program and WeChat notice.
func (f *fixture) hears(w session.Worker, kind string) {
	f.Helper()
	f.calls++
	opens := map[string]session.Window{"text": session.Written, "menu": session.Tapped}[kind]
	o, err := f.store.Begin(f.Context(), w, strconv.Itoa(f.calls), opens)
	if err != nil {
		f.Fatal(err)
	}
	if _, err := f.store.Commit(f.Context(), o, session.Outcome{Reply: []byte("r")}); err != nil {
		f.Fatal(err)
	}
	f.platform.Noticed(w.OpenID, kind)
}

func message(w session.Worker, text string) outbox.Message {
	return outbox.Message{Worker: w, Key: text, Ticket: "4837159263", Body: wechat.TextMessage(text)}
}

// post sends a text and returns what became of it.
func (f *fixture) post(w session.Worker, text string) outbox.State {
	f.Helper()
	f.clock.Add(time.Millisecond)
	outcome, _ := f.Post(f.Context(), message(w, text))
	return outcome.State
}

func (f *fixture) dispatch() {
	f.Helper()
	if err := f.Dispatch(f.Context()); err != nil {
		f.Error(err)
	}
}

// list returns what is kept.
func (f *fixture) list() []outbox.Item {
	f.Helper()
	items, err := f.List(f.Context())
	if err != nil {
		f.Fatal(err)
	}
	return items
}

// texts are what reached a phone.
func (f *fixture) texts(w session.Worker) (texts []string) {
	for _, a := range f.platform.Arrivals(w.OpenID, 0) {
		if a.Kind == "text" {
			texts = append(texts, a.Text)
		}
	}
	return texts
}

// afterEach does something after each command of a name, but not after those that it thereby causes.
type afterEach struct {
	command string
	do      func()
	busy    bool
}

func (*afterEach) DialHook(next redis.DialHook) redis.DialHook { return next }

func (a *afterEach) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, command redis.Cmder) error {
		err := next(ctx, command)
		if command.Name() == a.command && !a.busy {
			a.busy = true
			a.do()
			a.busy = false
		}
		return err
	}
}

func (*afterEach) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return next
}

// dying is a process that ends while it sends: nothing is done after the call.
type dying struct{}

func (dying) Custom(context.Context, string, wechat.CustomMessage) error {
	runtime.Goexit()
	return nil
}

func (dying) Notify(context.Context, string, wechat.Notice) error {
	runtime.Goexit()
	return nil
}
