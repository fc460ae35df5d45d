// Package outbox keeps what is to be sent to workers beside replies until WeChat has taken it: it is sealed among the
// worker's records, so that whatever deletes those takes it too, handed out to one sender at a time, tried again when that
// may help, and shown to staff when it does not. It knows nothing of what messages say, or of how WeChat is called.
//
// An index of each account, zg:{out:account}:d, names in sealed members what is due when. It may name what is gone: then
// nothing happens; and it can be made anew from the records.
package outbox

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"zhugong/internal/session"
	"zhugong/internal/vault"
	"zhugong/internal/wechat"
)

// Sender sends for one account; *wechat.API does.
type Sender interface {
	Custom(ctx context.Context, openID string, message wechat.CustomMessage) error
	Notify(ctx context.Context, openID string, notice wechat.Notice) error
}

// Message is what is to reach a worker.
type Message struct {
	Worker session.Worker
	Key    string // its identity: what has the key of a message that is kept is that message
	Body   wechat.CustomMessage
	Notice *wechat.Notice // goes in its place while the worker may not be written to, and it waits; nil: none
	Ticket string         // of the case that it answers, for staff; may be ""
	Until  time.Time      // it is of no use afterwards; zero: always of use
}

// State is what became of a message.
type State string

// A message that is Sent is kept no longer.
const (
	Sent    State = "sent"
	Queued  State = "queued"  // it is tried again
	Waiting State = "waiting" // until the worker writes again: WeChat lets nothing through before
	Failed  State = "failed"  // somebody has to see to it
	Dropped State = "dropped" // it was of no use any more, or the worker's data is gone
)

// Outcome is what became of an attempt.
type Outcome struct {
	State   State
	Noticed bool  // a notice went in its place
	Err     error // what WeChat or the way to it said
}

// ErrNoSender is returned for a worker of an account that cannot send.
var ErrNoSender = errors.New("the account cannot send messages of its own")

// Options are what an outbox works with.
type Options struct {
	Store *session.Store
	// Keys seal messages. Without them nothing is kept: what cannot be sent at once is lost.
	Keys    *vault.Keyring
	Senders map[string]Sender // by account
	Now     func() time.Time
	Log     *slog.Logger
	Count   func(State) // sees what becomes of every attempt; may be nil
}

// Outbox is safe for concurrent use, by several processes too.
type Outbox struct {
	Options
	client redis.UniversalClient
	kick   chan struct{}
}

// Open returns the outbox of a store.
func Open(o Options) *Outbox {
	if o.Count == nil {
		o.Count = func(State) {}
	}
	return &Outbox{Options: o, client: o.Store.Client(), kick: make(chan struct{}, 1)}
}

const (
	// attemptTakes bounds one attempt, all calls together.
	attemptTakes = 8 * time.Second
	// lease is how long a message is one sender's; another one takes it then.
	lease = 30 * time.Second
)

// Prepared is a message that is to be kept by somebody else: in one step with what it follows from.
type Prepared struct {
	Body   wechat.CustomMessage // may be changed until it is delivered
	entry  entry
	kept   []byte
	sender Sender
}

// Record is what has to be kept of the worker for the message to be sent.
func (p *Prepared) Record() session.Record {
	return session.Record{Field: p.entry.field, Value: p.kept}
}

// Prepare makes a message ready to be kept. Whoever keeps its record delivers it; if he does not within 30 seconds, it is
// sent without him.
func (o *Outbox) Prepare(ctx context.Context, m Message) (*Prepared, error) {
	p, err := o.ready(m)
	if err != nil {
		return nil, err
	}
	return p, o.name(ctx, p)
}

// ready makes the entry of a message, in the hands of the caller.
func (o *Outbox) ready(m Message) (*Prepared, error) {
	sender := o.Senders[m.Worker.Account]
	if sender == nil {
		return nil, ErrNoSender
	}
	now := o.Now()
	e := entry{
		worker: m.Worker, field: fieldOf(m.Key), Made: now.UnixMilli(), State: sending, Due: now.Add(lease).UnixMilli(),
		Body: m.Body, Notice: m.Notice, Ticket: m.Ticket,
	}
	if !m.Until.IsZero() {
		e.Until = m.Until.UnixMilli()
	}
	return &Prepared{Body: m.Body, entry: e, sender: sender}, nil
}

