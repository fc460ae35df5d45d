package evaluation

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"zhugong/intents"
	"zhugong/knowledge"
)

func TestReadLabelled(t *testing.T) {
	const form = "\n    改法：一行写成：标签，按一下 Tab 键，再写那句话。"
	example := func(class, text string, line, column int) intents.Example {
		return intents.Example{Class: class, Text: text, Place: knowledge.Place{File: "f", Line: line, Column: column}}
	}
	for _, c := range []struct {
		content string
		want    []intents.Example
		faults  []string
	}{
		{"a\t一句话\nbc\t另一句\n", []intents.Example{example("a", "一句话", 1, 3), example("bc", "另一句", 2, 4)}, nil},
		{"\ufeffa\t一句话\r\n\r\n", []intents.Example{example("a", "一句话", 1, 3)}, nil},
		{"a\t好\n没有制表符\n\t没有标签\na\t\na\tb\tc\na\t\xff\n", []intents.Example{example("a", "好", 1, 3)}, []string{
			"f:2:1: 标签和句子之间没有 Tab" + form,
			"f:3:1: Tab 前面没有标签" + form,
			"f:4:1: Tab 后面没有句子" + form + "没有用的行就删掉。",
			"f:5:1: 一行里有不止一个 Tab" + form + "句子里的 Tab 改成空格。",
			"f:6:1: 这一行不是 UTF-8 的文字\n    改法：把文件另存为 UTF-8 编码。",
		}},
		{"", nil, []string{"f: 文件里一句话也没有\n    改法：每行写一个标签和一句话，中间按一下 Tab 键。"}},
	} {
		examples, faults := ReadLabelled("f", c.content)
		var told []string
		for _, fault := range faults {
			told = append(told, fault.String())
		}
		if diff := cmp.Diff(c.want, examples); diff != "" {
			t.Errorf("examples of %q (-want +got):\n%s", c.content, diff)
		}
		if diff := cmp.Diff(c.faults, told); diff != "" {
			t.Errorf("faults of %q (-want +got):\n%s", c.content, diff)
		}
	}
}
