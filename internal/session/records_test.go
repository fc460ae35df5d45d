package session

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// recordBehaviours belong to TestConformance as well.
var recordBehaviours = []behaviour{
	{"records come back with the next message", func(f *fixture) {
		records := recordsOf("1", "one", "2", "two", "a:b", strings.Repeat("工会\x00:\r\n", 500))
		f.save(f.begin("1"), Outcome{State: []byte("7:state"), Reply: []byte("reply"), Records: records})
		f.want(f.begin("1"), Opening{Status: Done, Reply: []byte("reply")})
		f.want(f.begin("2"), Opening{Status: Fresh, State: []byte("7:state"), Records: records})
		f.save(f.begin("3"), Outcome{Records: recordsOf("2", "changed", "3", "three")})
		f.want(f.begin("4"), Opening{Status: Fresh, Records: recordsOf("1", "one", "2", "changed", "3", "three", "a:b", string(records[2].Value))})
	}},
	{"a record without a value is deleted", func(f *fixture) {
		f.save(f.begin("1"), Outcome{Records: recordsOf("1", "one", "2", "two")})
		f.save(f.begin("2"), Outcome{Records: recordsOf("1", "")})
		f.want(f.begin("3"), Opening{Status: Fresh, Records: recordsOf("2", "two")})
		f.save(f.begin("4"), Outcome{Records: recordsOf("2", "", "never there", "")})
		f.want(f.begin("5"), Opening{Status: Fresh})
		f.absent(keysOf(f.worker, "").records)
	}},
	{"records outlive the conversation", func(f *fixture) {
		o := f.begin("1")
		f.save(o, Outcome{State: []byte("state"), Records: recordsOf("1", "one")})
		f.outlive(o.keys.conversation, 24*time.Hour)
		f.want(f.begin("2"), Opening{Status: Fresh, Records: recordsOf("1", "one")})
	}},
	{"records live 180 days from the last that was written", func(f *fixture) {
		o := f.begin("1")
		f.save(o, Outcome{Records: recordsOf("1", "one")})
		f.lives(o.keys.records, defaultKeepRecords)
		f.shorten(o.keys.records)
		f.commit(f.begin("2"), "state", "writes none")
		f.lives(o.keys.records, time.Hour)
		f.save(f.begin("3"), Outcome{Records: recordsOf("2", "two")})
		f.outlive(o.keys.records, defaultKeepRecords)
		f.want(f.begin("4"), Opening{Status: Fresh})
	}},
	{"a repeated commit writes no record twice", func(f *fixture) {
		o := f.begin("1")
		f.save(o, Outcome{Reply: []byte("reply"), Records: recordsOf("1", "one")})
		_, err := f.store.Commit(f.Context(), o, Outcome{Records: recordsOf("2", "two")})
		if !errors.Is(err, ErrTaken) {
			f.Errorf("Commit: %v, want ErrTaken", err)
		}
		f.want(f.begin("1"), Opening{Status: Done, Reply: []byte("reply")})
		f.want(f.begin("2"), Opening{Status: Fresh, Records: recordsOf("1", "one")})
	}},
	{"a claim taken over writes no record", func(f *fixture) {
		first := f.begin("1")
		f.outlive(first.keys.message, 6*time.Second)
		second := f.begin("1")
		_, err := f.store.Commit(f.Context(), first, Outcome{Records: recordsOf("1", "first"), Erase: true})
		if !errors.Is(err, ErrTaken) {
			f.Errorf("Commit: %v, want ErrTaken", err)
		}
		f.save(second, Outcome{Records: recordsOf("2", "second")})
		f.want(f.begin("2"), Opening{Status: Fresh, Records: recordsOf("2", "second")})
	}},
	{"a conflict writes no record, and brings those of the other turn", func(f *fixture) {
		one, two := f.begin("1"), f.begin("2")
		f.save(one, Outcome{State: []byte("one"), Records: recordsOf("1", "one")})
		again := f.conflict(two, Outcome{State: []byte("two"), Records: recordsOf("2", "two")},
			Opening{Status: Fresh, State: []byte("one"), Records: recordsOf("1", "one")})
		f.save(again, Outcome{State: []byte("one two"), Records: recordsOf("2", "two")})
		f.want(f.begin("3"), Opening{Status: Fresh, State: []byte("one two"), Records: recordsOf("1", "one", "2", "two")})
	}},
	{"a record that somebody else changed is a conflict", func(f *fixture) {
		changes := []struct{ name, before, after string }{
			{"written", "", "by another"}, {"changed", "by another", "again"}, {"deleted", "again", ""},
		}
		for _, change := range changes {
			o := f.begin(change.name)
			f.replace("1", change.before, change.after, true)
			want := Opening{Status: Fresh, State: o.State}
			if change.after != "" {
				want.Records = recordsOf("1", change.after)
			}
			again := f.conflict(o, Outcome{State: []byte("not saved"), Records: recordsOf("1", "mine", "2", "mine")}, want)
			f.commit(again, "state", "reply")
		}
		f.want(f.begin("after"), Opening{Status: Fresh, State: []byte("state")})
	}},
	{"a record changed that the turn does not write is none", func(f *fixture) {
		f.save(f.begin("1"), Outcome{Records: recordsOf("1", "one")})
		o := f.begin("2")
		f.replace("1", "one", "by another", true)
		f.save(o, Outcome{Records: recordsOf("2", "two")})
		f.want(f.begin("3"), Opening{Status: Fresh, Records: recordsOf("1", "by another", "2", "two")})
	}},
	{"a record is replaced only as it is", func(f *fixture) {
		f.replace("1", "something", "two", false)
		f.replace("1", "", "one", true)
		f.replace("1", "", "two", false)
		f.replace("1", "one", "two", true)
		f.replace("1", "two", "", true)
		f.absent(keysOf(f.worker, "").records)
	}},
	{"replacing leaves the life of the records", func(f *fixture) {
		o := f.begin("1")
		f.save(o, Outcome{Records: recordsOf("1", "one")})
		f.shorten(o.keys.records)
		f.replace("1", "one", "two", true)
		f.lives(o.keys.records, time.Hour)
	}},
	{"a limited turn writes and erases nothing", func(f *fixture) {
		f.save(f.begin("first"), Outcome{State: []byte("state"), Records: recordsOf("1", "one")})
		o := f.exhaust()
		f.want(o, Opening{State: []byte("state"), Records: recordsOf("1", "one"), Limited: true, Notice: true})
		if done := f.save(o, Outcome{Records: recordsOf("2", "two"), Erase: true}); done.Kept {
			f.Error("a limited turn kept something")
		}
		f.clock.Add(time.Minute)
		f.want(f.begin("later"), Opening{Status: Fresh, State: []byte("state"), Records: recordsOf("1", "one")})
	}},
	{"erasing leaves the reply alone", func(f *fixture) {
		for i := range 5 {
			f.save(f.begin(fmt.Sprint(i)), Outcome{State: []byte("state"), Reply: []byte("reply"), Records: recordsOf(fmt.Sprint(i), "one")})
		}
		f.begin("running")
		o := f.begin("erase")
		f.save(o, Outcome{Reply: []byte("erased"), Erase: true})
		if diff := cmp.Diff([]string{o.keys.message}, f.keys()); diff != "" {
			f.Errorf("keys left (-want +got):\n%s", diff)
		}
		f.want(f.begin("erase"), Opening{Status: Done, Reply: []byte("erased")})
		f.want(f.begin("0"), Opening{Status: Fresh})
	}},
	{"erasing keeps what it brings", func(f *fixture) {
		f.save(f.begin("1"), Outcome{State: []byte("state"), Reply: []byte("reply"), Records: recordsOf("1", "one", "2", "two")})
		o := f.begin("erase")
		f.save(o, Outcome{State: []byte("new"), Reply: []byte("erased"), Records: recordsOf("2", "new"), Erase: true})
		f.lives(o.keys.records, defaultKeepRecords)
		f.want(f.begin("erase"), Opening{Status: Done, Reply: []byte("erased")})
		f.want(f.begin("1"), Opening{Status: Fresh, State: []byte("new"), Records: recordsOf("2", "new")})
		if err := f.store.Purge(f.Context(), f.worker); err != nil {
			f.Fatal(err)
		}
		if left := f.keys(); len(left) != 0 {
			f.Errorf("keys left: %q", left)
		}
	}},
	{"what was begun before erasing is in conflict", func(f *fixture) {
		f.save(f.begin("1"), Outcome{State: []byte("state"), Records: recordsOf("1", "one")})
		before, erase := f.begin("before"), f.begin("erase")
		f.save(erase, Outcome{Erase: true})
		again := f.conflict(before, Outcome{State: []byte("old state"), Records: recordsOf("2", "two")}, Opening{Status: Fresh})
		f.commit(again, "", "")
	}},
	{"erasing in conflict erases nothing", func(f *fixture) {
		f.save(f.begin("1"), Outcome{State: []byte("state"), Reply: []byte("reply"), Records: recordsOf("1", "one")})
		erase, other := f.begin("erase"), f.begin("other")
		f.commit(other, "other", "")
		f.conflict(erase, Outcome{Erase: true}, Opening{Status: Fresh, State: []byte("other"), Records: recordsOf("1", "one")})
		f.want(f.begin("1"), Opening{Status: Done, Reply: []byte("reply")})
	}},
	{"purge deletes the records", func(f *fixture) {
		o := f.begin("1")
		f.save(o, Outcome{Records: recordsOf("1", "one")})
		f.outlive(o.keys.conversation, 24*time.Hour)
		if err := f.store.Purge(f.Context(), f.worker); err != nil {
			f.Fatal(err)
		}
		f.absent(o.keys.records)
	}},
	{"records of a wrong type are none", func(f *fixture) {
		k := keysOf(f.worker, "")
		if err := f.store.client.Set(f.Context(), k.records, "a string", time.Hour).Err(); err != nil {
			f.Fatal(err)
		}
		o := f.begin("1")
		f.want(o, Opening{Status: Fresh})
		f.save(o, Outcome{Records: recordsOf("1", "one")})
		f.want(f.begin("2"), Opening{Status: Fresh, Records: recordsOf("1", "one")})
	}},
	{"a reply is amended while it is there", func(f *fixture) {
		o := f.begin("1")
		done := f.save(o, Outcome{State: []byte("state"), Reply: []byte("reply")})
		f.amend(done, "amended", nil)
		f.lives(o.keys.message, 2*time.Minute)
		f.want(f.begin("1"), Opening{Status: Done, Reply: []byte("amended")})
		f.amend(done, "amended twice", ErrGone)
		f.want(f.begin("2"), Opening{Status: Fresh, State: []byte("state")})
		f.outlive(o.keys.message, 2*time.Minute)
		f.amend(done, "late", ErrGone)
		f.begin("1")
		f.amend(done, "of another claim", ErrGone)
		f.want(f.begin("1"), Opening{Status: Running})
	}},
	{"each record of all workers is visited", func(f *fixture) {
		want := map[string]string{}
		for i := range 250 {
			w := Worker{Account: "every", OpenID: fmt.Sprint(f.worker.OpenID, i)}
			if _, err := f.store.ReplaceRecord(f.Context(), w, "1", nil, fmt.Append(nil, i)); err != nil {
				f.Fatal(err)
			}
			want[w.OpenID] = fmt.Sprint(i)
		}
		f.replace("2", "", "other", true)
		if got := f.each("1"); !maps.Equal(got, want) {
			f.Errorf("of field 1: %d records, want %d", len(got), len(want))
		}
		want[f.worker.OpenID] = "other"
		if got := f.each(""); !maps.Equal(got, want) {
			f.Errorf("in all: %d records, want %d", len(got), len(want))
		}
	}},
}

