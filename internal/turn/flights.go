package turn

import (
	"context"
	"fmt"
	"sync"
)

// flights are the messages that this process is working on, so that a resend joins the running turn instead of
// asking Redis for it over and over.
type flights struct {
	mutex sync.Mutex
	byID  map[string]*flight
}

type flight struct {
	landed chan struct{}
	result Result
	err    error
}

// join returns the flight of a message, and whether the caller has to fly it.
func (f *flights) join(id string) (*flight, bool) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if running, found := f.byID[id]; found {
		return running, false
	}
	if f.byID == nil {
		f.byID = map[string]*flight{}
	}
	begun := &flight{landed: make(chan struct{})}
	f.byID[id] = begun
	return begun, true
}

func (f *flights) land(id string, done *flight, result Result, err error) {
	done.result, done.err = result, err
	f.mutex.Lock()
	delete(f.byID, id)
	f.mutex.Unlock()
	close(done.landed)
}

// wait returns what the flight brings, as a repetition.
func (f *flight) wait(ctx context.Context) (Result, error) {
	select {
	case <-f.landed:
		result := f.result
		result.Repeated = true
		return result, f.err
	case <-ctx.Done():
		return Result{}, fmt.Errorf("wait for the first delivery: %w", ctx.Err())
	}
}
