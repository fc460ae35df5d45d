package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"zhugong/internal/simulator"
	"zhugong/internal/testenv"
)

// miniProgram is the program with a mini program's API, and WeChat as the simulator plays it.
type miniProgram struct {
	*testing.T
	production
	redis       *testenv.Redis
	platform    *simulator.Platform
	logins, ids int
}

func newMiniProgram(t *testing.T) *miniProgram {
	t.Helper()
	platform, address, secret := playWeChat(t, "wx1234567890abcde0")
	redis := testenv.StartRedis(t)
	return &miniProgram{T: t, redis: redis, platform: platform, production: serveFor(t, redis.Address,
		"    mini_program: {app_id: wx1234567890abcde0, secret_file: "+secret+"}\nwechat_api: "+address+"\n"+deskSettings(t, ""))}
}

// call makes one call. token may be "".
func (m *miniProgram) call(method, path, token, body string) (status int, answer string) {
	m.Helper()
	request, err := http.NewRequestWithContext(m.Context(), method, m.webhook.URL+"/api/v1/city"+path, strings.NewReader(body))
	if err != nil {
		m.Fatal(err)
	}
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		m.Fatal(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil || bytes.Contains(data, []byte(testSecret)) {
		m.Fatalf("%s %s: %v %s", method, path, err, data)
	}
	if kind := response.Header.Get("Content-Type"); response.StatusCode >= 400 && !strings.HasPrefix(kind, "application/problem+json") {
		m.Errorf("%s %s: status %d is %s: %s", method, path, response.StatusCode, kind, data)
	}
	return response.StatusCode, string(data)
}

// login logs a worker in.
func (m *miniProgram) login(worker string) (token string) {
	m.Helper()
	m.logins++
	status, answer := m.call("POST", "/login", "", fmt.Sprintf(`{"code":"code-%d-%s"}`, m.logins, worker))
	var got struct {
		Token   string
		Expires int `json:"expires_in"`
	}
	if err := json.Unmarshal([]byte(answer), &got); err != nil || status != http.StatusOK || len(got.Token) < 40 || got.Expires != 7200 {
		m.Fatalf("%d %s", status, answer)
	}
	return got.Token
}

// say sends a text, and returns the answer.
func (m *miniProgram) say(token, text string) string {
	m.Helper()
	m.ids++
	status, answer := m.call("POST", "/messages", token, fmt.Sprintf(`{"id":"message-%d","text":%q}`, m.ids, text))
	if status != http.StatusOK {
		m.Fatalf("%q: %d %s", text, status, answer)
	}
	return answer
}

// TestMiniProgram registers a case through the API, step by step; nobody but its worker sees it, and he can delete it.
func TestMiniProgram(t *testing.T) {
	m := newMiniProgram(t)
	m.status(t) // has Redis asked how it keeps what it is given
	mason, cook := m.login("oMason"), m.login("oCook")
	if status, menu := m.call("GET", "/menu", mason, ""); status != http.StatusOK || !strings.Contains(menu, `"key":"flow:wage_claim"`) {
		t.Errorf("%d %s", status, menu)
	}
	opened := `{"id":"the-first-tap","key":"flow:callback"}`
	status, first := m.call("POST", "/messages", mason, opened)
	if status != http.StatusOK || !strings.Contains(first, `"flow":"callback"`) || !strings.Contains(first, `"asks":"consent"`) || !strings.Contains(first, `"send":"1"`) {
		t.Errorf("%d %s", status, first)
	}
	if _, again := m.call("POST", "/messages", mason, opened); again != first {
		t.Errorf("a resend gets %s, the first got %s", again, first)
	}
	for _, step := range []struct{ says, asks string }{
		{"同意", "topic"}, {"三个月工资没结", "name"}, {"姓罗", "phone"}, {"13885123456", "time"}, {"下午", "confirm"},
	} {
		if answer := m.say(mason, step.says); !strings.Contains(answer, `"asks":"`+step.asks+`"`) {
			t.Fatalf("after %q: %s", step.says, answer)
		}
	}
	if answer := m.say(mason, "对"); !strings.Contains(answer, "受理号") || strings.Contains(answer, `"form"`) {
		t.Errorf("%s", answer)
	}
	if _, own := m.call("GET", "/cases", mason, ""); !strings.Contains(own, `"title":"请人工回电"`) || !strings.Contains(own, "工会还没开始办") {
		t.Errorf("his own cases: %s", own)
	}
	if _, none := m.call("GET", "/cases", cook, ""); none != `{"cases":[]}` {
		t.Errorf("somebody else's cases: %s", none)
	}
	if status, _ := m.call("DELETE", "/me", mason, ""); status != http.StatusNoContent {
		t.Errorf("deleting: %d", status)
	}
	if status, _ := m.call("GET", "/cases", mason, ""); status != http.StatusUnauthorized {
		t.Errorf("after deletion the token is worth %d", status)
	}
	if _, none := m.call("GET", "/cases", m.login("oMason"), ""); none != `{"cases":[]}` {
		t.Errorf("after deletion: %s", none)
	}
}

// TestMiniProgramInterrupted is in danger, and asks for a person, in the middle of a form: no field is to stand where something
// else was said, until the worker goes on.
func TestMiniProgramInterrupted(t *testing.T) {
	m := newMiniProgram(t)
	for _, says := range []string{"我不想活了", "转人工"} {
		mason := m.login("oMason" + fmt.Sprint(len(says)))
		m.say(mason, "请人工回电")
		if answer := m.say(mason, "同意"); !strings.Contains(answer, `"asks":"topic"`) || strings.Contains(answer, `"waits"`) {
			t.Fatalf("%s", answer)
		}
		if answer := m.say(mason, says); !strings.Contains(answer, `"waits":true`) {
			t.Errorf("after %q: %s", says, answer)
		}
		if answer := m.say(mason, "继续"); !strings.Contains(answer, `"asks":"topic"`) || strings.Contains(answer, `"waits"`) {
			t.Errorf("going on after %q: %s", says, answer)
		}
	}
}

// TestMiniProgramRefuses makes every call without a token, with one that is none, and with a body that is wrong.
func TestMiniProgramRefuses(t *testing.T) {
	m := newMiniProgram(t)
	token := m.login("oMason")
	for _, route := range []struct{ method, path, body string }{
		{"POST", "/messages", `{"id":"message-1","text":"在吗"}`}, {"GET", "/menu", ""}, {"GET", "/cases", ""}, {"DELETE", "/me", ""},
	} {
		for name, bad := range map[string]string{"none": "", "short": "abc", "unknown": strings.Repeat("A", 43), "openid": "oMason"} {
			if status, answer := m.call(route.method, route.path, bad, route.body); status != http.StatusUnauthorized {
				t.Errorf("%s %s with token %s: %d %s", route.method, route.path, name, status, answer)
			}
		}
	}
	for body, want := range map[string]int{
		``: 415, `{`: 400, `{"id":"message-1","text":"在吗","openid":"oCook"}`: 400, `{"id":"message-1","text":"在吗"}{}`: 400, `[]`: 400,
		`{"id":"1","text":"在吗"}`: 422, `{"text":"在吗"}`: 422, `{"id":"message-1"}`: 422, `{"id":"message-1","text":" "}`: 422,
		`{"id":"message-1","text":"在吗","key":"sys.menu"}`: 422, `{"id":"message-1","text":"` + strings.Repeat("长", 2001) + `"}`: 422,
		`{"id":"message-1","text":"` + strings.Repeat("x", 20<<10) + `"}`: 413,
	} {
		if status, answer := m.call("POST", "/messages", token, body); status != want {
			t.Errorf("%.60s: %d %s, want %d", body, status, answer, want)
		}
	}
	for body, want := range map[string]int{
		`{"code":"code-9-oMason&appid=evil"}`: 422, `{"code":"nonsense"}`: 401, `{"code":"code-1-oMason"}`: 401, `{"code":""}`: 422, `{"openid":"oMason"}`: 400,
	} {
		if status, answer := m.call("POST", "/login", "", body); status != want {
			t.Errorf("login with %s: %d %s, want %d", body, status, answer, want)
		}
	}
	response, err := http.Get(m.webhook.URL + "/api/v1/village/menu")
	if err != nil || response.StatusCode != http.StatusNotFound {
		t.Errorf("another account: %v %v", response, err)
	}
	response.Body.Close()
}

// registers has a worker ask for a call about a topic.
func (m *miniProgram) registers(token, topic string) {
	m.Helper()
	for _, text := range []string{"请人工回电", "同意", topic, "姓罗", "13885123456", "下午"} {
		m.say(token, text)
	}
	if answer := m.say(token, "对"); !strings.Contains(answer, "受理号") {
		m.Fatalf("not registered: %s", answer)
	}
}

// TestContentCheck has WeChat look at what a worker writes himself before staff see it. Whatever it says, and when it says
// nothing, his case is registered; staff see unfit words when they ask for them.
func TestContentCheck(t *testing.T) {
	const checkPath = "/wxa/msg_sec_check"
	for _, c := range []struct {
		name, topic  string
		fails        int
		shows, hides string
	}{
		{"fit", "三个月工资没结", 0, "三个月工资没结", "内容检查"},
		{"doubtful", "工资没结" + simulator.ReviewWord, 0, "微信拿不准：低俗", "--all"},
		{"unfit", "那个狗东西不给钱" + simulator.RiskyWord, 0, "微信说不合适：辱骂", "狗东西"},
		{"of somebody who was away", "三个月工资没结", 61010, "没有检查成", "--all"},
		{"while WeChat is away", "三个月工资没结", 45009, "没有检查成", "--all"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := newMiniProgram(t)
			if c.fails != 0 {
				m.platform.Fail(checkPath, c.fails, 9)
			}
			m.registers(m.login("oMason"), c.topic)
			desk := func(arguments ...string) string {
				t.Helper()
				var out, told bytes.Buffer
				if code := run(append(arguments, "--config", m.config), streams{strings.NewReader(""), &out, &told}); code != fine {
					t.Fatalf("%v: %s", arguments, &told)
				}
				return out.String()
			}
			var listed []struct{ Ticket string }
			if err := json.Unmarshal([]byte(desk("cases", "list", "--json")), &listed); err != nil || len(listed) != 1 {
				t.Fatalf("%v %+v", err, listed)
			}
			shown := desk("cases", "show", listed[0].Ticket)
			if !strings.Contains(shown, c.shows) || strings.Contains(shown, c.hides) {
				t.Errorf("staff see %s", shown)
			}
			if all := desk("cases", "show", "--all", listed[0].Ticket); !strings.Contains(all, c.topic) {
				t.Errorf("staff who ask for it see %s", all)
			}
			if calls := m.platform.Calls(checkPath); calls != 1 {
				t.Errorf("WeChat was asked %d times", calls)
			}
		})
	}
}

