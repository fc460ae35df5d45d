package handlers

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/silenceper/wechat/v2/util"

	"zhugong/internal/dialogue"
	"zhugong/internal/session"
	"zhugong/internal/testenv"
	"zhugong/internal/turn"
	"zhugong/internal/wechat"
)

const (
	token      = "wiretesttoken"
	appID      = "wx1234567890abcdef"
	originalID = "gh_wiretest"
	currentKey = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
	formerKey  = "GFEDCBA9876543210zyxwvutsrqponmlkjihgfedcba"
)

// service is the webhook of one account a mode, behind a real HTTP server, and what it logged.
type service struct {
	*httptest.Server
	log *bytes.Buffer
}

func newService(t testing.TB, store *session.Store) service {
	t.Helper()
	engine := testenv.Engine(t)
	var logged bytes.Buffer
	log := slog.New(slog.NewJSONHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug}))
	var accounts []Account
	for _, mode := range []wechat.Mode{wechat.Plain, wechat.Compat, wechat.Safe} {
		account := wechat.Account{Name: string(mode), OriginalID: originalID, AppID: appID, Token: token, Mode: mode}
		if mode != wechat.Plain {
			account.AESKeys = []string{currentKey, formerKey}
		}
		gate, err := wechat.NewGate(account, time.Now, nil)
		if err != nil {
			t.Fatal(err)
		}
		accounts = append(accounts, Account{Name: string(mode), Gate: gate, LogKey: []byte(token)})
	}
	s := service{httptest.NewServer(Webhook(Options{
		Accounts: accounts, Metrics: NewMetrics("test"), Log: log, Now: time.Now,
		Runner: &turn.Runner{Store: store, Engine: func(string) *dialogue.Engine { return engine }, Now: time.Now, Log: log},
	})), &logged}
	t.Cleanup(s.Close)
	return s
}

