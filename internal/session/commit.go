package session

import (
	"context"
	"errors"
	"fmt"
)

// Commit saves state and reply in one step if nobody changed the conversation since it was opened; an empty state is
// the same as none. When somebody did, nothing is saved: it returns ErrConflict and a new Opening of the same claim, to
// run the turn again with. When the claim ran out and another delivery took the message it returns ErrTaken and an
// Opening that is Done or Running. A Limited turn saves its reply and leaves the conversation alone.
//
// The bytes are the store's from then on: after an error they may still be on their way.
func (s *Store) Commit(ctx context.Context, o Opening, state, reply []byte) (Opening, error) {
	if o.Status != Fresh || o.token == "" {
		return Opening{}, errors.New("commit turn: not a turn to commit")
	}
	now := s.now()
	seconds := secondsOf(now)
	answer, err := s.run(ctx, now, &s.scripts.commit, "2",
		&o.keys.conversation, &o.keys.message, &seconds, &o.token, &o.version, &o.Limited, state, reply)
	if err != nil {
		return Opening{}, fmt.Errorf("commit turn: %w", err)
	}
	if len(answer) == 1 && answer[0] == 'o' {
		o.State, o.Reply, o.Status = state, reply, Done
		return o, nil
	}
	next := Opening{keys: o.keys, token: o.token}
	if err := next.read(answer); err != nil {
		return Opening{}, fmt.Errorf("commit turn: %w", err)
	}
	if next.Status == Fresh {
		return next, ErrConflict
	}
	return next, ErrTaken
}
