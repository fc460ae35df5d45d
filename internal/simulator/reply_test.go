package simulator

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zhugong/internal/wechat"
)

// replyOf is a reply with one thing changed.
func replyOf(old, new string) string {
	return strings.Replace("<xml><ToUserName><![CDATA["+testPhone+"]]></ToUserName><FromUserName><![CDATA[gh_0123456789ab]]></FromUserName>"+
		"<CreateTime>1790000000</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[好的]]></Content></xml>", old, new, 1)
}

var good = shown{Kind: "text", Parts: []part{{Kind: "text", Text: "好的"}}}

// TestReplies: what WeChat takes and what it does not.
func TestReplies(t *testing.T) {
	const content = "<![CDATA[text]]></MsgType><Content><![CDATA[好的]]></Content>"
	article := "<![CDATA[news]]></MsgType><ArticleCount>1</ArticleCount><Articles><item><Title><![CDATA[入会]]></Title>" +
		"<Description><![CDATA[怎么办]]></Description><Url><![CDATA[https://union.example]]></Url></item></Articles>"
	cases := []struct {
		name, reply string
		want        shown
	}{
		{"text", replyOf("", ""), good},
		{"entities", replyOf("<![CDATA[好的]]>", "&lt;b&gt;"), shown{Kind: "text", Parts: []part{{Kind: "text", Text: "<b>"}}}},
		{"success", "success", shown{Kind: "none"}},
		{"nothing", "", shown{Kind: "none"}},
		{"card", replyOf(content, article), shown{Kind: "card", Card: &card{"入会", "怎么办", "https://union.example"}}},
		{"card to nowhere", replyOf(content, strings.Replace(article, "https://", "javascript:", 1)), shown{Kind: "card", Card: &card{"入会", "怎么办", ""}}},
		{"transfer", replyOf(content, "<![CDATA[transfer_customer_service]]></MsgType>"), shown{Kind: "transfer"}},
		{"image", replyOf(content, "<![CDATA[image]]></MsgType><Image><MediaId>1</MediaId></Image>"), shown{Kind: "media", Text: "图片"}},
		{"longest", replyOf("好的", strings.Repeat("x", 2048)), shown{Kind: "text", Parts: []part{{Kind: "text", Text: strings.Repeat("x", 2048)}}}},
		{"too long", replyOf("好的", strings.Repeat("x", 2049)), broken("文字超过 2048 字节，有 2049 字节")},
		{"empty text", replyOf("好的", " "), broken("文字回复是空的")},
		{"not closed", replyOf("</xml>", ""), broken(unreadable)},
		{"two", replyOf("", "") + "<xml/>", broken(unreadable)},
		{"control character", replyOf("好的", "好\x0b的"), broken(unreadable)},
		{"words", "好的", broken(unreadable)},
		{"JSON", `{"ToUserName":"` + testPhone + `","MsgType":"text","Content":"好的"}`, broken(unreadable)},
		{"HTML", "<html><body>502</body></html>", broken(unreadable)},
		{"to another", replyOf(testPhone, "o1"), broken("ToUserName 不是这位用户")},
		{"from another", replyOf("gh_0123456789ab", "gh_1"), broken("FromUserName 不是这个公众号")},
		{"no time", replyOf("1790000000", "now"), broken("CreateTime 不是整数")},
		{"unknown type", replyOf("[text]", "[poem]"), broken("没有这种回复：MsgType 不认识")},
		{"no articles", replyOf("[text]", "[news]"), broken("图文回复里没有图文")},
	}
	for _, mode := range []wechat.Mode{wechat.Plain, wechat.Safe} {
		for _, c := range cases {
			h := newWebhook(t, mode)
			h.reply = func(_ int, push *wechat.Push, w http.ResponseWriter) {
				reply := []byte(c.reply)
				if c.reply == "success" || c.reply == "" {
					reply = nil
				}
				_, _ = w.Write(h.gate.Seal(push, reply))
			}
			got := send(t, newSimulator(t, h.options(mode)), "text", order{Text: "你好"})
			if diff := cmp.Diff(c.want, got.Shown); diff != "" {
				t.Errorf("%s %s (-want +got):\n%s", mode, c.name, diff)
			}
		}
	}
}

