package strictyaml

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// sheet is the form that the tests of this package read.
type sheet struct {
	Place Position
	ID    Text            `yaml:"编号" need:"yes" like:"^[a-z]+$" example:"abc"`
	Kind  Text            `yaml:"类别" one:"甲 乙"`
	Day   Date            `yaml:"日期"`
	Open  Bool            `yaml:"开放"`
	Words []Text          `yaml:"词"`
	Items []row           `yaml:"项目"`
	Table map[string]Text `yaml:"表" keys:"左 右"`
	Note  Text            `yaml:"注"`
	Key   Text            `yaml:"钥匙" secret:"yes" like:"^[a-z]{3}$" example:"abc"`
}

type row struct {
	Place Position
	Say   Text `yaml:"说" need:"yes"`
	Want  Text `yaml:"应"`
}

func readSheet(text string, options Options) (*sheet, []Fault) {
	value, _, faults := NewForm[sheet](options).Read("a.yaml", []byte(text))
	return value, faults
}

// heads returns the first line of each fault.
func heads(faults []Fault) string {
	var heads []string
	for _, fault := range faults {
		head, _, _ := strings.Cut(fault.String(), "\n")
		heads = append(heads, head)
	}
	return strings.Join(heads, "\n")
}

const goodSheet = `# 注释
编号: abc   # 注释
类别: "甲"
日期: 2027-06-30
开放: 是
词:
- 0851
- 'it''s'
- "a\"b"
- true
- 中：文 a:b http://x#y
项目:
  - 说: |

      第一行
        第二行 # 不是注释

      第三行
    应: x
  -
    说: y
表:
  左: 010
注: |-
  一
  二
`

func TestRead(t *testing.T) {
	for name, text := range map[string]string{"LF": goodSheet, "CRLF": strings.ReplaceAll(goodSheet, "\n", "\r\n"),
		"CR": strings.ReplaceAll(goodSheet, "\n", "\r"), "document start": "---\n" + goodSheet, "no last line break": strings.TrimSuffix(goodSheet, "\n")} {
		t.Run(name, func(t *testing.T) {
			got, faults := readSheet(text, Options{})
			if len(faults) > 0 {
				t.Fatal(heads(faults))
			}
			var words []string
			for _, word := range got.Words {
				words = append(words, word.Value)
			}
			want := []string{"0851", "it's", `a"b`, "true", "中：文 a:b http://x#y"}
			if diff := cmp.Diff(want, words); diff != "" {
				t.Errorf("words (-want +got):\n%s", diff)
			}
			if got.ID.Value != "abc" || !got.Open.True || got.Day.Day.Day() != 30 || got.Table["左"].Value != "010" || got.Note.Value != "一\n二" {
				t.Errorf("got %+v", got)
			}
			if say := got.Items[0].Say.Value; say != "第一行\n  第二行 # 不是注释\n\n第三行" {
				t.Errorf("got block text %q", say)
			}
		})
	}
}

func TestTextAt(t *testing.T) {
	got, _ := readSheet(goodSheet, Options{})
	tests := []struct {
		text         Text
		find         string
		line, column int
	}{
		{got.ID, "c", 2, 7},
		{got.Words[0], "5", 7, 5},
		{got.Words[1], "s", 8, 3}, // escapes: the place of the whole
		{got.Words[4], "文", 11, 5},
		{got.Items[0].Say, "行", 15, 9},
		{got.Items[0].Say, "第二", 16, 9},
		{got.Items[0].Say, "三", 18, 8},
		{got.Note, "二", 26, 3},
	}
	for _, test := range tests {
		line, column := test.text.At(strings.Index(test.text.Value, test.find))
		if line != test.line || column != test.column {
			t.Errorf("At(%s in %q) = %d:%d, want %d:%d", test.find, test.text.Value, line, column, test.line, test.column)
		}
	}
	if got.Kind.Line != 3 || got.Kind.Column != 5 || got.Items[1].Place != (Position{21, 5}) || got.Key.Written() {
		t.Errorf("got places %+v, %+v", got.Kind, got.Items[1].Place)
	}
}

