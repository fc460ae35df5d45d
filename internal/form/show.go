package form

import (
	"slices"
	"strings"
	"time"

	"zhugong/internal/slot"
	"zhugong/knowledge"
)

// Show writes a value as a worker reads it, the middle of a telephone number hidden.
func Show(kind knowledge.StepKind, value string) string {
	switch kind {
	case knowledge.Mobile:
		if len(value) == 11 {
			return value[:3] + "****" + value[7:]
		}
	case knowledge.Money:
		return value + " 元"
	case knowledge.Count:
		return value + " 人"
	case knowledge.Date:
		if day, err := time.Parse(dayForm, value); err == nil {
			return day.Format("2006年1月2日")
		}
	case knowledge.Month:
		if day, err := time.Parse(monthForm, value); err == nil {
			return day.Format("2006年1月")
		}
	}
	return value
}

// List returns the values of SomeOf one by one.
func List(value string) []string { return strings.Split(value, between) }

// Join returns the values of SomeOf that are in either, in the order of the step's options.
func Join(step *knowledge.Step, a, b string) string {
	var names []string
	for _, option := range step.Options {
		if has(a, option.Name) || has(b, option.Name) {
			names = append(names, option.Name)
		}
	}
	if len(names) > 1 {
		names = slices.DeleteFunc(names, func(name string) bool { return name == "没有" })
	}
	return strings.Join(names, between)
}

// Warning returns what is to be said about a limit in law that runs from a step's value, "" when none is near.
func Warning(flow *knowledge.Flow, step *knowledge.Step, value string, now time.Time) string {
	for i := range flow.Deadlines {
		d := &flow.Deadlines[i]
		if d.Slot != step.Slot {
			continue
		}
		from, ok := since(step.Kind, value, now)
		switch {
		case !ok:
		case d.Over > 0 && !now.Before(monthsAfter(from, d.Over).AddDate(0, 0, 1)): // the last day is still in time
			return d.SayOver
		case !now.Before(monthsAfter(from, d.Near)):
			last := monthsAfter(from, d.Over)
			return strings.ReplaceAll(d.SayNear, "{截止}", last.Format("2006年1月2日"))
		}
	}
	return ""
}

// AsksWhen returns what is asked of a worker who says that he left and not when, "" for nothing.
func AsksWhen(flow *knowledge.Flow, step *knowledge.Step, value string, now time.Time) string {
	for i := range flow.Deadlines {
		d := &flow.Deadlines[i]
		if _, known := since(step.Kind, value, now); d.Slot == step.Slot && step.Kind == knowledge.Free && !known && slot.Left(value) {
			return d.Ask
		}
	}
	return ""
}

// monthsAfter returns the same day so many months on, or the last day of a month that has no such day (民法典 202 条).
func monthsAfter(from time.Time, months int) time.Time {
	day := from.AddDate(0, months, 0)
	if day.Day() != from.Day() {
		day = day.AddDate(0, 0, -day.Day())
	}
	return day
}

// since returns from when a limit runs.
func since(kind knowledge.StepKind, value string, now time.Time) (time.Time, bool) {
	var form string
	switch kind {
	case knowledge.Date:
		form = dayForm
	case knowledge.Month:
		form = monthForm
	default:
		return slot.Since(value, now)
	}
	from, err := time.ParseInLocation(form, value, now.Location())
	return from, err == nil
}