// TestEveryRoute makes every call of the API as everybody: without a token, as oneself, as somebody else, with a token of
// another account, one that has ended and one that was given up. A new route needs a row.
func TestEveryRoute(t *testing.T) {
	m := newMiniProgram(t)
	m.status(t)
	rows := map[string]struct {
		body   string
		open   bool // to anybody
		own    int
		shows  string // to whom it belongs
		others string // what somebody else gets in its place
	}{
		"POST /login":    {body: `{"code":"code-%d-oGuest"}`, open: true, own: http.StatusOK, shows: "token", others: "token"},
		"POST /messages": {body: `{"id":"message-%d","text":"查询我的信息"}`, own: http.StatusOK, shows: "请人工回电", others: "没有"},
		"GET /menu":      {own: http.StatusOK, shows: "flow:wage_claim", others: "flow:wage_claim"},
		"GET /cases":     {own: http.StatusOK, shows: "请人工回电", others: `{"cases":[]}`},
		"DELETE /me":     {own: http.StatusNoContent},
	}
	number := 1000
	call := func(route, body, token string) (int, string) {
		method, path, _ := strings.Cut(route, " ")
		number++
		if strings.Contains(body, "%d") {
			body = fmt.Sprintf(body, number)
		}
		return m.call(method, path, token, body)
	}
	owner := m.login("oMason")
	m.registers(owner, "三个月工资没结")
	ended := func(worker string, end func(key string)) string {
		token := m.login(worker)
		hash := sha256.Sum256([]byte(token))
		end("zg:login:city:" + base64.RawURLEncoding.EncodeToString(hash[:]))
		return token
	}
	expired := ended("oMason", func(key string) {
		if m.redis.Ask(t, "expireat", key, "1") != int64(1) {
			t.Fatal("no such login")
		}
	})
	foreign := ended("oMason", func(key string) { // as the account county would have given it
		m.redis.Ask(t, "rename", key, strings.Replace(key, ":city:", ":county:", 1))
	})
	givenUp := m.login("oGuest")
	if status, _ := m.call("DELETE", "/me", givenUp, ""); status != http.StatusNoContent {
		t.Fatalf("giving up: %d", status)
	}
	seen := 0
	for _, route := range m.server.webhook.(*gin.Engine).Routes() {
		path, ours := strings.CutPrefix(route.Path, "/api/v1/:account")
		if !ours {
			continue
		}
		seen++
		name := route.Method + " " + path
		row, known := rows[name]
		if !known {
			t.Errorf("%s has no row", name)
			continue
		}
		for who, token := range map[string]string{"nobody": "", "expired": expired, "another account's": foreign, "given up": givenUp} {
			status, answer := call(name, row.body, token)
			if want := map[bool]int{true: row.own, false: http.StatusUnauthorized}[row.open]; status != want {
				t.Errorf("%s as %s: %d %s, want %d", name, who, status, answer, want)
			}
		}
		if status, answer := call(name, row.body, m.login("oCook")); status != row.own || !strings.Contains(answer, row.others) {
			t.Errorf("%s as somebody else: %d %s", name, status, answer)
		}
	}
	if seen != len(rows) {
		t.Errorf("%d routes, %d rows", seen, len(rows))
	}
	for _, name := range []string{"GET /cases", "GET /menu", "POST /messages", "POST /login", "DELETE /me"} {
		if status, answer := call(name, rows[name].body, owner); status != rows[name].own || !strings.Contains(answer, rows[name].shows) {
			t.Errorf("%s as its owner: %d %s", name, status, answer)
		}
	}
}

