package turn

import (
	"fmt"
	"testing"
	"time"

	"zhugong/internal/desk"
	"zhugong/internal/session"
	"zhugong/internal/testenv"
	"zhugong/internal/vault"
)

// BenchmarkFlowTurn has a worker answer a step of a guided dialogue and take the answer back, on a real Redis, with what was
// filled in sealed: a whole turn but for WeChat's envelope.
func BenchmarkFlowTurn(b *testing.B) {
	now := time.Now()
	clock := func() time.Time { return now }
	store, err := session.Open(session.Options{Addrs: []string{testenv.StartRedis(b).Address}, Patient: true, Now: clock})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { store.Close() })
	runner := newRunner(b, store)
	runner.Now, runner.Keys = clock, vault.Random()
	runner.Book = &desk.Book{Keys: runner.Keys}
	n := 0
	say := func(text string) Result {
		n++
		now = now.Add(10 * time.Second)
		result, err := runner.Run(b.Context(), request("worker", fmt.Sprint(n), text))
		if err != nil || result.Degraded || result.Limited {
			b.Fatalf("%q: %v", text, err)
		}
		return result
	}
	for _, text := range []string{"我要登记欠薪", "同意", "花溪", "工地"} {
		say(text)
	}
	b.ReportAllocs()
	for b.Loop() {
		filled, back := say("黔星劳务公司").State.Form, say("上一步").State.Form
		if filled.Get("employer") == "" || back.Get("employer") != "" {
			b.Fatal("the form does not follow")
		}
	}
	b.ReportMetric(2, "turns/op")
}
