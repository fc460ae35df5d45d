package turn

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"zhugong/internal/dialogue"
	"zhugong/internal/session"
	"zhugong/internal/testenv"
)

// newRunner returns one replica on that store.
func newRunner(t testing.TB, store *session.Store) *Runner {
	t.Helper()
	engine := testenv.Engine(t)
	return &Runner{Store: store, Engine: func(string) *dialogue.Engine { return engine }, Now: time.Now, Log: slog.New(slog.DiscardHandler)}
}

func embedded(t testing.TB) *session.Store {
	t.Helper()
	store, err := session.Embedded(time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

// request asks text under a key. Each rendering is different, so that equal bytes mean one rendering.
func request(worker, key, text string) Request {
	return Request{
		Worker: session.Worker{Account: "test", OpenID: worker}, Key: key, Message: dialogue.Message{Text: text},
		Render: func(reply dialogue.Reply, _ *dialogue.Decision) []byte {
			return fmt.Appendf(nil, "%s %d", reply.Text, rendering.Add(1))
		},
	}
}

var rendering counter

type counter struct {
	mutex sync.Mutex
	n     int
}

func (c *counter) Add(by int) int {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.n += by
	return c.n
}

// TestResends delivers each message to two replicas several times at once: all get the same bytes, and the
// conversation moves on by one message.
func TestResends(t *testing.T) {
	store := embedded(t)
	replicas := []*Runner{newRunner(t, store), newRunner(t, store)}
	for n := range 8 {
		key := fmt.Sprintf("message %d", n)
		results := make([]Result, 12)
		var deliveries sync.WaitGroup
		for i := range results {
			deliveries.Go(func() {
				var err error
				if results[i], err = replicas[i%2].Run(t.Context(), request("worker", key, "今天贵阳天气怎么样")); err != nil {
					t.Errorf("delivery %d of %s: %v", i, key, err)
				}
			})
		}
		deliveries.Wait()
		first := 0
		for i, r := range results {
			if string(r.Reply) != string(results[0].Reply) {
				t.Errorf("delivery %d of %s got %q, another got %q", i, key, r.Reply, results[0].Reply)
			}
			if !r.Repeated {
				first++
				if r.State.Misses != n+1 {
					t.Errorf("%s left %d misses, want %d: it counted once", key, r.State.Misses, n+1)
				}
			}
		}
		if first != 1 {
			t.Errorf("%s was worked on %d times, want once", key, first)
		}
	}
}

// TestNoLostUpdate sends different messages of one worker at once: each counts.
func TestNoLostUpdate(t *testing.T) {
	store := embedded(t)
	replicas := []*Runner{newRunner(t, store), newRunner(t, store)}
	const messages = 6
	var all sync.WaitGroup
	for n := range messages {
		all.Go(func() {
			result, err := replicas[n%2].Run(t.Context(), request("worker", fmt.Sprint("m", n), "今天贵阳天气怎么样"))
			if err != nil || result.Degraded {
				t.Errorf("message %d: degraded %v, %v", n, result.Degraded, err)
			}
		})
	}
	all.Wait()
	last, err := replicas[0].Run(t.Context(), request("worker", "last", "今天贵阳天气怎么样"))
	if err != nil {
		t.Fatal(err)
	}
	if last.State.Misses != messages+1 {
		t.Errorf("after %d messages at once and one more %d are counted", messages, last.State.Misses)
	}
}

// TestRedisDown answers from knowledge alone, quickly, and resends get the same bytes.
func TestRedisDown(t *testing.T) {
	store, err := session.Open(session.Options{Addrs: []string{testenv.FreeAddress(t)}, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	runner := newRunner(t, store)
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	var replies [2]Result
	for i := range replies {
		if replies[i], err = runner.Run(ctx, request("worker", "m", "老板欠我工资怎么办")); err != nil {
			t.Fatal(err)
		}
	}
	if got := replies[0]; !got.Degraded || got.Decision.Intent != "law.wages" {
		t.Errorf("with Redis down got %s %s, degraded %v, want law.wages, degraded", got.Decision.Outcome, got.Decision.Intent, got.Degraded)
	}
	if string(replies[0].Reply) != string(replies[1].Reply) {
		t.Errorf("resend got %q, want %q", replies[1].Reply, replies[0].Reply)
	}
}

func TestTooFast(t *testing.T) {
	runner := newRunner(t, embedded(t))
	var answered, notices, silent int
	for n := range 30 {
		result, err := runner.Run(t.Context(), request("worker", fmt.Sprint("m", n), "工会是干什么的"))
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case !result.Limited:
			answered++
		case len(result.Reply) > 0:
			notices++
		default:
			silent++
		}
	}
	if answered < 10 || answered > 12 || notices != 1 || silent == 0 {
		t.Errorf("of 30 messages at once %d were answered, %d got the notice, %d silence; want about 10, 1, the rest", answered, notices, silent)
	}
}

func TestUnsubscribe(t *testing.T) {
	runner := newRunner(t, embedded(t))
	if _, err := runner.Run(t.Context(), request("worker", "1", "法律援助怎么申请")); err != nil {
		t.Fatal(err)
	}
	leave := request("worker", "2", "")
	leave.Leaves = true
	if result, err := runner.Run(t.Context(), leave); err != nil || len(result.Reply) != 0 {
		t.Fatalf("unsubscribing was answered %q, %v, want silence", result.Reply, err)
	}
	after, err := runner.Run(t.Context(), request("worker", "3", "要带什么材料"))
	if err != nil {
		t.Fatal(err)
	}
	if after.Decision.Outcome != dialogue.Clarified {
		t.Errorf("a follow-up after unsubscribing was %s about %s, want a question back: nothing may be remembered", after.Decision.Outcome, after.Decision.Intent)
	}
}

// TestDeadline bounds how long a delivery waits for the first one.
func TestDeadline(t *testing.T) {
	runner := newRunner(t, embedded(t))
	held, release := make(chan struct{}), make(chan struct{})
	slow := request("worker", "m", "你好")
	render := slow.Render
	slow.Render = func(reply dialogue.Reply, decision *dialogue.Decision) []byte {
		close(held)
		<-release
		return render(reply, decision)
	}
	done := make(chan error, 1)
	go func() {
		_, err := runner.Run(t.Context(), slow)
		done <- err
	}()
	<-held
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := runner.Run(ended, request("worker", "m", "你好")); !errors.Is(err, context.Canceled) {
		t.Errorf("a delivery whose time is over got %v, want %v", err, context.Canceled)
	}
	close(release)
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// TestPatience has a first delivery that never ends.
func TestPatience(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var f flights
		f.join("m")
		resend, mine := f.join("m")
		began := time.Now()
		_, err := resend.wait(t.Context())
		if mine || !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != patience {
			t.Errorf("a resend waited %v and got %v, want %v and %v", time.Since(began), err, patience, context.DeadlineExceeded)
		}
	})
}

func BenchmarkTurn(b *testing.B) {
	runner := newRunner(b, embedded(b))
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		n++
		if _, err := runner.Run(b.Context(), request(fmt.Sprint("worker", n), "m", "老板欠我三个月工资不给怎么办")); err != nil {
			b.Fatal(err)
		}
	}
}
