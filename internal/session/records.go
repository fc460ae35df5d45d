package session

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"
)

// defaultKeepRecords is how long records live unless Options says otherwise.
const defaultKeepRecords = 180 * 24 * time.Hour

// Record is one thing kept of a worker beyond the conversation. What its bytes mean is the caller's.
type Record struct {
	Field string // unique among the worker's records
	Value []byte // empty: none, as in an Outcome that deletes the record
}

// readRecords reads state and records as write.lua writes them. They share the reply's memory.
func readRecords(reply []byte) (state []byte, records []Record, err error) {
	state, rest, ok := readPart(reply)
	records = make([]Record, 0, 4)
	for ok && len(rest) > 0 {
		var field, value []byte
		field, rest, ok = readPart(rest)
		if ok {
			value, rest, ok = readPart(rest)
		}
		records = append(records, Record{Field: string(field), Value: value})
	}
	if !ok {
		return nil, nil, fmt.Errorf("%w: broken reply", ErrDegraded)
	}
	return state, records, nil
}

// readPart reads <length>:<bytes> and returns what is left.
func readPart(reply []byte) (part, rest []byte, ok bool) {
	length, rest, found := bytes.Cut(reply, []byte(":"))
	n, err := strconv.Atoi(string(length))
	if !found || err != nil || n < 0 || n > len(rest) {
		return nil, nil, false
	}
	return rest[:n:n], rest[n:], true
}

// appendRecords appends what commit.lua takes for records that are to replace those the turn began with.
func appendRecords(command []any, opened, written []Record) []any {
	for i := range written {
		var before []byte
		for j := range opened {
			if opened[j].Field == written[i].Field {
				before = opened[j].Value
			}
		}
		command = append(command, &written[i].Field, before, written[i].Value)
	}
	return command
}

// Record returns one record of a worker, nil when there is none.
func (s *Store) Record(ctx context.Context, w Worker, field string) ([]byte, error) {
	now := s.now()
	keys := keysOf(w, "")
	value, err := s.call(ctx, now, []any{"hget", &keys.records, &field})
	if errors.Is(err, redis.Nil) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read record: %w", err)
	}
	return value, nil
}

// Records returns all that is kept of a worker beyond the conversation, in no order.
func (s *Store) Records(ctx context.Context, w Worker) ([]Record, error) {
	if err := s.allows(ctx, s.now()); err != nil {
		return nil, fmt.Errorf("read records: %w", err)
	}
	command := redis.NewMapStringStringCmd(ctx, "hgetall", keysOf(w, "").records)
	if err := s.settle(ctx, s.process(ctx, command)); err != nil {
		return nil, fmt.Errorf("read records: %w", err)
	}
	var records []Record
	for field, value := range command.Val() {
		records = append(records, Record{Field: field, Value: []byte(value)})
	}
	return records, nil
}
