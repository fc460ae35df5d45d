package main

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"zhugong/handlers"
	"zhugong/internal/dialogue"
	"zhugong/internal/publish"
	"zhugong/internal/simulator"
)

// mostObservations is how many turns the demo page can look back on.
const mostObservations = 256

// observations keep what was thought of the last messages, for the page.
type observations struct {
	live  *publish.Live
	mutex sync.Mutex
	last  []observation
}

type observation struct {
	handlers.Observation
	resent bool
}

func (o *observations) add(seen handlers.Observation) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	if seen.Result.Repeated { // the first delivery says what was decided
		if first := o.find(seen.OpenID, seen.Key); first != nil {
			first.resent = true
		}
		return
	}
	if o.last = append(o.last, observation{Observation: seen}); len(o.last) > mostObservations {
		o.last = o.last[1:]
	}
}

// find returns the turn of that message; the mutex is held.
func (o *observations) find(openID, key string) *observation {
	for i := len(o.last) - 1; i >= 0; i-- {
		if seen := &o.last[i]; seen.OpenID == openID && seen.Key == key {
			return seen
		}
	}
	return nil
}

func (o *observations) inspect(openID, key string) (simulator.Inspect, bool) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	seen := o.find(openID, key)
	if seen == nil {
		return simulator.Inspect{}, false
	}
	return o.describe(seen), true
}

func (o *observations) describe(seen *observation) simulator.Inspect {
	engine, decision := o.live.Engine(""), &seen.Result.Decision
	inspect := simulator.Inspect{
		Decision: string(decision.Outcome), Intent: decision.Intent, Attribute: decision.Attribute, Why: decision.Why(),
		State: describeState(engine, &seen.Result.State), Took: seen.Took, Repeated: seen.resent, Degraded: seen.Result.Degraded, Knowledge: engine.Base.Version,
	}
	if seen.Result.Limited {
		inspect.Why = "写得太快，这条没有处理"
	}
	for _, c := range decision.Match.Candidates {
		if entry, known := engine.Base.Entry(c.Intent); decision.Matched && known {
			inspect.Candidates = append(inspect.Candidates, simulator.Candidate{Intent: c.Intent, Title: entry.Title, Probability: c.Probability})
		}
	}
	return inspect
}

func describeState(engine *dialogue.Engine, state *dialogue.State) string {
	title := func(id string) string {
		if entry, known := engine.Base.Entry(id); known {
			return entry.Title
		}
		return id
	}
	var lines []string
	add := func(name, value string) {
		if value != "" {
			lines = append(lines, name+"："+value)
		}
	}
	add("正在说", title(state.Entry))
	add("等着知道是哪件事的", state.Attribute)
	var offered []string
	for i, id := range state.Offered {
		offered = append(offered, fmt.Sprintf("%d %s", i+1, title(id)))
	}
	add("可以选", strings.Join(offered, "，"))
	if state.Misses > 0 {
		add("连着没帮上", fmt.Sprint(state.Misses))
	}
	add("没说完的", state.Rest)
	if !state.CrisisAt.IsZero() {
		add("危险消息", state.CrisisAt.Format(time.DateTime))
	}
	return strings.Join(lines, "\n")
}
