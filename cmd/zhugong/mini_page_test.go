package main

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"zhugong/internal/testenv"
	"zhugong/internal/wechat"
)

// tab is a page of the demo in a real browser.
type tab struct {
	*testing.T
	ctx     context.Context
	address string
	clock   *testenv.Clock // of the demo; nil: it is not moved

	mu       sync.Mutex
	problems []string // in the console, and calls of other hosts
}

func openTab(t *testing.T, chromium context.Context, address, path string, width int64) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(chromium)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	p := &tab{T: t, address: address}
	p.ctx, cancel = context.WithTimeout(ctx, time.Minute)
	t.Cleanup(cancel)
	if err := chromedp.Listen(p.ctx, p.listen); err != nil {
		t.Fatal(err)
	}
	p.do(chromedp.EmulateViewport(width, 800), chromedp.Navigate(address+path))
	return p
}

func (p *tab) listen(event any) {
	problem := ""
	switch event := event.(type) {
	case *runtime.EventExceptionThrown:
		problem = event.ExceptionDetails.Text
	case *log.EventEntryAdded:
		if event.Entry.Level == log.EntryLevelError {
			problem = event.Entry.Text
		}
	case *network.EventRequestWillBeSent:
		if strings.HasPrefix(event.Request.URL, "http") && !strings.HasPrefix(event.Request.URL, p.address+"/") {
			problem = "asks " + event.Request.URL
		}
	}
	if problem != "" {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.problems = append(p.problems, problem)
	}
}

func (p *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	p.Helper()
	if err := chromedp.Do(p.ctx, actions...); err != nil {
		p.Fatalf("%v: the page shows\n%s", err, p.shows())
	}
}

// shows is what can be read on the page.
func (p *tab) shows() string {
	text, _ := chromedp.Run(p.ctx, chromedp.Evaluate[string]("document.body.innerText"))
	return text
}

// await waits until an expression is true.
func (p *tab) await(expression string) {
	p.Helper()
	if err := chromedp.Do(p.ctx, chromedp.Poll[chromedp.Void](expression)); err != nil {
		p.Fatalf("never: %s: %v: the page shows\n%s", expression, err, p.shows())
	}
}

// press presses the button that reads so, when it is there. People take their time.
func (p *tab) press(name string) {
	p.Helper()
	find := fmt.Sprintf("[...document.querySelectorAll('button, summary')].find(b => b.innerText.trim() === %q && !b.disabled && b.offsetParent)", name)
	p.await("!!" + find)
	if p.clock != nil {
		p.clock.Add(4 * time.Second)
	}
	p.do(chromedp.Evaluate[chromedp.Void](find + ".click()"))
}

// fill writes into the field of the open step and goes on.
func (p *tab) fill(value string) {
	p.Helper()
	p.await("!!document.querySelector('#field')")
	p.do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf("document.querySelector('#field').value = %q", value)))
	p.press("下一步")
}

// asks waits until the page reads so, and must not be wider than the screen.
func (p *tab) asks(words string) {
	p.Helper()
	p.await(fmt.Sprintf("document.body.innerText.includes(%q)", words))
	if wide, err := chromedp.Run(p.ctx, chromedp.Evaluate[bool]("document.scrollingElement.scrollWidth > innerWidth")); err != nil || wide {
		p.Errorf("%s: the page is wider than the screen, %v", words, err)
	}
}

func (p *tab) quiet() {
	p.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.problems) > 0 {
		p.Errorf("problems on the page: %q", p.problems)
	}
}

