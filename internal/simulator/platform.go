package simulator

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"zhugong/internal/wechat"
)

// Platform plays the API of WeChat for one account: access tokens, the custom menu, customer-service messages with the
// quota of every worker, and whatever error it is told to give. It keeps all in memory. It is safe for concurrent use.
type Platform struct {
	appID, secret string
	now           func() time.Time

	mu        sync.Mutex
	token     string
	until     time.Time
	menu      wechat.CustomMenu
	menus     int // for tags, ever
	workers   map[string]*follower
	templates map[string][]string // names of fields, by id
	failures  []*refusal
	calls     map[string]int  // by path
	used      map[string]bool // codes of wx.login
}

// follower is what WeChat knows of one worker, by openid.
type follower struct {
	gone     bool // unsubscribed
	wrote    time.Time
	tapped   time.Time
	sent     int // since it wrote
	answered int // since it tapped
	arrived  []Arrival
	asked    map[string]int // for notices, by template
	notices  []string       // that were sent, by their ids
	typing   time.Time      // until then
}

// arrive puts a message on the phone.
func (f *follower) arrive(a Arrival) {
	a.Number = len(f.arrived) + 1
	f.arrived = append(f.arrived, a)
}

// Arrival is a message that reached a phone as no reply.
type Arrival struct {
	Number int    `json:"number"`          // from 1
	Kind   string `json:"kind"`            // text, news, msgmenu, miniprogrampage, notice, typing
	Text   string `json:"text,omitempty"`  // of a text or msgmenu, as it was sent
	Parts  []part `json:"parts,omitempty"` // the same as WeChat shows it
	Card   *card  `json:"card,omitempty"`  // news
	Title  string `json:"title,omitempty"` // of a page; of a notice: its template
	AppID  string `json:"app_id,omitempty"`
	Path   string `json:"path,omitempty"`
	URL    string `json:"url,omitempty"`   // of a notice
	Lines  []Line `json:"lines,omitempty"` // of a notice
}

// refusal is an error that calls of a path are answered with.
type refusal struct {
	Path  string `json:"path"`
	Code  int    `json:"code"`
	Times int    `json:"times"`
}

// What WeChat allows. Source: the page on customer-service messages of service accounts.
const (
	afterMessage, messagesAfter = 48 * time.Hour, 5
	afterTap, messagesAfterTap  = time.Minute, 3
	tokenLasts                  = 2 * time.Hour
)

// The codes that the platform gives of its own accord.
const (
	badToken    = 40001
	badSecret   = 40125
	noMenuYet   = 46003
	noFollower  = 43004
	outOfWindow = 45015
	outOfQuota  = 45047
	badBody     = 47001
	badButtons  = 40016
)

// NewPlatform returns the API of an account with that AppSecret.
func NewPlatform(appID, secret string, now func() time.Time) *Platform {
	return &Platform{appID: appID, secret: secret, now: now, workers: map[string]*follower{}, templates: map[string][]string{}, used: map[string]bool{}, calls: map[string]int{}}
}

// ServeHTTP answers a call as WeChat does, with status 200 and an errcode.
func (p *Platform) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxReply))
	if err != nil {
		http.Error(w, "", http.StatusRequestEntityTooLarge)
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.calls[r.URL.Path]++
	answer, code := p.answer(r, body)
	if code != 0 {
		answer = map[string]any{"errcode": code, "errmsg": fmt.Sprintf("simulated rid: %s", rand.Text()[:8])}
	}
	writeJSON(w, http.StatusOK, answer)
}

func (p *Platform) answer(r *http.Request, body []byte) (answer any, code int) {
	for _, f := range p.failures {
		if f.Times > 0 && f.Path == r.URL.Path {
			f.Times--
			return nil, f.Code
		}
	}
	if r.URL.Path == "/sns/jscode2session" {
		return p.login(r)
	}
	if r.URL.Path == "/cgi-bin/stable_token" {
		return p.giveToken(body)
	}
	if token := r.URL.Query().Get("access_token"); token == "" || token != p.token || !p.now().Before(p.until) {
		return nil, badToken
	}
	done := map[string]any{"errcode": 0, "errmsg": "ok"}
	switch r.Method + " " + r.URL.Path {
	case "GET /cgi-bin/menu/get":
		return p.showMenu()
	case "POST /cgi-bin/menu/create":
		return done, p.setMenu(body)
	case "POST /cgi-bin/menu/addconditional":
		return done, p.addTagged(body)
	case "POST /cgi-bin/menu/delconditional":
		return done, p.deleteTagged(body)
	case "POST /cgi-bin/message/custom/send":
		return done, p.send(body)
	case "POST /wxa/msg_sec_check":
		return p.check(body)
	case "POST /cgi-bin/message/custom/typing":
		return done, p.typing(body)
	case "POST /cgi-bin/message/subscribe/bizsend":
		return done, p.notify(body, true)
	case "POST /cgi-bin/message/template/send":
		return done, p.notify(body, false)
	}
	return nil, 40066 // invalid url
}

