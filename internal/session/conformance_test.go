package session

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestConformance holds every kind of Redis to the same behaviour.
func TestConformance(t *testing.T) {
	eachStore(t, func(f *fixture) {
		for _, behaviour := range slices.Concat(behaviours, recordBehaviours) {
			f.Run(behaviour.name, func(t *testing.T) {
				behaviour.check(&fixture{T: t, store: f.store, clock: f.clock, worker: workerOf(t)})
			})
		}
	})
}

type behaviour struct {
	name  string
	check func(*fixture)
}

var behaviours = []behaviour{
	{"a first message is fresh and without state", func(f *fixture) {
		o := f.begin("1")
		f.want(o, Opening{Status: Fresh})
		f.commit(o, "greeted", "hello")
		f.want(f.begin("2"), Opening{Status: Fresh, State: []byte("greeted")})
	}},
	{"a duplicate of a running message is running", func(f *fixture) {
		f.begin("1")
		f.want(f.begin("1"), Opening{Status: Running})
	}},
	{"a duplicate of a done message gets the same bytes", func(f *fixture) {
		for i, reply := range []string{"hello", "", "\x00\xff\r\n", "done:running:", strings.Repeat("工会", 2000)} {
			id := fmt.Sprint(i)
			f.commit(f.begin(id), "state", reply)
			f.want(f.begin(id), Opening{Status: Done, Reply: []byte(reply)})
		}
	}},
	{"state may be any bytes", func(f *fixture) {
		for i, state := range []string{"\x00", "\x01\x01\xff", strings.Repeat("\xfe", 5000), "f"} {
			f.commit(f.begin(fmt.Sprint(i)), state, "")
			f.want(f.begin(fmt.Sprint(i, "after")), Opening{Status: Fresh, State: []byte(state)})
		}
	}},
	{"an empty state is none", func(f *fixture) {
		f.commit(f.begin("1"), "state", "")
		f.commit(f.begin("2"), "", "")
		f.want(f.begin("3"), Opening{Status: Fresh})
	}},
	{"a claim is taken over after six seconds", func(f *fixture) {
		first := f.begin("1")
		f.outlive(first.keys.message, 6*time.Second)
		second := f.begin("1")
		f.want(second, Opening{Status: Fresh})
		f.refused(first, ErrTaken, Opening{Status: Running})
		f.commit(second, "second", "by second")
		f.refused(first, ErrTaken, Opening{Status: Done, Reply: []byte("by second")})
		f.want(f.begin("2"), Opening{Status: Fresh, State: []byte("second")})
	}},
	{"a claim that ran out untaken still commits", func(f *fixture) {
		o := f.begin("1")
		f.outlive(o.keys.message, 6*time.Second)
		f.commit(o, "late", "but there")
		f.want(f.begin("1"), Opening{Status: Done, Reply: []byte("but there")})
	}},
	{"a commit repeated changes nothing", func(f *fixture) {
		o := f.begin("1")
		f.commit(o, "once", "reply")
		f.refused(o, ErrTaken, Opening{Status: Done, Reply: []byte("reply")})
		f.want(f.begin("2"), Opening{Status: Fresh, State: []byte("once")})
	}},
	{"a conflict gives the fresh state", func(f *fixture) {
		one, two := f.begin("1"), f.begin("2")
		f.commit(one, "one", "")
		again := f.refused(two, ErrConflict, Opening{Status: Fresh, State: []byte("one")})
		f.want(f.begin("2"), Opening{Status: Running})
		f.commit(again, "one two", "reply")
		f.want(f.begin("2"), Opening{Status: Done, Reply: []byte("reply")})
		f.want(f.begin("3"), Opening{Status: Fresh, State: []byte("one two")})
	}},
	{"a conflict is seen when the conversation is gone", func(f *fixture) {
		f.commit(f.begin("1"), "one", "")
		o := f.begin("2")
		f.delete(o.keys.conversation)
		again := f.refused(o, ErrConflict, Opening{Status: Fresh})
		f.commit(again, "two", "")
		f.want(f.begin("3"), Opening{Status: Fresh, State: []byte("two")})
	}},
	{"ten at once, then one every three seconds, with one notice a minute", checkRate},
	{"a limited turn leaves the state alone", func(f *fixture) {
		f.commit(f.begin("first"), "state", "")
		o := f.exhaust()
		f.want(o, Opening{State: []byte("state"), Limited: true, Notice: true})
		f.commit(o, "not this", "slow down")
		f.want(f.begin(lastOfBurst), Opening{Status: Done, Reply: []byte("slow down")})
		f.clock.Add(time.Minute)
		f.want(f.begin("later"), Opening{Status: Fresh, State: []byte("state")})
	}},
	{"a clock set back locks nobody out", func(f *fixture) {
		f.exhaust()
		f.clock.Add(-24 * time.Hour)
		f.want(f.begin("yesterday"), Opening{Status: Fresh})
	}},
	{"a conversation lasts a day, a reply two minutes", func(f *fixture) {
		o := f.begin("1")
		f.commit(o, "state", "reply")
		f.outlive(o.keys.message, 2*time.Minute)
		f.commit(f.begin("1"), "state again", "")
		f.outlive(o.keys.conversation, 24*time.Hour)
		f.want(f.begin("2"), Opening{Status: Fresh})
	}},
	{"purge leaves nothing", func(f *fixture) {
		for i := range 5 {
			f.commit(f.begin(fmt.Sprint(i)), "state", "reply")
		}
		f.begin("running")
		if err := f.store.Purge(f.Context(), f.worker); err != nil {
			f.Fatal(err)
		}
		if left := f.keys(); len(left) != 0 {
			f.Errorf("keys left: %q", left)
		}
		f.want(f.begin("0"), Opening{Status: Fresh})
	}},
	{"purge knows the messages of the last minutes only", func(f *fixture) {
		for i := range 100 {
			f.commit(f.begin(fmt.Sprint(i)), "state", "reply")
			f.clock.Add(3 * time.Second)
		}
		value, err := f.store.client.Get(f.Context(), keysOf(f.worker, "").conversation).Bytes()
		if err != nil || len(value) > 19+61*15+len("state") {
			f.Errorf("conversation of %d bytes, %v", len(value), err)
		}
		f.clock.Add(time.Hour)
		f.begin("later")
		value, err = f.store.client.Get(f.Context(), keysOf(f.worker, "").conversation).Bytes()
		if err != nil || len(value) != 19+15+len("state") {
			f.Errorf("after an hour a conversation of %d bytes, %v", len(value), err)
		}
	}},
	{"an unknown layout is no conversation", checkLayouts},
	{"a wrong type is no conversation and no claim", checkTypes},
	{"an unknown message value is no claim", func(f *fixture) {
		for i, value := range []string{"", "done", "running", "2:something newer", "\x00"} {
			k := keysOf(f.worker, fmt.Sprint(i))
			if err := f.store.client.Set(f.Context(), k.message, value, time.Minute).Err(); err != nil {
				f.Fatal(err)
			}
			if _, err := f.store.Await(f.Context(), f.worker, fmt.Sprint(i)); !errors.Is(err, ErrGone) {
				f.Errorf("Await of %q: %v, want ErrGone", value, err)
			}
			o := f.begin(fmt.Sprint(i))
			f.want(o, Opening{Status: Fresh})
			f.commit(o, "", "reply")
		}
	}},
	{"await gets the reply of another delivery", func(f *fixture) {
		o := f.begin("1")
		reply := make(chan []byte)
		go func() {
			got, err := f.store.Await(f.Context(), f.worker, "1")
			if err != nil {
				f.Error(err)
			}
			reply <- got
		}()
		f.commit(o, "", "reply")
		if got := <-reply; string(got) != "reply" {
			f.Errorf("Await = %q, want the reply", got)
		}
	}},
	{"await ends when the claim is gone", func(f *fixture) {
		o := f.begin("1")
		f.outlive(o.keys.message, 6*time.Second)
		if _, err := f.store.Await(f.Context(), f.worker, "1"); !errors.Is(err, ErrGone) {
			f.Errorf("Await: %v, want ErrGone", err)
		}
	}},
	{"await ends with its context", func(f *fixture) {
		f.begin("1")
		ctx, cancel := context.WithTimeout(f.Context(), 30*time.Millisecond)
		defer cancel()
		_, err := f.store.Await(ctx, f.worker, "1")
		if !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, ErrDegraded) {
			f.Errorf("Await: %v, want the deadline", err)
		}
	}},
	{"scripts that Redis forgot are sent again", func(f *fixture) {
		if err := f.forget(); err != nil {
			f.Fatal(err)
		}
		f.commit(f.begin("1"), "state", "reply")
		f.want(f.begin("2"), Opening{Status: Fresh, State: []byte("state")})
	}},
	{"workers are apart", func(f *fixture) {
		f.commit(f.begin("1"), "state", "reply")
		f.worker.Account = "another"
		f.want(f.begin("1"), Opening{Status: Fresh})
	}},
	{"thirty-two messages at once, each delivered three times, are each worked on once", checkConcurrency},
}