// recordsOf makes records of fields and values, in the order of the fields.
func recordsOf(pairs ...string) []Record {
	var records []Record
	for pair := range slices.Chunk(pairs, 2) {
		records = append(records, Record{Field: pair[0], Value: []byte(pair[1])})
	}
	return records
}

func (f *fixture) conflict(o Opening, outcome Outcome, want Opening) Opening {
	f.Helper()
	again, err := f.store.Commit(f.Context(), o, outcome)
	if !errors.Is(err, ErrConflict) {
		f.Fatalf("Commit: %v, want ErrConflict", err)
	}
	f.want(again, want)
	return again
}

func (f *fixture) amend(o Opening, reply string, want error) {
	f.Helper()
	if err := f.store.Amend(f.Context(), o, []byte(reply)); !errors.Is(err, want) {
		f.Errorf("Amend: %v, want %v", err, want)
	}
}

func (f *fixture) replace(field, before, after string, want bool) {
	f.Helper()
	replaced, err := f.store.ReplaceRecord(f.Context(), f.worker, field, []byte(before), []byte(after))
	if err != nil || replaced != want {
		f.Fatalf("ReplaceRecord(%s, %q, %q) = %v, %v, want %v", field, before, after, replaced, err, want)
	}
}

// each returns the values of this test's workers by openid.
func (f *fixture) each(field string) map[string]string {
	f.Helper()
	found := map[string]string{}
	err := f.store.EachRecord(f.Context(), field, func(w Worker, r Record) {
		if strings.Contains(w.OpenID, f.worker.OpenID) {
			found[w.OpenID] = string(r.Value)
		}
	})
	if err != nil {
		f.Fatal(err)
	}
	return found
}

