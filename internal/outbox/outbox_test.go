package outbox_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"zhugong/internal/outbox"
	"zhugong/internal/session"
	"zhugong/internal/wechat"
)

const customPath = "/cgi-bin/message/custom/send"

// TestHandedOutOnce has two processes send the same messages, with WeChat failing now and then: every worker gets every
// message once.
func TestHandedOutOnce(t *testing.T) {
	everyStore(t, func(f *fixture) {
		const workers, each = 30, 3
		other := f.replica()
		f.platform.Fail(customPath, 45011, workers*each)
		for w := range workers {
			f.hears(worker(w), "text")
			for i := range each {
				if got := f.post(worker(w), fmt.Sprintf("第%d句", i)); got != outbox.Queued {
					f.Fatalf("posted: %s", got)
				}
			}
		}
		f.platform.Fail(customPath, -1, 7)
		f.platform.Fail(customPath, 45009, 5)
		for range 8 {
			f.clock.Add(time.Hour)
			var wait sync.WaitGroup
			for _, process := range []*outbox.Outbox{f.Outbox, other, f.Outbox, other} {
				wait.Go(func() {
					if err := process.Dispatch(f.Context()); err != nil {
						f.Error(err)
					}
				})
			}
			wait.Wait()
		}
		f.clock.Add(20 * time.Hour)
		f.dispatch()
		for w := range workers {
			got := f.texts(worker(w))
			slices.Sort(got)
			if strings.Join(got, " ") != "第0句 第1句 第2句" {
				f.Errorf("worker %d got %v", w, got)
			}
		}
		if left := f.list(); len(left) != 0 {
			f.Errorf("%d are left: %+v", len(left), left[0])
		}
		if backlog, err := f.Backlog(f.Context(), account); err != nil || backlog.Messages != 0 {
			f.Errorf("the index names %+v, %v", backlog, err)
		}
	})
}

// TestSenderDies takes over the message of a process that ended while it was sending.
func TestSenderDies(t *testing.T) {
	f := newFixture(t, embedded, nil)
	f.hears(worker(1), "text")
	f.platform.Fail(customPath, 45011, 1)
	f.post(worker(1), "答复")
	f.clock.Add(2 * time.Minute)
	dead := f.replica()
	dead.Senders[account] = dying{}
	if err := dead.Dispatch(t.Context()); err != nil {
		t.Fatal(err)
	}
	f.dispatch()
	if got := f.texts(worker(1)); len(got) != 0 {
		f.Fatalf("sent while it is another sender's: %v", got)
	}
	f.clock.Add(time.Minute)
	f.dispatch()
	if got := f.texts(worker(1)); len(got) != 1 {
		f.Errorf("the phone shows %v", got)
	}
}

// TestPrepared keeps a message in one step with a turn. Whether or not the process that did so lives to deliver it, it goes
// out once.
func TestPrepared(t *testing.T) {
	eachStore(t, func(f *fixture) {
		for i, delivered := range []bool{true, false} {
			w := worker(i)
			f.hears(w, "text")
			p, err := f.Prepare(f.Context(), message(w, "答复"))
			if err != nil {
				f.Fatal(err)
			}
			o, err := f.store.Begin(f.Context(), w, "turn", session.Written)
			if err != nil {
				f.Fatal(err)
			}
			if _, err := f.store.Commit(f.Context(), o, session.Outcome{Records: []session.Record{p.Record()}}); err != nil {
				f.Fatal(err)
			}
			f.dispatch()
			if got := f.texts(w); len(got) != 0 {
				f.Errorf("sent while it is the caller's: %v", got)
			}
			if delivered {
				if outcome := f.Deliver(f.Context(), p); outcome.State != outbox.Sent {
					f.Errorf("delivered: %+v", outcome)
				}
			}
			f.clock.Add(time.Minute)
			f.dispatch()
			if got := f.texts(w); len(got) != 1 || len(f.list()) != 0 {
				f.Errorf("delivered %t: the phone shows %v, kept are %v", delivered, got, f.list())
			}
		}
	})
}

