package turn

import (
	"cmp"
	"context"
	"crypto/rand"
	"slices"
	"strings"
	"time"

	"zhugong/internal/desk"
	"zhugong/internal/dialogue"
	"zhugong/internal/session"
)

// statuses are what a worker is told of how far a case is.
var statuses = map[desk.Status]dialogue.CaseStatus{
	desk.New: dialogue.CaseNew, desk.Taken: dialogue.CaseTaken, desk.Answered: dialogue.CaseAnswered, desk.Closed: dialogue.CaseClosed,
}

// circumstances tell a turn what stands neither in the message nor in the conversation. Without an opening there is no
// memory: nothing can be registered or looked up.
func (r *Runner) circumstances(worker session.Worker, opening *session.Opening) dialogue.Circumstances {
	now := r.Now()
	c := dialogue.Circumstances{Now: now, KeepDays: r.KeepDays, Staffed: r.Staffed != nil && r.Staffed(worker.Account, now)}
	c.Forgetful = opening == nil
	if opening == nil || r.Book == nil {
		return c
	}
	c.Ticket = r.ticket
	c.Cases = func() []dialogue.Case { return r.cases(worker, opening.Records) }
	return c
}

// ticket makes the number of a case.
func (r *Runner) ticket() string {
	digits, err := desk.NewTicket(rand.Reader)
	if err != nil {
		r.Log.Error("no number for a case", "error", err) // crypto/rand does not fail
		return ""
	}
	return desk.Spoken(digits)
}

// cases reads the worker's own cases, newest first. One that cannot be read is left out, and told to the operators.
func (r *Runner) cases(worker session.Worker, records []session.Record) []dialogue.Case {
	var cases []dialogue.Case
	for _, record := range records {
		if !desk.IsCase(record) {
			continue
		}
		c, err := r.Book.Decode(worker, record)
		if err != nil {
			r.Log.Error("case cannot be read", "error", err)
			continue
		}
		cases = append(cases, dialogue.Case{
			Ticket: desk.Spoken(c.Ticket), Title: c.Title, Opened: c.Opened, Status: statuses[c.Status], Answer: c.Answer,
		})
	}
	slices.SortFunc(cases, func(a, b dialogue.Case) int { return b.Opened.Compare(a.Opened) })
	return cases
}

// Cases returns a worker's own cases, newest first. Without a key there are none.
func (r *Runner) Cases(ctx context.Context, worker session.Worker) ([]dialogue.Case, error) {
	if r.Book == nil {
		return nil, nil
	}
	records, err := r.Store.Records(ctx, worker)
	if err != nil {
		return nil, err
	}
	return r.cases(worker, records), nil
}

// outcome is what a turn leaves to be saved in one step.
func (r *Runner) outcome(request *Request, result *Result) (session.Outcome, error) {
	worker := request.Worker
	state, err := result.State.AppendBinary(make([]byte, 0, stateRoom))
	filing := result.Decision.Effects.Filing
	outcome := session.Outcome{State: state, Reply: result.Reply, Erase: result.Decision.Effects.Erase}
	if result.State.Personal() || filing != nil {
		outcome.State, outcome.Reply = r.seal(worker, state), r.seal(worker, result.Reply)
	}
	if request.Enclose != nil {
		outcome.Records = request.Enclose(result.Said, &result.Decision)
	}
	if err != nil || filing == nil {
		return outcome, err
	}
	c := caseOf(worker, filing, r.Now())
	if request.checked != nil {
		c.Check = *request.checked
	}
	record, err := r.Book.Encode(c)
	outcome.Records = append(outcome.Records, record)
	return outcome, err
}

// caseOf is the case that a finished dialogue becomes.
func caseOf(worker session.Worker, filing *dialogue.Filing, now time.Time) desk.Case {
	c := desk.Case{
		Ticket: desk.Digits(filing.Ticket), Flow: filing.Flow, Title: filing.Title, Opened: now, Status: desk.New, Worker: worker,
		History: []desk.Event{{At: now, Status: desk.New}},
	}
	for _, field := range filing.Fields {
		c.Fields = append(c.Fields, desk.Field(field))
	}
	return c
}

// alert tells staff of somebody in danger, once for a message, and the worker that they were told.
func (r *Runner) alert(ctx context.Context, request *Request, result *Result) {
	if result.Decision.Effects.Alert == "" || r.Alert == nil || result.Repeated {
		return
	}
	if !request.alerted {
		request.alerted = true
		if err := r.Alert(ctx, request.Worker.Account, result.Decision.Effects.Alert); err != nil {
			r.Log.Error("staff not told of a worker in danger", "error", err)
			return
		}
		request.told = true
	}
	if request.told {
		r.say(request, result, dialogue.StaffTold(result.Said))
	}
}

// check has what the worker wrote himself looked at, once for a message.
func (r *Runner) check(ctx context.Context, request *Request, result *Result) {
	filing := result.Decision.Effects.Filing
	if filing == nil || r.Check == nil || request.checked != nil {
		return
	}
	var written []string
	for _, field := range filing.Fields {
		if field.Free {
			written = append(written, field.Value)
		}
	}
	if len(written) == 0 {
		return
	}
	checked := r.Check(ctx, request.Worker, strings.Join(written, "\n"))
	request.checked = &checked
}

// foresee words the reply to a case as Redis is expected to keep it, so that the words need no mending as a rule.
func (r *Runner) foresee(request *Request, result *Result) {
	if result.Decision.Effects.Filing == nil {
		return
	}
	result.filed, result.expected = result.Said, r.Store.Keeps()
	r.sayFiled(request, result, result.expected)
}

// sayFiled says that a case was registered, and owns up to it when Redis may lose it.
func (r *Runner) sayFiled(request *Request, result *Result, kept bool) {
	if kept {
		r.say(request, result, r.withNotice(request.Worker.Account, result.filed))
		return
	}
	r.say(request, result, dialogue.NotKept(result.filed))
}

// withNotice adds to what is said of a case where the worker asks to be told of its progress.
func (r *Runner) withNotice(account string, reply dialogue.Reply) dialogue.Reply {
	if r.AskForNotice == nil {
		return reply
	}
	if page := r.AskForNotice(account); page != "" {
		reply.Links = append(slices.Clip(reply.Links), dialogue.AskForNotice(page))
	}
	return reply
}

// committed does what follows a saved turn: the words for a case are mended, a text not served is noted.
func (r *Runner) committed(ctx context.Context, request *Request, result *Result, opening session.Opening) {
	effects := &result.Decision.Effects
	if effects.Filing != nil && opening.Kept != result.expected {
		r.sayFiled(request, result, opening.Kept)
		if err := r.Store.Amend(ctx, opening, r.seal(request.Worker, result.Reply)); err != nil {
			r.Log.Warn("a resend may be answered with other words", "error", err)
		}
	}
	if effects.Unmet != dialogue.Served && r.Missed != nil {
		r.Missed(request.Worker.Account, string(effects.Unmet), cmp.Or(effects.About, request.Message.Text))
	}
}

// say puts another reply in place of the one that the turn gave.
func (r *Runner) say(request *Request, result *Result, reply dialogue.Reply) {
	result.Said = reply
	result.Reply = request.Render(reply, &result.Decision)
}