// TestLoginLimit stops one address that tries to log in over and over, and nobody else. Only a known proxy may say for whom
// it calls.
func TestLoginLimit(t *testing.T) {
	m := newMiniProgram(t)
	tries := func(p production, address string, times int) (refused int) {
		t.Helper()
		for i := range times {
			request, err := http.NewRequestWithContext(t.Context(), "POST", p.webhook.URL+"/api/v1/city/login", strings.NewReader(`{"code":"nonsense"}`))
			if err != nil {
				t.Fatal(err)
			}
			request.Header.Set("Content-Type", "application/json")
			request.Header.Set("X-Forwarded-For", strings.ReplaceAll(address, "N", fmt.Sprint(i)))
			response, err := http.DefaultClient.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			response.Body.Close()
			switch wait := response.Header.Get("Retry-After"); {
			case response.StatusCode == http.StatusTooManyRequests && wait != "" && len(wait) <= 2:
				refused++
			case response.StatusCode != http.StatusUnauthorized:
				t.Fatalf("%s: %s", address, response.Status)
			}
		}
		return refused
	}
	const inTwoMinutes = 2*60 + 1
	for _, c := range []struct {
		address string
		stopped bool
	}{
		{"203.0.113.5", true},
		{"2001:db8::N", true}, // one network of IPv6
		{"198.51.100.N", false},
		{"192.168.1.5", false}, // a proxy that is not known
	} {
		if refused := tries(m.production, c.address, inTwoMinutes); (refused > 0) != c.stopped {
			t.Errorf("%s: %d refused", c.address, refused)
		}
	}
	keys, err := m.redis.Client.Keys(t.Context(), "zg:tried:*").Result()
	if err != nil || len(keys) == 0 || strings.Contains(strings.Join(keys, " "), "203.0.113") {
		t.Errorf("%v %v", keys, err)
	}
	_, address, secret := playWeChat(t, "wx1234567890abcde0")
	behind := serveFor(t, testenv.StartRedis(t).Address,
		"    mini_program: {app_id: wx1234567890abcde0, secret_file: "+secret+"}\nwechat_api: "+address+"\ntrusted_proxies: [10.0.0.5]\n")
	if refused := tries(behind, "203.0.113.5", inTwoMinutes); refused != 0 {
		t.Errorf("somebody who is no proxy says for whom he calls: %d refused", refused)
	}
}
