package session

import (
	"context"
	"errors"
	"fmt"
)

// Amend replaces the stored reply of a message that was just committed; o is what Commit returned. It returns ErrGone
// when the reply is no longer there. A resend before it got the reply that was committed.
func (s *Store) Amend(ctx context.Context, o Opening, reply []byte) error {
	if o.Status != Done || o.token == "" {
		return errors.New("amend reply: not a turn just committed")
	}
	answer, err := s.run(ctx, s.now(), &s.scripts.amend, []any{nil, nil, "1", &o.keys.message, o.Reply, reply})
	if err != nil {
		return fmt.Errorf("amend reply: %w", err)
	}
	if string(answer) != "o" {
		return fmt.Errorf("amend reply: %w", ErrGone)
	}
	return nil
}
