package desk

import (
	"errors"
	"fmt"

	"zhugong/internal/session"
	"zhugong/internal/vault"
)

// Book writes cases as records, with what is personal sealed, and reads them.
type Book struct {
	Keys *vault.Keyring
}

var (
	// ErrNoKeys is returned by a Book without keys.
	ErrNoKeys = errors.New("no keys to seal cases with")
	// ErrUnreadable is returned for a record that is no case, or not one that this version can read.
	ErrUnreadable = errors.New("record is not a readable case")
)

// Encode writes a case as a record of its worker, sealed with the newest key.
func (b Book) Encode(c Case) (session.Record, error) {
	if b.Keys == nil {
		return session.Record{}, fmt.Errorf("encode case: %w", ErrNoKeys)
	}
	if !isTicket(c.Ticket) {
		return session.Record{}, errors.New("encode case: it has no ticket")
	}
	open, sealed, err := split(c)
	if err != nil {
		return session.Record{}, fmt.Errorf("encode case: %w", err)
	}
	value := b.Keys.Seal(appendOpen(nil, open), sealed, about(c.Worker, c.Ticket))
	return session.Record{Field: c.Ticket, Value: value}, nil
}

// Decode reads a worker's record. Its errors are ErrUnreadable, ErrNoKeys and those of vault.Keyring.Open.
func (b Book) Decode(worker session.Worker, record session.Record) (Case, error) {
	if b.Keys == nil {
		return Case{}, fmt.Errorf("decode case: %w", ErrNoKeys)
	}
	open, sealed, err := cutOpen(record.Value)
	if err != nil {
		return Case{}, fmt.Errorf("decode case: %w", err)
	}
	plain, err := b.Keys.Open(sealed, about(worker, record.Field))
	if err != nil {
		return Case{}, fmt.Errorf("decode case: %w", err)
	}
	c, err := join(open, plain)
	if err != nil {
		return Case{}, fmt.Errorf("decode case: %w", err)
	}
	if c.Ticket != record.Field {
		return Case{}, fmt.Errorf("decode case: %w: its ticket is not its field", ErrUnreadable)
	}
	c.Worker = worker
	return c, nil
}

// IsCase reports whether a worker's record is a case.
func IsCase(record session.Record) bool { return isTicket(record.Field) }

// about binds what is sealed to its place.
func about(w session.Worker, ticket string) []byte {
	return []byte(w.Account + "\x00" + w.OpenID + "\x00" + ticket)
}
