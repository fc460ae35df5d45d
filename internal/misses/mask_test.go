package misses

import (
	"strings"
	"testing"
	"unicode"
)

func TestMask(t *testing.T) {
	m := newMasker()
	tests := []struct{ text, want string }{
		{"公积金怎么提取？", "公积金怎么提取？"},
		{"  工资 \n\t 没发  ", "工资 没发"},
		{"老板欠我4500块，3个月了", "老板欠我4500块，3个月了"},
		{"我电话13885123456打给我", "我电话×打给我"},
		{"138 8512 3456", "×"},
		{"138-8512-3456喊他回", "×喊他回"},
		{"１３８８５１２３４５６", "×"},
		{"电话幺三八八五一二三四五六", "电话×"},
		{"一三八，八五一二，三四五六", "×"},
		{"①③⑧⑧⑤①②③", "×"},
		{"1️⃣3️⃣8️⃣8️⃣5️⃣", "×"},
		{"1\u200b3\u200b8\u200b8\u200b5", "×"},
		{"座机0851-85812345转8", "座机×转8"},
		{"身份证52010119900101123X丢了", "身份证×丢了"},
		{"5201 0119 9001 0112 3X", "×"},
		{"卡号 6222 0212 3456 7890 123", "卡号 ×"},
		{"护照E12345678", "护照×"},
		{"车牌贵AB1234C", "车牌贵×"},
		{"openid oAbCdEfGhIjKlMnOpQrStUvWxYz", "openid ×"},
		{"微信号：zhangsan", "微信号：×"},
		{"加我vx zhangsan_", "加我vx ×"},
		{"wxid_zhangsan", "wx×"},
		{"发我邮箱zhang.san@example.com哈", "发我邮箱×哈"},
		{"zhang＠example．com", "×"},
		{"看看https://example.com/a?b=c这个", "看看×这个"},
		{"weixin://dl/business/?t=abc", "×"},
		{"example.com/a是不是你们的", "×是不是你们的"},
		{"2026-11-22出事", "×出事"},
		{"上班9:00-12:00", "上班9:00-12:00"},
		{"三万五千七百块", "三万五千七百块"},
		{"gong zi mei fa", "gong zi mei fa"},
		{"nongmingonggongziqianle", "nongmingonggongziqianle"},
		{"🙏", "🙏"},
		{" \u200b\n", ""},
		{"\xff\xfe", "\uFFFD\uFFFD"},
		{strings.Repeat("工", 60), strings.Repeat("工", 40)},
		{strings.Repeat("工", 38) + "13885123456号", strings.Repeat("工", 38) + "×号"},
	}
	for _, test := range tests {
		if got := m.mask(test.text); got != test.want {
			t.Errorf("mask(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}

// FuzzMask checks that no number gets through.
func FuzzMask(f *testing.F) {
	m := newMasker()
	for _, seed := range []string{"我电话138 8512 3456", "52010119900101123X", "a@b.cn 1.2.3.4.5", "微信号：a1_b2 × 12345", "１二③4五", "1\x002 3"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := m.mask(text)
		if n := len([]rune(got)); n > maxCharacters {
			t.Errorf("mask(%q) has %d characters", text, n)
		}
		digits := 0
		for _, r := range got {
			if digits++; !unicode.IsDigit(r) {
				digits = 0
			}
			if digits >= leastDigits || r == 0 {
				t.Fatalf("mask(%q) = %q", text, got)
			}
		}
	})
}

func BenchmarkMask(b *testing.B) {
	m := newMasker()
	for b.Loop() {
		m.mask("老板欠我工资不给，我电话13885123456，喊他打给我嘛")
	}
}
