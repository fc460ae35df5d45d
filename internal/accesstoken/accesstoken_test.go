package accesstoken_test

import (
	"testing"
	"time"

	"zhugong/internal/accesstoken"
	"zhugong/internal/session"
	"zhugong/internal/testenv"
	"zhugong/internal/wechat"
)

// TestShared has two replicas on a real Redis share a token and its next fetch.
func TestShared(t *testing.T) {
	redis := testenv.StartRedis(t)
	store, err := session.Open(session.Options{Addrs: []string{redis.Address}})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	one, other := accesstoken.Open(store.Client(), "city", time.Now), accesstoken.Open(store.Client(), "city", time.Now)
	ctx := t.Context()
	if token, err := one.Load(ctx); err != nil || token != (wechat.Token{}) {
		t.Fatal(token, err)
	}
	if mine, err := one.Claim(ctx); !mine || err != nil {
		t.Fatal(mine, err)
	}
	if mine, err := other.Claim(ctx); mine || err != nil {
		t.Fatal(mine, err)
	}
	want := wechat.Token{Value: "a token", Until: time.Now().Add(time.Hour).Truncate(time.Second)}
	if err := one.Save(ctx, want); err != nil {
		t.Fatal(err)
	}
	if got, err := other.Load(ctx); err != nil || got.Value != want.Value || !got.Until.Equal(want.Until) {
		t.Fatal(got, err)
	}
	one.Release(ctx)
	if mine, err := other.Claim(ctx); !mine || err != nil {
		t.Fatal(mine, err)
	}
	redis.Kill()
	if _, err := one.Load(ctx); err == nil {
		t.Error("no error without Redis")
	}
}
