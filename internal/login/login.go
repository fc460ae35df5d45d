// Package login keeps who is logged in to the mini program: opaque tokens of which Redis has only a hash, for two hours.
// It knows nothing of how somebody is recognised.
//
// A token has one key: zg:login:account:<hash>, with the openid.
package login

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
)

// Lasts is how long a token is good for.
const Lasts = 2 * time.Hour

// ErrUnknown means that a token is none, has ended, or is that of another account.
var ErrUnknown = errors.New("token unknown or ended")

const tokenSize = 32 // bytes

// Book keeps tokens. It is safe for concurrent use.
type Book struct {
	client redis.UniversalClient
}

// Open returns the book in a Redis.
func Open(client redis.UniversalClient) *Book { return &Book{client} }

// Begin logs somebody in, and returns his token.
func (b *Book) Begin(ctx context.Context, account, openID string) (string, error) {
	var raw [tokenSize]byte
	_, _ = rand.Read(raw[:]) // never fails
	token := base64.RawURLEncoding.EncodeToString(raw[:])
	if err := b.client.Set(ctx, keyOf(account, token), openID, Lasts).Err(); err != nil {
		return "", fmt.Errorf("keep login: %w", err)
	}
	return token, nil
}

// Who returns whose token it is.
func (b *Book) Who(ctx context.Context, account, token string) (openID string, err error) {
	if base64.RawURLEncoding.DecodedLen(len(token)) != tokenSize {
		return "", ErrUnknown
	}
	openID, err = b.client.Get(ctx, keyOf(account, token)).Result()
	if errors.Is(err, redis.Nil) {
		return "", ErrUnknown
	}
	if err != nil {
		return "", fmt.Errorf("find login: %w", err)
	}
	return openID, nil
}

// End makes a token worthless.
func (b *Book) End(ctx context.Context, account, token string) error {
	if err := b.client.Del(ctx, keyOf(account, token)).Err(); err != nil {
		return fmt.Errorf("end login: %w", err)
	}
	return nil
}

func keyOf(account, token string) string {
	hash := sha256.Sum256([]byte(token))
	return "zg:login:" + account + ":" + base64.RawURLEncoding.EncodeToString(hash[:])
}