// login recognises whoever has a code: one that reads code-<anything>-<openid>, once.
func (p *Platform) login(r *http.Request) (any, int) {
	query := r.URL.Query()
	code := query.Get("js_code")
	_, openID, fits := strings.Cut(strings.TrimPrefix(code, "code-"), "-")
	switch {
	case query.Get("appid") != p.appID || query.Get("secret") != p.secret:
		return nil, badSecret
	case !fits || !strings.HasPrefix(code, "code-"):
		return nil, 40029
	case p.used[code]:
		return nil, 40163
	}
	p.used[code] = true
	p.follower(openID) // uses the mini program now
	return map[string]any{"openid": openID, "session_key": rand.Text()}, 0
}

func (p *Platform) giveToken(body []byte) (any, int) {
	var asked struct {
		AppID  string `json:"appid"`
		Secret string `json:"secret"`
		Force  bool   `json:"force_refresh"`
	}
	switch err := json.Unmarshal(body, &asked); {
	case err != nil:
		return nil, badBody
	case asked.AppID != p.appID || asked.Secret != p.secret:
		return nil, badSecret
	}
	if asked.Force || !p.now().Before(p.until.Add(-5*time.Minute)) {
		p.token, p.until = rand.Text(), p.now().Add(tokenLasts)
	}
	return map[string]any{"access_token": p.token, "expires_in": int(p.until.Sub(p.now()).Seconds())}, 0
}

func (p *Platform) showMenu() (any, int) {
	if len(p.menu.Buttons) == 0 {
		return nil, noMenuYet
	}
	tagged := []any{}
	for _, one := range p.menu.Tagged {
		tagged = append(tagged, map[string]any{"button": one.Buttons, "matchrule": map[string]string{"tag_id": fmt.Sprint(one.TagID)}, "menuid": one.ID})
	}
	return map[string]any{"menu": map[string]any{"button": p.menu.Buttons, "menuid": 1}, "conditionalmenu": tagged}, 0
}

func (p *Platform) setMenu(body []byte) int {
	var asked struct {
		Buttons []wechat.MenuButton `json:"button"`
	}
	if json.Unmarshal(body, &asked) != nil {
		return badBody
	}
	if code := buttonsFault(asked.Buttons); code != 0 {
		return code
	}
	p.menu.Buttons = asked.Buttons
	return 0
}

func (p *Platform) addTagged(body []byte) int {
	var asked struct {
		Buttons []wechat.MenuButton `json:"button"`
		Rule    struct {
			TagID string `json:"tag_id"`
		} `json:"matchrule"`
	}
	var id int
	if json.Unmarshal(body, &asked) != nil || len(p.menu.Buttons) == 0 {
		return badBody
	}
	if _, err := fmt.Sscan(asked.Rule.TagID, &id); err != nil {
		return 65320 // rules other than a tag are no longer taken
	}
	if code := buttonsFault(asked.Buttons); code != 0 {
		return code
	}
	p.menus++
	p.menu.Tagged = append(p.menu.Tagged, wechat.TaggedMenu{ID: fmt.Sprint(p.menus), TagID: id, Buttons: asked.Buttons})
	return 0
}

func (p *Platform) deleteTagged(body []byte) int {
	var asked struct {
		ID string `json:"menuid"`
	}
	if json.Unmarshal(body, &asked) != nil {
		return badBody
	}
	before := len(p.menu.Tagged)
	p.menu.Tagged = slices.DeleteFunc(p.menu.Tagged, func(m wechat.TaggedMenu) bool { return m.ID == asked.ID })
	if len(p.menu.Tagged) == before {
		return 65301 // no such menu
	}
	return 0
}

// buttonsFault returns the code for a menu that WeChat does not take, 0 for one that it does.
func buttonsFault(buttons []wechat.MenuButton) int {
	if len(buttons) < 1 || len(buttons) > 3 {
		return badButtons
	}
	for _, button := range buttons {
		if len(button.Sub) > 5 {
			return 40023
		}
		if len(button.Name) == 0 || len(button.Name) > 16 {
			return 40018
		}
		for _, sub := range button.Sub {
			if len(sub.Name) == 0 || len(sub.Name) > 60 || sub.Type == "" {
				return 40025
			}
		}
		if len(button.Sub) == 0 && button.Type == "" {
			return 40017
		}
	}
	return 0
}

// send delivers a customer-service message, within the worker's quota.
func (p *Platform) send(body []byte) int {
	var asked struct {
		To string `json:"touser"`
		wechat.CustomMessage
	}
	if json.Unmarshal(body, &asked) != nil {
		return badBody
	}
	arrival, code := arrivalOf(asked.CustomMessage)
	if code != 0 {
		return code
	}
	f, known := p.workers[asked.To]
	if !known || f.gone {
		return noFollower
	}
	now := p.now()
	switch {
	case now.Sub(f.tapped) < afterTap && f.answered < messagesAfterTap:
		f.answered++
	case now.Sub(f.wrote) < afterMessage && f.sent < messagesAfter:
		f.sent++
	case now.Sub(f.wrote) < afterMessage || now.Sub(f.tapped) < afterTap:
		return outOfQuota
	default:
		return outOfWindow
	}
	f.typing = now
	f.arrive(arrival)
	return 0
}

