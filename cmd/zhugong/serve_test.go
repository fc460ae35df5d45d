package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"zhugong/config"
	"zhugong/internal/testenv"
	"zhugong/internal/wechat"
)

// production is the program as `serve` puts it together, on a configuration file, and WeChat's side of it.
type production struct {
	*server
	webhook, operators *httptest.Server
	gate               *wechat.Gate
	config             string // file
}

// serveFor starts the program on that Redis; more is what else stands in its configuration.
func serveFor(t *testing.T, redis string, more ...string) production {
	t.Helper()
	const key = "q1w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6j7k8l9z0x1c"
	file := filepath.Join(t.TempDir(), "config.yaml")
	text := fmt.Sprintf("redis:\n  addrs: [%s]\naccounts:\n  - name: city\n    original_id: gh_city\n    app_id: wx1234567890abcdef\n"+
		"    token: servetesttoken\n    aes_keys: [%s]\n    mode: safe\n", redis, key) + strings.Join(more, "")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	settings, faults := config.Load(file, func(string) string { return "" })
	if settings == nil {
		t.Fatal(faults)
	}
	program, err := newServer(settings, slog.New(slog.DiscardHandler), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	gate, err := wechat.NewGate(wechat.Account{
		Name: "city", OriginalID: "gh_city", AppID: "wx1234567890abcdef", Token: "servetesttoken", AESKeys: []string{key}, Mode: wechat.Safe,
	}, time.Now, nil)
	if err != nil {
		t.Fatal(err)
	}
	p := production{program, httptest.NewServer(program.webhook), httptest.NewServer(program.ops), gate, file}
	t.Cleanup(func() {
		p.webhook.Close()
		p.operators.Close()
		program.store.Close()
	})
	return p
}

// say pushes what a worker writes and returns the decrypted answer and how long it took.
func (p production) say(worker, id, text string) (string, time.Duration, error) {
	plain := fmt.Appendf(nil, "<xml><ToUserName>gh_city</ToUserName><FromUserName>%s</FromUserName><CreateTime>%d</CreateTime>"+
		"<MsgType>text</MsgType><Content><![CDATA[%s]]></Content><MsgId>%s</MsgId></xml>", worker, time.Now().Unix(), text, id)
	began := time.Now()
	answer, err := p.push(plain, "nonce"+id)
	return answer, time.Since(began), err
}

// push sends a push and returns the decrypted answer.
func (p production) push(plain []byte, nonce string) (string, error) {
	query, body, err := p.gate.Push(plain, nonce, false)
	if err != nil {
		return "", err
	}
	response, err := http.Post(p.webhook.URL+"/wechat/city?"+query, "text/xml", bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		return "", fmt.Errorf("status %d: %w", response.StatusCode, err)
	}
	answer, err := p.gate.OpenReply(raw)
	return string(answer), err
}

// settle waits until all that belongs to the answers so far is done.
func (p *production) settle() {
	p.webhook.Close()
	p.webhook = httptest.NewServer(p.server.webhook)
}

// status asks /readyz.
func (p production) status(t *testing.T) (int, string) {
	t.Helper()
	response, err := http.Get(p.operators.URL + "/readyz")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var ready struct{ Status string }
	if err := json.NewDecoder(response.Body).Decode(&ready); err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, ready.Status
}

// TestRedisKilled kills Redis while workers write, and brings it back: every message is answered, and in time.
func TestRedisKilled(t *testing.T) {
	redis := testenv.StartRedis(t)
	p := serveFor(t, redis.Address)
	if code, status := p.status(t); code != http.StatusOK || status != "ok" {
		t.Errorf("/readyz says %d %s, want 200 ok", code, status)
	}
	const workers, messages = 8, 12
	var writing, halfway sync.WaitGroup
	halfway.Add(workers)
	killed := make(chan struct{})
	slowest := make([]time.Duration, workers)
	for w := range workers {
		writing.Go(func() {
			for m := range messages {
				if m == messages/2 {
					halfway.Done()
					<-killed
				}
				answer, took, err := p.say(fmt.Sprint("worker", w), fmt.Sprintf("%d%02d", w+1, m), "老板欠我工资怎么办")
				if err != nil || !strings.Contains(answer, "12333") && !strings.Contains(answer, "太快") {
					t.Errorf("worker %d message %d got %q, %v", w, m, answer, err)
				}
				slowest[w] = max(slowest[w], took)
			}
		})
	}
	halfway.Wait()
	redis.Kill()
	close(killed)
	writing.Wait()
	for w, took := range slowest {
		if took > 2*time.Second { // half a second is what is promised; the rest is for busy machines
			t.Errorf("worker %d waited %s", w, took)
		}
	}
	if code, status := p.status(t); code != http.StatusOK || status != "degraded" {
		t.Errorf("without Redis /readyz says %d %s, want 200 degraded", code, status)
	}
	redis.Start(t)
	testenv.Await(t, "conversations to be remembered again", func() bool {
		_, status := p.status(t)
		return status == "ok"
	})
	remembered := func() bool {
		id := fmt.Sprint(time.Now().UnixNano())
		if _, _, err := p.say("late"+id, id+"1", "法律援助怎么申请"); err != nil {
			t.Fatal(err)
		}
		answer, _, err := p.say("late"+id, id+"2", "要带什么材料")
		return err == nil && !strings.Contains(answer, "哪件事")
	}
	testenv.Await(t, "a follow-up to be understood again", remembered)
}

// TestGracefulStop answers what is under way when told to stop, and takes nothing new.
func TestGracefulStop(t *testing.T) {
	p := serveFor(t, testenv.FreeAddress(t))
	p.settings.Listen, p.settings.OpsListen = testenv.FreeAddress(t), testenv.FreeAddress(t)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- p.run(ctx, stop, 50*time.Millisecond) }()
	ready := func() int {
		response, err := http.Get("http://" + p.settings.OpsListen + "/readyz")
		if err != nil {
			return 0
		}
		response.Body.Close()
		return response.StatusCode
	}
	testenv.Await(t, "the program to serve", func() bool { return ready() == http.StatusOK })
	stop()
	if err := <-done; err != nil {
		t.Errorf("stopping gave %v", err)
	}
	if ready() != 0 {
		t.Error("it still listens after stopping")
	}
}
