package session

import (
	"context"
	"strconv"
	"strings"
	"sync"

	"github.com/redis/go-redis/v9"
)

// noEviction is the only policy under which Redis keeps what it was given.
const noEviction = "noeviction"

// condition is how a master, or the worst of several, keeps what it is given.
type condition struct {
	known    bool // it let us see the rest
	policy   string
	aof      bool
	replicas int
}

// readCondition returns the masters' condition. A server that does not let us see it is not in trouble for that.
func (s *Store) readCondition(ctx context.Context) (condition, error) {
	ctx, cancel := context.WithTimeout(ctx, s.timeouts.call)
	defer cancel()
	var mu sync.Mutex
	var worst condition
	err := s.eachMaster(ctx, func(ctx context.Context, master *redis.Client) error {
		pipe := master.Pipeline()
		asked := [...]*redis.StringCmd{pipe.Info(ctx, "memory"), pipe.Info(ctx, "persistence"), pipe.Info(ctx, "replication")}
		if _, err := pipe.Exec(ctx); err != nil {
			return visible(err)
		}
		c := conditionIn(asked[0].Val(), asked[1].Val(), asked[2].Val())
		s.remember(master, c)
		mu.Lock()
		defer mu.Unlock()
		worst = worst.and(c)
		return nil
	})
	return worst, err
}

// remember keeps for the next time whether a master has replicas to wait for.
func (s *Store) remember(master *redis.Client, c condition) {
	switch address := master.Options().Addr; {
	case !c.known:
	case c.replicas == 0:
		s.alone.Store(address, nil)
	default:
		s.alone.Delete(address)
	}
}

// and returns the worse of each.
func (c condition) and(other condition) condition {
	switch {
	case !c.known:
		return other
	case !other.known:
		return c
	}
	if c.policy == "" || c.policy == noEviction && other.policy != "" {
		c.policy = other.policy
	}
	c.aof, c.replicas = c.aof && other.aof, min(c.replicas, other.replicas)
	return c
}

// conditionIn reads sections of a master's INFO.
func conditionIn(sections ...string) condition {
	var c condition
	written := true
	for _, section := range sections {
		for line := range strings.Lines(section) {
			name, value, found := strings.Cut(strings.TrimSpace(line), ":")
			if !found {
				continue
			}
			c.known = true
			switch name {
			case "maxmemory_policy":
				c.policy = value
			case "aof_enabled":
				c.aof = value == "1"
			case "aof_last_write_status":
				written = value == "ok"
			case "connected_slaves":
				c.replicas, _ = strconv.Atoi(value)
			}
		}
	}
	c.aof = c.aof && written
	return c
}

// visible makes trouble of an error, and nothing of a server's refusal to answer.
func visible(err error) error {
	switch reason := reasonOf(err); reason {
	case "no_auth", "refused":
		return nil
	default:
		return &trouble{reason: reason, cause: err}
	}
}

func (s *Store) eachMaster(ctx context.Context, ask func(context.Context, *redis.Client) error) error {
	switch client := s.client.(type) {
	case *redis.ClusterClient:
		return client.ForEachMaster(ctx, ask)
	case *redis.Client:
		return ask(ctx, client)
	}
	return nil
}