// TestAskedFor is what staff see and do: retry what failed when its cause is mended, drop what is of no use.
func TestAskedFor(t *testing.T) {
	eachStore(t, func(f *fixture) {
		f.hears(worker(1), "text")
		f.platform.Fail(customPath, 48001, 2)
		f.post(worker(1), "一")
		f.post(worker(1), "二")
		items := f.list()
		if len(items) != 2 || items[0].State != outbox.Failed || !strings.Contains(items[0].Reason, "没有这个接口的权限") || items[0].Ticket == "" {
			f.Fatalf("staff see %+v", items)
		}
		if err := errors.Join(f.Retry(f.Context(), items[0].ID), f.Drop(f.Context(), items[1].ID)); err != nil {
			f.Fatal(err)
		}
		f.dispatch()
		if got := f.texts(worker(1)); len(got) != 1 {
			f.Errorf("the phone shows %v", got)
		}
		if err := f.Retry(f.Context(), items[1].ID); !errors.Is(err, outbox.ErrNoMessage) {
			f.Errorf("a message that is gone: %v", err)
		}
	})
}

// TestWaits keeps what may not be sent until the worker writes again, and counts as WeChat does.
func TestWaits(t *testing.T) {
	eachStore(t, func(f *fixture) {
		w := worker(1)
		f.hears(w, "text")
		for i := range 7 {
			want := outbox.Sent
			if i >= 5 {
				want = outbox.Waiting
			}
			if got := f.post(w, fmt.Sprint(i)); got != want {
				f.Errorf("message %d: %s, want %s", i, got, want)
			}
		}
		if calls := f.platform.Calls(customPath); calls != 5 {
			f.Errorf("WeChat was asked %d times", calls)
		}
		f.clock.Add(72 * time.Hour)
		f.dispatch()
		if got := f.texts(w); len(got) != 5 {
			f.Errorf("after three days the phone shows %v", got)
		}
		if got := f.post(w, "too late"); got != outbox.Waiting {
			f.Errorf("after three days: %s", got)
		}
		f.hears(w, "text")
		if err := f.Heard(f.Context(), w); err != nil {
			f.Fatal(err)
		}
		f.clock.Add(time.Second)
		f.dispatch()
		if got := f.texts(w); strings.Join(got, " ") != "0 1 2 3 4 5 6 too late" || len(f.list()) != 0 {
			f.Errorf("when he writes again the phone shows %v, kept are %+v", got, f.list())
		}
	})
}

// TestWaitsBetweenWrites has another process look at the index after each write that makes a message due: it still finds the
// message waiting, and takes it out of the index, but not for good.
func TestWaitsBetweenWrites(t *testing.T) {
	f := newFixture(t, embedded, nil)
	w := worker(1)
	f.hears(w, "text")
	f.clock.Add(72 * time.Hour)
	if got := f.post(w, "答复"); got != outbox.Waiting {
		t.Fatalf("after three days: %s", got)
	}
	f.hears(w, "text")
	other := f.replica()
	f.store.Client().AddHook(&afterEach{command: "zadd", do: func() {
		if err := other.Dispatch(t.Context()); err != nil {
			t.Error(err)
		}
	}})
	if err := f.Heard(t.Context(), w); err != nil {
		t.Fatal(err)
	}
	f.clock.Add(time.Second)
	f.dispatch()
	if got := f.texts(w); strings.Join(got, " ") != "答复" {
		t.Errorf("the phone shows %v, kept are %+v", got, f.list())
	}
}

// TestRun sends what has waited as soon as the worker is heard of, and ends when it is told to.
func TestRun(t *testing.T) {
	f := newFixture(t, embedded, nil)
	sent := make(chan outbox.State, 9)
	f.Count = func(state outbox.State) { sent <- state }
	w := worker(1)
	f.hears(w, "text")
	f.platform.Fail(customPath, 45015, 1)
	f.post(w, "答复")
	if state := <-sent; state != outbox.Waiting {
		t.Fatalf("counted %s", state)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		f.Outbox.Run(ctx)
		close(ended)
	}()
	f.hears(w, "text")
	if err := f.Heard(t.Context(), w); err != nil {
		t.Fatal(err)
	}
	if state := <-sent; state != outbox.Sent || len(f.texts(w)) != 1 {
		t.Errorf("counted %s, the phone shows %v", state, f.texts(w))
	}
	stop()
	<-ended
}

