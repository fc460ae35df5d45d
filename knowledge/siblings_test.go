package knowledge

import (
	"strings"
	"testing"
)

// TestListsThatBeginAlike has a list with one item, in which there is a list of more items that begin with the same key:
// one group of choices, one step with options.
func TestListsThatBeginAlike(t *testing.T) {
	choices, _, _ := strings.Cut(string(good(t)[choicesName].Data), "  - 名称: 有没有")
	files := map[string]string{
		choicesName: choices,
		"flows/a.yaml": "编号: a\n标题: 甲\n开始:\n  - 来登记\n步骤:\n  - 项: b\n    名称: 乙\n    问: 哪个？\n    类型: 选一个\n" +
			"    选项:\n      - 名称: 丙\n      - 名称: 丁\n结束:\n  - 说: 好\n",
	}
	for name, text := range files {
		if read := newFolderOf(newForms(), content{name, []byte(text)}); len(read.faults) > 0 {
			t.Errorf("%s:\n%s", name, heads(read.faults))
		}
	}
}
