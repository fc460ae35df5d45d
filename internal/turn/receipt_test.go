package turn

import (
	"strings"
	"testing"
	"time"

	"zhugong/internal/desk"
	"zhugong/internal/dialogue"
	"zhugong/internal/session"
	"zhugong/internal/testenv"
	"zhugong/internal/vault"
)

// TestNoReceipt has Redis go away between reading the conversation and saving its deletion: no receipt may be given.
func TestNoReceipt(t *testing.T) {
	server := testenv.StartRedis(t)
	store, err := session.Open(session.Options{Addrs: []string{server.Address}, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	runner := newRunner(t, store)
	runner.Keys = vault.Random()
	runner.Book = &desk.Book{Keys: runner.Keys}
	if _, err := runner.Run(t.Context(), request("w", "1", "法律援助怎么申请")); err != nil {
		t.Fatal(err)
	}
	r := request("w", "2", "删除我的资料")
	render := r.Render
	r.Render = func(reply dialogue.Reply, d *dialogue.Decision) []byte {
		server.Kill()
		return render(reply, d)
	}
	result, err := runner.Run(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	if !result.Degraded || strings.Contains(string(result.Reply), "已删除") {
		t.Errorf("degraded %v, the worker reads: %s", result.Degraded, result.Reply)
	}
}
