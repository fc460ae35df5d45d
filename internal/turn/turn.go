// Package turn answers one message exactly once: it opens the worker's conversation, runs the pure turn, and saves
// state and reply together, or answers without memory while Redis is in trouble. It knows nothing of WeChat's
// protocol, of HTTP, or of how a message is understood.
package turn

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"zhugong/internal/desk"
	"zhugong/internal/dialogue"
	"zhugong/internal/outbox"
	"zhugong/internal/session"
	"zhugong/internal/vault"
)

// mostRuns bounds how often a turn is run again because the worker's other messages came in between. Beyond it the
// reply is given without being saved.
const mostRuns = 8

// patience bounds how long a delivery waits for another one of its message: WeChat closes the connection after five
// seconds and sends the message again.
const patience = 4500 * time.Millisecond

// stateRoom is what nearly every encoded state fits in.
const stateRoom = 128

// limitedNotice is what a worker reads who writes faster than anybody can.
const limitedNotice = "您发得太快了，我看不过来。\n歇一分钟再写；着急就打工会热线 12351。"

// Request is one delivery of a message.
type Request struct {
	Worker  session.Worker
	Key     string // identity of the message: the same for all its deliveries, different for any other of the worker
	Message dialogue.Message
	Leaves  bool           // the worker unsubscribed: everything kept is deleted
	Opens   session.Window // from which messages beside the reply are sent
	// Enclose makes records that are kept in one step with the turn, for a fresh one; nil: there are none.
	Enclose func(dialogue.Reply, *dialogue.Decision) []session.Record
	// Render makes the bytes that are kept for resends; no bytes are silence.
	Render func(dialogue.Reply, *dialogue.Decision) []byte

	alerted, told bool        // staff, of danger
	checked       *desk.Check // what the worker wrote himself; nil: not yet
}

// Result is what a delivery is answered with.
type Result struct {
	Reply    []byte
	Repeated bool // another delivery of the message was answered with the same bytes
	Degraded bool // answered without memory
	Limited  bool // the worker wrote too fast
	Waiting  bool // messages to the worker are kept, perhaps until he is heard of again
	// What the turn decided and left; meaningless when Repeated.
	Decision dialogue.Decision
	State    dialogue.State
	Said     dialogue.Reply

	filed    dialogue.Reply // what is said of a case that is kept
	expected bool           // that Redis keeps it
}

// Runner runs turns. It is safe for concurrent use.
type Runner struct {
	Store  *session.Store
	Engine func(account string) *dialogue.Engine // the version that answers for an account now; asked once a turn
	Now    func() time.Time
	Log    *slog.Logger

	// Book encodes cases and Keys seal what is filled in before there is a case. Without them no case is registered.
	Book *desk.Book
	Keys *vault.Keyring
	// KeepDays is how long cases are kept, as workers are told.
	KeepDays int
	// Staffed reports whether people at an account's customer service take over; nil: they never do.
	Staffed func(account string, now time.Time) bool
	// AskForNotice returns the page on which workers of an account ask to be told of the progress of their cases, "" for
	// none; nil: there is none.
	AskForNotice func(account string) string
	// Alert tells staff that somebody may be in danger, and returns nil only when they were told; nil: nobody is.
	Alert func(ctx context.Context, account, kind string) error
	// Check has somebody look at a worker's own words before staff see them; it never keeps a case from being registered.
	// nil, or a zero Check: nobody did.
	Check func(ctx context.Context, worker session.Worker, text string) desk.Check
	// Missed notes a text that was not served; nil: nobody wants to know.
	Missed func(account, kind, text string)

	flights flights
	recent  recent
}

// Run answers one delivery. All deliveries of a message get the same bytes, whichever replica they reach. It waits no
// longer than patience, and no longer than ctx, for another delivery of the message; that end is the only error a caller
// sees.
func (r *Runner) Run(ctx context.Context, request Request) (Result, error) {
	if request.Leaves {
		return r.leave(ctx, request), nil
	}
	id := request.Worker.Account + "\x00" + request.Worker.OpenID + "\x00" + request.Key
	flight, mine := r.flights.join(id)
	if !mine {
		return flight.wait(ctx)
	}
	result, err := r.run(ctx, id, request)
	r.flights.land(id, flight, result, err)
	if err != nil {
		return Result{}, err
	}
	return *result, nil
}