func (f *fixture) lives(key string, want time.Duration) {
	f.Helper()
	left, err := f.store.client.PTTL(f.Context(), key).Result()
	if err != nil || left > want || left < want-5*time.Second {
		f.Fatalf("key lives %v, %v, want %v", left, err, want)
	}
}

func (f *fixture) shorten(key string) {
	f.Helper()
	if err := f.store.client.PExpire(f.Context(), key, time.Hour).Err(); err != nil {
		f.Fatal(err)
	}
}

func (f *fixture) absent(key string) {
	f.Helper()
	if n, err := f.store.client.Exists(f.Context(), key).Result(); err != nil || n != 0 {
		f.Errorf("%d of the key there, %v", n, err)
	}
}

// TestUncommitted has Commit and Amend refuse what is no turn of theirs.
func TestUncommitted(t *testing.T) {
	store, err := Embedded(nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	f := &fixture{T: t, store: store, worker: workerOf(t)}
	o := f.begin("1")
	for _, err := range []error{
		store.Amend(context.Background(), o, nil),
		store.Amend(context.Background(), Opening{Status: Done}, nil),
	} {
		if err == nil || errors.Is(err, ErrGone) {
			t.Errorf("Amend: %v", err)
		}
	}
	for _, status := range []Status{Running, Done} {
		if _, err := store.Commit(context.Background(), Opening{Status: status, token: o.token}, Outcome{}); err == nil {
			t.Errorf("a turn of status %d was committed", status)
		}
	}
}

// FuzzReply reads any bytes as what a script replied.
func FuzzReply(f *testing.F) {
	for _, seed := range []string{"", "d", "dreply", "r", "f", "fversion.", "fversion.state", "Fversion.0:1:a1:b", "Cversion.5:state1:a", "N", "Lversion.-1:", "Fversion.1:"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, reply []byte) {
		var o Opening
		if err := o.read(reply); err != nil {
			if !errors.Is(err, ErrDegraded) {
				t.Errorf("read(%q): %v", reply, err)
			}
			return
		}
		size := len(o.State) + len(o.Reply)
		for _, r := range o.Records {
			size += len(r.Field) + len(r.Value)
		}
		if size > len(reply) {
			t.Errorf("read(%q) has %d bytes", reply, size)
		}
	})
}
