package strictyaml

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFix(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"BOM", "\ufeff编号: abc\n", "编号: abc\n"},
		{"CRLF stays", "编号：abc\r\n注: a\r\n", "编号: abc\r\n注: a\r\n"},
		{"colon, then quotes", "注：电话: 12351\n", "注: \"电话: 12351\"\n"},
		{"colon and full-width space", "注：　a\n", "注: a\n"},
		{"colon of an unknown key", "下一步：打电话\n", "下一步：打电话\n"},
		{"colon within a sentence", "词:\n  - 老板说：走\n  - 说：a\n", "词:\n  - 老板说：走\n  - 说: a\n"},
		{"colon after a key of another place", "词:\n  - 左：打不通\n", "词:\n  - 左：打不通\n"},
		{"hyphens", "词:\n  －a\n  -b\n  —— c\n  • d\n  -　e\n", "词:\n  - a\n  - b\n  - c\n  - d\n  - e\n"},
		{"tabs as wide as two", "项目:\n  - 说: a\n\t\t应: b\n", "项目:\n  - 说: a\n    应: b\n"},
		{"tabs as wide as four", "项目:\n  - 说: a\n\t应: b\n", "项目:\n  - 说: a\n    应: b\n"},
		{"tabs in block text", "注: |\n\ta\n\t\tb\n", "注: |\n  a\n  b\n"},
		{"block text stays", "注: |\n  a：b\n  -c\n  “d\t #e\n", "注: |\n  a：b\n  -c\n  “d\t #e\n"},
		{"quoted text stays", "注: \"a： \u3000b\"\n词:\n  - '- x # y'\n", "注: \"a： \u3000b\"\n词:\n  - '- x # y'\n"},
		{"quotes with quotes inside", "注: 他说\"走\": 好\n", "注: '他说\"走\": 好'\n"},
		{"quotes of both kinds inside", "注: a'\": \\\n", "注: \"a'\\\": \\\\\"\n"},
		{"signs in front", "词:\n  - %a\n  - @b\n  - ?c\n  - >d\n", "词:\n  - \"%a\"\n  - \"@b\"\n  - \"?c\"\n  - \">d\"\n"},
		{"Chinese quotes around a date", "日期: “2027-06-30”\n", "日期: \"2027-06-30\"\n"},
		{"Chinese quotes around a sentence", "注: “好”\n", "注: “好”\n"},
		{"one Chinese quote", "注: \"好”\n", "注: \"好\"\n"},
		{"comment sign is left", "注: a #b\n", "注: a #b\n"},
		{"invisible", "\u200b注: a\u200bb\u00a0c　\n", "注: ab c\n"},
		{"many tabs", "注:7" + strings.Repeat("\t", 20) + "8\n", "注: 7" + strings.Repeat(" ", 20) + "8\n"},
		{"control character", "注: a\x07b\n", "注: ab\n"},
		{"invisible in quotes and text", "编号: \"a\u200bb\"\n注: |\n  a\u200bb\n  c\x08d\n", "编号: \"ab\"\n注: |\n  ab\n  cd\n"},
		{"one space too many", "编号: abc\n 注: a\n", "编号: abc\n注: a\n"},
		{"first line one space too many", " 编号: abc\n注: a\n类别: 甲\n", "编号: abc\n注: a\n类别: 甲\n"},
		{"items as deep as their key", "词:\n- a\n - b\n\t- c\n- d\n", "词:\n- a\n- b\n- c\n- d\n"},
		{"first item", "词:\n   - a\n  - b\n", "词:\n  - a\n  - b\n"},
		{"three spaces a level stay", "词:\n   - a\n   - b\n项目:\n   - 说: a\n     应: b\n", "词:\n   - a\n   - b\n项目:\n   - 说: a\n     应: b\n"},
		{"three spaces a level", "词:\n   - a\n   - b\n  - c\n", "词:\n   - a\n   - b\n   - c\n"},
		{"key of an item", "项目:\n  - 说: a\n   应: b\n  - 说: c\n\t应: d\n", "项目:\n  - 说: a\n    应: b\n  - 说: c\n    应: d\n"},
		{"only item", "项目:\n   - 说: a\n    应: b\n", "项目:\n  - 说: a\n    应: b\n"},
		{"whole item", "项目:\n  - 说: a\n    应: b\n   - 说: c\n     应: d\n", "项目:\n  - 说: a\n    应: b\n  - 说: c\n    应: d\n"},
		{"spaces behind a hyphen", "项目:\n  -   说: a\n    应: b\n", "项目:\n  - 说: a\n    应: b\n"},
		{"key at the outermost level", "项目:\n  - 说: a\n应: b\n", "项目:\n  - 说: a\n    应: b\n"},
		{"key of a table", "表:\n  左: a\n   右: b\n注: c\n", "表:\n  左: a\n  右: b\n注: c\n"},
		{"line of a text", "注: |\n  a\n b\n c\n  d\n", "注: |\n  a\n  b\n  c\n  d\n"},
		{"line of a text at the margin", "注: |\n  a：b\n下一步：c\n  d\n", "注: |\n  a：b\n  下一步：c\n  d\n"},
		{"first line of a text", "注: |\n   a\n  b\n  c\n", "注: |\n  a\n  b\n  c\n"},
		{"whole text at the margin", "注: |\na\nb\n编号: c\n", "注: |\n  a\n  b\n编号: c\n"},
		{"key after a text", "注: |\n  a\n 词:\n  - b\n", "注: |\n  a\n词:\n  - b\n"},
		{"no |", "注:\n  甲\n  乙\n", "注: |\n  甲\n  乙\n"},
		{"no | behind a comment", "注: # b\n  甲\n", "注: # b\n  甲\n"},
		{"text below a hyphen", "编号: a\n注:\n\n# c\n词:\n  -\n    甲\n", "编号: a\n注:\n\n# c\n词:\n  -\n    甲\n"},
		{"no colon", "编号 abc\n", "编号: abc\n"},
		{"text behind |", "注: |甲 乙\n", "注: \"甲 乙\"\n"},
		{"number after #", "注: 打 #12351\n", "注: \"打 #12351\"\n"},
		{"list in brackets is left", "词: [a, b]\n", "词: [a, b]\n"},
		{"sentence with brackets", "注: [入会]流程\n", "注: \"[入会]流程\"\n"},
		{"sentence with a star", "词:\n  - *a 快看\n  - *a\n", "词:\n  - \"*a 快看\"\n  - *a\n"},
		{"no hyphen is left", "词:\n  - a\n  b\n", "词:\n  - a\n  b\n"},
		{"GBK is left", "注：\xb1\n", "注：\xb1\n"},
	}
	form := NewForm[sheet](Options{})
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, mended := form.Fix("a.yaml", []byte(test.text))
			if diff := cmp.Diff(test.want, string(got)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if (len(mended) > 0) != (test.text != test.want) {
				t.Errorf("says that it mended %s", heads(mended))
			}
		})
	}
}

