package evaluation

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestGather(t *testing.T) {
	for _, c := range []struct {
		name  string
		texts []string
		want  []int
	}{
		{"different", []string{"会员卡丢了", "工资拖了三个月", "怎么入会"}, []int{0, 1, 2}},
		{"a word more", []string{"会员卡丢了", "怎么入会", "会员卡丢了呀"}, []int{0, 1, 0}},
		{"by ear", []string{"工资不发", "公资不发"}, []int{0, 0}},
		{"pinyin", []string{"会员卡丢了", "huiyuankadiule"}, []int{0, 0}},
		{"through a third", []string{"申请困难补助", "申请困难补助要什么条件", "困难补助要什么条件"}, []int{0, 0, 0}},
		{"half in common", []string{"入会", "入会吗"}, []int{0, 0}},
		{"a third in common", []string{"入会吗", "不入会"}, []int{0, 1}},
		{"one character", []string{"卡", "咖", "补"}, []int{0, 0, 2}},
		{"figures", []string{"12351", "12348"}, []int{0, 1}},
		{"the same", []string{"hello", "hello"}, []int{0, 0}},
	} {
		if diff := cmp.Diff(c.want, gather(c.texts)); diff != "" {
			t.Errorf("%s: gather(%v) (-want +got):\n%s", c.name, c.texts, diff)
		}
	}
}