// TestRefusedReplies are wrong before or around the reply itself, in safe mode; in answer to an event the last.
func TestRefusedReplies(t *testing.T) {
	cases := []struct {
		name  string
		kind  string
		reply func(*webhook, *wechat.Push, http.ResponseWriter)
		want  shown
	}{
		{"not encrypted", "text", func(_ *webhook, _ *wechat.Push, w http.ResponseWriter) {
			_, _ = w.Write([]byte(replyOf("", "")))
		}, broken("安全模式下回复没有加密")},
		{"encrypted success", "text", func(h *webhook, push *wechat.Push, w http.ResponseWriter) {
			_, _ = w.Write(h.gate.Seal(push, []byte("success")))
		}, broken(unreadable)},
		{"nothing at all", "text", func(*webhook, *wechat.Push, http.ResponseWriter) {}, shown{Kind: "none"}},
		{"forged", "text", func(h *webhook, push *wechat.Push, w http.ResponseWriter) {
			sealed := string(h.gate.Seal(push, []byte(replyOf("", ""))))
			_, _ = w.Write([]byte(strings.Replace(sealed, "<MsgSignature><![CDATA[", "<MsgSignature><![CDATA[0", 1)))
		}, broken("回复的签名或 AppID 不对")},
		{"500", "text", func(_ *webhook, _ *wechat.Push, w http.ResponseWriter) {
			w.WriteHeader(http.StatusInternalServerError)
		}, broken("状态码是 500，不是 200")},
		{"redirect", "text", func(_ *webhook, _ *wechat.Push, w http.ResponseWriter) {
			w.Header().Set("Location", "http://elsewhere.invalid/")
			w.WriteHeader(http.StatusTemporaryRedirect)
		}, broken("状态码是 307，不是 200")},
		{"event transferred", "subscribe", func(h *webhook, push *wechat.Push, w http.ResponseWriter) {
			_, _ = w.Write(h.gate.Seal(push, []byte(replyOf("[text]", "[transfer_customer_service]"))))
		}, broken("事件不能转给人工客服，只有用户发的消息能转")},
	}
	for _, c := range cases {
		h := newWebhook(t, wechat.Safe)
		h.reply = func(_ int, push *wechat.Push, w http.ResponseWriter) { c.reply(h, push, w) }
		o := h.options(wechat.Safe)
		o.Client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
		message := order{}
		if c.kind == "text" {
			message.Text = "你好"
		}
		got := send(t, newSimulator(t, o), c.kind, message)
		if diff := cmp.Diff(c.want, got.Shown); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
		if len(got.Tries) != 1 {
			t.Errorf("%s: %d tries, want 1: an answer is not asked for again", c.name, len(got.Tries))
		}
	}
}

func TestFieldLines(t *testing.T) {
	for document, want := range map[string]string{
		"<xml><A>1</A><B><C/><C>2</C></B></xml>":      "<xml>\n<A>1</A>\n<B><C/><C>2</C></B>\n</xml>",
		"<xml>\n<A><![CDATA[</A><A>]]></A>\n</xml>\n": "<xml>\n<A><![CDATA[</A><A>]]></A>\n</xml>\n",
		"<xml><A>1</A>":      "<xml><A>1</A>",
		"success":            "success",
		"":                   "",
		`{"MsgType":"text"}`: `{"MsgType":"text"}`,
		"<xml/>":             "<xml/>",
	} {
		if got := fieldLines([]byte(document)); got != want {
			t.Errorf("fieldLines(%q) = %q, want %q", document, got, want)
		}
	}
}