// FuzzRead checks that the line-based check knows everything the parser stumbles over, that places exist,
// and that mending is done in one go and keeps the number of lines.
func FuzzRead(f *testing.F) {
	f.Add([]byte(goodSheet))
	for _, text := range []string{"编号：a\n", "词:\n  -a\n", "注: |\n\ta\n", "注: 'a''b' # c\n", "\"编号\": a\n", "项目:\n- 说: a\n  应: b\n-\n"} {
		f.Add([]byte(text))
	}
	form := NewForm[sheet](Options{})
	f.Fuzz(func(t *testing.T, data []byte) {
		_, _, faults := form.Read("a.yaml", data)
		lines := bytes.Count(data, []byte("\n")) + bytes.Count(data, []byte("\r")) + 1
		for _, fault := range faults {
			if fault.Message == unclear || fault.Line < 1 || fault.Column < 1 {
				t.Errorf("%s", fault)
			}
			if fault.Line > lines {
				t.Errorf("there are %d lines: %s", lines, fault)
			}
		}
		fixed, _ := form.Fix("a.yaml", data)
		if again, more := form.Fix("a.yaml", fixed); len(more) > 0 || !bytes.Equal(fixed, again) {
			t.Errorf("mended again: %s", heads(more))
		}
		if bytes.Count(fixed, []byte("\n")) != bytes.Count(data, []byte("\n")) {
			t.Error("the number of lines has changed")
		}
	})
}
