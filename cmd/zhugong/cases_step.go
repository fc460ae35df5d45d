package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"zhugong/internal/desk"
	"zhugong/internal/dialogue"
	"zhugong/internal/outbox"
	"zhugong/internal/wechat"
)

// casesStep is what every step of a case needs.
type casesStep struct {
	atDesk
	oneCase
	By   string `required:"" help:"谁办的，写名字。" placeholder:"名字"`
	Note string `help:"说明；答复的时候就是给职工的话，必须写。" placeholder:"话"`
}

type (
	casesTakeCommand   struct{ casesStep }
	casesAnswerCommand struct{ casesStep }
	casesCloseCommand  struct{ casesStep }
)

func (c casesTakeCommand) Run(s streams) error { return c.do(s, (*desk.Desk).Take, office.notify) }

func (c casesAnswerCommand) Run(s streams) error {
	if strings.TrimSpace(c.Note) == "" {
		return fmt.Errorf("%w：答复要写 --note，职工看到的就是这句话", errMisused)
	}
	return c.do(s, (*desk.Desk).Answer, office.send)
}

func (c casesCloseCommand) Run(s streams) error { return c.do(s, (*desk.Desk).Close, office.notify) }

// do takes a step with a case, and what is done after it, which says in a sentence how it went, or nothing.
func (c casesStep) do(s streams, step func(d *desk.Desk, ctx context.Context, ticket, by, note string) (desk.Case, error), after func(office, context.Context, desk.Case) string) error {
	ticket, err := c.ticket()
	if err != nil {
		return err
	}
	if strings.TrimSpace(c.By) == "" {
		return fmt.Errorf("%w：--by 要写谁办的", errMisused)
	}
	return c.work(s, func(ctx context.Context, d office) error {
		changed, err := step(d.Desk, ctx, ticket, c.By, c.Note)
		if err != nil {
			return err
		}
		fmt.Fprintf(s.out, "%s（%s）：%s。\n", desk.Spoken(changed.Ticket), changed.Title, changed.Status.Name())
		if told := after(d, ctx, changed); told != "" {
			fmt.Fprintln(s.out, told)
		}
		return nil
	})
}

// send tells the worker the answer to a case, and staff whether it reached him.
func (o office) send(ctx context.Context, c desk.Case) string {
	outcome, err := o.outbox.Post(ctx, outbox.Message{
		Worker: c.Worker, Ticket: c.Ticket, Key: fmt.Sprintf("case:%s:%d", c.Ticket, len(c.History)),
		Body:   wechat.TextMessage(dialogue.CaseAnswer(c.Title, desk.Spoken(c.Ticket), c.Answer)),
		Notice: caseNotice(o.settings, c),
	})
	switch {
	case errors.Is(err, outbox.ErrNoSender):
		return "没有发到职工微信：" + errNoSecret.Error() + "。职工查进度时看得到。"
	case outcome.State == outbox.Sent:
		return "已经发到职工微信。"
	case outcome.State == outbox.Queued:
		return "还没有发到职工微信：" + wechat.Reason(err) + "。程序会接着发，用 zhugong outbox list 看。"
	case outcome.Noticed:
		return "内容还没有发到职工微信：" + outbox.Reason(err) + "。已经发了通知，他一来信就把答复发给他。"
	case outcome.State == outbox.Waiting:
		return "没有发到职工微信：" + outbox.Reason(err) + "。他一来信就把答复发给他；急的话打电话。"
	}
	return "没有发到职工微信：" + wechat.Reason(err) + "。职工查进度时看得到。"
}

// notify tells the worker by a notice that his case has moved, and staff whether it went. The last notice that he asked for
// is kept for the answer.
func (o office) notify(ctx context.Context, c desk.Case) string {
	notice := caseNotice(o.settings, c)
	if notice == nil {
		return ""
	}
	sent, err := o.outbox.Notify(ctx, c.Worker, *notice)
	switch {
	case errors.Is(err, outbox.ErrNoSender):
		return ""
	case err != nil:
		return "没有通知到职工：" + wechat.Reason(err) + "。"
	case sent:
		return "已经用微信通知职工。"
	}
	return ""
}
