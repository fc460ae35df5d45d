package session

import (
	"context"
	"errors"
	"fmt"
)

// Begin opens the turn of a message: it claims the message for six seconds, unless it is known, and reads the
// conversation and the worker's records. The message's id must be the same for every delivery of it and unlike that of
// any other of the worker. A fresh one opens a window, from which Spend takes.
func (s *Store) Begin(ctx context.Context, w Worker, message string, opens Window) (Opening, error) {
	if w.OpenID == "" || message == "" {
		return Opening{}, errors.New("begin turn: worker or message without an id")
	}
	o := Opening{keys: keysOf(w, message), token: s.token()}
	now := s.now()
	seconds := secondsOf(now)
	command := append(make([]any, 0, 10), nil, nil, "3", &o.keys.conversation, &o.keys.message, &o.keys.records)
	if opens == NoWindow {
		command = append(command, &seconds, &o.token)
	} else {
		opened := opens.opened(now)
		command[2] = "4"
		command = append(command, &o.keys.allowance, &seconds, &o.token, &windows[opens].part, &opened)
	}
	reply, err := s.run(ctx, now, &s.scripts.begin, command)
	if err != nil {
		return Opening{}, fmt.Errorf("begin turn: %w", err)
	}
	if err := o.read(reply); err != nil {
		return Opening{}, fmt.Errorf("begin turn: %w", err)
	}
	return o, nil
}

// versionLength is that of a conversation's version in replies of the scripts.
const versionLength = 8

// read takes over what a script replied; begin.lua, commit.lua and write.lua say what that can be.
func (o *Opening) read(reply []byte) error {
	if len(reply) == 0 {
		return fmt.Errorf("%w: empty reply", ErrDegraded)
	}
	verdict, rest := reply[0], reply[1:]
	switch verdict {
	case 'd':
		o.Status, o.Reply = Done, rest
		return nil
	case 'r':
		o.Status = Running
		return nil
	}
	if len(rest) < versionLength {
		return fmt.Errorf("%w: short reply", ErrDegraded)
	}
	o.Status, o.version = Fresh, string(rest[:versionLength])
	rest = rest[versionLength:]
	if verdict >= 'A' && verdict <= 'Z' {
		verdict += 'a' - 'A'
		state, records, err := readRecords(rest)
		if err != nil {
			return err
		}
		rest, o.Records = state, records
	}
	o.Limited, o.Notice = verdict == 'l' || verdict == 'n', verdict == 'n'
	if len(rest) > 0 {
		o.State = rest
	}
	return nil
}