// arrivalOf is how a message looks on the phone, or the code for one that WeChat does not take.
func arrivalOf(m wechat.CustomMessage) (Arrival, int) {
	a := Arrival{Kind: m.Type}
	switch {
	case m.Type == "text" && m.Text != nil && m.Text.Content != "":
		a.Text, a.Parts = m.Text.Content, split(m.Text.Content)
	case m.Type == "news" && m.News != nil && len(m.News.Articles) == 1 && m.News.Articles[0].Title != "":
		article := m.News.Articles[0]
		a.Card = &card{article.Title, article.Description, article.URL}
	case m.Type == "msgmenu" && m.Menu != nil && len(m.Menu.List) > 0:
		a.Text, a.Parts = m.Menu.Head, split(m.Menu.Head)
		for _, line := range m.Menu.List {
			if line.ID == "" || line.Content == "" {
				return a, badBody
			}
			a.Parts = append(a.Parts, part{Kind: "text", Text: "\n"}, part{Kind: "choice", Text: line.Content, Send: line.Content, MenuID: line.ID})
		}
		if m.Menu.Tail != "" {
			a.Parts = append(a.Parts, part{Kind: "text", Text: "\n" + m.Menu.Tail})
		}
	case m.Type == "miniprogrampage" && m.Page != nil && m.Page.AppID != "" && m.Page.Path != "" && m.Page.MediaID != "":
		a.Title, a.AppID, a.Path = m.Page.Title, m.Page.AppID, m.Page.Path
	case m.Type == "text", m.Type == "news", m.Type == "msgmenu", m.Type == "miniprogrampage":
		return a, badBody
	default:
		return a, 40008 // no such kind
	}
	if len(a.Text) > wechat.MaxText {
		return a, 45002
	}
	return a, 0
}

// Noticed takes down what a phone did, which opens the time in which the account may write to it.
func (p *Platform) Noticed(openID, kind string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	f := p.follower(openID)
	switch kind {
	case "unsubscribe":
		f.gone = true
	case "menu", "subscribe":
		f.gone, f.tapped, f.answered = false, p.now(), 0
	default:
		f.gone, f.wrote, f.sent = false, p.now(), 0
	}
}

// follower is what is known of a worker, who is not known to have left.
func (p *Platform) follower(openID string) *follower {
	f := p.workers[openID]
	if f == nil {
		f = new(follower)
		p.workers[openID] = f
	}
	return f
}

// Arrivals returns what has reached a phone since the one with that number.
func (p *Platform) Arrivals(openID string, after int) []Arrival {
	p.mu.Lock()
	defer p.mu.Unlock()
	f := p.workers[openID]
	if f == nil || after < 0 || after > len(f.arrived) {
		return []Arrival{}
	}
	return append([]Arrival{}, f.arrived[after:]...)
}

// SetMenu puts a menu in place, as if it had been pushed before.
func (p *Platform) SetMenu(menu wechat.CustomMenu) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.menu = menu
}

// buttons returns the menu as the page shows it.
func (p *Platform) buttons() []Button {
	p.mu.Lock()
	defer p.mu.Unlock()
	return shownButtons(p.menu.Buttons)
}

func shownButtons(buttons []wechat.MenuButton) []Button {
	var all []Button
	for _, b := range buttons {
		shown := Button{Name: b.Name, Key: b.Key, URL: b.URL, AppID: b.AppID, Path: b.PagePath, Sub: shownButtons(b.Sub)}
		all = append(all, shown)
	}
	return all
}

// Fail has the next calls of a path answered with a code.
func (p *Platform) Fail(path string, code, times int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.failures = slices.DeleteFunc(p.failures, func(f *refusal) bool { return f.Times == 0 })
	p.failures = append(p.failures, &refusal{path, code, times})
}

// fail is Fail for whoever tries a program against the simulator.
func (p *Platform) fail(w http.ResponseWriter, r *http.Request) {
	var asked refusal
	if err := readJSON(w, r, &asked); err != nil {
		writeProblem(w, err)
		return
	}
	if !strings.HasPrefix(asked.Path, "/cgi-bin/") || asked.Code == 0 || asked.Times < 1 {
		writeProblem(w, bad("要写 path、code 和 times"))
		return
	}
	p.Fail(asked.Path, asked.Code, asked.Times)
	writeJSON(w, http.StatusOK, asked)
}

// Calls returns how often a path has been called.
func (p *Platform) Calls(path string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.calls[path]
}
