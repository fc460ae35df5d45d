package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"zhugong/config"
	"zhugong/internal/desk"
	"zhugong/internal/session"
	"zhugong/internal/simulator"
	"zhugong/internal/vault"
	"zhugong/internal/wechat"
)

// demoDesk is the union's side of the demo: the desk of production on the demo's store.
type demoDesk struct {
	office
	api *wechat.API
}

// The notice of the demo, as an account has it from WeChat, and how its fields are called there.
const (
	demoTemplate = "demo-case-notice-template"
	demoClerk    = "演示的工作人员"
)

var demoNotice = config.CaseNotice{
	Kind: string(wechat.TemplateNotice), TemplateID: demoTemplate,
	Ticket: "character_string1", Title: "thing2", Status: "phrase3", Time: "time4",
}

func newDemoDesk(now func() time.Time, store *session.Store, keys *vault.Keyring, account, base string, platform *simulator.Platform, tokens *wechat.Tokens) *demoDesk {
	platform.AddTemplate(demoTemplate, demoNotice.Ticket, demoNotice.Title, demoNotice.Status, demoNotice.Time)
	log := slog.New(slog.DiscardHandler)
	api := wechat.NewAPI(base, tokens)
	return &demoDesk{api: api, office: office{
		Desk:     desk.Open(store, desk.Book{Keys: keys}, now, log),
		settings: &config.Config{Accounts: []config.Account{{Name: account, CaseNotice: demoNotice}}},
		outbox:   callers{account: api}.outbox(store, keys, log, now, nil),
	}}
}

// Cases is simulator.Desk's.
func (d *demoDesk) Cases(ctx context.Context) ([]simulator.Case, error) {
	listed, err := d.List(ctx, desk.Filter{})
	if err != nil {
		return nil, err
	}
	cases := make([]simulator.Case, 0, len(listed))
	for _, c := range listed {
		one := simulator.Case{
			Ticket: desk.Spoken(c.Ticket), Title: c.Title, Opened: c.Opened, Status: string(c.Status), Name: c.Status.Name(),
			Answer: c.Answer, Phone: c.Worker.OpenID,
		}
		for _, field := range c.Fields {
			one.Lines = append(one.Lines, simulator.Line{Name: field.Label, Value: field.Value})
		}
		cases = append(cases, one)
	}
	return cases, nil
}

// Step is simulator.Desk's.
func (d *demoDesk) Step(ctx context.Context, ticket, step, note string) (string, error) {
	steps := map[string]struct {
		do    func(d *desk.Desk, ctx context.Context, ticket, by, note string) (desk.Case, error)
		after func(office, context.Context, desk.Case) string
	}{
		"take":   {(*desk.Desk).Take, office.notify},
		"answer": {(*desk.Desk).Answer, office.send},
		"close":  {(*desk.Desk).Close, office.notify},
	}
	chosen, known := steps[step]
	if !known {
		return "", errors.New("只能受理、答复、办结")
	}
	changed, err := chosen.do(d.Desk, ctx, ticket, demoClerk, note)
	if err != nil {
		return "", inChinese(err)
	}
	return chosen.after(d.office, ctx, changed), nil
}
