package simulator

import (
	"errors"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"zhugong/internal/testenv"
	"zhugong/internal/wechat"
)

const platformSecret = "0123456789abcdef0123456789abcdef"

// played returns a platform on a clock that the test moves, and the API of its account.
func played(t *testing.T) (*Platform, *wechat.API, *time.Time) {
	t.Helper()
	now := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	p := NewPlatform("wx0000000000000001", platformSecret, clock)
	server := httptest.NewServer(p)
	t.Cleanup(server.Close)
	api := wechat.NewAPI(server.URL, wechat.NewTokens(server.URL, p.appID, platformSecret, nil, clock))
	t.Cleanup(api.Close)
	return p, api, &now
}

// codeOf returns the code with which WeChat refused a call, 0 for none.
func codeOf(t *testing.T, err error) int {
	t.Helper()
	var refused *wechat.APIError
	if err != nil && !errors.As(err, &refused) {
		t.Fatal(err)
	}
	if refused == nil {
		return 0
	}
	return refused.Code
}

// TestMenuRoundTrip sets menus and reads them back as they were set.
func TestMenuRoundTrip(t *testing.T) {
	p, api, _ := played(t)
	if before, err := api.Menu(t.Context()); err != nil || len(before.Buttons) > 0 {
		t.Fatal(before, err)
	}
	menu := wechat.CustomMenu{
		Buttons: []wechat.MenuButton{
			{Name: "我要求助", Sub: []wechat.MenuButton{
				{Type: "click", Name: "登记欠薪", Key: "flow:wage_claim"}, {Type: "view", Name: "网页", URL: "https://example.org/?a=1&b=2"},
			}},
			{Type: "miniprogram", Name: "小程序", AppID: "wx0000000000000009", PagePath: "pages/index", URL: "https://example.org/"},
		},
		Tagged: []wechat.TaggedMenu{{TagID: 101, Buttons: []wechat.MenuButton{{Type: "click", Name: "人工", Key: "sys.human"}}}},
	}
	for range 2 { // a second time in place of the first
		if err := api.SetMenu(t.Context(), menu); err != nil {
			t.Fatal(err)
		}
	}
	after, err := api.Menu(t.Context())
	if diff := cmp.Diff(menu, after, cmpopts.IgnoreFields(wechat.TaggedMenu{}, "ID")); err != nil || diff != "" {
		t.Errorf("%v (-set +read):\n%s", err, diff)
	}
	if shown := p.buttons(); len(shown) != 2 || shown[0].Sub[0].Key != "flow:wage_claim" || shown[1].Path != "pages/index" {
		t.Errorf("the page shows %+v", shown)
	}
	four := wechat.CustomMenu{Buttons: make([]wechat.MenuButton, 4)}
	if code := codeOf(t, api.SetMenu(t.Context(), four)); code != badButtons || len(p.buttons()) != 2 {
		t.Errorf("four buttons: %d, and %d are left", code, len(p.buttons()))
	}
}

// TestQuota sends as much as WeChat allows, and no more: after a message, after a tap, and when both are long ago.
func TestQuota(t *testing.T) {
	p, api, now := played(t)
	const phone = "oWorker000000000000000000000"
	for i, step := range []struct {
		after time.Duration
		does  string // "" for a message of the account
		code  int
	}{
		{0, "", noFollower},
		{0, "text", 0}, {0, "", 0}, {0, "", 0}, {0, "", 0}, {0, "", 0}, {0, "", 0}, {0, "", outOfQuota},
		{time.Hour, "menu", 0}, {0, "", 0}, {0, "", 0}, {0, "", 0}, {0, "", outOfQuota},
		{time.Hour, "text", 0}, {47 * time.Hour, "", 0}, {2 * time.Hour, "", outOfWindow},
		{0, "menu", 0}, {2 * time.Minute, "", outOfWindow},
		{0, "unsubscribe", 0}, {0, "", noFollower},
	} {
		*now = now.Add(step.after)
		if step.does != "" {
			p.Noticed(phone, step.does)
			continue
		}
		if code := codeOf(t, api.Custom(t.Context(), phone, wechat.TextMessage("工会已经答复"))); code != step.code {
			t.Errorf("step %d: %d, want %d", i, code, step.code)
		}
	}
	if arrived := p.Arrivals(phone, 7); len(arrived) != 2 || arrived[0].Number != 8 || arrived[1].Text != "工会已经答复" {
		t.Errorf("%+v", arrived)
	}
}

