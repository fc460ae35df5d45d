package strictyaml

import (
	"reflect"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"
)

// scalar decodes a single text into a Text, a Date or a Bool.
func (d *decoder) scalar(node *yaml.Node, s *shape, target reflect.Value, of owner) bool {
	switch node.Kind {
	case yaml.SequenceNode:
		d.report(node, of.String()+"只要一句话，这里写成了列表", "去掉“- ”，写在冒号后面；要写多行就用 | 。")
		return false
	case yaml.MappingNode:
		d.report(node, of.String()+"只要一句话，可是话里有英文冒号加空格，被当成了“项: 内容”", "整句用英文引号包起来。")
		return false
	}
	text := textOf(d.src, node)
	switch s.kind {
	case dateShape:
		d.date(text, target, of)
	case boolShape:
		d.bool(text, target, of)
	default:
		d.rule(text, s.rule, of)
		set(target, text)
	}
	return true
}

func (d *decoder) at(text Text, message, mend string) {
	d.faults = append(d.faults, d.src.Fault(text.Line, text.Column, message, mend))
}

func (d *decoder) date(text Text, target reflect.Value, of owner) {
	day, err := time.Parse(time.DateOnly, text.Value)
	if err != nil {
		d.at(text, of.String()+"不是一个日期", `写成 "2027-06-30" 这样：年四位，月日各两位，中间用英文减号。`)
	}
	set(target, Date{text, day})
}

func (d *decoder) bool(text Text, target reflect.Value, of owner) {
	yes := slices.Contains([]string{"true", "yes", "是"}, text.Value)
	if !yes && !slices.Contains([]string{"false", "no", "否"}, text.Value) {
		d.at(text, of.String()+"只能写 true（是）或 false（否）", "改成 true 或 false。")
	}
	set(target, Bool{text, yes})
}

// rule checks a text against what the form says of it.
func (d *decoder) rule(text Text, r rule, of owner) {
	outside := len(r.oneOf) > 0 && !slices.Contains(r.oneOf, text.Value)
	if !outside && (r.like == nil || r.like.MatchString(text.Value)) {
		return
	}
	shown := "写的是“" + shorten(text.Value) + "”，"
	if r.secret || d.src.hides(text.Line) {
		shown = ""
	}
	if outside {
		mend := "只能写：" + strings.Join(r.oneOf, "、") + "。"
		if near := Nearest(text.Value, r.oneOf); near != "" {
			mend = "是不是想写“" + near + "”？" + mend
		}
		d.at(text, of.String()+shown+"不在可选的范围里", mend)
		return
	}
	d.at(text, of.String()+shown+"格式不对", "应该像这样："+r.example+"。")
}
