package evaluation

import (
	"strings"
	"unicode/utf8"

	"zhugong/intents"
	"zhugong/internal/strictyaml"
	"zhugong/knowledge"
)

// ReadLabelled reads examples from a file of label and text with a tab between, one a line; empty lines are passed
// over. Every malformed line is a fault.
func ReadLabelled(name, content string) ([]intents.Example, []strictyaml.Fault) {
	var (
		examples []intents.Example
		faults   []strictyaml.Fault
	)
	number := 0
	for line := range strings.Lines(strings.TrimPrefix(content, "\ufeff")) {
		number++
		line = strings.TrimRight(line, "\r\n")
		if strings.TrimSpace(line) == "" {
			continue
		}
		label, text, _ := strings.Cut(line, "\t")
		label, text = strings.TrimSpace(label), strings.TrimSpace(text)
		if fault, bad := lineFault(line, label, text); bad {
			fault.File, fault.Line, fault.Column = name, number, 1
			faults = append(faults, fault)
			continue
		}
		place := knowledge.Place{File: name, Line: number, Column: utf8.RuneCountInString(label) + 2}
		examples = append(examples, intents.Example{Class: label, Text: text, Place: place})
	}
	if len(examples) == 0 && len(faults) == 0 {
		faults = append(faults, strictyaml.Fault{File: name, Message: "文件里一句话也没有",
			Mend: "每行写一个标签和一句话，中间按一下 Tab 键。"})
	}
	return examples, faults
}

// lineFault says what is wrong with a line.
func lineFault(line, label, text string) (strictyaml.Fault, bool) {
	const form = "一行写成：标签，按一下 Tab 键，再写那句话。"
	switch {
	case !utf8.ValidString(line):
		return strictyaml.Fault{Message: "这一行不是 UTF-8 的文字", Mend: "把文件另存为 UTF-8 编码。"}, true
	case !strings.Contains(line, "\t"):
		return strictyaml.Fault{Message: "标签和句子之间没有 Tab", Mend: form}, true
	case label == "":
		return strictyaml.Fault{Message: "Tab 前面没有标签", Mend: form}, true
	case text == "":
		return strictyaml.Fault{Message: "Tab 后面没有句子", Mend: form + "没有用的行就删掉。"}, true
	case strings.Contains(text, "\t"):
		return strictyaml.Fault{Message: "一行里有不止一个 Tab", Mend: form + "句子里的 Tab 改成空格。"}, true
	}
	return strictyaml.Fault{}, false
}
