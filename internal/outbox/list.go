package outbox

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"zhugong/internal/session"
)

// Item is a message as staff see it: not what it says.
type Item struct {
	ID      string // for Retry and Drop
	Account string
	Ticket  string // of the case that it answers, "" for other messages
	State   State  // Queued, Waiting or Failed
	Made    time.Time
	Due     time.Time // of a Queued one
	Tries   int
	Reason  string // why it was not sent, in Chinese
	Noticed bool   // a notice went in its place
}

// ErrNoMessage is returned when no message has that ID.
var ErrNoMessage = errors.New("没有这条要发的消息")

// keptEntry is an entry with its record's value.
type keptEntry struct {
	entry
	kept []byte
}

// entries reads all messages that are kept.
func (o *Outbox) entries(ctx context.Context) ([]keptEntry, error) {
	var found []keptEntry
	err := o.Store.EachRecord(ctx, "", func(w session.Worker, r session.Record) {
		if !strings.HasPrefix(r.Field, fieldPrefix) {
			return
		}
		e, err := o.unseal(w, r)
		if err != nil {
			o.Log.Warn("message to a worker cannot be read", "account", w.Account, "error", err)
			return
		}
		found = append(found, keptEntry{e, r.Value})
	})
	if err != nil {
		return nil, fmt.Errorf("read messages to workers: %w", err)
	}
	return found, nil
}

// List returns what has not been sent, the oldest first.
func (o *Outbox) List(ctx context.Context) ([]Item, error) {
	entries, err := o.entries(ctx)
	if err != nil {
		return nil, err
	}
	items := make([]Item, 0, len(entries))
	for _, e := range entries {
		item := Item{
			ID: strings.TrimPrefix(e.field, fieldPrefix), Account: e.worker.Account, Ticket: e.Ticket, State: e.State,
			Made: time.UnixMilli(e.Made), Due: time.UnixMilli(e.Due), Tries: e.Tries, Reason: e.Reason, Noticed: e.Noticed,
		}
		if item.State == sending {
			item.State = Queued
		}
		items = append(items, item)
	}
	slices.SortFunc(items, func(a, b Item) int { return cmp.Or(a.Made.Compare(b.Made), cmp.Compare(a.ID, b.ID)) })
	return items, nil
}

// Retry makes a message due, whatever became of it before. Something must have changed: staff say so.
func (o *Outbox) Retry(ctx context.Context, id string) error {
	return o.with(ctx, id, func(e keptEntry) error { return o.again(ctx, e, 0) })
}

// Drop deletes a message.
func (o *Outbox) Drop(ctx context.Context, id string) error {
	return o.with(ctx, id, func(e keptEntry) error {
		_, err := o.Store.ReplaceRecord(ctx, e.worker, e.field, e.kept, nil)
		return err
	})
}

// with does something with the message of an ID.
func (o *Outbox) with(ctx context.Context, id string, do func(keptEntry) error) error {
	entries, err := o.entries(ctx)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.field == fieldPrefix+id {
			return do(e)
		}
	}
	return ErrNoMessage
}
