package wechat

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"
)

const (
	tokenPath = "/cgi-bin/stable_token"
	// renewEarly is how long before its end a token is renewed; WeChat takes the old one for five minutes more.
	renewEarly = 5 * time.Minute
	tryEarly   = 30 * time.Second
	// forceEvery is how far apart WeChat wants forced refreshes.
	forceEvery = 30 * time.Second
	// awaitOther is how long a replica waits for the token that another one is fetching.
	awaitOther = 3 * time.Second
	askOther   = 50 * time.Millisecond
)

// Token is an access token and when it ends.
type Token struct {
	Value string
	Until time.Time
}

// TokenStore shares the token of an account among replicas. Where it fails every replica fetches its own, which WeChat
// allows for stable tokens: they all get the same.
type TokenStore interface {
	// Load returns the shared token, the zero Token when there is none.
	Load(ctx context.Context) (Token, error)
	Save(ctx context.Context, token Token) error
	// Claim reports whether the caller is to fetch a token; the others wait for it.
	Claim(ctx context.Context) (bool, error)
	Release(ctx context.Context)
}

// Tokens keeps the access token of an account: one fetch for all callers of all replicas, renewed before it ends, and the
// last good one used while neither the store nor WeChat can be reached. It is safe for concurrent use.
//
// Source: the page on stable_token. In normal mode WeChat returns the token that is still valid; a forced refresh makes the
// old one void, and may be had 20 times a day.
type Tokens struct {
	appID, secret string
	store         TokenStore // nil: each process for itself
	now           func() time.Time

	base   string
	client *http.Client
	pause  func(ctx context.Context, wait time.Duration) error
	flight singleflight.Group

	mu      sync.Mutex
	token   Token
	spoiled string    // what WeChat does not take any more
	forced  time.Time // when WeChat was last made to give a new one
	early   time.Time // until then nobody tries to renew a token that is still good
}

// NewTokens returns the tokens of an account, fetched from WeChat at base and shared through store; nil: each process is for
// itself.
func NewTokens(base, appID, secret string, store TokenStore, now func() time.Time) *Tokens {
	return &Tokens{appID: appID, secret: secret, store: store, now: now, base: base, client: newClient(), pause: pause}
}

// Token returns a token that WeChat takes, as far as is known.
func (t *Tokens) Token(ctx context.Context) (string, error) {
	known, good := t.known()
	if good {
		return known.Value, nil
	}
	result := t.flight.DoChan("", func() (any, error) {
		// All callers wait for this one: it must not end because the first of them gives up.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), callTakes+awaitOther)
		defer cancel()
		return t.renew(ctx)
	})
	select {
	case <-ctx.Done():
		return "", fmt.Errorf("access token: %w", ctx.Err())
	case r := <-result:
		if r.Err == nil {
			return r.Val.(Token).Value, nil
		}
		if known.Value != "" {
			return known.Value, nil // still good for a while, as far as is known
		}
		return "", r.Err
	}
}

// known returns the token in memory, unless it has ended or been spoiled, and whether the caller can use it. Shortly before
// its end one caller now and then has to renew it, while the others go on using it.
func (t *Tokens) known() (token Token, good bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.now()
	switch {
	case t.token.Value == "" || t.token.Value == t.spoiled || !now.Before(t.token.Until):
		return Token{}, false
	case now.Before(t.token.Until.Add(-renewEarly)) || now.Before(t.early):
		return t.token, true
	}
	t.early = now.Add(tryEarly)
	return t.token, false
}

// Spoiled tells that WeChat did not take a token. Whoever tells it of a token that has been replaced meanwhile tells nothing
// new, and one that WeChat was made to give a moment ago is good: replacing it would spoil the calls of all others.
func (t *Tokens) Spoiled(token string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.now().Sub(t.forced) < forceEvery {
		return
	}
	if t.token.Value == token || t.token.Value == "" {
		t.spoiled = token
	}
}

// renewed returns the token in memory if it is good for a while.
func (t *Tokens) renewed() (Token, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.token, t.token.Value != t.spoiled && t.now().Before(t.token.Until.Add(-renewEarly))
}

// renew returns the token that another replica has fetched, or fetches one for all of them.
func (t *Tokens) renew(ctx context.Context) (Token, error) {
	if known, renewed := t.renewed(); renewed {
		return known, nil // while this caller was on its way
	}
	if t.store == nil {
		return t.fetch(ctx)
	}
	mine := false
	for range int(awaitOther / askOther) {
		shared, err := t.store.Load(ctx)
		if err != nil {
			break
		}
		if t.takes(shared) {
			return shared, nil
		}
		if mine, err = t.store.Claim(ctx); mine || err != nil {
			break
		}
		if err := t.pause(ctx, askOther); err != nil {
			return Token{}, err
		}
	}
	token, err := t.fetch(ctx)
	if err == nil {
		_ = t.store.Save(ctx, token) // the others fetch the same one
	}
	if mine {
		t.store.Release(ctx)
	}
	return token, err
}

// takes keeps a shared token that is good for a while and has not been spoiled.
func (t *Tokens) takes(shared Token) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if shared.Value == "" || shared.Value == t.spoiled || !t.now().Before(shared.Until.Add(-renewEarly)) {
		return false
	}
	t.token = shared
	return true
}

// fetch gets a token from WeChat. One that it did not take a moment ago is voided.
func (t *Tokens) fetch(ctx context.Context) (Token, error) {
	token, err := t.ask(ctx, false)
	t.mu.Lock()
	again := err == nil && token.Value == t.spoiled
	t.mu.Unlock()
	if again {
		token, err = t.ask(ctx, true)
	}
	if err != nil {
		return Token{}, fmt.Errorf("fetch an access token: %w", err)
	}
	t.mu.Lock()
	t.token, t.spoiled = token, ""
	if again {
		t.forced = t.now()
	}
	t.mu.Unlock()
	return token, nil
}

func (t *Tokens) ask(ctx context.Context, force bool) (Token, error) {
	body, err := encodeJSON(map[string]any{
		"grant_type": "client_credential", "appid": t.appID, "secret": t.secret, "force_refresh": force,
	})
	if err != nil {
		return Token{}, err
	}
	var answer struct {
		Token   string `json:"access_token"`
		Seconds int    `json:"expires_in"`
	}
	if err := exchange(ctx, t.client, http.MethodPost, t.base, tokenPath, url.Values{}, body, &answer); err != nil {
		return Token{}, err
	}
	if answer.Token == "" || answer.Seconds <= 0 {
		return Token{}, errors.New("WeChat sent no token")
	}
	return Token{answer.Token, t.now().Add(time.Duration(answer.Seconds) * time.Second)}, nil
}