// TestDeletion takes a message with everything else that is kept of a worker, whatever became of it, and leaves nothing
// behind that says who he is.
func TestDeletion(t *testing.T) {
	eachStore(t, func(f *fixture) {
		codes := []int{45011, 45015, 48001}
		for i, code := range codes {
			f.hears(worker(i), "text")
			f.platform.Fail(customPath, code, 1)
			f.post(worker(i), "secret words")
			if err := f.store.Purge(f.Context(), worker(i)); err != nil {
				f.Fatal(err)
			}
		}
		keys, err := f.store.Client().Keys(f.Context(), "*").Result()
		if err != nil {
			f.Fatal(err)
		}
		for _, key := range keys {
			dump, err := f.store.Client().Dump(f.Context(), key).Result()
			if err == nil && (strings.Contains(key+dump, "oWorker") || strings.Contains(dump, "secret words")) {
				f.Errorf("%s holds %q", key, dump)
			}
		}
		f.clock.Add(time.Hour)
		f.dispatch()
		for i := range codes {
			if got := f.texts(worker(i)); len(got) != 0 {
				f.Errorf("sent after the deletion: %v", got)
			}
		}
		if backlog, err := f.Backlog(f.Context(), account); err != nil || backlog.Messages != 0 {
			f.Errorf("the index names %+v, %v", backlog, err)
		}
		if strings.Contains(f.log.String(), "oWorker") || strings.Contains(f.log.String(), secret) {
			f.Errorf("the log tells: %s", f.log)
		}
	})
}

// TestIndexLost makes the index anew from what is kept.
func TestIndexLost(t *testing.T) {
	everyStore(t, func(f *fixture) {
		for i := range 3 {
			f.hears(worker(i), "text")
			f.platform.Fail(customPath, 45011, 1)
			f.post(worker(i), "答复")
		}
		if err := f.store.Client().Del(f.Context(), "zg:{out:"+account+"}:d").Err(); err != nil {
			f.Fatal(err)
		}
		f.clock.Add(time.Hour)
		f.dispatch()
		if got := f.texts(worker(0)); len(got) != 0 {
			f.Fatalf("sent without an index: %v", got)
		}
		for range 2 { // twice is no harm
			if n, err := f.Rebuild(f.Context()); n != 3 || err != nil {
				f.Fatalf("%d named, %v", n, err)
			}
		}
		f.dispatch()
		for i := range 3 {
			if got := f.texts(worker(i)); len(got) != 1 {
				f.Errorf("worker %d got %v", i, got)
			}
		}
	})
}

