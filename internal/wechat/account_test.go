package wechat

import (
	"errors"
	"io"
	"strings"
	"testing"
	"time"
)

func TestNewGateRefuses(t *testing.T) {
	const secret = "Secret0"
	tests := []struct {
		name  string
		spoil func(*Account)
		want  []string
	}{
		{"mode missing", func(a *Account) { a.Mode = "" }, []string{"mode"}},
		{"mode unknown", func(a *Account) { a.Mode = secret }, []string{"mode"}},
		{"no original id", func(a *Account) { a.OriginalID = "" }, []string{"original_id"}},
		{"original id with markup", func(a *Account) { a.OriginalID = "<" + secret }, []string{"original_id"}},
		{"no app id", func(a *Account) { a.AppID = "" }, []string{"app_id"}},
		{"no token", func(a *Account) { a.Token = "" }, []string{"token"}},
		{"token with a space", func(a *Account) { a.Token = secret + " " }, []string{"token"}},
		{"token too long", func(a *Account) { a.Token = strings.Repeat(secret, 10) }, []string{"token"}},
		{"no key", func(a *Account) { a.AESKeys = nil }, []string{"aes_keys"}},
		{"short key", func(a *Account) { a.AESKeys = []string{testKey[1:]} }, []string{"aes_keys[0]"}},
		{"long key", func(a *Account) { a.AESKeys = []string{testKey, testKey + "="} }, []string{"aes_keys[1]"}},
		{"key with a line end", func(a *Account) { a.AESKeys = []string{testKey[1:] + "\n"} }, []string{"aes_keys[0]"}},
		{"key of another alphabet", func(a *Account) { a.AESKeys = []string{"_" + testKey[1:]} }, []string{"aes_keys[0]"}},
		{"all", func(a *Account) { *a = Account{AESKeys: []string{secret}} },
			[]string{"mode", "original_id", "app_id", "token", "aes_keys[0]"}},
	}
	for _, test := range tests {
		a := testAccount(Safe)
		test.spoil(&a)
		g, err := NewGate(a, time.Now, nil)
		if err == nil || g != nil {
			t.Errorf("%s: taken", test.name)
			continue
		}
		for _, field := range test.want {
			if !strings.Contains(err.Error(), field+": ") {
				t.Errorf("%s: %q does not name %s", test.name, err, field)
			}
		}
		if lines := strings.Count(err.Error(), "\n") + 1; lines != len(test.want) {
			t.Errorf("%s: %d faults told, want %d: %q", test.name, lines, len(test.want), err)
		}
		if strings.Contains(err.Error(), secret) || strings.Contains(err.Error(), testKey[5:]) {
			t.Errorf("%s: %q holds a value", test.name, err)
		}
	}
}

func TestNewGateTakes(t *testing.T) {
	for _, a := range []Account{
		{OriginalID: "gh_1", Token: "abc", Mode: Plain},
		{OriginalID: "gh_1", AppID: "wx1", Token: "abc", Mode: Plain, AESKeys: []string{testKey}},
		{OriginalID: "gh_1", AppID: "wx1", Token: "a-_!~", Mode: Safe, AESKeys: []string{testKey, previousKey}},
	} {
		if _, err := NewGate(a, time.Now, nil); err != nil {
			t.Errorf("%+v: %v", a, err)
		}
	}
}

func TestPushFails(t *testing.T) {
	broken := errors.New("no randomness")
	g, err := NewGate(testAccount(Safe), time.Now, readerOf(broken))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := g.Push(readText(t), testNonce, false); !errors.Is(err, broken) {
		t.Errorf("push without randomness: %v", err)
	}
	if _, _, err := newTestGate(t, Compat).Push([]byte("text"), testNonce, false); err == nil {
		t.Error("push of what is no XML to a compat account: taken")
	}
}

func readerOf(err error) io.Reader {
	r, w := io.Pipe()
	w.CloseWithError(err)
	return r
}
