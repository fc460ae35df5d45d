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
	landed chan struct{} // made by the first who waits, nil while nobody does
	result *Result
	err    error
}

// join returns the flight of a message, and whether the caller has to fly it.
func (f *flights) join(id string) (*flight, bool) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if running, found := f.byID[id]; found {
		if running.landed == nil {
			running.landed = make(chan struct{})
		}
		return running, false
	}
	if f.byID == nil {
		f.byID = map[string]*flight{}
	}
	begun := new(flight)
	f.byID[id] = begun
	return begun, true
}

func (f *flights) land(id string, done *flight, result *Result, err error) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	done.result, done.err = result, err
	delete(f.byID, id)
	if done.landed != nil {
		close(done.landed)
	}
}

// wait returns what the flight brings, as a repetition.
func (f *flight) wait(ctx context.Context) (Result, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	select {
	case <-f.landed:
		if f.err != nil {
			return Result{}, f.err
		}
		result := *f.result
		result.Repeated = true
		return result, nil
	case <-ctx.Done():
		return Result{}, fmt.Errorf("wait for the first delivery: %w", ctx.Err())
	}
}
