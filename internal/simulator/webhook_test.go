package simulator

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"zhugong/internal/wechat"
)

const testPhone = "oABCDEFGHIJKLMNOPQRSTUVWXY_-"

var testMenu = []Button{
	{Name: "求助", Sub: []Button{{Name: "困难帮扶", Key: "relief.apply"}, {Name: "被欠工资", Key: "law.wages"}}},
	{Name: "工会官网", URL: "https://union.example/?a=1&b=]]>"},
	{Name: "人工", Key: "sys.human"},
}

func testAccount(mode wechat.Mode) wechat.Account {
	return wechat.Account{
		Name: "demo", OriginalID: "gh_0123456789ab", AppID: "wx0123456789abcdef", Token: "simulatortest",
		AESKeys: []string{"abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"}, Mode: mode,
	}
}

// webhook is the account's side: it opens each push and answers with what reply makes of it.
type webhook struct {
	tb    testing.TB
	gate  *wechat.Gate
	reply func(delivery int, push *wechat.Push, w http.ResponseWriter)

	mu   sync.Mutex
	seen []*wechat.Push
}

func newWebhook(tb testing.TB, mode wechat.Mode) *webhook {
	tb.Helper()
	gate, err := wechat.NewGate(testAccount(mode), time.Now, nil)
	if err != nil {
		tb.Fatal(err)
	}
	h := &webhook{tb: tb, gate: gate}
	h.reply = func(_ int, push *wechat.Push, w http.ResponseWriter) { h.say(w, push, "好的") }
	return h
}

func (h *webhook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // cut while sending
	}
	push, err := h.gate.Open(r.URL.RawQuery, body)
	if err != nil {
		h.tb.Errorf("webhook: %v", err)
		http.Error(w, "", http.StatusForbidden)
		return
	}
	h.mu.Lock()
	h.seen = append(h.seen, push)
	delivery := len(h.seen)
	h.mu.Unlock()
	h.reply(delivery, push, w)
}

// say answers with text.
func (h *webhook) say(w io.Writer, push *wechat.Push, text string) {
	h.send(w, push, wechat.Reply{Text: text})
}

func (h *webhook) send(w io.Writer, push *wechat.Push, reply wechat.Reply) {
	_, _ = w.Write(h.gate.Seal(push, push.Encode(reply, time.Unix(1790000000, 0))))
}

func (h *webhook) pushes() []*wechat.Push {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]*wechat.Push(nil), h.seen...)
}

// RoundTrip calls the webhook without a network, so that time can be a test's own.
func (h *webhook) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	done := make(chan *http.Response, 1)
	go func() {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(r.Method, r.URL.String(), bytes.NewReader(body)))
		done <- w.Result()
	}()
	select {
	case response := <-done:
		return response, nil
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
}

// options are those of a simulator whose pushes go to h, without a network.
func (h *webhook) options(mode wechat.Mode) Options {
	return Options{
		Account: testAccount(mode), Webhook: "http://webhook.invalid/wechat/demo", Menu: testMenu,
		Now: time.Now, Client: &http.Client{Transport: h},
	}
}

func newSimulator(tb testing.TB, o Options) http.Handler {
	tb.Helper()
	handler, err := New(o)
	if err != nil {
		tb.Fatal(err)
	}
	return handler
}

// request is one the page itself could send.
func request(method, path, body string) *http.Request {
	r := httptest.NewRequest(method, "http://127.0.0.1:8080"+path, bytes.NewReader([]byte(body)))
	r.Header.Set("Content-Type", "application/json")
	return r
}

// send sends a push through the handler and reads the answer.
func send(tb testing.TB, handler http.Handler, kind string, o order) answer {
	tb.Helper()
	if o.Phone == "" {
		o.Phone = testPhone
	}
	body, err := json.Marshal(o)
	if err != nil {
		tb.Fatal(err)
	}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, request(http.MethodPost, "/sim/push/"+kind, string(body)))
	var a answer
	if w.Code != http.StatusOK {
		tb.Fatalf("%s %s: status %d: %s", kind, body, w.Code, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
		tb.Fatal(err)
	}
	return a
}
