package main

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"zhugong/config"
	"zhugong/handlers"
	"zhugong/internal/alert"
	"zhugong/internal/desk"
	"zhugong/internal/dialogue"
	"zhugong/internal/misses"
	"zhugong/internal/session"
	"zhugong/internal/turn"
	"zhugong/internal/vault"
)

// triedDays is how long a case is said to be kept where the store ends with the program.
const triedDays = 180

// trialRunner runs turns on the embedded store, whose contents end with the program: so do its keys.
func trialRunner(store *session.Store, engine func(account string) *dialogue.Engine, now func() time.Time) *turn.Runner {
	keys := vault.Random()
	return &turn.Runner{
		Store: store, Engine: engine, Now: now, Log: slog.New(slog.DiscardHandler),
		Keys: keys, Book: &desk.Book{Keys: keys}, KeepDays: triedDays,
	}
}

// newRunner runs turns as the settings say.
func newRunner(settings *config.Config, store *session.Store, engine func(account string) *dialogue.Engine, missed *misses.Book, keys *vault.Keyring, now func() time.Time, log *slog.Logger) *turn.Runner {
	ofAccount := func(account string) *dialogue.Engine { return engine(strings.TrimSuffix(account, handlers.MiniSuffix)) }
	runner := &turn.Runner{Store: store, Engine: ofAccount, Now: now, Log: log, KeepDays: settings.Desk.KeepDays, Staffed: staffed(settings.Accounts)}
	if missed != nil {
		runner.Missed = func(account, kind, text string) {
			missed.Note(strings.TrimSuffix(account, handlers.MiniSuffix), kind, text)
		}
	}
	if keys != nil {
		runner.Keys, runner.Book = keys, &desk.Book{Keys: keys}
	}
	runner.AskForNotice = askForNotice(settings.Accounts)
	if settings.Desk.AlertURL != "" {
		sender := alert.Sender{URL: settings.Desk.AlertURL}
		runner.Alert = func(ctx context.Context, account, kind string) error {
			return sender.Send(ctx, alert.Alert{Account: account, Kind: kind, At: now()})
		}
	}
	return runner
}

// askForNotice says where the workers of an account ask to be told of the progress of their cases.
func askForNotice(accounts []config.Account) func(string) string {
	pages := map[string]string{}
	for _, account := range accounts {
		pages[account.Name] = account.CaseNotice.Ask
	}
	return func(account string) string { return pages[account] }
}

// staffed says when an account's customer service takes over.
func staffed(accounts []config.Account) func(string, time.Time) bool {
	byName := map[string]config.Account{}
	for _, account := range accounts {
		byName[account.Name] = account
	}
	return func(name string, now time.Time) bool {
		account, known := byName[name]
		return known && account.CustomerService && account.Staffed(now)
	}
}
