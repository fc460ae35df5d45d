package simulator

import (
	"context"
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"zhugong/internal/testenv"
)

const lastReply = `[...document.querySelectorAll('#chat .them .bubble:not(.dots-bubble)')].at(-1).textContent`

func TestPage(t *testing.T) {
	chromium := testenv.Chromium(t)
	for _, size := range [][2]int64{{390, 844}, {1280, 800}, {768, 1024}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			b := open(t, chromium, size[0], size[1])
			narrow := size[0] <= 700
			b.expect(lastReply, "您说：")
			talk(b)
			tapMenu(b)
			inspectLast(b, narrow)
			resend(b, narrow)
			otherReplies(b)
			changePhone(b)
			if wide := read[int](b, `document.documentElement.scrollWidth - innerWidth`); wide > 0 {
				t.Errorf("page is %d px too wide", wide)
			}
			b.quiet()
		})
	}
	t.Run("hostile", func(t *testing.T) { hostileReplies(t, open(t, chromium, 1280, 800)) })
}

// talk types a message, lets an IME compose, and taps a choice.
func talk(b *browser) {
	b.say("老板差我工钱")
	b.replies(2)
	b.expect(lastReply, "您说：老板差我工钱")
	b.expect(`document.querySelector('#text').value + document.activeElement.id`, "text")

	// Shift with Enter breaks the line.
	b.do(chromedp.KeyEvent("a"), chromedp.KeyEvent("\r", chromedp.KeyModifiers(chromedp.ModifierShift)), chromedp.KeyEvent("b"))
	b.expect(`document.querySelector('#text').value`, "a\nb")
	b.do(chromedp.KeyEvent("\b\b\b"))

	// Enter that chooses a word of the IME sends nothing.
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, input.ImeSetComposition, input.ImeSetCompositionParams{Text: "gong", SelectionStart: 4, SelectionEnd: 4})
		return err
	}), chromedp.KeyEvent("\r"), chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, input.InsertText, input.InsertTextParams{Text: "选"})
		return err
	}))
	b.expect(`document.querySelector('#text').value`, "选")
	b.click("#send")
	b.replies(3)
	b.expect(lastReply, "哪一件？\n1 困难帮扶\n官网\n办事")
	b.expect(`[...document.querySelectorAll('#chat a.link')].map(a => [a.href, a.target, a.rel].join(' ')).join()`, "https://union.example/ _blank noopener noreferrer")
	if height := read[float64](b, `document.querySelector('.choice').getBoundingClientRect().height`); height < 34 {
		b.t.Errorf("choice is %v px high: too small for a thumb", height)
	}
	b.click(".mini")
	b.await(`document.querySelector('#chat').textContent.includes('小程序 wx01 的 pages/index')`)
	b.click(".choice")
	b.replies(4)
	b.expect(lastReply, "您说：困难帮扶")
	seen := b.webhook.pushes()
	if got := seen[len(seen)-1].Message.BizMsgMenuID; got != "relief.apply" {
		b.t.Errorf("tapped choice came with bizmsgmenuid %q, want relief.apply", got)
	}
}

func tapMenu(b *browser) {
	b.click("#menu .opener")
	b.await(`getComputedStyle(document.querySelector('.sub')).opacity === '1'`)
	b.expect(`document.querySelector('.opener').getAttribute('aria-expanded')`, "true")
	b.click(".sub button:nth-child(2)")
	b.replies(5)
	b.expect(lastReply, "菜单：law.wages")
	b.expect(`document.querySelector('.opener').getAttribute('aria-expanded')`, "false")
}

// openSheet and closeSheet do nothing where the inspector is always there.
func openSheet(b *browser, narrow bool) {
	if narrow {
		b.click("#open-inspector")
		b.await(`document.querySelector('#inspector').getBoundingClientRect().bottom === innerHeight`)
	}
}

func closeSheet(b *browser, narrow bool) {
	if narrow {
		b.do(chromedp.KeyEvent("\x1b"))
		b.await(`getComputedStyle(document.querySelector('#inspector')).visibility === 'hidden'`)
	}
}

func inspectLast(b *browser, narrow bool) {
	if narrow {
		b.expect(`getComputedStyle(document.querySelector('#inspector')).visibility`, "hidden")
	}
	openSheet(b, narrow)
	b.expect(`document.querySelector('#position').textContent`, "第 5 条，共 5 条")
	b.expect(`document.querySelector('#heard .badge').textContent`, "请您选一个")
	b.expect(`[...document.querySelectorAll('#heard .percent')].map(p => p.textContent).join()`, "62%,30%,<1%")
	b.expect(`document.querySelector('#heard .fill').style.width`, "62%")
	b.expect(`[...document.querySelectorAll('#heard .why li')].map(p => p.textContent).join()`, "像欠薪,<b>不是标签</b>")
	b.click("#tab-session")
	b.expect(`document.querySelectorAll('#session .state li').length + document.querySelector('#session .openid').textContent`,
		"2"+b.webhook.pushes()[0].Message.From)
	b.click("#tab-wire")
	for _, want := range []string{"POST /wechat/demo?signature=", "<Encrypt>", "<EventKey><![CDATA[law.wages]]>", "HTTP/1.1 200 OK", "<MsgSignature>", "<Content><![CDATA[菜单：law.wages]]>"} {
		if !read[bool](b, `document.querySelector('#wire').textContent.includes(`+quote(want)+`)`) {
			b.t.Errorf("the exchange does not show %s", want)
		}
	}
	b.click(".copy")
	b.await(`/已/.test(document.querySelector('.copy').textContent)`)
	b.click("#previous")
	b.expect(`document.querySelector('#position').textContent`, "第 4 条，共 5 条")
	closeSheet(b, narrow)
}

