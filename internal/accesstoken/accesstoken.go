// Package accesstoken shares the access token of an account among all replicas: it keeps it in Redis and lets one of them
// fetch the next. It knows nothing of how a token is fetched or used.
//
// An account has two keys, in one slot of a Redis Cluster:
//
//	zg:{token:account}:t  when the token ends, in seconds, and the token; lives as long as the token
//	zg:{token:account}:c  claimed by who fetches the next one, for 10 seconds
package accesstoken

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"zhugong/internal/wechat"
)

// claimLasts is longer than a fetch takes; it ends by itself when the one that claimed dies.
const claimLasts = 10 * time.Second

// Store is a wechat.TokenStore in Redis. It is safe for concurrent use.
type Store struct {
	client       redis.UniversalClient
	now          func() time.Time
	token, claim string
}

// Open returns the store of an account's token.
func Open(client redis.UniversalClient, account string, now func() time.Time) *Store {
	return &Store{client: client, now: now, token: "zg:{token:" + account + "}:t", claim: "zg:{token:" + account + "}:c"}
}

// Load returns the shared token, the zero Token when there is none.
func (s *Store) Load(ctx context.Context) (wechat.Token, error) {
	kept, err := s.client.Get(ctx, s.token).Result()
	if errors.Is(err, redis.Nil) {
		return wechat.Token{}, nil
	}
	if err != nil {
		return wechat.Token{}, fmt.Errorf("load access token: %w", err)
	}
	until, value, _ := strings.Cut(kept, " ")
	seconds, err := strconv.ParseInt(until, 10, 64)
	if err != nil {
		return wechat.Token{}, nil // of another version: as good as none
	}
	return wechat.Token{Value: value, Until: time.Unix(seconds, 0)}, nil
}

// Save shares a token until it ends.
func (s *Store) Save(ctx context.Context, token wechat.Token) error {
	kept := strconv.FormatInt(token.Until.Unix(), 10) + " " + token.Value
	if err := s.client.Set(ctx, s.token, kept, max(token.Until.Sub(s.now()), time.Second)).Err(); err != nil {
		return fmt.Errorf("save access token: %w", err)
	}
	return nil
}

// Claim reports whether the caller is to fetch the next token.
func (s *Store) Claim(ctx context.Context) (bool, error) {
	mine, err := s.client.SetNX(ctx, s.claim, "1", claimLasts).Result()
	if err != nil {
		return false, fmt.Errorf("claim access token: %w", err)
	}
	return mine, nil
}

// Release lets others fetch. A release that is lost ends with the claim.
func (s *Store) Release(ctx context.Context) { s.client.Del(ctx, s.claim) }
