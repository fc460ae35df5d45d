package main

import (
	"context"
	"log/slog"
	"time"

	"zhugong/internal/desk"
	"zhugong/internal/session"
)

// checkTakes is how long a worker waits for the check of what he wrote.
const checkTakes = time.Second

// notChecked is the verdict where WeChat could not be asked.
const notChecked = "none"

// checkOf has WeChat look at what users of mini programs write themselves; it looks at nothing else.
func (c callers) checkOf(log *slog.Logger) func(context.Context, session.Worker, string) desk.Check {
	return func(ctx context.Context, worker session.Worker, text string) desk.Check {
		api := c[worker.Account]
		if api == nil || !isMini(worker.Account) {
			return desk.Check{}
		}
		ctx, cancel := context.WithTimeout(ctx, checkTakes)
		defer cancel()
		verdict, err := api.CheckText(ctx, worker.OpenID, text)
		switch {
		case err != nil:
			log.Warn("a worker's words are kept without having been checked", "account", worker.Account, "error", err)
			return desk.Check{Suggest: notChecked}
		case verdict.Suggest == "pass":
			return desk.Check{Suggest: verdict.Suggest}
		}
		return desk.Check{Suggest: verdict.Suggest, Reason: verdict.Reason()}
	}
}
