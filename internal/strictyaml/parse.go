package strictyaml

import (
	"errors"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"
)

// maxDepth is how deep lists and groups of keys may be nested.
const maxDepth = 16

// parse turns text into nodes. The line-based check has found nothing that keeps it from being read.
func parse(src *Source) (*yaml.Node, []Fault) {
	if !src.hasContent() {
		return nil, []Fault{src.Fault(1, 1, "文件里什么都没有", "照着别的文件写上内容，或者删掉这个文件。")}
	}
	var document yaml.Node
	err := yaml.Load(src.withoutPlain(), &document, yaml.WithSingleDocument(false), yaml.WithUniqueKeys(false),
		yaml.WithPlugin(loaderlimits.New(loaderlimits.DepthValue(4*maxDepth))))
	if err != nil {
		return nil, []Fault{translate(src, err)}
	}
	root := document.Content[0]
	var faults []Fault
	refuse(src, root, 0, &faults)
	return root, faults
}

// refuse reports what the parser understands and people do not.
func refuse(src *Source, node *yaml.Node, depth int, faults *[]Fault) {
	add := func(message, mend string) {
		*faults = append(*faults, src.Fault(node.Line, node.Column, message, mend))
	}
	switch {
	case depth > maxDepth:
		add(fmt.Sprintf("一层套一层太深了，最多 %d 层", maxDepth), "检查缩进。")
		return
	case node.Kind == yaml.AliasNode:
		add("这里不能用 * 引用别处的内容", "照写一遍。")
		return
	case node.Anchor != "":
		add("这里不能用 & 给内容起名字", "删掉 & 和后面的名字。")
	case node.Style&yaml.TaggedStyle != 0:
		add("这里不能用 ! 开头的类型标记", "删掉它。")
	}
	for _, child := range node.Content {
		refuse(src, child, depth+1, faults)
	}
}

// complaints says in Chinese what the parser says in its own words.
var complaints = []struct{ part, message, mend string }{
	{"did not find expected ',' or ']'", "方括号里少了英文逗号，或者没有收住", "各项之间用英文逗号，末尾写 ] 。"},
	{"did not find expected ',' or '}'", "花括号里少了英文逗号，或者没有收住", "各项之间用英文逗号，末尾写 } 。"},
	{"mapping values are not allowed", "这里不该有冒号", "整句用英文引号包起来，或者检查缩进。"},
	{"block sequence entries are not allowed", "这里不该有列表的 -", "列表要另起一行，并且对齐。"},
	{"did not find expected key", "缩进或者括号不对，从这里起读不下去", "和同一层的上一行对齐。"},
	{"did not find expected '-'", "列表从这里断了", "每一项都用“- ”开头，并且对齐。"},
	{"could not find expected ':'", "这里少了英文冒号", "写成“项: 内容”。"},
	{"tab", "这里有制表符（Tab）", "换成英文空格。"},
	{"quoted scalar", "引号没有收住", "补上后面的英文引号。"},
	{"unknown anchor", "这里不能用 * 引用别处的内容", "照写一遍。"},
	{"depth", "一层套一层太深了", "检查缩进和括号。"},
}

// unclear is said of what the line-based check should have found.
const unclear = "从这里起读不懂了"

// translate turns an error of the parser into a fault.
func translate(src *Source, err error) Fault {
	line, column := 1, 1
	var load *yaml.LoadError
	if errors.As(err, &load) && load.Mark.Line > 0 {
		line, column = load.Mark.Line, load.Mark.Column
	}
	line = min(max(line, 1), max(src.Lines(), 1))
	column = max(column, 1)
	for _, c := range complaints {
		if strings.Contains(err.Error(), c.part) {
			return src.Fault(line, column, c.message, c.mend)
		}
	}
	return src.Fault(line, column, unclear, "和旁边写对的几行比一比：缩进、冒号、引号、减号。")
}
