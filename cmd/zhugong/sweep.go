package main

import (
	"context"
	"log/slog"
	"time"

	"zhugong/config"
	"zhugong/internal/desk"
	"zhugong/internal/session"
)

const (
	sweepEvery = 24 * time.Hour
	sweepFirst = time.Minute // after the start, when workers have been served
)

// sweep deletes what has been kept for as long as was promised, once a day, until ctx ends.
func (s *server) sweep(ctx context.Context) {
	wait := sweepFirst
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
			wait = sweepEvery
			s.sweepOnce(ctx)
		}
	}
}

func (s *server) sweepOnce(ctx context.Context) {
	for _, account := range s.settings.Accounts {
		if err := s.missed.Sweep(ctx, account.Name); err != nil {
			s.log.Warn("old misses not deleted", "account", account.Name, "error", err)
		}
	}
	if len(s.settings.Redis.Addrs) == 0 {
		return // cases end with the program
	}
	options := storeOptions(s.settings, s.log, time.Now)
	options.Patient = true // no worker waits for it
	store, err := session.Open(options)
	if err != nil {
		s.log.Warn("old cases not deleted", "error", err)
		return
	}
	defer store.Close()
	if err := sweepCases(ctx, store, s.settings, s.log); err != nil {
		s.log.Warn("old cases not deleted", "error", err)
	}
	if _, err := s.calls.outbox(store, s.outbox.Keys, s.log, time.Now, nil).Rebuild(ctx); err != nil {
		s.log.Warn("index of messages not made anew", "error", err)
	}
}

// sweepCases needs no key: what was promised holds as well while a server was started without.
func sweepCases(ctx context.Context, store *session.Store, settings *config.Config, log *slog.Logger) error {
	deleted, err := desk.Open(store, desk.Book{}, time.Now, log).Sweep(ctx, keepRecords(settings))
	if deleted > 0 {
		log.Info("old cases deleted", "cases", deleted)
	}
	return err
}

// keepRecords is how long cases are kept.
func keepRecords(settings *config.Config) time.Duration {
	return time.Duration(settings.Desk.KeepDays) * 24 * time.Hour
}
