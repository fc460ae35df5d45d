package simulator

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"zhugong/internal/wechat"
)

// TestPushes sends everything that the page can, in all modes, and looks at what the webhook gets.
func TestPushes(t *testing.T) {
	pushes := []struct {
		kind  string
		order order
		want  wechat.Message
	}{
		{"text", order{Text: "  老板差我工钱 "}, wechat.Message{Type: "text", Content: "老板差我工钱"}},
		{"text", order{Text: "困难帮扶", MenuID: "101"}, wechat.Message{Type: "text", Content: "困难帮扶", BizMsgMenuID: "101"}},
		{"text", order{Text: "a]]>b<xml>&amp;\x00\x0b\n]]]]>>"}, wechat.Message{Type: "text", Content: "a]]>b<xml>&amp;\n]]]]>>"}},
		{"menu", order{Button: []int{0, 1}}, wechat.Message{Type: "event", Event: "CLICK", EventKey: "law.wages"}},
		{"menu", order{Button: []int{2}}, wechat.Message{Type: "event", Event: "CLICK", EventKey: "sys.human"}},
		{"menu", order{Button: []int{1}}, wechat.Message{Type: "event", Event: "VIEW", EventKey: testMenu[1].URL, MenuID: "1"}},
		{"subscribe", order{}, wechat.Message{Type: "event", Event: "subscribe"}},
		{"unsubscribe", order{}, wechat.Message{Type: "event", Event: "unsubscribe"}},
		{"location", order{}, wechat.Message{Type: "location", Location: wechat.Place{X: "26.647003", Y: "106.630211", Scale: "15", Label: "贵州省贵阳市"}}},
		{"image", order{}, wechat.Message{Type: "image", PicURL: "https://mmbiz.invalid/demo/picture.jpg", MediaID: "demo-picture"}},
		{"voice", order{}, wechat.Message{Type: "voice", MediaID: "demo-voice", Format: "amr"}},
	}
	for _, mode := range []wechat.Mode{wechat.Plain, wechat.Compat, wechat.Safe} {
		for _, push := range pushes {
			h := newWebhook(t, mode)
			a := send(t, newSimulator(t, h.options(mode)), push.kind, push.order)
			seen := h.pushes()
			if len(seen) != 1 {
				t.Fatalf("%s %s: webhook got %d pushes, want 1", mode, push.kind, len(seen))
			}
			got := seen[0].Message
			if !got.IsEvent() && len(got.ID) != 19 {
				t.Errorf("%s %s: MsgId %q, want 19 digits", mode, push.kind, got.ID)
			}
			push.want.To, push.want.From = "gh_0123456789ab", testPhone
			if diff := cmp.Diff(push.want, got, cmpopts.IgnoreFields(wechat.Message{}, "ID", "CreateTime")); diff != "" {
				t.Errorf("%s %s (-want +got):\n%s", mode, push.kind, diff)
			}
			if one := a.Tries[0]; one.Plain != string(seen[0].Plain) && mode != wechat.Plain {
				t.Errorf("%s %s: page shows\n%s\nwebhook decrypted\n%s", mode, push.kind, one.Plain, seen[0].Plain)
			}
		}
	}
}

// TestSilentEvents: WeChat tells the user nothing about these, even if the account fails.
func TestSilentEvents(t *testing.T) {
	h := newWebhook(t, wechat.Safe)
	h.reply = func(_ int, _ *wechat.Push, w http.ResponseWriter) { w.WriteHeader(http.StatusInternalServerError) }
	handler := newSimulator(t, h.options(wechat.Safe))
	kinds := map[string]struct {
		order order
		want  string
	}{
		"unsubscribe": {order{}, "none"},
		"menu":        {order{Button: []int{1}}, "none"},
		"subscribe":   {order{}, "broken"},
	}
	for kind, c := range kinds {
		if got := send(t, handler, kind, c.order).Shown.Kind; got != c.want {
			t.Errorf("%s answered with 500 shows %s, want %s", kind, got, c.want)
		}
	}
}

