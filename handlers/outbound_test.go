package handlers

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/silenceper/wechat/v2/util"

	"zhugong/internal/dialogue"
	"zhugong/internal/outbox"
	"zhugong/internal/session"
	"zhugong/internal/testenv"
	"zhugong/internal/turn"
	"zhugong/internal/vault"
	"zhugong/internal/wechat"
	"zhugong/knowledge"
)

// phones are where messages beside answers arrive.
type phones struct {
	mu   sync.Mutex
	sent []string
}

func (p *phones) Custom(_ context.Context, openID string, m wechat.CustomMessage) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if m.Menu != nil {
		m = m.PlainMenu()
	}
	p.sent = append(p.sent, openID+": "+m.Text.Content)
	return nil
}

func (p *phones) Notify(context.Context, string, wechat.Notice) error { return nil }

// slowService is an account that sends, and whose turns for somebody in danger take as long as alert does.
func slowService(t *testing.T, alert func(context.Context), typing func()) (*httptest.Server, *phones) {
	t.Helper()
	store, engine, arrived, log := embedded(t), testenv.Engine(t), &phones{}, slog.New(slog.DiscardHandler)
	gate, err := wechat.NewGate(wechat.Account{Name: "plain", OriginalID: originalID, AppID: appID, Token: token, Mode: wechat.Plain}, time.Now, nil)
	if err != nil {
		t.Fatal(err)
	}
	account := Account{Name: "plain", Gate: gate, LogKey: []byte(token), Sends: true}
	if typing != nil {
		account.Typing = func(context.Context, string) error {
			typing()
			return nil
		}
	}
	server := httptest.NewServer(Webhook(Options{
		Accounts: []Account{account}, Metrics: NewMetrics("test"), Log: log, Now: time.Now,
		Outbox: outbox.Open(outbox.Options{
			Store: store, Keys: vault.Random(), Senders: map[string]outbox.Sender{"plain": arrived}, Now: time.Now, Log: log,
		}),
		Runner: &turn.Runner{
			Store: store, Engine: func(string) *dialogue.Engine { return engine }, Now: time.Now, Log: log,
			Alert: func(ctx context.Context, _, _ string) error {
				alert(ctx)
				return ctx.Err()
			},
		},
	}))
	t.Cleanup(server.Close)
	return server, arrived
}

// inDanger pushes a message of somebody in danger, written so long ago, and returns the answer.
func inDanger(ctx context.Context, t *testing.T, server *httptest.Server, ago time.Duration) (string, error) {
	t.Helper()
	at := strconv.FormatInt(time.Now().Add(-ago).Unix(), 10)
	query := url.Values{"signature": {util.Signature(token, at, "n")}, "timestamp": {at}, "nonce": {"n"}}
	body := "<xml><ToUserName>" + originalID + "</ToUserName><FromUserName>oMason</FromUserName><CreateTime>" + at +
		"</CreateTime><MsgType>text</MsgType><Content>我不想活了</Content><MsgId>1</MsgId></xml>"
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, server.URL+"/wechat/plain?"+query.Encode(), strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	return string(answer), err
}

// TestLateAnswer has WeChat hang up on a turn. Before its last try it will ask again; afterwards the answer is sent.
func TestLateAnswer(t *testing.T) {
	for _, c := range []struct {
		ago  time.Duration
		sent int
	}{{0, 0}, {20 * time.Second, 1}} {
		ctx, hangUp := context.WithCancel(t.Context())
		server, arrived := slowService(t, func(ctx context.Context) {
			hangUp()
			<-ctx.Done()
		}, nil)
		if answer, err := inDanger(ctx, t, server, c.ago); err == nil {
			t.Fatalf("answered in time: %s", answer)
		}
		server.Close() // waits for what is under way
		if len(arrived.sent) != c.sent {
			t.Errorf("%v after it was written: sent %q", c.ago, arrived.sent)
		}
		if c.sent == 1 && (!strings.HasPrefix(arrived.sent[0], "oMason: ") || !strings.Contains(arrived.sent[0], "12356")) {
			t.Errorf("sent %q", arrived.sent)
		}
	}
}