const lastOfBurst = "burst 10"

// exhaust sends messages until the worker is above the rate, and returns the first limited opening.
func (f *fixture) exhaust() Opening {
	f.Helper()
	f.clock.Add(time.Minute)
	for i := range 10 {
		if o := f.begin(fmt.Sprint("burst ", i)); o.Limited {
			f.Fatalf("message %d of a burst is limited", i)
		}
	}
	return f.begin(lastOfBurst)
}

func checkRate(f *fixture) {
	for i := range 10 {
		f.want(f.begin(fmt.Sprint(i)), Opening{Status: Fresh})
		f.want(f.begin(fmt.Sprint(i)), Opening{Status: Running}) // does not count
	}
	steps := []struct {
		after time.Duration
		want  Opening
	}{
		{0, Opening{Limited: true, Notice: true}},
		{0, Opening{Limited: true}},
		{2 * time.Second, Opening{Limited: true}},
		{time.Second, Opening{}},
		{0, Opening{Limited: true}},
		{6 * time.Second, Opening{}},
		{0, Opening{}},
		{0, Opening{Limited: true}},
		{30 * time.Second, Opening{}}, {0, Opening{}}, {0, Opening{}}, {0, Opening{}}, {0, Opening{}},
		{0, Opening{}}, {0, Opening{}}, {0, Opening{}}, {0, Opening{}}, {0, Opening{}},
		{20 * time.Second, Opening{}}, {0, Opening{}}, {0, Opening{}}, {0, Opening{}}, {0, Opening{}}, {0, Opening{}},
		{0, Opening{Limited: true}},
		{0, Opening{Limited: true}},
		{time.Second, Opening{}},
		{0, Opening{Limited: true, Notice: true}},
	}
	for i, step := range steps {
		f.clock.Add(step.after)
		o := f.begin(fmt.Sprint("step ", i))
		if o.Limited != step.want.Limited || o.Notice != step.want.Notice {
			f.Fatalf("step %d: limited %v, notice %v, want %v, %v", i, o.Limited, o.Notice, step.want.Limited, step.want.Notice)
		}
	}
}

