package session

import (
	"context"
	"errors"
	"time"

	"github.com/redis/go-redis/v9"
)

// run runs a script in one round trip, two when Redis does not know the script yet.
// The command is two empty places, the number of keys, the keys and the script's other values.
func (s *Store) run(ctx context.Context, now time.Time, script *script, command []any) ([]byte, error) {
	command[0], command[1] = "evalsha", &script.digest
	reply, err := s.call(ctx, now, command)
	if err != nil && !errors.Is(err, ErrDegraded) && redis.HasErrorPrefix(err, "NOSCRIPT") {
		command[0], command[1] = "eval", &script.source
		reply, err = s.call(ctx, now, command)
	}
	return reply, err
}

// call asks Redis for one string, unless the breaker is open.
func (s *Store) call(ctx context.Context, now time.Time, command []any) ([]byte, error) {
	if err := s.allows(ctx, now); err != nil {
		return nil, err
	}
	return s.send(ctx, now, command)
}

func (s *Store) allows(ctx context.Context, now time.Time) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if !s.breaker.allows(now.Sub(s.started)) {
		return errOpen
	}
	return nil
}

// send asks Redis for one string and tells the breaker how it went.
// An error that answers the question, as isAnswer has it, comes back as it is.
func (s *Store) send(ctx context.Context, now time.Time, arguments []any) ([]byte, error) {
	if s.embedded != nil {
		s.embedded.catchUp(now)
	}
	command := redis.NewStringCmd(ctx, arguments...)
	// Without a step count the cluster client first asks for the server's list of commands, patiently.
	command.SetStepCount(1)
	if err := s.settle(ctx, s.process(ctx, command)); err != nil {
		return nil, err
	}
	return command.Bytes()
}

// settle tells the breaker how a call went, and returns what the caller is to know of it.
func (s *Store) settle(ctx context.Context, err error) error {
	if err == nil || isAnswer(err) {
		if s.breaker.succeeded() {
			s.log.Info("session store answers again")
		}
		return err
	}
	over := ended(ctx)
	if errors.Is(over, context.Canceled) {
		return over
	}
	problem := &trouble{reason: reasonOf(err), cause: err}
	if over != nil {
		// The caller ran out of time before we did: that says little about Redis.
		return problem
	}
	if s.breaker.failed(s.now().Sub(s.started)) {
		s.log.Warn("session store left alone for now", "reason", problem.reason, "error", err)
	}
	return problem
}

// ended returns ctx's error, also in the moment between its deadline, which sockets know too, and its timer.
func ended(ctx context.Context) error {
	if deadline, ok := ctx.Deadline(); ok && !time.Now().Before(deadline) {
		return context.DeadlineExceeded
	}
	return ctx.Err()
}

// fewCallers is how many may ask at once before it pays that they share a round trip.
const fewCallers = 4

// process sends a command, for timeouts.call at most: on its own while few callers ask, which is quickest and costs least
// then. Those above share writes and reads, which halves what a turn costs here and takes a third off what it costs Redis.
// The pipeline knows no context: one who waits no longer leaves the command behind, and must not touch it again.
func (s *Store) process(ctx context.Context, command redis.Cmder) error {
	asking := s.asking.Add(1)
	defer s.asking.Add(-1)
	deadline := time.Now().Add(s.timeouts.call)
	alone := s.pipeline == nil || asking <= fewCallers
	if alone && s.mode != "cluster" {
		return s.client.Process(until{ctx, deadline}, command)
	}
	bounded, cancel := context.WithDeadline(ctx, deadline)
	defer cancel()
	if alone {
		return s.client.Process(bounded, command)
	}
	return s.pipeline.Submit(bounded, command).WaitContext(bounded)
}

// until tells its deadline to the connection of one server, whose sockets keep it; waiting for a place in the client's pool
// has a limit of its own. So it needs no timer, which would cost every call a microsecond and five allocations.
type until struct {
	context.Context
	deadline time.Time
}

func (u until) Deadline() (time.Time, bool) {
	if earlier, ok := u.Context.Deadline(); ok && earlier.Before(u.deadline) {
		return earlier, true
	}
	return u.deadline, true
}
