package simulator

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"zhugong/internal/wechat"
)

// browser drives the page as a person does, by its looks and names.
type browser struct {
	t       *testing.T
	ctx     context.Context
	webhook *webhook
	dialogs atomic.Int32 // that the page opened
	errors  atomic.Int32 // in its console: exceptions, what the policy blocked
}

// open starts everything and loads the page in a tab of its own.
func open(t *testing.T, chromium context.Context, width, height int64) *browser {
	t.Helper()
	return openWith(t, chromium, width, height, nil)
}

// openWith is open for an account that can call WeChat, and has its menu from there; nil: it cannot.
func openWith(t *testing.T, chromium context.Context, width, height int64, platform *Platform) *browser {
	t.Helper()
	b := &browser{t: t, webhook: newWebhook(t, wechat.Safe)}
	b.webhook.reply = b.answer
	hook := httptest.NewServer(b.webhook)
	t.Cleanup(hook.Close)
	o := b.webhook.options(wechat.Safe)
	o.Client, o.Webhook, o.Inspect = nil, hook.URL+"/wechat/demo", inspect
	if platform != nil {
		o.Platform, o.Menu = platform, nil
	}
	server := httptest.NewServer(newSimulator(t, o))
	t.Cleanup(server.Close)

	ctx, cancel := chromedp.NewContext(chromium)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("open tab: %v", err)
	}
	b.ctx, cancel = context.WithTimeout(ctx, time.Minute)
	t.Cleanup(cancel)
	if err := chromedp.Listen(b.ctx, func(event any) {
		switch event := event.(type) {
		case *page.EventJavascriptDialogOpening:
			b.dialogs.Add(1)
		case *runtime.EventExceptionThrown:
			b.errors.Add(1)
		case *log.EventEntryAdded:
			if event.Entry.Level == log.EntryLevelError {
				b.errors.Add(1)
			}
		}
	}); err != nil {
		t.Fatal(err)
	}
	b.do(chromedp.EmulateViewport(width, height), chromedp.Navigate(server.URL))
	b.await(`document.querySelectorAll('#menu .top').length === 3`)
	b.replies(1) // the welcome
	return b
}

// answer is the account that the browser talks to: it says hostile texts back, offers a choice, or hands over.
func (b *browser) answer(_ int, push *wechat.Push, w http.ResponseWriter) {
	text := push.Message.Content
	switch {
	case push.Message.Event == "CLICK":
		b.webhook.say(w, push, "菜单："+push.Message.EventKey)
	case text == "选":
		b.webhook.say(w, push, "哪一件？\n1 "+wechat.ChoiceLink("困难帮扶", "relief.apply")+"\n"+
			wechat.TextLink("官网", "https://union.example/")+"\n"+wechat.MiniProgramLink("办事", "wx01", "pages/index", ""))
	case text == "坏":
		_, _ = w.Write([]byte("<xml>"))
	case text == "卡片":
		b.webhook.send(w, push, wechat.Reply{Kind: wechat.ReplyNews, Card: wechat.Card{Title: "<b>入会</b>", URL: "javascript:alert(1)"}})
	case text == "转":
		b.webhook.send(w, push, wechat.Reply{Kind: wechat.ReplyTransfer})
	case text == "长":
		b.webhook.say(w, push, strings.Repeat("一行\n", 60))
	default:
		b.webhook.say(w, push, "您说："+text)
	}
}

func inspect(openID, key string) (Inspect, bool) {
	return Inspect{
		Decision: "clarify", Intent: "law.wages", Why: "像欠薪\n<b>不是标签</b>", State: "在聊：欠薪\nopenid：" + openID, Knowledge: "v1",
		Candidates: []Candidate{{"law.wages", "被欠工资", 0.62}, {"relief.apply", "困难帮扶", 0.3}, {"x", "<i>x</i>", 0.001}},
	}, key != ""
}

// quiet checks that the page opened no dialog and that nothing went wrong in it.
func (b *browser) quiet() {
	b.t.Helper()
	if n := b.dialogs.Load(); n != 0 {
		b.t.Errorf("page opened %d dialogs", n)
	}
	if n := b.errors.Load(); n != 0 {
		b.t.Errorf("page's console has %d errors", n)
	}
}

func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// read evaluates an expression in the page.
func read[T any](b *browser, expression string) T {
	b.t.Helper()
	value, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return value
}

// await waits, frame by frame, until a condition holds in the page.
func (b *browser) await(condition string) {
	b.t.Helper()
	if !read[bool](b, `new Promise(done => {
		const end = performance.now() + 10000;
		const look = () => (`+condition+`) ? done(true) : performance.now() > end ? done(false) : requestAnimationFrame(look);
		look();
	})`) {
		b.t.Fatalf("never came true: %s\nchat: %s", condition, read[string](b, `document.querySelector('#chat').innerText`))
	}
}

// replies waits until that many pushes have been answered and shown.
func (b *browser) replies(count int) {
	b.t.Helper()
	b.await(fmt.Sprintf(`document.querySelectorAll('#chat .behind').length === %d`, count))
}

func (b *browser) expect(expression, want string) {
	b.t.Helper()
	if got := read[string](b, expression); got != want {
		b.t.Errorf("%s = %q, want %q", expression, got, want)
	}
}

func (b *browser) click(selector string) {
	b.t.Helper()
	b.do(chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible))
}

func (b *browser) say(text string) {
	b.t.Helper()
	b.do(chromedp.SendKeys(chromedp.CSS("#text"), text+"\r", chromedp.NodeVisible))
}

// quote is text as a JavaScript string.
func quote(text string) string {
	quoted, err := json.Marshal(text)
	if err != nil {
		return `""` // a string always marshals
	}
	return string(quoted)
}
