package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// Sweep deletes the cases that were opened longer than keep ago, in whatever state, those sealed with a lost key too. It
// returns how many. One that cannot be read at all is told to the log, and goes when the worker's records expire.
func (d *Desk) Sweep(ctx context.Context, keep time.Duration) (deleted int, err error) {
	found, err := d.entries(ctx, "")
	if err != nil {
		return 0, fmt.Errorf("sweep cases: %w", err)
	}
	limit := d.now().Add(-keep)
	for place, value := range found {
		opened, err := openedIn(value)
		if err != nil {
			d.log.Warn("a case cannot be read", "ticket", place.ticket, "error", err)
			continue
		}
		if !opened.Before(limit) {
			continue
		}
		// Somebody who changes it at this moment leaves it for the next time.
		gone, err := d.store.ReplaceRecord(ctx, place.worker, place.ticket, value, nil)
		if err != nil {
			return deleted, fmt.Errorf("sweep cases: %w", err)
		}
		if gone {
			deleted++
		}
	}
	return deleted, nil
}

// openedIn reads when a case was opened, for which no key is needed.
func openedIn(value []byte) (time.Time, error) {
	open, _, err := cutOpen(value)
	if err != nil {
		return time.Time{}, err
	}
	var form struct {
		Opened *int64 `json:"opened"`
	}
	if err := json.Unmarshal(open, &form); err != nil || form.Opened == nil {
		return time.Time{}, fmt.Errorf("%w: not the JSON expected", ErrUnreadable)
	}
	return time.UnixMilli(*form.Opened).UTC(), nil
}