// TestNotices sends a notice in the place of a message that waits, as often as the worker has asked for.
func TestNotices(t *testing.T) {
	eachStore(t, func(f *fixture) {
		w := worker(1)
		f.hears(w, "text")
		f.clock.Add(72 * time.Hour) // nothing but notices reaches him
		notice := func(kind wechat.NoticeKind, id string) wechat.Notice {
			return wechat.Notice{Kind: kind, TemplateID: template, ID: id, Fields: map[string]string{
				"character_string1": "483-715-926", "thing2": "要回拖欠的工钱，外加加班费和没有休的年假一共好几项"}}
		}
		for i, step := range []struct {
			asks    string // accept, reject, or "" for nothing
			kind    wechat.NoticeKind
			fails   int
			alone   bool // of use only now
			noticed bool
		}{
			{"", wechat.SubscriptionNotice, 0, false, false},
			{"accept", wechat.SubscriptionNotice, 0, true, false}, // the last one is for an answer
			{"", wechat.SubscriptionNotice, 0, false, true},
			{"", wechat.SubscriptionNotice, 0, false, false},
			{"accept", wechat.SubscriptionNotice, -1, false, true}, // busy once: the call is made again
			{"accept", wechat.SubscriptionNotice, 45009, false, false},
			{"", wechat.SubscriptionNotice, 0, false, true}, // for the one before was not used up
			{"accept", wechat.SubscriptionNotice, 43101, false, false},
			{"", wechat.SubscriptionNotice, 0, false, false},
			{"accept", "", 0, false, false},
			{"accept", wechat.SubscriptionNotice, 0, true, true},
			{"reject", wechat.SubscriptionNotice, 0, false, false},
			{"", wechat.TemplateNotice, 0, false, true},
			{"", wechat.TemplateNotice, 0, true, true},
		} {
			if step.asks != "" {
				if err := f.Consent(f.Context(), w, []wechat.Subscription{{TemplateID: template, Status: step.asks}}); err != nil {
					f.Fatal(err)
				}
			}
			if step.asks == "accept" {
				f.platform.Subscribed(w.OpenID, template, 1)
			}
			if step.fails != 0 {
				f.platform.Fail("/cgi-bin/message/subscribe/bizsend", step.fails, 1)
			}
			before, noticed := len(f.notices(w)), false
			switch m := message(w, fmt.Sprint("答复", i)); {
			case step.kind == "":
				continue
			case step.alone:
				noticed, _ = f.Notify(f.Context(), w, notice(step.kind, fmt.Sprint(i)))
			default:
				n := notice(step.kind, fmt.Sprint(i))
				m.Notice = &n
				outcome, _ := f.Post(f.Context(), m)
				noticed = outcome.Noticed
				if outcome.State != outbox.Waiting {
					f.Errorf("step %d: %s", i, outcome.State)
				}
			}
			if noticed != step.noticed || len(f.notices(w))-before != map[bool]int{true: 1}[step.noticed] {
				f.Errorf("step %d: noticed %t, %d arrived", i, noticed, len(f.notices(w))-before)
			}
		}
		if got := f.notices(w)[0]; got != "483-715-926 要回拖欠的工钱，外加加班费和没有休的年…" {
			f.Errorf("the notice says %s", got)
		}
		if texts := f.texts(w); len(texts) != 0 {
			f.Errorf("the phone shows %v", texts)
		}
	})
}

// notices are what reached a phone as notices.
func (f *fixture) notices(w session.Worker) (lines []string) {
	for _, a := range f.platform.Arrivals(w.OpenID, 0) {
		if a.Kind == "notice" {
			lines = append(lines, a.Lines[0].Value+" "+a.Lines[1].Value)
		}
	}
	return lines
}

// TestNothingToKeepWith sends what can be sent at once where there are no keys or Redis is away, and says when it cannot.
func TestNothingToKeepWith(t *testing.T) {
	f := newFixture(t, embedded, nil)
	f.hears(worker(1), "text")
	f.Keys = nil
	if got := f.post(worker(1), "一"); got != outbox.Sent {
		t.Errorf("without keys: %s", got)
	}
	f.platform.Fail(customPath, 45011, 1)
	if got := f.post(worker(1), "二"); got != outbox.Failed {
		t.Errorf("without keys, and WeChat does not take it: %s", got)
	}
	f.Keys = f.keys
	if err := f.store.Close(); err != nil {
		t.Fatal(err)
	}
	if got := f.post(worker(1), "三"); got != outbox.Sent {
		t.Errorf("without Redis: %s", got)
	}
	if _, err := f.Post(t.Context(), outbox.Message{Worker: session.Worker{Account: "other", OpenID: "o"}}); !errors.Is(err, outbox.ErrNoSender) {
		t.Errorf("an account that cannot send: %v", err)
	}
}

// TestNoUse drops what is of no use any more.
func TestNoUse(t *testing.T) {
	f := newFixture(t, embedded, nil)
	f.hears(worker(1), "text")
	f.platform.Fail(customPath, 45011, 1)
	m := message(worker(1), "转人工了")
	m.Until = f.clock.Now().Add(10 * time.Minute)
	_, _ = f.Post(t.Context(), m)
	f.clock.Add(11 * time.Minute)
	f.dispatch()
	if texts, kept := f.texts(worker(1)), f.list(); len(texts)+len(kept) != 0 {
		t.Errorf("the phone shows %v, kept are %v", texts, kept)
	}
}
