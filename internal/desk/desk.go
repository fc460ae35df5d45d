package desk

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"zhugong/internal/session"
)

var (
	// ErrNoCase is returned when no case has that ticket.
	ErrNoCase = errors.New("没有这个受理号的登记")
	// ErrTwoCases is returned when, by chance, two workers' cases have that ticket.
	ErrTwoCases = errors.New("有两件登记是这个受理号，先在清单里按时间分清")
)

// Desk is what staff do with cases. It is safe for concurrent use, by several processes too.
type Desk struct {
	store *session.Store
	book  Book
	now   func() time.Time
	log   *slog.Logger
}

// Open returns the desk of a store's cases.
func Open(store *session.Store, book Book, now func() time.Time, log *slog.Logger) *Desk {
	return &Desk{store: store, book: book, now: now, log: log}
}

// Filter says which cases are listed. What is empty does not matter.
type Filter struct {
	Statuses []Status
	Flow     string
	Account  string
	Since    time.Time // opened then or later
}

func (f Filter) matches(c Case) bool {
	return (len(f.Statuses) == 0 || slices.Contains(f.Statuses, c.Status)) &&
		(f.Flow == "" || f.Flow == c.Flow) &&
		(f.Account == "" || f.Account == c.Worker.Account) &&
		!c.Opened.Before(f.Since)
}

// List returns cases, the newest first. It reads all there are; one that cannot be read is told to the log.
func (d *Desk) List(ctx context.Context, filter Filter) ([]Case, error) {
	found, err := d.entries(ctx, "")
	if err != nil {
		return nil, fmt.Errorf("list cases: %w", err)
	}
	var cases []Case
	for place, value := range found {
		c, err := d.book.Decode(place.worker, session.Record{Field: place.ticket, Value: value})
		if err != nil {
			d.log.Warn("a case cannot be read", "ticket", place.ticket, "error", err)
			continue
		}
		if filter.matches(c) {
			cases = append(cases, c)
		}
	}
	slices.SortFunc(cases, newestFirst)
	return cases, nil
}

// Find returns the case of a ticket, or ErrNoCase.
func (d *Desk) Find(ctx context.Context, ticket string) (Case, error) {
	c, _, err := d.find(ctx, ticket)
	return c, err
}

// find returns a case and the record as it is stored.
func (d *Desk) find(ctx context.Context, ticket string) (Case, session.Record, error) {
	ticket = Digits(ticket)
	if !isTicket(ticket) {
		return Case{}, session.Record{}, ErrNoCase
	}
	found, err := d.entries(ctx, ticket)
	switch {
	case err != nil:
		return Case{}, session.Record{}, fmt.Errorf("find case: %w", err)
	case len(found) == 0:
		return Case{}, session.Record{}, ErrNoCase
	case len(found) > 1:
		return Case{}, session.Record{}, ErrTwoCases
	}
	for place, value := range found {
		record := session.Record{Field: ticket, Value: value}
		c, err := d.book.Decode(place.worker, record)
		return c, record, err
	}
	return Case{}, session.Record{}, ErrNoCase
}

// place is where a case stands.
type place struct {
	worker session.Worker
	ticket string
}

// entries reads all cases as they are stored, or those of one ticket.
func (d *Desk) entries(ctx context.Context, ticket string) (map[place][]byte, error) {
	found := map[place][]byte{}
	err := d.store.EachRecord(ctx, ticket, func(w session.Worker, r session.Record) {
		if isTicket(r.Field) {
			found[place{w, r.Field}] = r.Value
		}
	})
	return found, err
}

func newestFirst(a, b Case) int {
	if order := b.Opened.Compare(a.Opened); order != 0 {
		return order
	}
	if a.Ticket < b.Ticket {
		return -1
	}
	return 1
}
