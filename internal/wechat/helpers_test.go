package wechat

import (
	"testing"
	"time"
)

const (
	testKey     = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
	testNonce   = "1320562132"
	previousKey = "ZYXWVUTSRQPONMLKJIHGFEDCBA9876543210zyxwvu0"
)

// testNow is what the clock says in tests that do not say otherwise.
var testNow = time.Unix(1790000000, 0)

func testAccount(mode Mode) Account {
	return Account{
		Name: "union", OriginalID: "gh_0123456789ab", AppID: "wx0123456789abcdef",
		Token: "zhugongtest", AESKeys: []string{testKey}, Mode: mode,
	}
}

func newTestGate(tb testing.TB, mode Mode) *Gate {
	tb.Helper()
	return gateOf(tb, testAccount(mode), testNow)
}

func gateOf(tb testing.TB, a Account, now time.Time) *Gate {
	tb.Helper()
	g, err := NewGate(a, func() time.Time { return now }, nil)
	if err != nil {
		tb.Fatal(err)
	}
	return g
}
