package session

import (
	"context"
	"time"

	"github.com/redis/go-redis/v9"
)

// waitTick is how late Redis may notice that a WAIT has lasted long enough: it looks ten times a second.
const waitTick = 100 * time.Millisecond

// runKept runs a script that writes records, and in the same round trip has a replica confirm them and Redis say how it
// keeps what it is given. It reports whether they are as safe as Redis can make them; if in doubt, not.
func (s *Store) runKept(ctx context.Context, now time.Time, key string, script *script, command []any) ([]byte, bool, error) {
	if s.embedded != nil {
		reply, err := s.run(ctx, now, script, command)
		return reply, false, err
	}
	if err := s.allows(ctx, now); err != nil {
		return nil, false, err
	}
	patience := s.timeouts.wait + waitTick
	bounded, cancel := context.WithTimeout(ctx, s.timeouts.call+patience)
	defer cancel()
	master, err := s.masterOf(bounded, key)
	if err != nil {
		return nil, false, s.settle(ctx, err)
	}
	// Redis holds the replies before a WAIT back until it ends.
	pipe := master.WithTimeout(s.timeouts.io + patience).Pipeline()
	// In full, for nothing may come between it and what is asked about it.
	command[0], command[1] = "eval", &script.source
	written := redis.NewStringCmd(bounded, command...)
	_ = pipe.Process(bounded, written)
	var confirmed *redis.Cmd
	if _, alone := s.alone.Load(master.Options().Addr); !alone {
		confirmed = pipe.Do(bounded, "wait", "1", s.timeouts.wait.Milliseconds())
	}
	persistence, replication := pipe.Info(bounded, "persistence"), pipe.Info(bounded, "replication")
	_, _ = pipe.Exec(bounded)
	err = written.Err()
	if err != nil && (redis.HasErrorPrefix(err, "MOVED") || redis.HasErrorPrefix(err, "ASK")) {
		// The cluster's client follows, but to where nobody can be asked.
		reply, err := s.run(ctx, now, script, command)
		return reply, false, err
	}
	if err = s.settle(ctx, err); err != nil {
		return nil, false, err
	}
	reply, _ := written.Bytes()
	if persistence.Err() != nil || replication.Err() != nil {
		return reply, false, nil
	}
	c := conditionIn(persistence.Val(), replication.Val())
	s.remember(master, c)
	return reply, c.aof && (c.replicas == 0 || reached(confirmed)), nil
}

// reached reports whether a WAIT that was asked says that a replica has what was written.
func reached(confirmed *redis.Cmd) bool {
	if confirmed == nil {
		return false
	}
	replicas, err := confirmed.Int()
	return err == nil && replicas > 0
}

// masterOf is the client of the one server that has a key, for commands that name none.
func (s *Store) masterOf(ctx context.Context, key string) (*redis.Client, error) {
	switch client := s.client.(type) {
	case *redis.ClusterClient:
		return client.MasterForKey(ctx, key)
	case *redis.Client:
		return client, nil
	}
	return nil, redis.ErrClosed
}