func TestReadFaults(t *testing.T) {
	tests := []struct {
		name, text, want string
	}{
		{"GBK", "\xb1\xe0\xba\xc5: a\n", "a.yaml:1:1: 文件不是 UTF-8 编码，多半是记事本或 Excel 存成了 GBK（也叫 ANSI）"},
		{"GBK later", "编号: abc\n注: 好\xb1\n", "a.yaml:2:5: 文件不是 UTF-8 编码，多半是记事本或 Excel 存成了 GBK（也叫 ANSI）"},
		{"UTF-16", "\xfe\xff\x00a", "a.yaml:1:1: 文件存成了 UTF-16（记事本里叫“Unicode”），读不了"},
		{"BOM", "\ufeff编号: abc\n", "a.yaml:1:1: 提醒：文件开头有看不见的 BOM 字符（Windows 记事本加的）"},
		{"too large", strings.Repeat("#", MaxBytes+1), "a.yaml:1:1: 文件太大：1024 KB，最多 1024 KB"},
		{"list at the top", "- a\n", "a.yaml:1:1: 这里要分项来写：编号、类别、日期、开放、词、项目、表、注、钥匙"},
		{"text at the top", "\"a\"\n", "a.yaml:1:1: 看不出这一行是什么：没有“项: 内容”的英文冒号，也没有列表的“- ”"},
		{"list for text", "编号:\n  - abc\n", "a.yaml:2:3: “编号”只要一句话，这里写成了列表"},
		{"group for text", "编号:\n  左: abc\n", "a.yaml:2:3: “编号”只要一句话，可是话里有英文冒号加空格，被当成了“项: 内容”"},
		{"group for list", "编号: abc\n词:\n  左: abc\n", "a.yaml:3:3: “词”要写成列表，这里少了“- ”"},
		{"list for table", "编号: abc\n表:\n  - abc\n", "a.yaml:3:3: “表”要分项来写：左、右"},
		{"date", "编号: abc\n日期: 2027/6/30\n", "a.yaml:2:5: “日期”不是一个日期"},
		{"bool", "编号: abc\n开放: 也许\n", "a.yaml:2:5: “开放”只能写 true（是）或 false（否）"},
		{"one of", "编号: abc\n类别: 丙\n", "a.yaml:2:5: “类别”写的是“丙”，不在可选的范围里"},
		{"two values", "编号: a b\n", "a.yaml:1:5: “编号”写的是“a b”，格式不对"},
		{"secret", "编号: abc\n钥匙: hidden\n", "a.yaml:2:5: “钥匙”格式不对"},
		{"twice", "编号: abc\n注: a\n注: b\n", "a.yaml:3:1: “注”写了两遍：第 2 行和第 3 行"},
		{"swapped characters", "号编: abc\n", "a.yaml:1:1: 不认识的项“号编”，是不是想写“编号”？"},
		{"spaces above the text", "编号: abc\n注: |\n      \n  a\n", "a.yaml:4:3: 这段文字的第一行比上面的空行缩进还少"},
		{"tab in block text", "编号: abc\n注: |\n\ta\n\tb\n", "a.yaml:3:1: 行首的缩进里有制表符（Tab）\na.yaml:4:1: 行首的缩进里有制表符（Tab）"},
		{"list and keys in one column", "编号: abc\n- a\n", "a.yaml:2:1: 这一行是列表的一项（以 - 开头），可同一列的第 1 行是“项: 内容”"},
		{"item without hyphen", "编号: abc\n项目:\n  - 说: a\n    应: b\n    说: c\n    应: d\n词:\n  - 0\n类别: 丙\n",
			"a.yaml:5:5: 又写了一遍“说”：新的一项前面少了“- ”\na.yaml:9:5: “类别”写的是“丙”，不在可选的范围里"},
		{"stray lines", "编号: abc\n词:\n  - a\nx: y\n  - b\n  第二行\n注: c\n  - d\n  - e\n类别: 丙\n",
			"a.yaml:4:1: 不认识的项“x”，还把没写完的一段内容隔断了\na.yaml:6:3: 列表的这一项前面少了“- ”\n" +
				"a.yaml:8:3: 这一行缩进了 2 格，可上面没有它能接上的内容\na.yaml:10:5: “类别”写的是“丙”，不在可选的范围里"},
		{"one word too few signs", "编号 abc\n注: 甲\n  乙\n  丙：丁\n类别: 丙\n", "a.yaml:1:3: “编号”后面少了英文冒号\n" +
			"a.yaml:3:3: 看不出这一行是什么：没有“项: 内容”的英文冒号，也没有列表的“- ”\na.yaml:5:5: “类别”写的是“丙”，不在可选的范围里"},
		{"whole item one space deeper", "编号: abc\n项目:\n  - 说: a\n   - 说: c\n     应: d\n类别: 丙\n",
			"a.yaml:4:4: 缩进不对：这一行前面是 3 个空格，应该是 2 个，和第 3 行对齐\na.yaml:6:5: “类别”写的是“丙”，不在可选的范围里"},
		{"brackets", "编号: abc\n词: [a, b]\n", "a.yaml:2:4: 以 [ 开头的内容会被当成另一种写法"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, faults := readSheet(test.text, Options{})
			if diff := cmp.Diff(test.want, heads(faults)); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFlow(t *testing.T) {
	got, faults := readSheet("编号: abc # 注释\n词: [a, \"b]\", # 注释\n  c]\n项目: [{说: a, 应: b}]\n", Options{Flow: true})
	if len(faults) > 0 || len(got.Words) != 3 || got.Words[1].Value != "b]" || got.Items[0].Want.Value != "b" {
		t.Errorf("got %+v, faults %s", got, heads(faults))
	}
	tests := []struct{ text, want string }{
		{"词: [a，b]", "a.yaml:1:6: 括号里用了全角的 ，"},
		{"项目: [{说：a}]", "a.yaml:1:8: 括号里用了全角的 ："},
		{"词: [a, b", "a.yaml:1:4: 括号没有收住"},
		{"词: [a, b] c", "a.yaml:1:10: 括号收住以后，后面还有字"},
		{"词: [a, \"b]", "a.yaml:1:8: 引号没有收住：只有前面一半，没有后面一半"},
		{"词: [a, &b c]", "a.yaml:1:8: 这里不能用 & 给内容起名字"},
		{"词: [a, *b]", "a.yaml:1:8: 这里不能用 * 引用别处的内容"},
		{"词: [a, !!str c]", "a.yaml:1:8: 这里不能用 ! 开头的类型标记"},
		{"词: [a b: c]", "a.yaml:1:5: “词”里的这一项只要一句话，可是话里有英文冒号加空格，被当成了“项: 内容”"},
		{"词: " + strings.Repeat("[", 5000) + strings.Repeat("]", 5000), "a.yaml:1:68: 一层套一层太深了"},
		{"词: {a, b}}", "a.yaml:1:10: 括号收住以后，后面还有字"},
	}
	for _, test := range tests {
		_, faults := readSheet("编号: abc\n"+test.text+"\n", Options{Flow: true})
		want := strings.Replace(test.want, ":1:", ":2:", 1)
		if !strings.Contains(heads(faults), want) {
			t.Errorf("%.40s:\ngot  %s\nwant %s", test.text, heads(faults), want)
		}
	}
}

func TestSecretsAreHidden(t *testing.T) {
	texts := []string{"编号: 9\n钥匙: sEcret1\n", "钥匙： sEcret1\n", "钥匙:sEcret1\n", "sEcret1\n", "编号: abc\n钥匙: |\n  sEcret1\n",
		"词: [sEcret1，b]\n", "钥匙: \"sEcret1\n", "钥匙: sEcret1 #sEcret1\n", "编号: abc, 钥匙: sEcret1: x\n", "钥匙: *sEcret1\n", "  - sEcret1\n"}
	for _, text := range texts {
		_, faults := readSheet(text, Options{Flow: true, Secrets: true})
		if len(faults) == 0 {
			t.Errorf("%q has no fault", text)
		}
		for _, fault := range faults {
			if strings.Contains(fault.String(), "sEcret1") {
				t.Errorf("%q: shown in %s", text, fault)
			}
		}
	}
}

func TestExcerpt(t *testing.T) {
	long := strings.Repeat("长", 40)
	tests := []struct {
		line   string
		column int
		want   string
	}{
		{"abc", 2, "abc\n ^"},
		{"标题：a", 3, "标题：a\n    ^"},
		{"a\tb", 3, "a→b\n  ^"},
		{"", 1, "\n^"},
		{"甲", 9, "甲\n  ^"},
		{long + "X" + long, 41, "..." + strings.Repeat("长", 18) + "X" + strings.Repeat("长", 18) + "...\n" + strings.Repeat(" ", 39) + "^"},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, excerpt(test.line, test.column)); diff != "" {
			t.Errorf("excerpt(%q, %d) (-want +got):\n%s", test.line, test.column, diff)
		}
	}
}

func TestNearest(t *testing.T) {
	names := []string{"回答", "问法", "有效期至", "app_id", "listen"}
	for word, want := range map[string]string{"回荅": "回答", "答回": "回答", "有效期": "有效期至", "appid": "app_id", "lisen": "listen",
		"完全不同": "", "": "", "x": ""} {
		if got := Nearest(word, names); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", word, got, want)
		}
	}
}
