package simulator

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"zhugong/internal/wechat"
)

func TestGuard(t *testing.T) {
	const body = `{"phone":"` + testPhone + `","text":"你好"}`
	with := func(header, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(header, value) }
	}
	host := func(host string) func(*http.Request) { return func(r *http.Request) { r.Host = host } }
	asked := func(method, path, body string) [3]string { return [3]string{method, path, body} }
	text := func(body string) [3]string { return asked(http.MethodPost, "/sim/push/text", body) }
	cases := []struct {
		name    string
		request [3]string
		change  func(*http.Request)
		want    int
	}{
		{"as the page sends it", text(body), with("Sec-Fetch-Site", "same-origin"), 200},
		{"localhost", text(body), host("localhost:1"), 200},
		{"IPv6", text(body), host("[::1]:1"), 200},
		{"IPv6 without port", text(body), host("[::1]"), 200},
		{"page", asked(http.MethodGet, "/", ""), nil, 200},
		{"another name", text(body), host("evil.example"), 403},
		{"a name that begins alike", text(body), host("127.0.0.1.evil.example"), 403},
		{"another name, page", asked(http.MethodGet, "/", ""), host("evil.example:80"), 403},
		{"another address", text(body), host("192.0.2.1"), 403},
		{"no host", text(body), host(""), 403},
		{"another site", text(body), with("Sec-Fetch-Site", "cross-site"), 403},
		{"another port of this site", text(body), with("Sec-Fetch-Site", "same-site"), 403},
		{"another origin", text(body), with("Origin", "https://evil.example"), 403},
		{"a form", text(body), with("Content-Type", "text/plain"), 415},
		{"GET", asked(http.MethodGet, "/sim/push/text", ""), nil, 405},
		{"unknown kind", asked(http.MethodPost, "/sim/push/poem", body), nil, 404},
		{"unknown path", asked(http.MethodGet, "/sim/", ""), nil, 404},
		{"source", asked(http.MethodGet, "/web/page.html", ""), nil, 404},
		{"no JSON", text("text=你好"), nil, 400},
		{"empty", text(""), nil, 400},
		{"unknown field", text(`{"phone":"` + testPhone + `","text":"你好","openid":1}`), nil, 400},
		{"two values", text(body + body), nil, 400},
		{"too long a body", text(`{"text":"` + strings.Repeat("x", maxOrder) + `"}`), nil, 413},
		{"longest text", text(strings.Replace(body, "你好", strings.Repeat("字", 2000), 1)), nil, 200},
		{"too long a text", text(strings.Replace(body, "你好", strings.Repeat("字", 2001), 1)), nil, 413},
		{"no text", text(strings.Replace(body, "你好", ` \u0000\n`, 1)), nil, 400},
		{"no phone", text(`{"text":"你好"}`), nil, 400},
		{"phone with markup", text(strings.Replace(body, "oABCDE", "o<b>]]", 1)), nil, 400},
		{"too many copies", text(strings.Replace(body, "{", `{"copies":4,`, 1)), nil, 400},
		{"odd delay", text(strings.Replace(body, "{", `{"delay_s":60,`, 1)), nil, 400},
		{"no button", asked(http.MethodPost, "/sim/push/menu", `{"phone":"`+testPhone+`"}`), nil, 400},
		{"button that opens others", asked(http.MethodPost, "/sim/push/menu", `{"phone":"`+testPhone+`","button":[0]}`), nil, 400},
		{"button that is not there", asked(http.MethodPost, "/sim/push/menu", `{"phone":"`+testPhone+`","button":[0,2]}`), nil, 400},
		{"negative button", asked(http.MethodPost, "/sim/push/menu", `{"phone":"`+testPhone+`","button":[-1]}`), nil, 400},
	}
	for _, c := range cases {
		h := newWebhook(t, wechat.Safe)
		r := request(c.request[0], c.request[1], c.request[2])
		if c.change != nil {
			c.change(r)
		}
		w := httptest.NewRecorder()
		newSimulator(t, h.options(wechat.Safe)).ServeHTTP(w, r)
		if w.Code != c.want {
			t.Errorf("%s: status %d, want %d: %s", c.name, w.Code, c.want, w.Body)
		}
		if sent := len(h.pushes()); sent > 0 && c.want != 200 {
			t.Errorf("%s: refused, but %d pushes were sent", c.name, sent)
		}
		if w.Header().Get("Content-Security-Policy") != policy {
			t.Errorf("%s: no content security policy", c.name)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	for name, change := range map[string]func(*Options){
		"no webhook":         func(o *Options) { o.Webhook = "" },
		"path only":          func(o *Options) { o.Webhook = "/wechat/demo" },
		"query":              func(o *Options) { o.Webhook += "?a=1" },
		"account of no mode": func(o *Options) { o.Account.Mode = "" },
	} {
		o := newWebhook(t, wechat.Safe).options(wechat.Safe)
		change(&o)
		if _, err := New(o); err == nil {
			t.Errorf("New with %s: no error", name)
		}
	}
}

// TestPageNeedsNothingElse: the page must work without a network, and under its own policy.
func TestPageNeedsNothingElse(t *testing.T) {
	handler := newSimulator(t, newWebhook(t, wechat.Safe).options(wechat.Safe))
	forbidden := map[string][]string{
		"/":             {"http://", "https://", "<style", "style=", "onclick=", "onload=", "<script>"},
		"/sim/page.css": {"http://", "https://", "@import", "url(data", "url(//"},
		"/sim/page.js":  {"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "DOMParser", "import("},
		"/sim/icon.svg": {"<script", "href"},
	}
	for path, words := range forbidden {
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, request(http.MethodGet, path, ""))
		if w.Code != http.StatusOK || w.Body.Len() == 0 {
			t.Errorf("GET %s: status %d, %d bytes", path, w.Code, w.Body.Len())
		}
		for _, word := range words {
			if strings.Contains(w.Body.String(), word) {
				t.Errorf("%s holds %q", path, word)
			}
		}
	}
}

func TestSetup(t *testing.T) {
	w := httptest.NewRecorder()
	newSimulator(t, newWebhook(t, wechat.Safe).options(wechat.Safe)).ServeHTTP(w, request(http.MethodGet, "/sim/setup", ""))
	for _, want := range []string{`"mode":"safe"`, `"name":"困难帮扶","key":"relief.apply"`, `"name":"人工"`} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("setup %s: want %s in it", w.Body, want)
		}
	}
	if strings.Contains(w.Body.String(), "simulatortest") {
		t.Error("setup tells the token")
	}
}
