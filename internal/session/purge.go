package session

import (
	"context"
	"fmt"
)

// Purge deletes everything kept of a worker, for one who unsubscribes: the conversation, claims, stored replies and
// records. Only what was committed empty above the rate limit is left, without a word in it, until it expires within two
// minutes. It ends the turn that it is called in: committing that would start a new conversation.
func (s *Store) Purge(ctx context.Context, w Worker) error {
	keys := keysOf(w, "")
	if _, err := s.run(ctx, s.now(), &s.scripts.purge, []any{nil, nil, "3", &keys.conversation, &keys.records, &keys.allowance}); err != nil {
		return fmt.Errorf("purge worker: %w", err)
	}
	return nil
}
