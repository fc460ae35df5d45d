package outbox

import (
	"context"
	"errors"
	"time"

	"golang.org/x/sync/errgroup"

	"zhugong/internal/session"
	"zhugong/internal/wechat"
)

const (
	lookEvery = time.Second // at what is due
	together  = 8           // messages that are sent at once
)

// backoff is how long a message waits after so many attempts; the last for all further ones.
var backoff = []time.Duration{5 * time.Second, 30 * time.Second, 2 * time.Minute, 10 * time.Minute, 30 * time.Minute, time.Hour}

// Run sends what is due until ctx ends, and lets the attempts under way end.
func (o *Outbox) Run(ctx context.Context) {
	if o.Keys == nil {
		return
	}
	ticks := time.NewTicker(lookEvery)
	defer ticks.Stop()
	waits := false // for Redis; it is told once
	for {
		err := o.Dispatch(ctx)
		if err != nil && !waits && ctx.Err() == nil {
			o.Log.Warn("messages to workers wait", "error", err)
		}
		waits = err != nil
		select {
		case <-ctx.Done():
			return
		case <-ticks.C:
		case <-o.kick:
		}
	}
}

// Dispatch makes one attempt on everything that is due, for each worker one after the other.
func (o *Outbox) Dispatch(ctx context.Context) error {
	group := errgroup.Group{}
	group.SetLimit(together)
	var problems error
	for account, sender := range o.Senders {
		due, err := o.due(ctx, account)
		problems = errors.Join(problems, err)
		for _, names := range due {
			group.Go(func() error {
				for _, name := range names {
					if err := o.handOut(ctx, sender, name); err != nil {
						return err
					}
				}
				return nil
			})
		}
	}
	return errors.Join(problems, group.Wait())
}

// handOut claims the message that the index names, if it is there and nobody has it, and sends it.
func (o *Outbox) handOut(ctx context.Context, sender Sender, n name) error {
	w, account := n.worker, n.worker.Account
	kept, err := o.Store.Record(ctx, w, n.field)
	if err != nil {
		return err
	}
	if kept == nil { // sent, or the worker's data was deleted
		return o.forget(ctx, account, n.member)
	}
	e, err := o.unseal(w, session.Record{Field: n.field, Value: kept})
	if err != nil {
		o.Log.Warn("message to a worker cannot be read", "account", account, "error", err)
		return o.forget(ctx, account, n.member)
	}
	e.member = n.member
	now := o.Now()
	switch {
	case e.State == Waiting || e.State == Failed:
		return o.forget(ctx, account, n.member)
	case e.Due > now.UnixMilli(): // another sender's, or named twice
		return o.index(ctx, &e)
	}
	e.State, e.Due = sending, now.Add(lease).UnixMilli()
	claimed, err := o.seal(e)
	if err != nil {
		return err
	}
	if err := o.index(ctx, &e); err != nil {
		return err
	}
	mine, err := o.Store.ReplaceRecord(ctx, w, n.field, kept, claimed)
	if err != nil || !mine {
		return err // the index names it again when the other sender's lease has ended
	}
	o.attempt(ctx, sender, e, claimed)
	return nil
}

// attempt sends an entry once and writes down what became of it. It goes on when the caller gives up: what is half done
// would be done twice.
func (o *Outbox) attempt(ctx context.Context, sender Sender, e entry, kept []byte) Outcome {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), attemptTakes)
	defer cancel()
	outcome := Outcome{State: Dropped}
	if e.Until == 0 || o.Now().UnixMilli() < e.Until {
		e.Tries++
		outcome = o.send(ctx, sender, &e)
	}
	if kept == nil && outcome.State != Sent {
		outcome.State = Failed // nobody tries again
	}
	o.Count(outcome.State)
	if kept == nil {
		return outcome
	}
	if err := o.settle(ctx, e, outcome.State, kept); err != nil {
		o.Log.Warn("what became of a message is not kept: it may be sent again", "account", e.worker.Account, "error", err)
	}
	return outcome
}

// send makes the calls of an attempt.
func (o *Outbox) send(ctx context.Context, sender Sender, e *entry) Outcome {
	spent, err := o.Store.Spend(ctx, e.worker)
	refused := errors.Is(err, session.ErrSpent)
	if !refused { // without Redis as well: WeChat counts too
		err = sender.Custom(ctx, e.worker.OpenID, e.Body)
	}
	if err == nil {
		return Outcome{State: Sent}
	}
	retry := wechat.RetryOf(err)
	if refused {
		retry = wechat.RetryHeard
	}
	if !refused && retry != wechat.RetryHeard {
		if err := o.Store.GiveBack(ctx, e.worker, spent); err != nil {
			o.Log.Warn("a worker's allowance counts one too many", "error", err)
		}
	}
	e.Code, e.Reason = wechat.CodeOf(err), Reason(err)
	outcome := Outcome{State: stateAfter(retry), Err: err}
	if outcome.State == Queued {
		e.Due = o.dueAfter(retry, e.Tries).UnixMilli()
	}
	if outcome.State == Waiting {
		outcome.Noticed = e.Noticed || o.instead(ctx, sender, e)
		e.Noticed = outcome.Noticed
	}
	return outcome
}

// Reason says to staff, in Chinese, why a message was not sent.
func Reason(err error) string {
	if errors.Is(err, session.ErrSpent) {
		return "这位职工来信以后能发的条数用完了"
	}
	return wechat.Reason(err)
}

func stateAfter(retry wechat.Retry) State {
	switch retry {
	case wechat.RetryHeard:
		return Waiting
	case wechat.RetryNever:
		return Failed
	}
	return Queued
}

// shanghai is where WeChat's days end.
var shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// dueAfter is when a message is tried again after so many attempts.
func (o *Outbox) dueAfter(retry wechat.Retry, tries int) time.Time {
	now := o.Now()
	switch retry {
	case wechat.RetryMinute:
		return now.Add(time.Minute)
	case wechat.RetryTomorrow:
		year, month, day := now.In(shanghai).Date()
		return time.Date(year, month, day+1, 0, 5, 0, 0, shanghai)
	}
	return now.Add(backoff[min(tries, len(backoff))-1])
}

// settle writes down what became of an attempt. A message that somebody else has taken meanwhile, or that was deleted with
// the worker's data, is left alone.
func (o *Outbox) settle(ctx context.Context, e entry, state State, kept []byte) error {
	e.State = state
	var sealed []byte
	if state != Sent && state != Dropped {
		var err error
		if sealed, err = o.seal(e); err != nil {
			return err
		}
	}
	mine, err := o.Store.ReplaceRecord(ctx, e.worker, e.field, kept, sealed)
	switch {
	case err != nil || !mine:
		return err
	case state == Queued:
		return o.index(ctx, &e)
	}
	return o.forget(ctx, e.worker.Account, e.member)
}
