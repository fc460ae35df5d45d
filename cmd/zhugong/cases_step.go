package main

import (
	"context"
	"fmt"
	"strings"

	"zhugong/handlers"
	"zhugong/internal/desk"
	"zhugong/internal/dialogue"
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

func (c casesTakeCommand) Run(s streams) error { return c.do(s, (*desk.Desk).Take, nil) }

func (c casesAnswerCommand) Run(s streams) error {
	if strings.TrimSpace(c.Note) == "" {
		return fmt.Errorf("%w：答复要写 --note，职工看到的就是这句话", errMisused)
	}
	return c.do(s, (*desk.Desk).Answer, office.send)
}

func (c casesCloseCommand) Run(s streams) error { return c.do(s, (*desk.Desk).Close, nil) }

// do takes a step with a case, and what is done after it, which says in a sentence how it went; nil: nothing.
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
		if after != nil {
			fmt.Fprintln(s.out, after(d, ctx, changed))
		}
		return nil
	})
}

// send tells the worker the answer to a case, and staff whether it reached him.
func (o office) send(ctx context.Context, c desk.Case) string {
	if strings.HasSuffix(c.Worker.Account, handlers.MiniSuffix) {
		return "这件是在小程序里登记的，职工在小程序里看得到，公众号发不到。"
	}
	api, err := newAPI(o.settings, c.Worker.Account, o.store)
	if err != nil {
		return "没有发到职工微信：" + err.Error() + "。职工查进度时看得到。"
	}
	defer api.Close()
	if err := api.CustomText(ctx, c.Worker.OpenID, dialogue.CaseAnswer(c.Title, desk.Spoken(c.Ticket), c.Answer)); err != nil {
		return "没有发到职工微信：" + wechat.Reason(err) + "。职工查进度时看得到。"
	}
	return "已经发到职工微信。"
}