// name seals a message and has the index name it. That comes first: what is named is looked at when the lease has ended, so
// that nothing is kept that is not named.
func (o *Outbox) name(ctx context.Context, p *Prepared) (err error) {
	if p.kept, err = o.seal(p.entry); err != nil {
		return err
	}
	return o.index(ctx, &p.entry)
}

// Deliver sends a message that was prepared, whether or not its record was kept.
func (o *Outbox) Deliver(ctx context.Context, p *Prepared) Outcome {
	p.entry.Body = p.Body
	return o.attempt(ctx, p.sender, p.entry, p.kept)
}

// Post sends a message, and keeps it where that fails and may succeed later. The message of a key that is kept already is
// left alone, as Queued. The error is ErrNoSender or the outcome's.
func (o *Outbox) Post(ctx context.Context, m Message) (Outcome, error) {
	p, err := o.ready(m)
	if err != nil {
		return Outcome{State: Failed, Err: err}, err
	}
	mine, err := o.put(ctx, p)
	switch {
	case err != nil:
		o.Log.Warn("message is sent without being kept", "account", m.Worker.Account, "error", err)
		p.kept = nil
	case !mine:
		return Outcome{State: Queued}, nil
	}
	outcome := o.Deliver(ctx, p)
	return outcome, outcome.Err
}

// put keeps a message that the caller sends, and reports whether it is the caller's.
func (o *Outbox) put(ctx context.Context, p *Prepared) (mine bool, err error) {
	if err := o.name(ctx, p); err != nil {
		return false, err
	}
	mine, err = o.Store.ReplaceRecord(ctx, p.entry.worker, p.entry.field, nil, p.kept)
	if err != nil {
		return false, fmt.Errorf("keep message: %w", err)
	}
	return mine, nil
}

// Heard makes what waits for a worker due: he has written again.
func (o *Outbox) Heard(ctx context.Context, w session.Worker) error {
	records, err := o.Store.Records(ctx, w)
	if err != nil {
		return fmt.Errorf("find what waits: %w", err)
	}
	var waiting []keptEntry
	for _, record := range records {
		if e, err := o.unseal(w, record); err == nil && e.State == Waiting {
			waiting = append(waiting, keptEntry{e, record.Value})
		}
	}
	slices.SortFunc(waiting, func(a, b keptEntry) int { return cmp.Compare(a.Made, b.Made) })
	for i, e := range waiting {
		if err := o.again(ctx, e, i); err != nil {
			return err
		}
	}
	return nil
}

// again makes a message due, after as many others.
func (o *Outbox) again(ctx context.Context, found keptEntry, after int) error {
	e := found.entry
	e.State, e.Due, e.Tries = Queued, o.Now().UnixMilli()+int64(after), 0
	if err := o.index(ctx, &e); err != nil {
		return err
	}
	sealed, err := o.seal(e)
	if err != nil {
		return err
	}
	if _, err := o.Store.ReplaceRecord(ctx, e.worker, e.field, found.kept, sealed); err != nil {
		return fmt.Errorf("keep message: %w", err)
	}
	if err := o.index(ctx, &e); err != nil { // once more: a sender that still saw it waiting has taken it out
		return err
	}
	select {
	case o.kick <- struct{}{}:
	default: // it is looked at in any case
	}
	return nil
}

// fieldPrefix begins the names of records that are messages.
const fieldPrefix = "m:"

// fieldOf is the record of a message.
func fieldOf(key string) string {
	digest := sha256.Sum256([]byte(key))
	return fieldPrefix + base64.RawURLEncoding.EncodeToString(digest[:8])
}

// Holds reports whether one of a worker's records is a message to him.
func Holds(records []session.Record) bool {
	for _, record := range records {
		if strings.HasPrefix(record.Field, fieldPrefix) {
			return true
		}
	}
	return false
}
