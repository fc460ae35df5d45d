package session

import (
	"bufio"
	"context"
	"errors"
	"strings"
	"sync"

	"github.com/redis/go-redis/v9"
)

// Health is how the store is.
type Health struct {
	OK bool
	// Reason is ok or why not: unreachable, timeout, read_only, full, disk, loading, no_auth, no_replicas,
	// cluster_down, closed, or refused for anything else that Redis says.
	Reason string
	// Mode is embedded, standalone, sentinel or cluster.
	Mode string
	// Policy is Redis' maxmemory-policy where it can be read. With anything but noeviction Redis short of memory throws
	// claims and replies away, and with them the promise that a message is worked on once.
	Policy string
}

// noEviction is the only policy under which Redis keeps what it was given.
const noEviction = "noeviction"

// Health asks Redis, past the breaker, to write a key that is no worker's; in a cluster every master must answer.
// It logs a warning when the maxmemory-policy is not, or no longer, noeviction.
func (s *Store) Health(ctx context.Context) Health {
	health := Health{Mode: s.mode, Reason: "ok"}
	_, err := s.send(ctx, s.now(), []any{"set", "zg:{health}", "", "px", "1000"})
	if err == nil && s.embedded == nil {
		health.Policy, err = s.readPolicy(ctx)
	}
	var trouble *trouble
	switch {
	case err == nil:
		health.OK = true
	case errors.As(err, &trouble):
		health.Reason = trouble.reason
	default:
		health.Reason = "timeout"
	}
	s.warnOfPolicy(health.Policy)
	return health
}

func (s *Store) warnOfPolicy(policy string) {
	if policy == "" {
		return
	}
	if before := s.policy.Swap(&policy); before != nil && *before == policy {
		return
	}
	if policy != noEviction {
		s.log.Warn("redis may evict sessions: set maxmemory-policy to noeviction", "policy", policy)
	}
}

// readPolicy returns the masters' maxmemory-policy, the worst of them. A server that does not let us see it is not in
// trouble for that.
func (s *Store) readPolicy(ctx context.Context) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, s.timeouts.call)
	defer cancel()
	var mu sync.Mutex
	var worst string
	err := s.eachMaster(ctx, func(ctx context.Context, master *redis.Client) error {
		info, err := master.Info(ctx, "memory").Result()
		if err != nil {
			return visible(err)
		}
		mu.Lock()
		defer mu.Unlock()
		if policy := policyIn(info); policy != "" && (worst == "" || worst == noEviction) {
			worst = policy
		}
		return nil
	})
	return worst, err
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

func policyIn(info string) string {
	lines := bufio.NewScanner(strings.NewReader(info))
	for lines.Scan() {
		if policy, found := strings.CutPrefix(lines.Text(), "maxmemory_policy:"); found {
			return policy
		}
	}
	return ""
}