// TestKinds takes every kind of message, and none that WeChat would not take.
func TestKinds(t *testing.T) {
	p, api, now := played(t)
	const phone = "oWorker000000000000000000000"
	lines := []wechat.MenuLine{{ID: "1", Content: "入会"}}
	for i, c := range []struct {
		message wechat.CustomMessage
		code    int
	}{
		{wechat.TextMessage("好"), 0},
		{wechat.TextMessage(""), badBody},
		{wechat.NewsMessage(wechat.Card{Title: "指南", URL: "https://union.example.org/"}), 0},
		{wechat.NewsMessage(wechat.Card{}), badBody},
		{wechat.MenuMessage("哪一件？", lines, ""), 0},
		{wechat.MenuMessage("哪一件？", nil, ""), badBody},
		{wechat.MenuMessage("哪一件？", []wechat.MenuLine{{Content: "入会"}}, ""), badBody},
		{wechat.PageMessage("我的登记", "wx0000000000000000", "pages/cases", "picture"), 0},
		{wechat.PageMessage("我的登记", "wx0000000000000000", "pages/cases", ""), badBody},
		{wechat.CustomMessage{Type: "text"}, badBody},
		{wechat.CustomMessage{Type: "hologram"}, 40008},
	} {
		p.Noticed(phone, "text")
		if code := codeOf(t, api.Custom(t.Context(), phone, c.message)); code != c.code {
			t.Errorf("row %d: %d, want %d", i, code, c.code)
		}
	}
	if arrived := p.Arrivals(phone, 0); len(arrived) != 4 || len(arrived[2].Parts) != 3 || arrived[2].Parts[2].Send != "入会" {
		t.Errorf("%+v", arrived)
	}
	for i, c := range []struct {
		passes time.Duration
		code   int
	}{{0, 0}, {0, 0}, {31 * time.Second, noInteraction}} { // shown already is no error
		*now = now.Add(c.passes)
		if code := codeOf(t, api.Typing(t.Context(), phone)); code != c.code {
			t.Errorf("typing %d: %d, want %d", i, code, c.code)
		}
	}
	p.Fail("/cgi-bin/message/custom/send", 40200, 1) // an account that is not certified
	if code := codeOf(t, api.Custom(t.Context(), phone, wechat.MenuMessage("哪一件？", lines, "都不是就打 12351"))); code != 0 {
		t.Errorf("a menu from an account that may not send any: %d", code)
	}
	if last := p.Arrivals(phone, 0); last[len(last)-1].Kind != "text" || len(last[len(last)-1].Parts) != 3 {
		t.Errorf("it arrives as %+v", last[len(last)-1])
	}
}

// TestFail answers with the error that it is told to give, as often as it is told.
func TestFail(t *testing.T) {
	p, api, _ := played(t)
	const phone, path = "oWorker000000000000000000000", "/cgi-bin/message/custom/send"
	p.Noticed(phone, "text")
	p.Fail(path, 48001, 1)
	p.Fail(path, 40001, 1)
	if code := codeOf(t, api.Custom(t.Context(), phone, wechat.TextMessage("一"))); code != 48001 {
		t.Errorf("%d", code)
	}
	if code := codeOf(t, api.Custom(t.Context(), phone, wechat.TextMessage("二"))); code != 0 { // with a new token
		t.Errorf("%d", code)
	}
	if arrived := p.Arrivals(phone, 0); len(arrived) != 1 || p.calls[path] != 3 {
		t.Errorf("%+v after %d calls", arrived, p.calls[path])
	}
}

// TestPageArrivals shows on the page, at a phone's width, the menu that was pushed, and what the account sends of its own
// accord.
func TestPageArrivals(t *testing.T) {
	p, api, _ := played(t)
	menu := wechat.CustomMenu{Buttons: []wechat.MenuButton{
		{Type: "click", Name: "登记欠薪", Key: "flow:wage_claim"}, {Type: "click", Name: "找人工", Key: "sys.human"},
		{Type: "miniprogram", Name: "小程序", AppID: "wx0000000000000009", PagePath: "pages/index", URL: "https://example.org/"},
	}}
	if err := api.SetMenu(t.Context(), menu); err != nil {
		t.Fatal(err)
	}
	b := openWith(t, testenv.Chromium(t), 390, 844, p)
	b.expect(`document.querySelector('#menu').innerText.replace(/\s+/g, ' ').trim()`, "登记欠薪 找人工 小程序")
	b.click("#menu .top:nth-child(1) button")
	b.await(`document.querySelector('#chat').innerText.includes('菜单：flow:wage_claim')`)
	b.click("#menu .top:nth-child(3) button")
	b.await(`document.querySelector('#chat').innerText.includes('wx0000000000000009')`)
	phone := read[string](b, `sessionStorage.getItem('phone')`)
	if err := api.Custom(t.Context(), phone, wechat.TextMessage("您登记的事，工会答复您：<b>请带合同来</b>")); err != nil {
		t.Fatal(err)
	}
	b.await(`document.querySelector('#chat').innerText.includes('<b>请带合同来</b>')`)
	b.quiet()
}