func checkLayouts(f *fixture) {
	head := "\x01" + strings.Repeat("v", 8) + strings.Repeat("\x00", 9)
	values := []string{
		"", "\x00", "\x01", "\x02" + strings.Repeat("x", 200), "{}", `{"version":3}`,
		head,          // no count
		head + "\x01", // one message promised, none there
		head + "\xff" + strings.Repeat("m", 15*254), // one too few
		strings.Repeat("\xff", 100),
	}
	for i, value := range values {
		f.clock.Add(3 * time.Second)
		k := keysOf(f.worker, "")
		if err := f.store.client.Set(f.Context(), k.conversation, value, time.Minute).Err(); err != nil {
			f.Fatal(err)
		}
		o := f.begin(fmt.Sprint(i))
		f.want(o, Opening{Status: Fresh})
		f.commit(o, "state", "reply")
		f.want(f.begin(fmt.Sprint(i, "after")), Opening{Status: Fresh, State: []byte("state")})
	}
}

func checkTypes(f *fixture) {
	k := keysOf(f.worker, "1")
	pipe := f.store.client.Pipeline()
	pipe.RPush(f.Context(), k.conversation, "a", "b")
	pipe.SAdd(f.Context(), k.message, "a")
	if _, err := pipe.Exec(f.Context()); err != nil {
		f.Fatal(err)
	}
	if _, err := f.store.Await(f.Context(), f.worker, "1"); !errors.Is(err, ErrGone) {
		f.Errorf("Await: %v, want ErrGone", err)
	}
	o := f.begin("1")
	f.want(o, Opening{Status: Fresh})
	f.delete(k.conversation)
	if err := f.store.client.HSet(f.Context(), k.conversation, "a", "b").Err(); err != nil {
		f.Fatal(err)
	}
	f.commit(o, "state", "reply")
	f.want(f.begin("2"), Opening{Status: Fresh, State: []byte("state")})
}

func checkConcurrency(f *fixture) {
	const messages, deliveries = 32, 3
	replies := make([][deliveries]string, messages)
	var all sync.WaitGroup
	for m := range messages {
		for d := range deliveries {
			all.Go(func() { replies[m][d] = f.deliver(byte('A' + m)) })
		}
	}
	all.Wait()
	f.clock.Add(time.Minute)
	state := f.begin("after").State
	for m := range messages {
		name := byte('A' + m)
		if bytes.Count(state, []byte{name}) != 1 {
			f.Errorf("message %c is not in the state once: %q", name, state)
		}
		for d, reply := range replies[m] {
			if reply != replies[m][0] || reply == "" {
				f.Errorf("message %c, delivery %d: reply %q, another %q", name, d, reply, replies[m][0])
			}
		}
	}
}

// deliver works on a message as the webhook does: the turn appends the message to the state.
func (f *fixture) deliver(message byte) string {
	ctx, cancel := context.WithTimeout(f.Context(), 20*time.Second)
	defer cancel()
	o, err := f.store.Begin(ctx, f.worker, string(message), NoWindow)
	for err == nil && o.Status == Fresh {
		o.Limited = false // the rate is tested elsewhere
		state := append(bytes.Clone(o.State), message)
		reply := fmt.Sprintf("%c after %q", message, o.State)
		if o, err = f.store.Commit(ctx, o, Outcome{State: state, Reply: []byte(reply)}); err == nil {
			return reply
		}
		if errors.Is(err, ErrConflict) || errors.Is(err, ErrTaken) {
			err = nil
		}
	}
	reply := o.Reply
	if err == nil && o.Status == Running {
		reply, err = f.store.Await(ctx, f.worker, string(message))
	}
	if errors.Is(err, ErrGone) {
		return f.deliver(message)
	}
	if err != nil {
		f.Errorf("deliver %c: %v", message, err)
	}
	return string(reply)
}
