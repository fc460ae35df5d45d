package simulator

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zhugong/internal/wechat"
)

func TestSplit(t *testing.T) {
	cases := []struct {
		text string
		want []part
	}{
		{"", nil},
		{"您先别急。\n12351", []part{{Kind: "text", Text: "您先别急。\n12351"}}},
		{`看<a href="https://union.example/a?b=1&c=2#d">这里</a>。`, []part{
			{Kind: "text", Text: "看"}, {Kind: "link", Text: "这里", URL: "https://union.example/a?b=1&c=2#d"}, {Kind: "text", Text: "。"},
		}},
		{`<a href='http://union.example'>单引号</a>`, []part{{Kind: "link", Text: "单引号", URL: "http://union.example"}}},
		{`<a class="x" href="https://union.example" onclick="alert(1)">别的属性</a>`, []part{{Kind: "link", Text: "别的属性", URL: "https://union.example"}}},
		{`1 <a href="weixin://bizmsgmenu?msgmenucontent=困难帮扶&msgmenuid=relief.apply">困难帮扶</a>` + "\n", []part{
			{Kind: "text", Text: "1 "}, {Kind: "choice", Text: "困难帮扶", Send: "困难帮扶", MenuID: "relief.apply"}, {Kind: "text", Text: "\n"},
		}},
		{`<a href="weixin://bizmsgmenu?msgmenucontent=都不是">都不是</a>`, []part{{Kind: "choice", Text: "都不是", Send: "都不是"}}},
		{`<a data-miniprogram-appid="wx01" data-miniprogram-path="pages/a?x=1" href="https://union.example">小程序</a>`, []part{
			{Kind: "mini", Text: "小程序", AppID: "wx01", Path: "pages/a?x=1", URL: "https://union.example"},
		}},
		{`<a data-miniprogram-appid="wx01" href="javascript:alert(1)">小程序</a>`, []part{{Kind: "mini", Text: "小程序", AppID: "wx01"}}},
		{`<a href="x">坏的<a href="https://union.example">好的</a>`, []part{
			{Kind: "text", Text: `<a href="x">坏的`}, {Kind: "link", Text: "好的", URL: "https://union.example"},
		}},
		{"<a <a <a", []part{{Kind: "text", Text: "<a <a <a"}}},
		{"<a ", []part{{Kind: "text", Text: "<a "}}},
		{`<a href="`, []part{{Kind: "text", Text: `<a href="`}}},
	}
	for _, c := range cases {
		if diff := cmp.Diff(c.want, split(c.text)); diff != "" {
			t.Errorf("split(%q) (-want +got):\n%s", c.text, diff)
		}
	}
}

// TestSplitReadsWhatTheAccountWrites: the account's own links come out as they went in.
func TestSplitReadsWhatTheAccountWrites(t *testing.T) {
	text := wechat.TextLink("官网", "https://union.example/?q=1") + wechat.ChoiceLink("1 困难帮扶", "a&b") +
		wechat.MiniProgramLink("办事", "wx01", "pages/index", "https://union.example")
	want := []part{
		{Kind: "link", Text: "官网", URL: "https://union.example/?q=1"},
		{Kind: "choice", Text: "1 困难帮扶", Send: "1　困难帮扶", MenuID: "a＆b"},
		{Kind: "mini", Text: "办事", AppID: "wx01", Path: "pages/index", URL: "https://union.example"},
	}
	if diff := cmp.Diff(want, split(text)); diff != "" {
		t.Errorf("split(%q) (-want +got):\n%s", text, diff)
	}
}

// hostile are texts that are markup in a browser and must stay text, a line each.
func hostile(tb testing.TB) []string {
	tb.Helper()
	content, err := os.ReadFile("testdata/hostile.txt")
	if err != nil {
		tb.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(content), "\n"), "\n")
}

func TestHostileTextStaysText(t *testing.T) {
	for _, text := range hostile(t) {
		if diff := cmp.Diff([]part{{Kind: "text", Text: text}}, split(text)); diff != "" {
			t.Errorf("split(%q) (-want +got):\n%s", text, diff)
		}
	}
}

func FuzzSplit(f *testing.F) {
	for _, text := range hostile(f) {
		f.Add(text)
	}
	f.Add(`1 <a href="https://union.example">a</a> <a href="weixin://bizmsgmenu?msgmenucontent=b&msgmenuid=c">b</a>`)
	f.Fuzz(func(t *testing.T, text string) {
		for _, p := range split(text) {
			if !strings.Contains(text, p.Text) {
				t.Errorf("split(%q): part %q is not in it", text, p.Text)
			}
			if p.URL != "" && !strings.HasPrefix(strings.ToLower(p.URL), "http") {
				t.Errorf("split(%q): link to %q", text, p.URL)
			}
			if (p.Kind == "link") != (p.URL != "" && p.AppID == "") {
				t.Errorf("split(%q): part %+v", text, p)
			}
		}
	})
}
