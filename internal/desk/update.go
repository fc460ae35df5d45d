package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ErrRefused is in every error of a step that a case does not allow; its text is for staff.
var ErrRefused = errors.New("办不了")

// mostTries bounds how often a step is tried again because somebody else changed the case.
const mostTries = 5

// step changes a case, or says why not.
type step func(c *Case, by, note string) error

// Take makes a new case the business of by.
func (d *Desk) Take(ctx context.Context, ticket, by, note string) (Case, error) {
	return d.update(ctx, ticket, by, note, take)
}

// Answer gives the worker an answer, the first or a better one. Nobody needs to have taken the case.
func (d *Desk) Answer(ctx context.Context, ticket, by, note string) (Case, error) {
	return d.update(ctx, ticket, by, note, answer)
}

// Close ends a case, whether or not it was answered.
func (d *Desk) Close(ctx context.Context, ticket, by, note string) (Case, error) {
	return d.update(ctx, ticket, by, note, closeCase)
}

func take(c *Case, _, _ string) error {
	switch c.Status {
	case Taken, Answered:
		return fmt.Errorf("%w：这件已经由%s受理", ErrRefused, lastBy(*c))
	case Closed:
		return fmt.Errorf("%w：这件已经办结", ErrRefused)
	}
	c.Status = Taken
	return nil
}

func answer(c *Case, _, note string) error {
	switch {
	case note == "":
		return fmt.Errorf("%w：答复是空的", ErrRefused)
	case c.Status == Closed:
		return fmt.Errorf("%w：这件已经办结，不能再答复", ErrRefused)
	}
	c.Status, c.Answer = Answered, note
	return nil
}

func closeCase(c *Case, _, _ string) error {
	if c.Status == Closed {
		return fmt.Errorf("%w：这件已经办结了", ErrRefused)
	}
	c.Status = Closed
	return nil
}

// lastBy is who last did something to a case.
func lastBy(c Case) string {
	for _, event := range slices.Backward(c.History) {
		if event.By != "" {
			return event.By
		}
	}
	return "别人"
}

// update does one step if nobody changed the case meanwhile, and tries again with what it became when somebody did. What
// it writes is sealed with the newest key.
func (d *Desk) update(ctx context.Context, ticket, by, note string, do step) (Case, error) {
	by, note = strings.TrimSpace(by), strings.TrimSpace(note)
	if by == "" {
		return Case{}, fmt.Errorf("%w：没有写是谁办的", ErrRefused)
	}
	for range mostTries {
		c, before, err := d.find(ctx, ticket)
		if err != nil {
			return Case{}, err
		}
		if err := do(&c, by, note); err != nil {
			return Case{}, err
		}
		c.History = append(c.History, Event{At: d.now().UTC(), Status: c.Status, By: by, Note: note})
		after, err := d.book.Encode(c)
		if err != nil {
			return Case{}, err
		}
		replaced, err := d.store.ReplaceRecord(ctx, c.Worker, before.Field, before.Value, after.Value)
		if err != nil {
			return Case{}, fmt.Errorf("update case: %w", err)
		}
		if replaced {
			return c, nil
		}
	}
	return Case{}, fmt.Errorf("%w：别人正在办这件，请过一会儿再试", ErrRefused)
}
