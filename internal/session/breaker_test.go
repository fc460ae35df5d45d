package session

import (
	"testing"
	"time"
)

func TestBreaker(t *testing.T) {
	const soonAfter = 10 * time.Millisecond
	steps := []struct {
		name   string
		at     time.Duration
		do     func(*breaker, time.Duration) bool
		want   bool
		repeat int
	}{
		{name: "closed at first", do: (*breaker).allows, want: true},
		{name: "four failures", do: (*breaker).failed, want: false, repeat: 4},
		{name: "still closed", do: (*breaker).allows, want: true},
		{name: "a success forgives them", do: succeeded, want: false},
		{name: "four more", do: (*breaker).failed, want: false, repeat: 4},
		{name: "the fifth opens", do: (*breaker).failed, want: true},
		{name: "a late one changes nothing", at: soonAfter, do: (*breaker).failed, want: false},
		{name: "open", at: soonAfter, do: (*breaker).allows, want: false, repeat: 3},
		{name: "one probe", at: breakerPause, do: (*breaker).allows, want: true},
		{name: "no second one", at: breakerPause, do: (*breaker).allows, want: false},
		{name: "the probe fails", at: breakerPause + soonAfter, do: (*breaker).failed, want: false},
		{name: "open still", at: 2*breakerPause - 1, do: (*breaker).allows, want: false},
		{name: "the next probe", at: 2 * breakerPause, do: (*breaker).allows, want: true},
		{name: "which closes", at: 2*breakerPause + soonAfter, do: succeeded, want: true},
		{name: "closed", at: 2*breakerPause + soonAfter, do: (*breaker).allows, want: true, repeat: 3},
		{name: "and counts anew", at: 3 * breakerPause, do: (*breaker).failed, want: false, repeat: 4},
		{name: "up to five", at: 3 * breakerPause, do: (*breaker).failed, want: true},
		{name: "a clock that stands still probes once", at: 4 * breakerPause, do: (*breaker).allows, want: true},
		{name: "only", at: 4 * breakerPause, do: (*breaker).allows, want: false},
	}
	b := new(breaker)
	for _, step := range steps {
		for range max(1, step.repeat) {
			if got := step.do(b, step.at); got != step.want {
				t.Fatalf("%s: %v, want %v", step.name, got, step.want)
			}
		}
	}
}

func succeeded(b *breaker, _ time.Duration) bool { return b.succeeded() }