// TestSeen: what the page shows of one exchange.
func TestSeen(t *testing.T) {
	h := newWebhook(t, wechat.Safe)
	a := send(t, newSimulator(t, h.options(wechat.Safe)), "text", order{Text: "你好"})
	one := a.Tries[0]
	for name, c := range map[string]struct{ text, want string }{
		"request line":  {one.Head, "POST /wechat/demo?signature="},
		"openid":        {one.Head, "&openid=" + testPhone},
		"encrypted":     {one.Head, "&encrypt_type=aes&msg_signature="},
		"header":        {one.Head, "\nContent-Type: text/xml\n"},
		"body":          {one.Body, "<Encrypt><![CDATA["},
		"plain":         {one.Plain, "<Content><![CDATA[你好]]></Content>\n<MsgId>"},
		"status":        {one.Status, "200 OK"},
		"reply":         {one.Reply, "<MsgSignature>"},
		"opened":        {one.Opened, "<MsgType><![CDATA[text]]></MsgType>\n<Content><![CDATA[好的]]></Content>\n</xml>"},
		"reply's lines": {one.ReplyHead, "HTTP/1.1 200 OK"},
	} {
		if !strings.Contains(c.text, c.want) {
			t.Errorf("%s: got %q, want %q in it", name, c.text, c.want)
		}
	}
	if strings.Contains(one.Body+one.Reply, "你好") || strings.Contains(one.Reply, "好的") {
		t.Error("safe mode: text in the clear")
	}
}

// TestInspect: the page asks about the very message that the webhook knows, after it was answered.
func TestInspect(t *testing.T) {
	h := newWebhook(t, wechat.Safe)
	o := h.options(wechat.Safe)
	known := Inspect{
		Decision: "clarify", Intent: "law.wages", Attribute: "电话", Why: "一\n二\n", State: "在聊：被欠工资",
		Candidates: []Candidate{{"law.wages", "被欠工资", 0.5}}, Took: 1500 * time.Microsecond,
		Repeated: true, Degraded: true, Knowledge: "v1",
	}
	var asked []string
	o.Inspect = func(openID, key string) (Inspect, bool) {
		asked = append(asked, openID+" "+key)
		return known, len(asked) < 3
	}
	handler := newSimulator(t, o)
	first := send(t, handler, "text", order{Text: "欠薪"})
	send(t, handler, "menu", order{Button: []int{0, 0}})
	last := send(t, handler, "text", order{Text: "欠薪"})

	want := &insight{
		Decision: "clarify", Intent: "law.wages", Attribute: "电话", Why: []string{"一", "二"}, State: []string{"在聊：被欠工资"},
		Candidates: []candidateJSON{{"law.wages", "被欠工资", 0.5}}, Took: 1.5, Repeated: true, Degraded: true, Knowledge: "v1",
	}
	if diff := cmp.Diff(want, first.Inspect); diff != "" {
		t.Errorf("inspect (-want +got):\n%s", diff)
	}
	if last.Inspect != nil {
		t.Errorf("inspect of an unknown message: got %+v, want null", last.Inspect)
	}
	for i, push := range h.pushes() {
		if want := testPhone + " " + push.Message.Key(); asked[i] != want {
			t.Errorf("asked about %q, want %q", asked[i], want)
		}
	}
}

func TestIDsAreNeverTheSame(t *testing.T) {
	s := &simulator{Options: Options{Now: func() time.Time { return time.Unix(1790000000, 0) }}}
	var seen sync.Map
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 200 {
				if id := s.newID(); len(id) != 19 {
					t.Errorf("id %s: want 19 digits", id)
				} else if _, twice := seen.LoadOrStore(id, true); twice {
					t.Errorf("id %s twice", id)
				}
			}
		})
	}
	all.Wait()
}
