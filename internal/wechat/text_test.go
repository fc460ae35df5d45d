package wechat

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
)

func TestLinks(t *testing.T) {
	tests := []struct{ name, got, want string }{
		{"text", TextLink("办事指南", "https://example.com/a?b=1&c=入会#d"),
			`<a href="https://example.com/a?b=1&c=入会#d">办事指南</a>`},
		{"text with markup", TextLink("a<b>\nc\"&", `https://example.com/"><script> `+"\n"),
			`<a href="https://example.com/%22%3E%3Cscript%3E%20%0A">a＜b＞ c"&</a>`},
		{"plus and escapes stay", TextLink("a", "https://example.com/a+b%20c"), `<a href="https://example.com/a+b%20c">a</a>`},
		{"mini program", MiniProgramLink("我的工会", "wx1", "pages/index?a=1&b=2", "https://example.com/"),
			`<a data-miniprogram-appid="wx1" data-miniprogram-path="pages/index?a=1&b=2" href="https://example.com/">我的工会</a>`},
		{"choice", ChoiceLink("入会要带什么？", "join:material"),
			`<a href="weixin://bizmsgmenu?msgmenucontent=入会要带什么？&msgmenuid=join:material">入会要带什么？</a>`},
		{"choice with signs", ChoiceLink("A&B=50% <不>", "a&b"),
			`<a href="weixin://bizmsgmenu?msgmenucontent=A＆B＝50％　＜不＞&msgmenuid=a＆b">A&B=50% ＜不＞</a>`},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("%s: %s, want %s", test.name, test.got, test.want)
		}
	}
}

// TestLinksHold: nothing breaks out of a link.
func TestLinksHold(t *testing.T) {
	link := regexp.MustCompile(`^<a( [a-z-]+="[^"<>\s]*"){1,3}>[^<>\n]*</a>$`)
	choice := regexp.MustCompile(`^<a href="weixin://bizmsgmenu\?msgmenucontent=[^&=%#"<>]*&msgmenuid=[^&=%#"<>]*">`)
	random := rand.New(rand.NewPCG(5, 6))
	for range 200 {
		text := oddText(random)
		for _, got := range []string{TextLink(text, text), MiniProgramLink(text, text, text, text)} {
			if !link.MatchString(got) {
				t.Fatalf("of %q: %q", text, got)
			}
		}
		if got := ChoiceLink(text, text); !choice.MatchString(got) || strings.Count(got, "<") != 2 {
			t.Fatalf("choice of %q: %q", text, got)
		}
	}
}

func TestCut(t *testing.T) {
	const a = `<a href="x">工会</a>` // 22 bytes
	tests := []struct {
		name, text string
		limit      int
		want       string
	}{
		{"shorter", "工会", 6, "工会"},
		{"between characters", "工会", 3, "工"},
		{"inside a character", "工会", 5, "工"},
		{"before a character", "工会", 2, ""},
		{"whole link", "a" + a + "b", 23, "a" + a},
		{"last byte of a link", "a" + a + "b", 22, "a"},
		{"link text", "a" + a + "b", 16, "a"},
		{"link's attribute", "a" + a + "b", 6, "a"},
		{"after <", "a" + a + "b", 2, "a"},
		{"before <", "a" + a + "b", 1, "a"},
		{"second link", a + a, 30, a},
		{"after both", a + a + "工会", 45, a + a},
		{"no link, only its beginning", "<a 工会工会", 8, "<a 工"},
		{"no link, after its <", "工会<a 工会", 7, "工会<"},
		{"no link, another word", "<abc工会</a>", 8, "<abc工"},
	}
	for _, test := range tests {
		if got := cut(test.text, test.limit); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}
