package misses

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"

	"zhugong/internal/testenv"
)

var start = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// fixture is a Redis with a clock that moves only when told.
type fixture struct {
	*testing.T
	client  redis.UniversalClient
	account string
	now     time.Time
}

// eachRedis runs a check on every kind of Redis.
func eachRedis(t *testing.T, check func(*fixture)) {
	kinds := []struct {
		name      string
		addresses func(*testing.T) []string
	}{
		{"miniredis", func(t *testing.T) []string { return []string{miniredis.RunT(t).Addr()} }},
		{"redis", func(t *testing.T) []string { return []string{testenv.StartRedis(t).Address} }},
		{"cluster", func(t *testing.T) []string { return testenv.Addresses(testenv.StartCluster(t)) }},
	}
	for _, kind := range kinds {
		t.Run(kind.name, func(t *testing.T) {
			client := redis.NewUniversalClient(&redis.UniversalOptions{Addrs: kind.addresses(t), Protocol: 2})
			t.Cleanup(func() { _ = client.Close() })
			check(&fixture{T: t, client: client, account: "guiyang", now: start})
		})
	}
}

func (f *fixture) book() *Book {
	now := f.now
	return Open(f.client, func() time.Time { return now }, slog.New(slog.DiscardHandler))
}

// note writes messages of one kind and waits until they are written.
func (f *fixture) note(kind string, texts ...string) {
	f.Helper()
	b := f.book()
	for _, text := range texts {
		b.Note(f.account, kind, text)
	}
	b.Close()
	if n := b.Dropped(); n != 0 {
		f.Fatalf("dropped %d", n)
	}
}

func (f *fixture) want(want ...Miss) {
	f.Helper()
	b := f.book()
	defer b.Close()
	got, err := b.List(f.Context(), f.account)
	if err != nil {
		f.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" && len(want)+len(got) > 0 {
		f.Errorf("misses (-want +got):\n%s", diff)
	}
}

// sizes returns how many members the two sets have, read from Redis itself.
func (f *fixture) sizes() (counts, times int64) {
	keys := keysOf(f.account)
	return f.client.ZCard(f.Context(), keys[0]).Val(), f.client.ZCard(f.Context(), keys[1]).Val()
}

func TestConformance(t *testing.T) {
	eachRedis(t, func(f *fixture) {
		for _, behaviour := range behaviours {
			f.Run(behaviour.name, func(t *testing.T) {
				account := strings.ReplaceAll(behaviour.name, " ", "-")
				behaviour.check(&fixture{T: t, client: f.client, account: account, now: start})
			})
		}
	})
}

var behaviours = []struct {
	name  string
	check func(*fixture)
}{
	{"nothing was noted", func(f *fixture) { f.want() }},
	{"texts are masked and counted by kind", func(f *fixture) {
		f.note(NotUnderstood, "我电话13885123456", "早点回我", "我电话 138-0000-1111")
		f.now = start.Add(time.Minute)
		f.note(Outside, "早点回我")
		f.note(NoneFit, "", " \n")
		local := func(t time.Time) time.Time { return time.Unix(t.Unix(), 0) }
		f.want(
			Miss{Outside, "早点回我", 1, local(f.now)},
			Miss{NotUnderstood, "我电话 ×", 1, local(start)},
			Miss{NotUnderstood, "我电话×", 1, local(start)},
			Miss{NotUnderstood, "早点回我", 1, local(start)},
		)
		f.note(NotUnderstood, "早点回我")
		f.want(
			Miss{NotUnderstood, "早点回我", 2, local(f.now)},
			Miss{Outside, "早点回我", 1, local(f.now)},
			Miss{NotUnderstood, "我电话 ×", 1, local(start)},
			Miss{NotUnderstood, "我电话×", 1, local(start)},
		)
	}},
	{"accounts are apart", func(f *fixture) {
		f.note(NotUnderstood, "一个号的")
		f.account += "-other"
		f.want()
	}},
	{"ninety days after it was last written a text is gone", func(f *fixture) {
		f.note(NotUnderstood, "旧的", "又来的")
		f.now = start.Add(keep - time.Second)
		f.want(Miss{NotUnderstood, "又来的", 1, time.Unix(start.Unix(), 0)}, Miss{NotUnderstood, "旧的", 1, time.Unix(start.Unix(), 0)})
		f.note(NotUnderstood, "又来的")
		again := Miss{NotUnderstood, "又来的", 2, time.Unix(f.now.Unix(), 0)}
		f.now = start.Add(keep)
		f.note(NotUnderstood, "新的")
		if counts, times := f.sizes(); counts != 2 || times != 2 {
			f.Errorf("%d and %d members after a note, want 2", counts, times)
		}
		f.want(again, Miss{NotUnderstood, "新的", 1, time.Unix(f.now.Unix(), 0)})
		f.now = f.now.Add(keep)
		b := f.book()
		if err := b.Sweep(f.Context(), f.account); err != nil {
			f.Fatal(err)
		}
		b.Close()
		if counts, times := f.sizes(); counts != 0 || times != 0 {
			f.Errorf("%d and %d members after a sweep, want none", counts, times)
		}
	}},
	{"a silent account is forgotten by Redis itself", func(f *fixture) {
		f.note(NotUnderstood, "在吗")
		for _, key := range keysOf(f.account) {
			if left := f.client.TTL(f.Context(), key).Val(); left <= keep-time.Minute || left > keep {
				f.Errorf("%s is kept for %v, want %v", key, left, keep)
			}
		}
	}},
	{"of too many the oldest of the least counted goes", checkLimit},
}

