// Package testenv is what tests stand on: the built-in knowledge, trained once a process, and real Redis servers on
// loopback that end with their test. Nothing but tests imports it. It knows nothing of the packages they test.
package testenv

import (
	"errors"
	"net"
	"sync"
	"testing"
	"time"

	"zhugong/internal/dialogue"
	"zhugong/knowledge"
)

// Engine returns the engine of the built-in knowledge, the same for all tests of a process.
func Engine(tb testing.TB) *dialogue.Engine {
	tb.Helper()
	engine, err := builtin()
	if err != nil {
		tb.Fatalf("built-in knowledge: %v", err)
	}
	return engine
}

var builtin = sync.OnceValues(func() (*dialogue.Engine, error) {
	base, faults := knowledge.Load(knowledge.Builtin(), time.Now())
	if base == nil {
		return nil, errors.New(faults[0].String())
	}
	return dialogue.NewEngine(base)
})

// FreeAddress returns an address of the loopback where nothing listens.
func FreeAddress(tb testing.TB) string {
	tb.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// Await asks again and again until something outside this process is so, and returns how long that took.
func Await(tb testing.TB, what string, so func() bool) time.Duration {
	tb.Helper()
	start := time.Now()
	ticker := time.NewTicker(5 * time.Millisecond)
	defer ticker.Stop()
	for !so() {
		if time.Since(start) > 15*time.Second {
			tb.Fatalf("waited %v for %s", time.Since(start).Round(time.Millisecond), what)
		}
		<-ticker.C
	}
	return time.Since(start)
}
