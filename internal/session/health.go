package session

import (
	"context"
	"errors"
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
	// AOF means that every master writes what it is given to disk. Without it no record is Kept.
	AOF bool
	// Replicas is how many are connected to the master that has the fewest.
	Replicas int
}

// Health asks Redis, past the breaker, to write a key that is no worker's; in a cluster every master must answer.
// It logs a warning when the maxmemory-policy is not, or no longer, noeviction, and when the AOF is not, or no longer,
// written.
func (s *Store) Health(ctx context.Context) Health {
	health := Health{Mode: s.mode, Reason: "ok"}
	_, err := s.send(ctx, s.now(), []any{"set", "zg:{health}", "", "px", "1000"})
	if err == nil && s.embedded == nil {
		var c condition
		c, err = s.readCondition(ctx)
		health.Policy, health.AOF, health.Replicas = c.policy, c.aof, c.replicas
		s.warnOf(c)
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
	return health
}

// warnOf logs what is not, or no longer, as it must be.
func (s *Store) warnOf(c condition) {
	if !c.known {
		return
	}
	before := s.keeping.Swap(&c)
	if before == nil {
		before = &condition{policy: noEviction, aof: true}
	}
	if c.policy != noEviction && c.policy != "" && c.policy != before.policy {
		s.log.Warn("redis may evict sessions: set maxmemory-policy to noeviction", "policy", c.policy)
	}
	if !c.aof && before.aof {
		s.log.Warn("redis does not write what it is given to disk: set appendonly to yes")
	}
}

// Keeps reports whether records are written to disk, as Health saw it last; false before it was asked.
func (s *Store) Keeps() bool {
	seen := s.keeping.Load()
	return seen != nil && seen.aof
}
