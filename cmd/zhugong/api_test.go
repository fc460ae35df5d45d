package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"zhugong/internal/testenv"
)

// miniProgram is the program with a mini program's API, and WeChat as the simulator plays it.
type miniProgram struct {
	*testing.T
	production
	logins, ids int
}

func newMiniProgram(t *testing.T) *miniProgram {
	t.Helper()
	_, address, secret := playWeChat(t, "wx1234567890abcde0")
	return &miniProgram{T: t, production: serveFor(t, testenv.StartRedis(t).Address,
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