// TestMiniPage registers unpaid wages in the mini program's page by its native fields, sees the case, and deletes it, on a
// phone and on a narrow one.
func TestMiniPage(t *testing.T) {
	clock := testenv.NewClock(time.Now())
	_, address := startDemoAt(t, clock.Now)
	chromium := testenv.Chromium(t)
	for _, width := range []int64{390, 320} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			p := openTab(t, chromium, address, "/mini", width)
			p.clock = clock
			p.press("登记欠薪")
			p.asks("收集欠薪的情况")
			p.press("同意")
			p.asks("第 1 步，共 9 步")
			p.press("观山湖")
			p.asks("第 2 步，共 9 步")
			p.press("工程建设")
			p.asks("第 3 步，共 9 步")
			p.fill("某某劳务公司")
			p.asks("一共多少人被欠")
			p.press("用自己的话说")
			p.do(chromedp.Evaluate[chromedp.Void]("document.querySelector('details input').value = '我不想活了'"))
			p.press("问")
			p.asks("12356") // and no field of the form
			p.press("接着办“欠薪情况登记”")
			p.asks("一共多少人被欠")
			p.fill("8")
			p.asks("大概欠了多少钱")
			p.press("上一步")
			p.asks("一共多少人被欠")
			p.fill("9")
			p.asks("大概欠了多少钱")
			p.fill("42000")
			p.asks("从哪个月欠起的")
			p.fill("2026-02")
			p.asks("还在那里干")
			p.fill("还在干")
			p.asks("可以选几个")
			p.do(chromedp.Evaluate[chromedp.Void]("document.querySelectorAll('fieldset input')[3].click(), document.querySelectorAll('fieldset input')[5].click()"))
			p.press("下一步")
			p.asks("留个能打通的手机号")
			p.fill("13885123456")
			p.asks("人数：9 人")
			p.asks("起欠月份：2026年2月")
			p.asks("138****3456")
			p.press("用自己的话说")
			p.do(chromedp.Evaluate[chromedp.Void]("document.querySelector('details input').value = '区县改成云岩'"))
			p.press("问")
			p.asks("区县：云岩")
			p.press("对，提交")
			p.asks("受理号")
			p.press("看我的登记")
			p.asks("欠薪情况登记")
			p.asks("工会还没开始办")
			p.press("删除我的资料")
			p.press("不删")
			p.asks("欠薪情况登记")
			p.press("删除我的资料")
			p.press("都删掉")
			p.asks("都删掉了")
			p.press("我的登记")
			p.asks("还没有登记过")
			p.quiet()
		})
	}
}

// TestPhonePage follows the demo's phone through what is no reply: a menu that was pushed opens its dialogue, and cards,
// offers and notices of the account's own arrive.
func TestPhonePage(t *testing.T) {
	d, address := startDemo(t)
	p := openTab(t, testenv.Chromium(t), address, "/", 390)
	p.asks("我要求助")
	pushed := wechat.CustomMenu{Buttons: []wechat.MenuButton{
		{Name: "推上去的", Sub: []wechat.MenuButton{{Type: "click", Name: "我要讨薪", Key: "flow:wage_claim"}}},
		{Type: "click", Name: "工会热线", Key: "org.hotline"},
	}}
	if err := d.api.SetMenu(t.Context(), pushed); err != nil {
		t.Fatal(err)
	}
	p.do(chromedp.Navigate(address + "/"))
	p.press("推上去的")
	p.press("我要讨薪")
	p.asks("收集欠薪的情况")
	phone, err := chromedp.Run(p.ctx, chromedp.Evaluate[string]("sessionStorage.getItem('phone')"))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range []wechat.CustomMessage{
		wechat.NewsMessage(wechat.Card{Title: "办事指南", Description: "要带哪些材料", URL: address + "/guide"}),
		wechat.MenuMessage("您问的是哪一件？", []wechat.MenuLine{{ID: "1", Content: "申请困难帮扶"}, {ID: "2", Content: "金秋助学"}}, "都不是就打 12351"),
		wechat.PageMessage("我的登记", "wx0000000000000000", "pages/cases", "picture"),
	} {
		if err := d.api.Custom(t.Context(), phone, m); err != nil {
			t.Fatal(err)
		}
	}
	notice := wechat.Notice{Kind: wechat.TemplateNotice, TemplateID: demoTemplate, Fields: map[string]string{
		"character_string1": "483-715-9268", "thing2": "欠薪情况登记", "phrase3": "办理中", "time4": "2026年11月23日 09:30"}}
	if err := d.api.Notify(t.Context(), phone, notice); err != nil {
		t.Fatal(err)
	}
	for _, words := range []string{"要带哪些材料", "都不是就打 12351", "小程序", "服务通知", "483-715-9268", "办理中"} {
		p.asks(words)
	}
	if link, err := chromedp.Run(p.ctx, chromedp.Evaluate[string]("document.querySelector('a.mini').getAttribute('href')")); err != nil || link != "/mini#pages%2Fcases" {
		t.Errorf("the card of a mini program opens %q, %v", link, err)
	}
	p.press("申请困难帮扶")
	p.asks("“欠薪情况登记”还没办完")
	p.quiet()
}
