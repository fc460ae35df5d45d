package session

import (
	"context"
	"errors"
	"fmt"
)

// Outcome is what a turn leaves.
type Outcome struct {
	State []byte // of the conversation; empty is the same as none
	Reply []byte // kept for resends
	// Records are written beside those that are there, each in place of the one of its field; one without a value is
	// deleted. All of the worker's records live Options.KeepRecords from then on.
	Records []Record
	// Erase deletes everything kept of the worker but what this outcome brings.
	Erase bool
}

// Commit saves an outcome in one step if nobody changed the conversation, or a record that is written, since it was
// opened. When somebody did, nothing is saved: it returns ErrConflict and a new Opening of the same claim, to run the
// turn again with. When the claim ran out and another delivery took the message it returns ErrTaken and an Opening that
// is Done or Running. A Limited turn saves its reply and leaves everything else alone.
//
// The bytes are the store's from then on: after an error they may still be on their way.
func (s *Store) Commit(ctx context.Context, o Opening, outcome Outcome) (Opening, error) {
	if o.Status != Fresh || o.token == "" {
		return Opening{}, errors.New("commit turn: not a turn to commit")
	}
	now := s.now()
	seconds := secondsOf(now)
	command := append(make([]any, 0, 14), nil, nil, "3", &o.keys.conversation, &o.keys.message, &o.keys.records,
		&seconds, &o.token, &o.version, o.mode(outcome), outcome.State, outcome.Reply)
	var answer []byte
	var err error
	kept := false
	if records := len(outcome.Records) > 0; (records || outcome.Erase) && !o.Limited {
		command = append(command, s.keepRecords)
		command = appendRecords(command, o.Records, outcome.Records)
		answer, kept, err = s.runKept(ctx, now, o.keys.records, &s.scripts.commit, command)
	} else {
		answer, err = s.run(ctx, now, &s.scripts.commit, command)
	}
	if err != nil {
		return Opening{}, fmt.Errorf("commit turn: %w", err)
	}
	if len(answer) == 1 && answer[0] == 'o' {
		o.State, o.Reply, o.Status, o.Kept = outcome.State, outcome.Reply, Done, kept
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

// mode is what commit.lua is to do. It is an any, for a constant in one costs nothing.
func (o *Opening) mode(outcome Outcome) any {
	switch {
	case o.Limited:
		return "limited"
	case outcome.Erase:
		return "erase"
	}
	return "save"
}
