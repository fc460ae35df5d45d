package main

import (
	"context"
	"fmt"
	"strings"

	"zhugong/internal/desk"
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

func (c casesTakeCommand) Run(s streams) error { return c.do(s, (*desk.Desk).Take) }

func (c casesAnswerCommand) Run(s streams) error {
	if strings.TrimSpace(c.Note) == "" {
		return fmt.Errorf("%w：答复要写 --note，职工看到的就是这句话", errMisused)
	}
	return c.do(s, (*desk.Desk).Answer)
}

func (c casesCloseCommand) Run(s streams) error { return c.do(s, (*desk.Desk).Close) }

func (c casesStep) do(s streams, step func(d *desk.Desk, ctx context.Context, ticket, by, note string) (desk.Case, error)) error {
	ticket, err := c.ticket()
	if err != nil {
		return err
	}
	if strings.TrimSpace(c.By) == "" {
		return fmt.Errorf("%w：--by 要写谁办的", errMisused)
	}
	return c.work(s, func(ctx context.Context, d *desk.Desk) error {
		changed, err := step(d, ctx, ticket, c.By, c.Note)
		if err != nil {
			return err
		}
		fmt.Fprintf(s.out, "%s（%s）：%s。\n", desk.Spoken(changed.Ticket), changed.Title, changed.Status.Name())
		return nil
	})
}