func embedded(t testing.TB) *session.Store {
	t.Helper()
	store, err := session.Embedded(time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

// push is one push as an independent client makes it: signed and encrypted by silenceper's primitives.
type push struct {
	mode, openID, id, text string
	key                    string    // "" for the current one
	at                     time.Time // zero: now
	spoil                  func(query url.Values, body string) (url.Values, string)
}

func (p push) send(t testing.TB, s service) (status int, body string) {
	t.Helper()
	if p.at.IsZero() {
		p.at = time.Now()
	}
	plain := fmt.Sprintf("<xml><ToUserName><![CDATA[%s]]></ToUserName><FromUserName><![CDATA[%s]]></FromUserName><CreateTime>%d</CreateTime>"+
		"<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[%s]]></Content><MsgId>%s</MsgId></xml>", originalID, p.openID, p.at.Unix(), p.text, p.id)
	timestamp, nonce := strconv.FormatInt(p.at.Unix(), 10), "nonce"+p.id
	query := url.Values{"signature": {util.Signature(token, timestamp, nonce)}, "timestamp": {timestamp}, "nonce": {nonce}, "openid": {p.openID}}
	sent := plain
	if p.mode != string(wechat.Plain) {
		key := p.key
		if key == "" {
			key = currentKey
		}
		encrypted, err := util.EncryptMsg([]byte("0123456789abcdef"), []byte(plain), appID, key)
		if err != nil {
			t.Fatal(err)
		}
		query.Set("encrypt_type", "aes")
		query.Set("msg_signature", util.Signature(token, timestamp, nonce, string(encrypted)))
		sent = fmt.Sprintf("<xml><ToUserName><![CDATA[%s]]></ToUserName><Encrypt><![CDATA[%s]]></Encrypt></xml>", originalID, encrypted)
		if p.mode == string(wechat.Compat) {
			sent = strings.Replace(plain, "</xml>", fmt.Sprintf("<Encrypt><![CDATA[%s]]></Encrypt></xml>", encrypted), 1)
		}
	}
	if p.spoil != nil {
		query, sent = p.spoil(query, sent)
	}
	response, err := http.Post(s.URL+"/wechat/"+p.mode+"?"+query.Encode(), "text/xml", strings.NewReader(sent))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(data)
}

// content opens an answer as WeChat does and returns its text.
func (p push) content(t testing.TB, body string) string {
	t.Helper()
	var sealed struct{ Encrypt, MsgSignature, TimeStamp, Nonce string }
	plain := []byte(body)
	if p.mode != string(wechat.Plain) {
		if err := xml.Unmarshal(plain, &sealed); err != nil {
			t.Fatalf("answer %q: %v", body, err)
		}
		if want := util.Signature(token, sealed.TimeStamp, sealed.Nonce, sealed.Encrypt); sealed.MsgSignature != want {
			t.Errorf("answer is signed %s, want %s", sealed.MsgSignature, want)
		}
		key := p.key
		if key == "" {
			key = currentKey
		}
		var err error
		if _, plain, err = util.DecryptMsg(appID, sealed.Encrypt, key); err != nil {
			t.Fatalf("decrypt answer: %v", err)
		}
	}
	var reply struct{ ToUserName, FromUserName, MsgType, Content string }
	if err := xml.Unmarshal(plain, &reply); err != nil {
		t.Fatalf("answer %q: %v", plain, err)
	}
	if reply.ToUserName != p.openID || reply.FromUserName != originalID || reply.MsgType != "text" {
		t.Errorf("answer goes from %s to %s as %s, want from %s to %s as text", reply.FromUserName, reply.ToUserName, reply.MsgType, originalID, p.openID)
	}
	return reply.Content
}

var modes = []string{"plain", "compat", "safe"}

func TestAnswers(t *testing.T) {
	s := newService(t, embedded(t))
	for i, mode := range modes {
		for j, key := range []string{"", formerKey} {
			p := push{mode: mode, openID: "worker", id: fmt.Sprint(100 + 10*i + j), text: "老板欠我工资怎么办", key: key}
			status, body := p.send(t, s)
			if status != http.StatusOK {
				t.Fatalf("%s: status %d", mode, status)
			}
			if got := p.content(t, body); !strings.Contains(got, "12333") || !strings.Contains(got, "weixin://bizmsgmenu") {
				t.Errorf("%s: answer %q, want the wages entry with choices", mode, got)
			}
		}
	}
}

// TestResend sends each push again: the answer is the same, to the byte.
func TestResend(t *testing.T) {
	s := newService(t, embedded(t))
	at := time.Now()
	for _, mode := range modes {
		p := push{mode: mode, openID: "worker", id: "7001", text: "怎么加入工会", at: at}
		_, first := p.send(t, s)
		for range 2 {
			if _, again := p.send(t, s); again != first {
				t.Errorf("%s: resend got\n%s\nwant\n%s", mode, again, first)
			}
		}
	}
}

func TestRefusals(t *testing.T) {
	s := newService(t, embedded(t))
	set := func(name, value string) func(url.Values, string) (url.Values, string) {
		return func(query url.Values, body string) (url.Values, string) {
			query.Set(name, value)
			return query, body
		}
	}
	without := func(names ...string) func(url.Values, string) (url.Values, string) {
		return func(query url.Values, body string) (url.Values, string) {
			for _, name := range names {
				query.Del(name)
			}
			return query, body
		}
	}
	body := func(change func(string) string) func(url.Values, string) (url.Values, string) {
		return func(query url.Values, body string) (url.Values, string) { return query, change(body) }
	}
	for _, c := range []struct {
		name string
		push push
		want int
	}{
		{"forged signature", push{mode: "plain", spoil: set("signature", strings.Repeat("a", 40))}, http.StatusForbidden},
		{"no signature", push{mode: "plain", spoil: without("signature")}, http.StatusForbidden},
		{"forged msg_signature", push{mode: "safe", spoil: set("msg_signature", strings.Repeat("a", 40))}, http.StatusForbidden},
		{"no msg_signature", push{mode: "safe", spoil: without("msg_signature")}, http.StatusForbidden},
		{"downgrade", push{mode: "safe", spoil: without("msg_signature", "encrypt_type")}, http.StatusForbidden},
		{"raw", push{mode: "safe", spoil: set("encrypt_type", "raw")}, http.StatusForbidden},
		{"stale", push{mode: "safe", at: time.Now().Add(-11 * time.Minute)}, http.StatusForbidden},
		{"from the future", push{mode: "plain", at: time.Now().Add(11 * time.Minute)}, http.StatusForbidden},
		{"ciphertext changed", push{mode: "safe", spoil: body(func(s string) string { return strings.Replace(s, "Encrypt><![CDATA[", "Encrypt><![CDATA[A", 1) })}, http.StatusForbidden},
		{"not XML", push{mode: "plain", spoil: body(func(string) string { return "hello" })}, http.StatusBadRequest},
		{"cut off", push{mode: "plain", spoil: body(func(s string) string { return s[:len(s)/2] })}, http.StatusBadRequest},
		{"empty", push{mode: "plain", spoil: body(func(string) string { return "" })}, http.StatusBadRequest},
		{"oversized", push{mode: "plain", spoil: body(func(s string) string { return s + strings.Repeat(" ", wechat.MaxBody) })}, http.StatusRequestEntityTooLarge},
		{"foreign account", push{mode: "plain", spoil: body(func(s string) string { return strings.ReplaceAll(s, originalID, "gh_other") })}, http.StatusForbidden},
		{"unknown path", push{mode: "nobody"}, http.StatusNotFound},
	} {
		c.push.openID, c.push.id, c.push.text = "canary-openid", "4242", "canary-text"
		status, answer := c.push.send(t, s)
		if status != c.want || answer != "" {
			t.Errorf("%s: got %d %q, want %d and nothing", c.name, status, answer, c.want)
		}
	}
	for _, canary := range []string{"canary-openid", "canary-text", token, currentKey, "signature=", "nonce4242"} {
		if strings.Contains(s.log.String(), canary) {
			t.Errorf("the log holds %q", canary)
		}
	}
}

func TestVerification(t *testing.T) {
	s := newService(t, embedded(t))
	timestamp, nonce, echo := strconv.FormatInt(time.Now().Unix(), 10), "n", "4375120948345356249"
	good := url.Values{"signature": {util.Signature(token, timestamp, nonce)}, "timestamp": {timestamp}, "nonce": {nonce}, "echostr": {echo}}
	bad := url.Values{"signature": {strings.Repeat("0", 40)}, "timestamp": {timestamp}, "nonce": {nonce}, "echostr": {echo}}
	for _, c := range []struct {
		query  url.Values
		status int
		body   string
	}{{good, http.StatusOK, echo}, {bad, http.StatusForbidden, ""}} {
		response, err := http.Get(s.URL + "/wechat/safe?" + c.query.Encode())
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(response.Body)
		response.Body.Close()
		if err != nil || response.StatusCode != c.status || string(body) != c.body {
			t.Errorf("verification got %d %q, %v, want %d %q", response.StatusCode, body, err, c.status, c.body)
		}
	}
}

// TestSilence answers what wants no answer with success, unencrypted.
func TestSilence(t *testing.T) {
	s := newService(t, embedded(t))
	for _, mode := range modes {
		p := push{mode: mode, openID: "worker", id: "99", text: "   "}
		if status, body := p.send(t, s); status != http.StatusOK || body != "success" {
			t.Errorf("%s: got %d %q, want 200 success", mode, status, body)
		}
	}
}

// TestNothingPersonalInLogs has a worker tell everything: none of it reaches the log.
func TestNothingPersonalInLogs(t *testing.T) {
	s := newService(t, embedded(t))
	p := push{mode: "safe", openID: "oCANARYopenid", id: "31337", text: "我叫张三丰 电话13912345678 老板欠我工资怎么办"}
	if status, _ := p.send(t, s); status != http.StatusOK {
		t.Fatal(status)
	}
	for _, canary := range []string{"oCANARYopenid", "张三丰", "13912345678", "31337", token} {
		if strings.Contains(s.log.String(), canary) {
			t.Errorf("the log holds %q:\n%s", canary, s.log)
		}
	}
	if !strings.Contains(s.log.String(), "law.wages") {
		t.Errorf("the log does not say what was answered:\n%s", s.log)
	}
}