func (r *Runner) leave(ctx context.Context, request Request) Result {
	err := r.Store.Purge(ctx, request.Worker)
	if err != nil {
		r.Log.Error("conversation not deleted after unsubscribing; it expires by itself", "error", err)
	}
	return Result{Degraded: err != nil, Decision: dialogue.Decision{Outcome: dialogue.Ignored}}
}

func (r *Runner) run(ctx context.Context, id string, request Request) (*Result, error) {
	opening, err := r.Store.Begin(ctx, request.Worker, request.Key, request.Opens)
	if err == nil && opening.Status == session.Running {
		opening, err = r.await(ctx, request)
	}
	switch {
	case err == nil && opening.Status == session.Fresh:
		return r.answer(ctx, id, request, opening)
	case err == nil:
		return &Result{Reply: r.reply(request.Worker, opening.Reply), Repeated: true}, nil
	case ctx.Err() != nil, errors.Is(err, context.DeadlineExceeded):
		return nil, fmt.Errorf("answer in time: %w", cmp.Or(ctx.Err(), err))
	}
	return r.withoutMemory(ctx, id, request, err), nil
}

// await waits until a delivery that reached another replica is answered, or takes the message over from one that died.
func (r *Runner) await(ctx context.Context, request Request) (session.Opening, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		reply, err := r.Store.Await(ctx, request.Worker, request.Key)
		if err == nil {
			return session.Opening{Status: session.Done, Reply: reply}, nil
		}
		if !errors.Is(err, session.ErrGone) {
			return session.Opening{}, err
		}
		if opening, err := r.Store.Begin(ctx, request.Worker, request.Key, request.Opens); err != nil || opening.Status != session.Running {
			return opening, err
		}
	}
}

// answer runs the pure turn on the opened conversation until its outcome is saved.
func (r *Runner) answer(ctx context.Context, id string, request Request, opening session.Opening) (*Result, error) {
	engine := r.Engine(request.Worker.Account)
	for range mostRuns {
		result := r.turn(engine, &request, &opening)
		r.alert(ctx, &request, result)
		r.foresee(&request, result)
		r.check(ctx, &request, result)
		records := opening.Records
		outcome, err := r.outcome(&request, result)
		if err == nil {
			opening, err = r.Store.Commit(ctx, opening, outcome)
		}
		switch {
		case err == nil:
			result.Waiting = outbox.Holds(records)
			r.committed(ctx, &request, result, opening)
			return result, nil
		case errors.Is(err, session.ErrConflict):
			continue
		case errors.Is(err, session.ErrTaken):
			return r.run(ctx, id, request)
		}
		r.Log.Warn("turn not saved", "error", err)
		result.Degraded = true
		switch {
		case result.Decision.Effects.Filing != nil:
			r.say(&request, result, dialogue.NotFiled())
		case result.Decision.Effects.Erase:
			r.say(&request, result, dialogue.NotErased())
		}
		result.Reply = r.recent.keep(id, result.Reply)
		return result, nil
	}
	return r.withoutMemory(ctx, id, request, session.ErrConflict), nil
}

// turn runs the pure turn; without an opening there is no memory.
func (r *Runner) turn(engine *dialogue.Engine, request *Request, opening *session.Opening) *Result {
	var state dialogue.State
	if opening != nil {
		state = r.state(request.Worker, opening.State)
	}
	if opening != nil && opening.Limited && !engine.InDanger(request.Message) {
		result := &Result{Limited: true, State: state, Decision: dialogue.Decision{Outcome: dialogue.Ignored}}
		if opening.Notice {
			result.Said = dialogue.Reply{Text: limitedNotice}
			result.Reply = request.Render(result.Said, &result.Decision)
		}
		return result
	}
	result := new(Result)
	result.State, result.Said, result.Decision = engine.Turn(state, request.Message, r.circumstances(request.Worker, opening))
	result.Reply = request.Render(result.Said, &result.Decision)
	return result
}

// withoutMemory answers while the conversation cannot be reached. Resends to this replica still get the same bytes.
func (r *Runner) withoutMemory(ctx context.Context, id string, request Request, cause error) *Result {
	if reply, known := r.recent.find(id); known {
		return &Result{Reply: reply, Repeated: true, Degraded: true}
	}
	r.Log.Warn("answering without memory", "error", cause)
	result := r.turn(r.Engine(request.Worker.Account), &request, nil)
	r.alert(ctx, &request, result)
	result.Degraded = true
	result.Reply = r.recent.keep(id, result.Reply)
	return result
}
