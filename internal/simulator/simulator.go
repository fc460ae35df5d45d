// Package simulator is a stand-in for WeChat: a phone page in the browser whose messages, taps and events reach the
// real webhook as signed, encrypted pushes, with WeChat's time limit, its resends and its refusal of broken replies. It
// knows nothing of what the webhook does with them: not of dialogue, knowledge or Redis. It is for trying things out
// on one's own machine and serves only that machine.
package simulator

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"sync/atomic"
	"time"

	"zhugong/internal/wechat"
)

// Options is what a simulator needs.
type Options struct {
	Account wechat.Account
	Webhook string   // URL of the account's webhook
	Menu    []Button // the account's custom menu, at most 3 buttons with at most 5 below each; nil: as Platform has it
	// Platform plays WeChat's API below /sim/api; nil: there is none.
	Platform *Platform
	Desk     Desk // the union's side; nil: the page has none. It needs a Platform
	// MiniAPI is the path of a mini program's API on the page's own address, for the page at /mini; "": there is none.
	MiniAPI string
	// Inspect tells what was made of a message, after it was answered; key is what wechat.Message.Key gives. It is
	// called by many goroutines. Nil means that nothing is known.
	Inspect func(openID, key string) (Inspect, bool)
	Timeout time.Duration    // how long WeChat waits for an answer; zero is WeChat's own 5 s
	Now     func() time.Time // the clock of WeChat's timestamps
	Client  *http.Client     // nil is one that follows no redirects, as WeChat does not
}

// Button is one button of the custom menu: with a Key it sends CLICK, with an AppID view_miniprogram, else with a URL VIEW,
// with buttons below none of them.
type Button struct {
	Name  string   `json:"name"`
	Key   string   `json:"key,omitempty"`
	URL   string   `json:"url,omitempty"`
	AppID string   `json:"app_id,omitempty"`
	Path  string   `json:"path,omitempty"` // of a page of the mini program
	Sub   []Button `json:"sub,omitempty"`
}

// Inspect is what the program behind the webhook thought of one message.
type Inspect struct {
	Decision   string // answer, clarify, flow, human, crisis, abuse, outside, ignore
	Intent     string
	Attribute  string
	Why        string // lines
	Candidates []Candidate
	State      string // of the session after the message, readable lines
	Took       time.Duration
	Repeated   bool   // a resend was answered with the reply of the first delivery
	Degraded   bool   // the session could not be read or saved
	Knowledge  string // version
}

// Candidate is one intent the message may have meant.
type Candidate struct {
	Intent      string
	Title       string
	Probability float64
}

const (
	wechatTimeout = 5 * time.Second
	maxTries      = 3
)

type simulator struct {
	Options
	gate *wechat.Gate
	last atomic.Int64 // the newest MsgId given out
}

// New returns the page at / and its endpoints below /sim/. They answer only to the machine they run on.
func New(o Options) (http.Handler, error) {
	if address, err := url.Parse(o.Webhook); err != nil || address.Host == "" || address.RawQuery != "" {
		return nil, errors.New("simulator: webhook: want a URL with a host and no query")
	}
	if o.Timeout == 0 {
		o.Timeout = wechatTimeout
	}
	if o.Client == nil {
		o.Client = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	}
	gate, err := wechat.NewGate(o.Account, o.Now, nil)
	if err != nil {
		return nil, fmt.Errorf("simulator: account: %w", err)
	}
	s := &simulator{Options: o, gate: gate}
	mux := http.NewServeMux()
	if err := servePage(mux); err != nil {
		return nil, err
	}
	mux.HandleFunc("GET /sim/setup", s.setup)
	mux.HandleFunc("POST /sim/push/{kind}", s.push)
	if o.Platform != nil {
		mux.Handle("/sim/api/", http.StripPrefix("/sim/api", o.Platform))
		mux.HandleFunc("POST /sim/fail", o.Platform.fail)
		mux.HandleFunc("GET /sim/arrivals", s.arrivals)
	}
	if o.Desk != nil {
		mux.HandleFunc("GET /sim/desk", s.cases)
		mux.HandleFunc("POST /sim/desk", s.step)
	}
	return guard(mux), nil
}

// menu returns the menu as it is now.
func (s *simulator) menu() []Button {
	if s.Menu == nil && s.Platform != nil {
		return s.Platform.buttons()
	}
	return s.Menu
}

// arrivals tells the page what the account has sent of its own accord.
func (s *simulator) arrivals(w http.ResponseWriter, r *http.Request) {
	after, err := strconv.Atoi(r.URL.Query().Get("after"))
	if phone := r.URL.Query().Get("phone"); err == nil && isOpenID(phone) {
		writeJSON(w, http.StatusOK, s.Platform.Arrivals(phone, after))
		return
	}
	writeProblem(w, bad("要写 phone 和 after"))
}

// newID returns a MsgId: 19 digits as WeChat's, and never the same twice, not even after a restart.
func (s *simulator) newID() string {
	for {
		last := s.last.Load()
		next := max(last+1, s.Now().UnixNano())
		if s.last.CompareAndSwap(last, next) {
			return strconv.FormatInt(next, 10)
		}
	}
}
