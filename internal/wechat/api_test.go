package wechat

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

const (
	testSecret = "SECRET-canary"
	sendPath   = "/cgi-bin/message/custom/send"
)

// platform plays WeChat's API: it gives out tokens and answers calls as it is told.
type platform struct {
	*httptest.Server
	mu      sync.Mutex
	fetches int
	forced  int
	token   string
	calls   []string // bodies
	answer  func(w http.ResponseWriter, r *http.Request, body string, call int)
}

func newPlatform(t *testing.T, answer func(w http.ResponseWriter, r *http.Request, body string, call int)) *platform {
	t.Helper()
	p := &platform{token: "TOKEN-0", answer: answer}
	p.Server = httptest.NewServer(http.HandlerFunc(p.serve))
	t.Cleanup(p.Close)
	return p
}

func (p *platform) serve(w http.ResponseWriter, r *http.Request) {
	data, _ := io.ReadAll(r.Body)
	p.mu.Lock()
	defer p.mu.Unlock()
	if r.URL.Path == tokenPath {
		p.fetches++
		if strings.Contains(string(data), `"force_refresh":true`) {
			p.forced++
			p.token = fmt.Sprintf("TOKEN-%d", p.fetches)
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"access_token": p.token, "expires_in": 7200})
		return
	}
	p.calls = append(p.calls, string(data))
	p.answer(w, r, string(data), len(p.calls))
}

// api returns the API of an account at the platform, on a clock that stands unless the test moves it.
func (p *platform) api(t *testing.T, store TokenStore, now func() time.Time) *API {
	t.Helper()
	if now == nil {
		now = func() time.Time { return time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC) }
	}
	a := NewAPI(p.URL, NewTokens(p.URL, "wx0000000000000001", testSecret, store, now))
	a.pause = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
	a.tokens.pause = a.pause
	t.Cleanup(a.Close)
	return a
}

func refuse(code int) func(http.ResponseWriter, *http.Request, string, int) {
	return func(w http.ResponseWriter, _ *http.Request, _ string, _ int) {
		_, _ = fmt.Fprintf(w, `{"errcode":%d,"errmsg":"as told"}`, code)
	}
}

// TestRefusals calls against every way in which WeChat can fail: how often it is called, and that no secret is in the error.
func TestRefusals(t *testing.T) {
	ok := func(w http.ResponseWriter) { _, _ = io.WriteString(w, `{"errcode":0,"errmsg":"ok"}`) }
	for _, test := range []struct {
		name   string
		answer func(http.ResponseWriter, *http.Request, string, int)
		calls  int
		code   int // of the error; 0 for another error, -2 for none
	}{
		{"fine", func(w http.ResponseWriter, _ *http.Request, _ string, _ int) { ok(w) }, 1, -2},
		{"busy for ever", refuse(-1), 3, -1},
		{"busy once", func(w http.ResponseWriter, r *http.Request, b string, call int) {
			if call == 1 {
				refuse(-1)(w, r, b, call)
				return
			}
			ok(w)
		}, 2, -2},
		{"bad token for ever", refuse(40001), 2, 40001},
		{"token ended", refuse(42001), 2, 42001},
		{"token of another account", refuse(40014), 2, 40014},
		{"daily quota", refuse(45009), 1, 45009},
		{"out of 48 hours", refuse(45015), 1, 45015},
		{"out of messages", refuse(45047), 1, 45047},
		{"no permission", refuse(48001), 1, 48001},
		{"too long", refuse(45002), 1, 45002},
		{"HTML", func(w http.ResponseWriter, _ *http.Request, _ string, _ int) { _, _ = io.WriteString(w, "<html>") }, 1, 0},
		{"cut off", func(w http.ResponseWriter, _ *http.Request, _ string, _ int) {
			_, _ = io.WriteString(w, `{"errcode":0,"err`)
		}, 1, 0},
		{"status 502", func(w http.ResponseWriter, _ *http.Request, _ string, _ int) { w.WriteHeader(http.StatusBadGateway) }, 1, 0},
		{"hung up", func(http.ResponseWriter, *http.Request, string, int) { panic(http.ErrAbortHandler) }, 1, 0},
		{"elsewhere", func(w http.ResponseWriter, _ *http.Request, _ string, _ int) {
			w.Header().Set("Location", "http://127.0.0.1:1/")
			w.WriteHeader(http.StatusFound)
		}, 1, 0},
		{"endless", func(w http.ResponseWriter, _ *http.Request, _ string, _ int) {
			_, _ = io.WriteString(w, strings.Repeat(" ", mostAnswer+2))
		}, 1, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := newPlatform(t, test.answer)
			err := p.api(t, nil, nil).Post(t.Context(), sendPath, map[string]string{"a": "1 < 2 & 3"}, nil)
			p.mu.Lock()
			defer p.mu.Unlock()
			var refused *APIError
			switch {
			case len(p.calls) != test.calls:
				t.Errorf("%d calls, want %d", len(p.calls), test.calls)
			case test.code == -2 && err != nil, test.code != -2 && err == nil, errors.As(err, &refused) && refused.Code != test.code:
				t.Errorf("%v", err)
			case test.code != -2 && test.code != 0 && refused == nil:
				t.Errorf("%v is no APIError", err)
			case err != nil && (strings.Contains(err.Error(), "TOKEN") || strings.Contains(err.Error(), testSecret)):
				t.Errorf("the error tells a secret: %v", err)
			case err != nil && Reason(err) == "":
				t.Error("staff are told nothing")
			case p.calls[0] != `{"a":"1 < 2 & 3"}`+"\n":
				t.Errorf("sent %s", p.calls[0])
			}
		})
	}
}

