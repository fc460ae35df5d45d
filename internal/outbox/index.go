package outbox

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"zhugong/internal/session"
)

// mostDue is how many messages of an account are looked at together.
const mostDue = 64

func indexKey(account string) string { return "zg:{out:" + account + "}:d" }

// index names an entry as due when it says. Who the worker is, the index tells nobody.
func (o *Outbox) index(ctx context.Context, e *entry) error {
	key := indexKey(e.worker.Account)
	if e.member == "" {
		e.member = string(o.Keys.Seal(nil, []byte(e.worker.OpenID+"\x00"+e.field), []byte(key)))
	}
	if err := o.client.ZAdd(ctx, key, redis.Z{Score: float64(e.Due), Member: e.member}).Err(); err != nil {
		return fmt.Errorf("index message: %w", err)
	}
	return nil
}

// name is a member of the index, and what it names.
type name struct {
	worker session.Worker
	field  string
	member string
}

// due returns what is due, by worker, the first first.
func (o *Outbox) due(ctx context.Context, account string) (map[string][]name, error) {
	members, err := o.client.ZRangeByScore(ctx, indexKey(account), &redis.ZRangeBy{
		Min: "-inf", Max: strconv.FormatInt(o.Now().UnixMilli(), 10), Count: mostDue,
	}).Result()
	if err != nil {
		return nil, fmt.Errorf("read what is due: %w", err)
	}
	due := map[string][]name{}
	for _, member := range members {
		plain, err := o.Keys.Open([]byte(member), []byte(indexKey(account)))
		openID, field, ok := strings.Cut(string(plain), "\x00")
		if err != nil || !ok {
			o.Log.Warn("index of messages names what cannot be read", "account", account)
			if err := o.forget(ctx, account, member); err != nil {
				return nil, err
			}
			continue
		}
		due[openID] = append(due[openID], name{session.Worker{Account: account, OpenID: openID}, field, member})
	}
	return due, nil
}

// forget takes a member out of the index.
func (o *Outbox) forget(ctx context.Context, account, member string) error {
	if err := o.client.ZRem(ctx, indexKey(account), member).Err(); err != nil {
		return fmt.Errorf("clear the index: %w", err)
	}
	return nil
}

// Backlog is how much of an account is still to be sent.
type Backlog struct {
	Messages int
	Oldest   time.Time // when the first of them was or is due; zero without any
}

// Backlog counts what the index of an account names.
func (o *Outbox) Backlog(ctx context.Context, account string) (Backlog, error) {
	count, err := o.client.ZCard(ctx, indexKey(account)).Result()
	if err != nil {
		return Backlog{}, fmt.Errorf("count what is due: %w", err)
	}
	first, err := o.client.ZRangeWithScores(ctx, indexKey(account), 0, 0).Result()
	if err != nil {
		return Backlog{}, fmt.Errorf("read what is due: %w", err)
	}
	backlog := Backlog{Messages: int(count)}
	if len(first) > 0 {
		backlog.Oldest = time.UnixMilli(int64(first[0].Score))
	}
	return backlog, nil
}

// Rebuild names in the indexes what is kept and to be sent. What they name twice is sent once.
func (o *Outbox) Rebuild(ctx context.Context) (messages int, err error) {
	if o.Keys == nil {
		return 0, nil
	}
	entries, err := o.entries(ctx)
	if err != nil {
		return 0, err
	}
	for _, found := range entries {
		if found.State != Queued && found.State != sending {
			continue
		}
		if err := o.index(ctx, &found.entry); err != nil {
			return messages, err
		}
		messages++
	}
	return messages, nil
}
