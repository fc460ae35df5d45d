package session

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"zhugong/internal/testenv"
)

// conversations are values as versions of this package have left them in Redis. A new layout gets a new number and a
// new line; none is taken away while workers may have it.
var conversations = []struct{ name, value, state string }{
	{"layout 1", "\x01" + "version." + "\x6a\x00\x00\x00\x03" + "\x00\x00\x00\x00" + "\x01" + "digest-of-1" + "\x6a\x00\x00\x00" + "state", "state"},
	{"layout 1 without messages", "\x01" + "version." + strings.Repeat("\x00", 9) + "\x00" + "state", "state"},
	{"layout 1 without state", "\x01" + "--------" + "\x6a\x00\x00\x00\x03" + "\x6a\x00\x00\x00" + "\x00", ""},
}

func TestLayouts(t *testing.T) {
	store, err := Embedded(nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	for _, c := range conversations {
		t.Run(c.name, func(t *testing.T) {
			f := &fixture{T: t, store: store, worker: workerOf(t)}
			if err := store.client.Set(t.Context(), keysOf(f.worker, "").conversation, c.value, time.Hour).Err(); err != nil {
				t.Fatal(err)
			}
			if got := f.begin("1").State; string(got) != c.state {
				t.Errorf("state %q, want %q", got, c.state)
			}
		})
	}
}

// TestLayoutWritten holds the bytes that this version leaves.
func TestLayoutWritten(t *testing.T) {
	clock := testenv.NewClock(time.Unix(0x6a010203, 0))
	store, err := Embedded(clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	f := &fixture{T: t, store: store, clock: clock, worker: Worker{"guiyang", "openid"}}
	o := f.begin("24012345678901234")
	f.commit(o, "state", "reply")
	wants := map[string]string{
		"zg:{guiyang:openid}:c": "\x01" + o.token + "\x6a\x01\x02\x03\x03" + "\x00\x00\x00\x00" + "\x01" +
			"jxHWv1MWte4" + "\x6a\x01\x02\x03" + "state",
		"zg:{guiyang:openid}:m:jxHWv1MWte4": "done:reply",
	}
	for key, want := range wants {
		if got, err := store.client.Get(t.Context(), key).Result(); err != nil || got != want {
			t.Errorf("%s = %q, %v, want %q", key, got, err, want)
		}
	}
}

// FuzzStored puts any bytes where a conversation and a message stand: no error, and what does not read as ours is none.
func FuzzStored(f *testing.F) {
	for _, c := range conversations {
		f.Add([]byte(c.value), []byte("other"))
	}
	f.Add([]byte("\x02something newer"), []byte("done:reply"))
	f.Add([]byte("\x01short"), []byte("running:token"))
	f.Add([]byte("\x01version.\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01digest-of-1\xff\xff\xff\xffstate"), []byte("done:"))
	store, err := Embedded(nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = store.Close() })
	var worker int
	f.Fuzz(func(t *testing.T, conversation, message []byte) {
		worker++
		x := &fixture{T: t, store: store, worker: Worker{"guiyang", fmt.Sprint("fuzz", worker)}}
		k := keysOf(x.worker, "1")
		for key, value := range map[string][]byte{k.conversation: conversation, k.message: message} {
			if err := store.client.Set(t.Context(), key, value, time.Hour).Err(); err != nil {
				t.Fatal(err)
			}
		}
		checkMessage(x, message)
		if err := store.client.Del(t.Context(), k.message).Err(); err != nil {
			t.Fatal(err)
		}
		o := x.begin("1")
		if want := stateIn(conversation); o.Status != Fresh || !bytes.Equal(o.State, want) {
			t.Fatalf("begin: status %d, state %q, want %q", o.Status, o.State, want)
		}
		x.commit(o, "next state", "reply")
		if o.Limited {
			return // a limited turn leaves the state alone
		}
		if got := x.begin("2").State; string(got) != "next state" {
			t.Fatalf("state after commit: %q", got)
		}
		if err := store.Purge(t.Context(), x.worker); err != nil {
			t.Fatal(err)
		}
	})
}

// checkMessage begins a message of which a value is stored already.
func checkMessage(x *fixture, value []byte) {
	x.Helper()
	o := x.begin("1")
	reply, done := bytes.CutPrefix(value, []byte("done:"))
	want := Fresh
	switch {
	case done:
		want = Done
	case bytes.HasPrefix(value, []byte("running:")):
		want = Running
	}
	if o.Status != want || done && !bytes.Equal(o.Reply, reply) {
		x.Fatalf("begin of a message %q: status %d, reply %q", value, o.Status, o.Reply)
	}
}

// stateIn reads a conversation as read.lua does.
func stateIn(value []byte) []byte {
	if len(value) < 19 || value[0] != 1 || len(value) < 19+15*int(value[18]) {
		return nil
	}
	return value[19+15*int(value[18]):]
}