func checkLimit(f *fixture) {
	const most = 30
	f.note(NotUnderstood, "最早但问过两次", "最早但问过两次")
	b := f.book()
	defer b.Close()
	b.most, b.now = most, func() time.Time { return f.now }
	add := func(text string) {
		f.Helper()
		f.now = f.now.Add(time.Second)
		if err := b.add(note{f.account, Outside, text}); err != nil {
			f.Fatal(err)
		}
	}
	for i := range most - 1 {
		add(fmt.Sprintf("第%d句", i))
	}
	add("新来的")
	list, err := b.List(f.Context(), f.account)
	if err != nil {
		f.Fatal(err)
	}
	if counts, times := f.sizes(); len(list) != most || counts != most || times != most {
		f.Fatalf("%d texts, %d and %d members, want %d", len(list), counts, times, most)
	}
	if list[0].Text != "最早但问过两次" || list[1].Text != "新来的" || list[most-1].Text != "第1句" {
		f.Errorf("first %v, second %v, last %v", list[0], list[1], list[most-1])
	}
	for _, m := range list {
		f.client.ZIncrBy(f.Context(), keysOf(f.account)[0], countUnit, m.Kind+separator+m.Text)
	}
	add("后来的")
	score, err := f.client.ZScore(f.Context(), keysOf(f.account)[0], Outside+separator+"后来的").Result()
	if counts, times := f.sizes(); err != nil || int(score/countUnit) != 1 || counts != most || times != most {
		f.Errorf("a newcomer among texts counted twice has score %v, %v; %d and %d members", score, err, counts, times)
	}
}

// stuck is a Redis that never answers, until it is let go.
func stuck(t *testing.T) (client *redis.Client, dialled, release chan struct{}) {
	dialled, release = make(chan struct{}), make(chan struct{})
	var once sync.Once
	client = redis.NewClient(&redis.Options{MaxRetries: -1, DialerRetries: 1, Dialer: func(context.Context, string, string) (net.Conn, error) {
		once.Do(func() { close(dialled) })
		<-release
		connection, _ := net.Pipe()
		return connection, connection.Close()
	}})
	t.Cleanup(func() { _ = client.Close() })
	return client, dialled, release
}

// TestNoteNeverWaits has the writer stuck: what does not fit into the queue is dropped and counted.
func TestNoteNeverWaits(t *testing.T) {
	client, dialled, release := stuck(t)
	var log bytes.Buffer
	b := Open(client, time.Now, slog.New(slog.NewTextHandler(&log, nil)))
	b.Note("guiyang", NotUnderstood, "我叫张三")
	<-dialled // the writer has the first in hand
	for range maxQueued + 7 {
		b.Note("guiyang", NotUnderstood, "我叫张三")
	}
	if n := b.Dropped(); n != 7 {
		t.Errorf("dropped %d, want 7", n)
	}
	close(release)
	b.Close()
	if n := b.Dropped(); n != maxQueued+8 {
		t.Errorf("dropped %d at the end, want %d", n, maxQueued+8)
	}
	if n := strings.Count(log.String(), "\n"); n != 1 || strings.Contains(log.String(), "张三") {
		t.Errorf("logged %d lines, want one without what was written:\n%s", n, log.String())
	}
	b.Note("guiyang", NotUnderstood, "晚了")
	b.Close()
	if n := b.Dropped(); n != maxQueued+9 {
		t.Errorf("dropped %d after Close, want %d", n, maxQueued+9)
	}
}

// TestCloseGivesUp has a Redis that never comes back: Close ends all the same.
func TestCloseGivesUp(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0") // connects, and says nothing
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	client := redis.NewClient(&redis.Options{Addr: listener.Addr().String(), MaxRetries: -1, ContextTimeoutEnabled: true, ReadTimeout: 100 * time.Millisecond, Protocol: 2})
	defer client.Close()
	b := Open(client, time.Now, slog.New(slog.DiscardHandler))
	for range maxQueued {
		b.Note("guiyang", NotUnderstood, "在吗")
	}
	begun := time.Now()
	b.Close()
	if took := time.Since(begun); took > 2*farewell {
		t.Errorf("Close took %v", took)
	}
	if _, err := b.List(t.Context(), "guiyang"); err == nil {
		t.Error("List of a silent Redis: no error")
	}
}
