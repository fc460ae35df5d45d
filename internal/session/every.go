package session

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/redis/go-redis/v9"
)

// scanned is how many workers' records are asked for together; the embedded Redis' pipe has no room for two.
const scanned = 100

// EachRecord calls visit with the records of every worker, one after the other: with those of a field, or with all when
// field is "". Records written meanwhile may be left out, and some may come twice.
func (s *Store) EachRecord(ctx context.Context, field string, visit func(Worker, Record)) error {
	together := scanned
	if s.embedded != nil {
		s.embedded.catchUp(s.now())
		together = 1
	}
	var mu sync.Mutex
	err := s.eachMaster(ctx, func(ctx context.Context, master *redis.Client) error {
		cursor := uint64(0)
		for {
			keys, next, err := master.ScanType(ctx, cursor, workerPrefix+"*"+recordsSuffix, 5*scanned, "hash").Result()
			if err != nil {
				return err
			}
			for some := range slices.Chunk(keys, together) {
				if err := visitKeys(ctx, master, some, field, &mu, visit); err != nil {
					return err
				}
			}
			if cursor = next; cursor == 0 {
				return nil
			}
		}
	})
	if err != nil {
		return fmt.Errorf("read all records: %w", &trouble{reason: reasonOf(err), cause: err})
	}
	return nil
}

// visitKeys reads some workers' records in one round trip.
func visitKeys(ctx context.Context, master *redis.Client, keys []string, field string, mu *sync.Mutex, visit func(Worker, Record)) error {
	pipe := master.Pipeline()
	found := make([]map[string]string, len(keys))
	asked := make([]redis.Cmder, len(keys))
	for i, key := range keys {
		if field == "" {
			asked[i] = pipe.HGetAll(ctx, key)
		} else {
			asked[i] = pipe.HGet(ctx, key, field)
		}
	}
	_, _ = pipe.Exec(ctx)
	for i, command := range asked {
		switch err := command.Err(); {
		case err != nil && isAnswer(err):
			continue // gone, or no hash any more
		case err != nil:
			return err
		}
		switch command := command.(type) {
		case *redis.MapStringStringCmd:
			found[i] = command.Val()
		case *redis.StringCmd:
			found[i] = map[string]string{field: command.Val()}
		}
	}
	mu.Lock()
	defer mu.Unlock()
	for i, key := range keys {
		worker, ok := readWorker(key)
		if !ok {
			continue
		}
		for field, value := range found[i] {
			visit(worker, Record{Field: field, Value: []byte(value)})
		}
	}
	return nil
}

// ReplaceRecord writes a record in place of one that must still have the value before; no value is no record. It reports
// whether it had. How long the worker's records live does not change; the first one lives as Options.KeepRecords says.
func (s *Store) ReplaceRecord(ctx context.Context, w Worker, field string, before, after []byte) (bool, error) {
	keys := keysOf(w, "")
	answer, err := s.run(ctx, s.now(), &s.scripts.replace, []any{nil, nil, "1", &keys.records, &field, before, after, s.keepRecords})
	if err != nil {
		return false, fmt.Errorf("replace record: %w", err)
	}
	return string(answer) == "o", nil
}

// readWorker reads the key of a worker's records.
func readWorker(key string) (Worker, bool) {
	inner, found := strings.CutPrefix(key, workerPrefix)
	if !found {
		return Worker{}, false
	}
	if inner, found = strings.CutSuffix(inner, recordsSuffix); !found {
		return Worker{}, false
	}
	account, openID, found := strings.Cut(inner, ":")
	return Worker{Account: account, OpenID: openID}, found
}
