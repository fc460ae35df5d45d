package handlers

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"syscall"
	"testing"
	"time"

	"zhugong/internal/desk"
	"zhugong/internal/dialogue"
	"zhugong/internal/session"
	"zhugong/internal/testenv"
	"zhugong/internal/turn"
	"zhugong/internal/vault"
	"zhugong/internal/wechat"
)

// BenchmarkWebhook answers pushes, each of a new worker: without Redis, as the breaker leaves it alone, and with a real
// one where redis-server is there. Subtract harness, which answers nothing, to read what the webhook costs.
func BenchmarkWebhook(b *testing.B) {
	stores := []struct {
		name  string
		start func(*testing.B) (address string)
	}{
		{"without redis", func(b *testing.B) string { return testenv.FreeAddress(b) }},
		{"redis", func(b *testing.B) string { return testenv.StartRedis(b).Address }},
	}
	for _, mode := range []wechat.Mode{wechat.Plain, wechat.Safe} {
		gate, err := wechat.NewGate(wechat.Account{
			Name: "bench", OriginalID: originalID, AppID: appID, Token: token, AESKeys: []string{currentKey}, Mode: mode,
		}, time.Now, nil)
		if err != nil {
			b.Fatal(err)
		}
		b.Run("harness/"+string(mode), func(b *testing.B) {
			answer := make([]byte, 512)
			benchmarkPushes(b, gate, question, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write(answer) }))
		})
		for _, kind := range stores {
			b.Run(kind.name+"/"+string(mode), func(b *testing.B) {
				engine := testenv.Engine(b)
				store, err := session.Open(session.Options{Addrs: []string{kind.start(b)}, Now: time.Now})
				if err != nil {
					b.Fatal(err)
				}
				defer store.Close()
				log := slog.New(slog.NewJSONHandler(io.Discard, nil))
				keys := vault.Random()
				handler := Webhook(Options{
					Accounts: []Account{{Name: "bench", Gate: gate, LogKey: []byte(token)}}, Metrics: NewMetrics("test"), Log: log, Now: time.Now,
					Runner: &turn.Runner{
						Store: store, Engine: func(string) *dialogue.Engine { return engine }, Now: time.Now, Log: log, Keys: keys, Book: &desk.Book{Keys: keys},
					},
				})
				b.Run("question", func(b *testing.B) { benchmarkPushes(b, gate, question, handler) })
				b.Run("flow", func(b *testing.B) { benchmarkPushes(b, gate, wish, handler) })
			})
		}
	}
}

// What the workers of the benchmark write: a question, and the wish for a guided dialogue that tells its first answers as well.
const (
	question = "老板欠我三个月工资怎么办"
	wish     = "我要登记欠薪"
)

// benchmarkPushes makes the pushes outside the measured time, a batch after the other. Besides the time by the clock, in
// which other programs have their share, it reports that of the processor, collection of garbage included.
func benchmarkPushes(b *testing.B, gate *wechat.Gate, text string, handler http.Handler) {
	queries, bodies := make([]string, 4096), make([][]byte, 4096)
	caller, used := newCaller(b), -processorTime()
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		at := n % len(queries)
		if at == 0 {
			b.StopTimer()
			used += processorTime()
			for i := range queries {
				queries[i], bodies[i] = newPush(b, gate, text)
			}
			used -= processorTime()
			b.StartTimer()
		}
		caller.call(b, handler, queries[at], bodies[at])
	}
	used += processorTime()
	b.ReportMetric(float64(used.Nanoseconds())/float64(b.N), "cpu-ns/op")
}

// processorTime is what this process has used.
func processorTime() time.Duration {
	var usage syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &usage) // never fails for oneself
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// newPush is what a worker writes who never wrote before.
func newPush(b *testing.B, gate *wechat.Gate, text string) (query string, body []byte) {
	at := time.Now()
	plain := fmt.Appendf(nil, "<xml><ToUserName><![CDATA[%s]]></ToUserName><FromUserName><![CDATA[worker%d]]></FromUserName><CreateTime>%d</CreateTime>"+
		"<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[%s]]></Content><MsgId>%d</MsgId></xml>", originalID, at.UnixNano(), at.Unix(), text, at.UnixNano())
	query, body, err := gate.Push(plain, "nonce", false)
	if err != nil {
		b.Fatal(err)
	}
	return query, body
}

// caller is net/http's side of a request. All but the request's own context, which stands for a connection, is used again.
type caller struct {
	request *http.Request
	body    bytes.Reader
	header  http.Header
	status  int
	answer  bytes.Buffer
}

func newCaller(b *testing.B) *caller {
	c := &caller{header: http.Header{}}
	request, err := http.NewRequest(http.MethodPost, "/wechat/bench", nil)
	if err != nil {
		b.Fatal(err)
	}
	c.request = request
	return c
}

func (c *caller) call(b *testing.B, handler http.Handler, query string, body []byte) {
	c.body.Reset(body)
	clear(c.header)
	c.answer.Reset()
	c.status = http.StatusOK
	ctx, cancel := context.WithCancel(context.Background())
	request := c.request.WithContext(ctx)
	request.URL.RawQuery, request.ContentLength, request.Body = query, int64(len(body)), io.NopCloser(&c.body)
	handler.ServeHTTP(c, request)
	cancel()
	if c.status != http.StatusOK || c.answer.Len() < 100 {
		b.Fatalf("got %d %q", c.status, c.answer.Bytes())
	}
}

func (c *caller) Header() http.Header              { return c.header }
func (c *caller) WriteHeader(status int)           { c.status = status }
func (c *caller) Write(answer []byte) (int, error) { return c.answer.Write(answer) }
