package simulator

import (
	"context"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"
)

// Desk is the union's side as the page shows it: staff see what workers registered, and work on it.
type Desk interface {
	// Cases returns what was registered, the newest first.
	Cases(ctx context.Context) ([]Case, error)
	// Step takes a step with a case: take, answer (with a note, which the worker reads) or close. It says to staff how it went.
	Step(ctx context.Context, ticket, step, note string) (told string, err error)
}

// Case is what a worker registered.
type Case struct {
	Ticket string    `json:"ticket"`
	Title  string    `json:"title"`
	Opened time.Time `json:"opened"`
	Status string    `json:"status"` // new, taken, answered, closed
	Name   string    `json:"name"`   // of the status, in Chinese
	Lines  []Line    `json:"lines"`
	Answer string    `json:"answer,omitempty"`
	Phone  string    `json:"phone"` // the worker's openid
}

// Later lets days pass for a worker's phone: the account may write to it no longer.
func (p *Platform) Later(openID string, passed time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	f := p.follower(openID)
	f.wrote, f.tapped = f.wrote.Add(-passed), f.tapped.Add(-passed)
}

const (
	deskTime  = 10 * time.Second
	someDays  = 3 * 24 * time.Hour
	maxAnswer = 500 // runes
)

func (s *simulator) cases(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), deskTime)
	defer cancel()
	cases, err := s.Desk.Cases(ctx)
	if err != nil {
		writeProblem(w, err)
		return
	}
	writeJSON(w, http.StatusOK, map[string]any{"cases": append([]Case{}, cases...)})
}

func (s *simulator) step(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Ticket string `json:"ticket"`
		Step   string `json:"step"`
		Note   string `json:"note"`
		Later  bool   `json:"later"` // days after the worker wrote
		Phone  string `json:"phone"`
	}
	if err := readJSON(w, r, &asked); err != nil {
		writeProblem(w, err)
		return
	}
	switch {
	case asked.Step == "answer" && strings.TrimSpace(asked.Note) == "":
		writeProblem(w, bad("先写答复"))
		return
	case utf8.RuneCountInString(asked.Note) > maxAnswer:
		writeProblem(w, bad("答复太长了，最多 500 个字"))
		return
	}
	if asked.Later && isOpenID(asked.Phone) {
		s.Platform.Later(asked.Phone, someDays)
	}
	ctx, cancel := context.WithTimeout(r.Context(), deskTime)
	defer cancel()
	told, err := s.Desk.Step(ctx, asked.Ticket, asked.Step, asked.Note)
	if err != nil {
		writeProblem(w, bad(err.Error()))
		return
	}
	writeJSON(w, http.StatusOK, map[string]string{"told": told})
}