func resend(b *browser, narrow bool) {
	before := len(b.webhook.pushes())
	openSheet(b, narrow)
	b.click("#copies label:nth-of-type(3)")
	closeSheet(b, narrow)
	b.expect(`document.querySelector('#network').textContent`, "重发：同时送 3 次")
	b.say("重发")
	b.replies(6)
	b.expect(`document.querySelector('#same').textContent`, "同一条消息送了 3 次，3 个回复逐字节一致")
	if sent := len(b.webhook.pushes()) - before; sent != 3 {
		b.t.Errorf("webhook got %d pushes, want 3", sent)
	}
	openSheet(b, narrow)
	b.click("#copies label:nth-of-type(1)")
	closeSheet(b, narrow)
}

func otherReplies(b *browser) {
	b.say("坏")
	b.replies(7)
	b.expect(`[...document.querySelectorAll('#chat .note')].at(-1).textContent`, outOfOrder)
	b.say("卡片")
	b.replies(8)
	b.expect(`document.querySelector('div.card strong').textContent`, "<b>入会</b>")
	b.say("转")
	b.replies(9)
	b.expect(`[...document.querySelectorAll('#chat .note')].at(-1).textContent`, "已转给人工客服，接下来由工作人员跟您聊")
	for i, kind := range []string{"image", "location", "voice"} {
		b.click("#open-extras")
		b.click("#extras [data-kind=" + kind + "]")
		b.replies(10 + i)
		seen := b.webhook.pushes()
		if got := seen[len(seen)-1].Message.Type; got != kind {
			b.t.Errorf("sent %s, webhook got %s", kind, got)
		}
	}
	b.say("长")
	b.replies(13)
	b.await(`(() => {
		const chat = document.querySelector('#chat').getBoundingClientRect();
		const top = [...document.querySelectorAll('#chat .them .bubble:not(.dots-bubble)')].at(-1).getBoundingClientRect().top;
		return top >= chat.top && top < chat.bottom;
	})()`)
}

// changePhone takes another phone, reloads it, and leaves the account.
func changePhone(b *browser) {
	first := read[string](b, `sessionStorage.getItem('phone')`)
	b.click("#open-phone-menu")
	b.click("#new-phone")
	b.replies(1)
	second := read[string](b, `sessionStorage.getItem('phone')`)
	if first == second || !isOpenID(second) {
		b.t.Errorf("new phone %q after %q", second, first)
	}
	b.do(chromedp.Reload())
	b.await(`document.querySelector('#chat').textContent.includes('还是刚才那部手机')`)
	b.expect(`sessionStorage.getItem('phone')`, second)
	b.click("#open-phone-menu")
	b.click("#follow")
	b.await(`document.querySelector('#text').disabled`)
	b.replies(1)
	seen := b.webhook.pushes()
	if got := seen[len(seen)-1].Message; got.Event != "unsubscribe" || got.From != second {
		b.t.Errorf("webhook got %s, want unsubscribe of the second phone", got.Event)
	}
}

// hostileReplies has markup come back as a reply, and as what the worker said: the page must stay as it is with
// harmless text, element by element.
func hostileReplies(t *testing.T, b *browser) {
	const elements = `[...document.querySelectorAll('#chat .row:not(#typing)')].slice(-2).concat(document.querySelector('#heard'))
		.map(top => [...top.querySelectorAll('*')].map(e => e.tagName + '.' + e.className + e.getAttributeNames()).join(' '))`
	b.say("无害")
	b.replies(2)
	want := read[[]string](b, elements)
	for i, text := range hostile(t) {
		b.do(chromedp.Evaluate[chromedp.Void](`say(` + quote(text) + `)`))
		b.replies(3 + i)
		if got := read[string](b, lastReply); got != "您说："+text {
			t.Errorf("reply shows %q, want %q", got, text)
		}
		if diff := cmp.Diff(want, read[[]string](b, elements)); diff != "" {
			t.Errorf("%q changed the page (-want +got):\n%s", text, diff)
		}
	}
	if n := read[int](b, `document.querySelectorAll('script').length + frames.length`); n != 2 {
		t.Errorf("page has %d scripts and frames, want 2", n)
	}
	b.await(`new Promise(done => setTimeout(done, 50, true))`) // what is late to alert
	b.quiet()
	// Should the page ever make markup of a string, its policy refuses.
	b.expect(`(() => { try { document.createElement('p').innerHTML = '<b>'; return 'made'; } catch { return 'refused'; } })()`, "refused")
}
