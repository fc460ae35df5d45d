package outbox_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"zhugong/internal/outbox"
)

const sends = 200

// failing stands before WeChat and spoils calls that send messages.
type failing struct {
	http.Handler
	spoil func(w http.ResponseWriter, r *http.Request) // instead of an answer
	times int                                          // for each worker; forever when 0

	mu    sync.Mutex
	calls map[string]int // that sent a message, by openid
	token int            // calls that fetched one
}

func (f *failing) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/cgi-bin/stable_token":
		f.mu.Lock()
		f.token++
		f.mu.Unlock()
	case "/cgi-bin/message/custom/send":
		body, _ := io.ReadAll(r.Body)
		var asked struct {
			To string `json:"touser"`
		}
		_ = json.Unmarshal(body, &asked)
		f.mu.Lock()
		f.calls[asked.To]++
		spoilt := f.spoil != nil && (f.times == 0 || f.calls[asked.To] <= f.times)
		f.mu.Unlock()
		if spoilt {
			f.spoil(w, r)
			return
		}
		r = r.Clone(r.Context())
		r.Body = io.NopCloser(bytes.NewReader(body))
	}
	f.Handler.ServeHTTP(w, r)
}

// heal has WeChat answer as it should.
func (f *failing) heal() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.spoil = nil
}

func (f *failing) made() (calls, tokens int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, n := range f.calls {
		calls += n
	}
	return calls, f.token
}

func code(n int) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintf(w, `{"errcode":%d,"errmsg":"scripted"}`, n) }
}

func says(status int, body string) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}
}

func hangsUp(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

func hangs(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

// TestFailures sends to 200 workers at a time while WeChat fails in every way it knows, then lets it recover. What cannot
// succeed is tried once; what may succeed is tried until it does; nothing is sent twice or lost; nobody is left waiting.
func TestFailures(t *testing.T) {
	failures := []struct {
		name  string
		spoil func(http.ResponseWriter, *http.Request)
		times int
		want  outbox.State // after the first attempt
		calls int          // of the first attempt
	}{
		{"no failure", nil, 0, outbox.Sent, 1},
		{"token spoilt once", code(40001), 1, outbox.Sent, 2},
		{"token of another kind once", code(40014), 1, outbox.Sent, 2},
		{"token ended once", code(42001), 1, outbox.Sent, 2},
		{"token spoilt for good", code(40001), 0, outbox.Queued, 2},
		{"busy once", code(-1), 1, outbox.Sent, 2},
		{"busy", code(-1), 0, outbox.Queued, 3},
		{"minute used up", code(45011), 0, outbox.Queued, 1},
		{"day used up", code(45009), 0, outbox.Queued, 1},
		{"outside the window", code(45015), 0, outbox.Waiting, 1},
		{"too many to the worker", code(45047), 0, outbox.Waiting, 1},
		{"not allowed", code(48001), 0, outbox.Failed, 1},
		{"address not allowed", code(40164), 0, outbox.Failed, 1},
		{"unknown worker", code(40003), 0, outbox.Failed, 1},
		{"worker has left", code(43004), 0, outbox.Failed, 1},
		{"unheard of", code(99999), 0, outbox.Failed, 1},
		{"a page in HTML", says(200, "<html><title>502</title></html>"), 0, outbox.Queued, 1},
		{"cut short", says(200, `{"errcode":0,"err`), 0, outbox.Queued, 1},
		{"status 502", says(502, "bad gateway"), 0, outbox.Queued, 1},
		{"hangs up", hangsUp, 0, outbox.Queued, 1},
		{"hangs", hangs, 0, outbox.Queued, 1},
	}
	for _, failure := range failures {
		t.Run(failure.name, func(t *testing.T) {
			t.Parallel()
			wechat := &failing{spoil: failure.spoil, times: failure.times, calls: map[string]int{}}
			f := newFixture(t, embedded, func(h http.Handler) http.Handler {
				wechat.Handler = h
				return wechat
			})
			var wait sync.WaitGroup
			states := make([]outbox.State, sends)
			for i := range sends {
				f.hears(worker(i), "text")
			}
			for i := range sends {
				wait.Go(func() { states[i] = f.post(worker(i), "答复") })
			}
			wait.Wait()
			for i, state := range states {
				if state != failure.want {
					t.Fatalf("message %d is %s, want %s", i, state, failure.want)
				}
			}
			calls, tokens := wechat.made()
			if failure.name == "hangs up" && calls < sends { // net/http may try again on its own where nothing was read
				t.Errorf("%d calls", calls)
			} else if failure.name != "hangs up" && calls != sends*failure.calls {
				t.Errorf("%d calls, want %d", calls, sends*failure.calls)
			}
			if tokens > 3 { // the first, and two for however many saw it spoilt
				t.Errorf("%d tokens fetched", tokens)
			}
			wechat.heal()
			f.clock.Add(25 * time.Hour) // the next day, and within 48 hours
			for range sends/64 + 1 {
				f.dispatch()
			}
			arrived := 0
			for i := range sends {
				arrived += len(f.texts(worker(i)))
			}
			kept := len(f.list())
			if arrived+kept != sends {
				t.Errorf("%d arrived, %d are kept, of %d", arrived, kept, sends)
			}
			healed, _ := wechat.made()
			if final := failure.want == outbox.Failed || failure.want == outbox.Waiting; final && (healed != calls || kept != sends) {
				t.Errorf("%d calls more for what cannot be sent; %d are kept", healed-calls, kept)
			} else if !final && kept != 0 {
				t.Errorf("%d are still kept", kept)
			}
		})
	}
}

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }
