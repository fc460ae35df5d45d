package chinese

import (
	"testing"
)

func TestFold(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{"怎么 加入工会？！", "怎么加入工会"},
		{"ＧＯＮＧＨＵＩ　１２３５１", "gonghui12351"},
		{"勞動仲裁時效多久", "劳动仲裁时效多久"},
		{"老闆拖欠薪水😡😡", "老板拖欠薪水"},
		{"① ㎡ Ⅳ", "1m2iv"},
		{"a\u200bb\ufeffc", "abc"},
		{"\xff坏\xfe字节", "坏字节"},
		{"👍🏽👌", ""},
		{"Ünïcode", "ünïcode"},
	} {
		if got := Fold(c.in); got != c.want {
			t.Errorf("Fold(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestSound(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{"公会", "gong hui"},
		{"工会", "gong hui"},
		{"法律援助", "fa lv yuan zhu"},
		{"打12351", "da12351"},
	} {
		if got := Sound(c.in); got != c.want {
			t.Errorf("Sound(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestAppendLatin(t *testing.T) {
	for _, c := range []struct {
		in, want string
		ok       bool
	}{
		{"gonghuizenmejiaru", "gong hui zen me jia ru", true},
		{"falvyuanzhu", "fa lv yuan zhu", true},
		{"tuoqiangongzi", "tuo qian gong zi", true},
		{"xian", "xian", true},
		{"zainarshenqing", "zai na er shen qing", true},
		{"hello", "", false},
		{"zh", "", false},
		{"", "", false},
	} {
		syllables, ok := AppendLatin(nil, []rune(c.in))
		got := ""
		for i, s := range syllables {
			if i > 0 {
				got += " "
			}
			got += s.String()
		}
		if got != c.want || ok != c.ok {
			t.Errorf("AppendLatin(%q) = %q, %v, want %q, %v", c.in, got, ok, c.want, c.ok)
		}
	}
}

func TestIndexSound(t *testing.T) {
	for _, c := range []struct {
		text, word string
		want       int
	}{
		{"公伤认定要带什么", "工伤认定", 0},
		{"我想问仲才", "仲裁", 3},
		{"仲裁", "劳动仲裁", -1},
		{"打12351", "12351", 1},
		{"打12352", "12351", -1},
		{"", "工会", -1},
	} {
		if got := IndexSound([]rune(c.text), []rune(c.word)); got != c.want {
			t.Errorf("IndexSound(%q, %q) = %d, want %d", c.text, c.word, got, c.want)
		}
	}
}

func BenchmarkFold(b *testing.B) {
	buffer := make([]rune, 0, 64)
	for b.Loop() {
		buffer = AppendFold(buffer[:0], "老板拖欠工資三個月了，找哪個部門管？")
	}
}
