package outbox

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"zhugong/internal/session"
	"zhugong/internal/wechat"
)

// consentPrefix begins the names of records that count how many notices of a template a worker has asked for; with a plus
// sign he has for good.
const consentPrefix = "s:"

// mostTries bounds how often a change is tried again because somebody else made one.
const mostTries = 5

var errBusy = errors.New("somebody else changes it all the time")

// mostConsents is how many notices are kept in mind.
const mostConsents = 99

// Consent writes down what a worker decided about notices: each acceptance allows one, a refusal none any more.
func (o *Outbox) Consent(ctx context.Context, w session.Worker, decided []wechat.Subscription) error {
	for _, one := range decided {
		accepted := one.Status == "accept"
		if one.TemplateID == "" || !accepted && one.Status != "reject" {
			continue
		}
		err := o.consents(ctx, w, one.TemplateID, func(n int) int {
			if accepted {
				return min(n+1, mostConsents)
			}
			return 0
		})
		if err != nil {
			return fmt.Errorf("keep consent: %w", err)
		}
	}
	return nil
}

// consents changes how many notices of a template may be sent to a worker.
func (o *Outbox) consents(ctx context.Context, w session.Worker, template string, change func(int) int) error {
	field := consentPrefix + template
	for range mostTries {
		before, err := o.Store.Record(ctx, w, field)
		if err != nil {
			return err
		}
		n, _ := strconv.Atoi(string(before))
		var after []byte
		if changed := change(n); changed > 0 {
			after = strconv.AppendInt(nil, int64(changed), 10)
		}
		if string(after) == string(before) {
			return nil
		}
		if done, err := o.Store.ReplaceRecord(ctx, w, field, before, after); done || err != nil {
			return err
		}
	}
	return errBusy
}

// Notify sends a notice that is of use only now, if the worker has asked for one more than that: the last one is for a
// message that cannot reach him otherwise. It reports whether WeChat took it.
func (o *Outbox) Notify(ctx context.Context, w session.Worker, notice wechat.Notice) (bool, error) {
	sender := o.Senders[w.Account]
	if sender == nil {
		return false, ErrNoSender
	}
	return o.notify(ctx, sender, w, notice, 1)
}

// instead sends the notice of a message that waits. It reports whether WeChat took it.
func (o *Outbox) instead(ctx context.Context, sender Sender, e *entry) bool {
	if e.Notice == nil {
		return false
	}
	sent, err := o.notify(ctx, sender, e.worker, *e.Notice, 0)
	if err != nil {
		o.Log.Warn("notice not sent", "account", e.worker.Account, "error", err)
	}
	return sent
}

// notify sends a notice if the worker has asked for it and for so many more.
func (o *Outbox) notify(ctx context.Context, sender Sender, w session.Worker, notice wechat.Notice, spare int) (bool, error) {
	if notice.Kind == wechat.SubscriptionNotice {
		allowed := false
		err := o.consents(ctx, w, notice.TemplateID, func(n int) int {
			allowed = n > spare
			if allowed {
				n--
			}
			return n
		})
		if err != nil || !allowed {
			return false, err
		}
	}
	err := sender.Notify(ctx, w.OpenID, notice)
	if err == nil {
		return true, nil
	}
	switch {
	case wechat.CodeOf(err) == wechat.NotAskedFor:
		_ = o.consents(ctx, w, notice.TemplateID, func(int) int { return 0 })
	case notice.Kind == wechat.SubscriptionNotice:
		_ = o.consents(ctx, w, notice.TemplateID, func(n int) int { return n + 1 })
	}
	return false, err
}
