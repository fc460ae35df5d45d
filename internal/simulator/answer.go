package simulator

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// answer is what the page learns of one push.
type answer struct {
	Shown     shown    `json:"shown"`
	Tries     []*try   `json:"tries"`
	Replies   int      `json:"replies"`   // of the tries, how many were answered
	Identical bool     `json:"identical"` // byte for byte
	Took      float64  `json:"took_ms"`   // until the phone showed it
	Inspect   *insight `json:"inspect"`   // null: nothing is known
}

// insight is an Inspect in JSON.
type insight struct {
	Decision   string          `json:"decision"`
	Intent     string          `json:"intent"`
	Attribute  string          `json:"attribute"`
	Why        []string        `json:"why"`
	Candidates []candidateJSON `json:"candidates"`
	State      []string        `json:"state"`
	Took       float64         `json:"took_ms"`
	Repeated   bool            `json:"repeated"`
	Degraded   bool            `json:"degraded"`
	Knowledge  string          `json:"knowledge"`
}

type candidateJSON struct {
	Intent      string  `json:"intent"`
	Title       string  `json:"title"`
	Probability float64 `json:"probability"`
}

// push carries one message or event of a phone to the webhook and tells what came of it.
func (s *simulator) push(w http.ResponseWriter, r *http.Request) {
	var o order
	err := readJSON(w, r, &o)
	if err == nil {
		err = o.check()
	}
	var m message
	if err == nil {
		m, err = s.message(r.PathValue("kind"), &o)
	}
	if err != nil {
		writeProblem(w, err)
		return
	}
	// Three tries take longer than a server usually allows; a writer that has no deadlines is content too.
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(time.Time{})
	_ = control.SetWriteDeadline(time.Time{})

	d, err := s.seal(&o, m)
	if err != nil {
		writeProblem(w, err)
		return
	}
	if s.Platform != nil {
		s.Platform.Noticed(o.Phone, r.PathValue("kind"))
	}
	writeJSON(w, http.StatusOK, s.judge(r.Context(), d, &o, m))
}

// seal signs and encrypts m.
func (s *simulator) seal(o *order, m message) (*delivery, error) {
	plain := m.xml(s.Account.OriginalID, o.Phone, s.Now())
	query, body, err := s.gate.Push(plain, s.newID()[9:], false)
	if err != nil {
		return nil, fmt.Errorf("make push: %w", err)
	}
	push, err := s.gate.Open(query, body)
	if err != nil {
		return nil, fmt.Errorf("open own push: %w", err)
	}
	return &delivery{
		address: s.Webhook + "?" + query, key: push.Message.Key(), plain: plain, body: body,
		copies: o.Copies, delay: time.Duration(o.Delay) * time.Second,
	}, nil
}

// judge decides what the phone shows, and gathers what is to be seen behind it.
func (s *simulator) judge(ctx context.Context, d *delivery, o *order, m message) answer {
	tries, first, took := s.deliver(ctx, d)
	a := answer{Tries: tries, Shown: broken("三次都没有按时收到回复"), Identical: true, Took: milliseconds(took)}
	if tries[len(tries)-1].Outcome == unreachable {
		a.Shown.Fault = "连不上网址，或者连接断了"
	}
	reply := ""
	for _, t := range tries {
		if t.code == 0 {
			continue // no response
		}
		seen := s.read(t, o.Phone, m)
		if t == first {
			a.Shown = seen
		}
		if a.Replies++; a.Replies == 1 {
			reply = t.Reply
		}
		a.Identical = a.Identical && t.Reply == reply
	}
	if m.silent {
		a.Shown = shown{Kind: "none"}
	}
	if s.Inspect != nil {
		if known, ok := s.Inspect(o.Phone, d.key); ok {
			a.Inspect = insightOf(known)
		}
	}
	return a
}

// lines divides text for reading, never into nil, which JSON would call null.
func lines(text string) []string {
	if text = strings.TrimRight(text, "\n"); text == "" {
		return []string{}
	}
	return strings.Split(text, "\n")
}

func insightOf(known Inspect) *insight {
	in := &insight{
		Decision: known.Decision, Intent: known.Intent, Attribute: known.Attribute,
		Why: lines(known.Why), State: lines(known.State), Candidates: []candidateJSON{},
		Took: milliseconds(known.Took), Repeated: known.Repeated, Degraded: known.Degraded, Knowledge: known.Knowledge,
	}
	for _, c := range known.Candidates {
		in.Candidates = append(in.Candidates, candidateJSON(c))
	}
	return in
}