// TestHundredBadTokens lets a hundred calls of two replicas find at once that their token is void: it is fetched twice at
// most, in normal mode and then by force, and all calls succeed.
func TestHundredBadTokens(t *testing.T) {
	var bad sync.Map
	bad.Store("TOKEN-0", true)
	p := newPlatform(t, func(w http.ResponseWriter, r *http.Request, _ string, _ int) {
		if _, void := bad.Load(r.URL.Query().Get("access_token")); void {
			_, _ = io.WriteString(w, `{"errcode":40001,"errmsg":"invalid credential"}`)
			return
		}
		_, _ = io.WriteString(w, `{"errcode":0}`)
	})
	store := new(sharedToken)
	replicas := []*API{p.api(t, store, nil), p.api(t, store, nil)}
	for _, a := range replicas {
		a.tokens.pause = pause
		if _, err := a.tokens.Token(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	p.mu.Lock()
	p.fetches = 0
	p.mu.Unlock()
	var all sync.WaitGroup
	for i := range 100 {
		all.Go(func() {
			if err := replicas[i%2].Post(t.Context(), sendPath, i, nil); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if p.fetches > 2 || p.forced != 1 {
		t.Errorf("%d fetches, %d by force", p.fetches, p.forced)
	}
}

// TestTokenLasts keeps a token until shortly before its end, renews it before, and goes on with the last good one while
// WeChat gives none.
func TestTokenLasts(t *testing.T) {
	p := newPlatform(t, refuse(0))
	now := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	tokens := p.api(t, nil, func() time.Time { return now }).tokens
	for _, step := range []struct {
		after   time.Duration
		down    bool
		fetches int
		fails   bool
	}{
		{0, false, 1, false}, {time.Hour, false, 1, false}, {54 * time.Minute, false, 1, false}, {2 * time.Minute, false, 2, false}, {0, false, 2, false},
		{116 * time.Minute, true, 2, false}, {3 * time.Minute, true, 2, false}, {10 * time.Minute, true, 2, true}, {0, false, 3, false},
	} {
		now = now.Add(step.after)
		base := p.URL
		if step.down {
			base = "http://127.0.0.1:1"
		}
		tokens.base = base
		token, err := tokens.Token(t.Context())
		if p.fetches != step.fetches || (err != nil) != step.fails || err == nil && token == "" {
			t.Errorf("%s: %q, %v, %d fetches, want %d", now.Format("15:04"), token, err, p.fetches, step.fetches)
		}
		if err != nil && strings.Contains(err.Error(), testSecret) {
			t.Errorf("the error tells the secret: %v", err)
		}
	}
}

// TestStoreFails fetches tokens while the store is broken.
func TestStoreFails(t *testing.T) {
	p := newPlatform(t, refuse(0))
	a := p.api(t, brokenStore{}, nil)
	if err := a.Get(t.Context(), "/cgi-bin/menu/get", url.Values{"lang": {"zh"}}, nil); err != nil {
		t.Error(err)
	}
}

// TestContext ends a call with its context, whatever it waits for.
func TestContext(t *testing.T) {
	p := newPlatform(t, refuse(-1))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := p.api(t, nil, nil).Post(ctx, sendPath, 1, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// sharedToken is a TokenStore of one process.
type sharedToken struct {
	mu      sync.Mutex
	token   Token
	claimed bool
}

func (s *sharedToken) Load(context.Context) (Token, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.token, nil
}

func (s *sharedToken) Save(_ context.Context, token Token) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.token = token
	return nil
}

func (s *sharedToken) Claim(context.Context) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	mine := !s.claimed
	s.claimed = true
	return mine, nil
}

func (s *sharedToken) Release(context.Context) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.claimed = false
}

var errBroken = errors.New("broken")

type brokenStore struct{}

func (brokenStore) Load(context.Context) (Token, error) { return Token{}, errBroken }
func (brokenStore) Save(context.Context, Token) error   { return errBroken }
func (brokenStore) Claim(context.Context) (bool, error) { return false, errBroken }
func (brokenStore) Release(context.Context)             {}

// TestClaimOfAnother waits for a replica that never comes back with its token, then fetches one, and leaves the claim to
// whom it belongs.
func TestClaimOfAnother(t *testing.T) {
	p := newPlatform(t, refuse(0))
	store := &sharedToken{claimed: true}
	if token, err := p.api(t, store, nil).tokens.Token(t.Context()); err != nil || token != "TOKEN-0" {
		t.Errorf("%q, %v", token, err)
	}
	if !store.claimed || store.token.Value != "TOKEN-0" {
		t.Errorf("claimed %v, shared %q", store.claimed, store.token.Value)
	}
}
