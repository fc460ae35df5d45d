package login

import (
	"context"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
)

// What may be tried in a minute. Many workers of one site come from one address.
const (
	limitedFor     = time.Minute
	mostByAddress  = 60
	mostByEveryone = 1200
)

// Allow counts an attempt to log in, by address, which may be "" where it is not known, and by everyone together. It returns
// how long the next one has to wait; 0 when this one may go on. The address should not be one that can be read.
//
// An account's attempts of a minute have a key: zg:tried:account:<minute>, one from an address another: …:<minute>:<address>.
func (b *Book) Allow(ctx context.Context, account, address string, now time.Time) (wait time.Duration, err error) {
	minute := now.Truncate(limitedFor)
	base := fmt.Sprintf("zg:tried:%s:%d", account, minute.Unix())
	limits := []struct {
		key  string
		most int64
	}{{base, mostByEveryone}, {base + ":" + address, mostByAddress}}
	if address == "" {
		limits = limits[:1]
	}
	pipe := b.client.Pipeline()
	tried := make([]*redis.IntCmd, len(limits))
	for i, limit := range limits {
		tried[i] = pipe.Incr(ctx, limit.key)
		pipe.Expire(ctx, limit.key, 2*limitedFor)
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return 0, fmt.Errorf("count logins: %w", err)
	}
	for i, limit := range limits {
		if tried[i].Val() > limit.most {
			return minute.Add(limitedFor).Sub(now), nil
		}
	}
	return 0, nil
}