// TestTyping shows somebody who waits that an answer is being written, and nobody else.
func TestTyping(t *testing.T) {
	shown := make(chan struct{}, 1)
	server, arrived := slowService(t, func(ctx context.Context) {
		select {
		case <-shown:
		case <-ctx.Done():
		}
	}, func() { shown <- struct{}{} })
	answer, err := inDanger(t.Context(), t, server, 0)
	if err != nil || !strings.Contains(answer, "12356") || len(arrived.sent) != 0 {
		t.Errorf("answered %q, %v; sent %q", answer, err, arrived.sent)
	}
	quick, _ := slowService(t, func(context.Context) {}, func() { t.Error("shown to somebody who was answered at once") })
	if _, err := inDanger(t.Context(), t, quick, 0); err != nil {
		t.Error(err)
	}
}

// TestCustoms writes replies as messages of the account's own.
func TestCustoms(t *testing.T) {
	mini := knowledge.Link{Text: "入会", AppID: appID, Path: "pages/join", URL: "https://union.example.org/join"}
	page := knowledge.Link{Text: "办事指南", URL: "https://union.example.org/"}
	for _, c := range []struct {
		reply   dialogue.Reply
		picture string
		want    string
	}{
		{dialogue.Reply{Text: "好"}, "", `[{"msgtype":"text","text":{"content":"好"}}]`},
		{dialogue.Reply{Text: "好", Links: []knowledge.Link{mini}}, "",
			`[{"msgtype":"text","text":{"content":"好\n<a data-miniprogram-appid=\"wx1234567890abcdef\" data-miniprogram-path=\"pages/join\" href=\"https://union.example.org/join\">入会</a>"}}]`},
		{dialogue.Reply{Text: "好", Links: []knowledge.Link{mini, page}}, "picture",
			`[{"msgtype":"text","text":{"content":"好\n<a href=\"https://union.example.org/\">办事指南</a>"}},` +
				`{"msgtype":"miniprogrampage","miniprogrampage":{"title":"入会","appid":"wx1234567890abcdef","pagepath":"pages/join","thumb_media_id":"picture"}}]`},
		{dialogue.Reply{Text: "哪一件？", Choices: []dialogue.Choice{{Label: "入会"}, {Label: "转会"}}}, "",
			`[{"msgtype":"msgmenu","msgmenu":{"head_content":"哪一件？","list":[{"id":"1","content":"入会"},{"id":"2","content":"转会"}],"tail_content":""}}]`},
		{dialogue.Reply{Text: "看这里", Card: &knowledge.Card{Title: "指南", Description: "怎么办", URL: "https://union.example.org/"}}, "",
			`[{"msgtype":"news","news":{"articles":[{"title":"指南","description":"怎么办","url":"https://union.example.org/","picurl":""}]}}]`},
	} {
		var written bytes.Buffer
		encoder := json.NewEncoder(&written)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(customsOf(c.reply, c.picture)); err != nil {
			t.Fatal(err)
		}
		if got := strings.TrimSpace(written.String()); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

// TestOpens says what a push lets the account send.
func TestOpens(t *testing.T) {
	sending, silent := &account{Account: Account{Sends: true}}, &account{}
	for _, c := range []struct {
		message wechat.Message
		want    session.Window
	}{
		{wechat.Message{Type: "text"}, session.Written},
		{wechat.Message{Type: "image"}, session.Written},
		{wechat.Message{Type: "text", BizMsgMenuID: "1"}, session.Tapped},
		{wechat.Message{Type: "event", Event: "CLICK"}, session.Tapped},
		{wechat.Message{Type: "event", Event: "subscribe"}, session.Tapped},
		{wechat.Message{Type: "event", Event: "SCAN"}, session.Tapped},
		{wechat.Message{Type: "event", Event: "VIEW"}, session.NoWindow},
		{wechat.Message{Type: "event", Event: "LOCATION"}, session.NoWindow},
		{wechat.Message{Type: "event", Event: "subscribe_msg_popup_event"}, session.NoWindow},
	} {
		if got := sending.opens(&c.message); got != c.want {
			t.Errorf("%s %s opens %v, want %v", c.message.Type, c.message.Event, got, c.want)
		}
		if got := silent.opens(&c.message); got != session.NoWindow {
			t.Errorf("an account that does not send: %v", got)
		}
	}
}
