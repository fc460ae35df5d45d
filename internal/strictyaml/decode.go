package strictyaml

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// decoder fills Go values from nodes and goes on after each fault.
type decoder struct {
	src    *Source
	root   *shape
	faults []Fault
}

func (d *decoder) report(node *yaml.Node, message, mend string) {
	d.faults = append(d.faults, d.src.Fault(node.Line, node.Column, message, mend))
}

// value decodes node into target and reports whether there is something of the right shape.
func (d *decoder) value(node *yaml.Node, s *shape, target reflect.Value, of owner) bool {
	if target.Kind() == reflect.Pointer {
		target.Set(reflect.New(target.Type().Elem()))
		target = target.Elem()
	}
	switch s.kind {
	case listShape:
		return d.list(node, s, target, of)
	case groupShape:
		return d.group(node, s, target, of)
	case tableShape:
		return d.table(node, s, target, of)
	}
	return d.scalar(node, s, target, of)
}

// empty reports whether nothing was written, as in "相关:" with nothing below.
func empty(node *yaml.Node) bool {
	return node.Kind == yaml.ScalarNode && strings.TrimSpace(node.Value) == ""
}

func (d *decoder) list(node *yaml.Node, s *shape, target reflect.Value, of owner) bool {
	switch node.Kind {
	case yaml.ScalarNode:
		d.report(node, of.String()+"要写成列表，这里只写了一句话", "换一行，每一项前面缩进两格再写“- ”。")
		return false
	case yaml.MappingNode:
		d.report(node, of.String()+"要写成列表，这里少了“- ”", "每一项前面加“- ”。")
		return false
	}
	count := len(node.Content)
	for _, child := range node.Content {
		count += d.src.plain[child.Line]
	}
	items, used := reflect.MakeSlice(target.Type(), count, count), 0
	for _, child := range node.Content {
		if empty(child) {
			d.report(child, of.String()+"里有一项是空的", "写上内容，或者删掉这一行。")
			continue
		}
		item := items.Index(used)
		if !d.value(child, s.element, item, owner{of.key, true}) {
			item.SetZero()
			continue
		}
		used++
		for i := range d.src.plain[child.Line] {
			text := d.src.plainText(child.Line+1+i, child.Column)
			d.rule(text, s.element.rule, owner{of.key, true})
			set(items.Index(used), text)
			used++
		}
	}
	target.Set(items.Slice(0, used))
	return true
}

func (d *decoder) group(node *yaml.Node, s *shape, target reflect.Value, of owner) bool {
	if node.Kind != yaml.MappingNode {
		d.report(node, of.String()+"要分项来写："+strings.Join(s.names, "、"), "一行一项，写成“项: 内容”。")
		return false
	}
	if s.place >= 0 {
		set(target.Field(s.place), Position{node.Line, node.Column})
	}
	pairs := d.pairs(node, s)
	for i, f := range s.fields {
		child := pairs[i].value
		if child == nil || empty(child) {
			d.absent(node, child, f)
			continue
		}
		d.value(child, f.shape, target.Field(f.index), owner{key: f.key})
		if f.required && child.Kind == yaml.SequenceNode && len(child.Content) == 0 {
			d.absent(node, child, f)
		}
	}
	return true
}

// absent reports a key that is missing or empty though it is needed.
func (d *decoder) absent(group, child *yaml.Node, f field) {
	switch {
	case !f.required:
	case child == nil:
		d.report(group, "少了“"+f.key+"”", "加上一行“"+f.key+": …”。")
	default:
		d.report(child, "“"+f.key+"”是空的", "写上内容。")
	}
}

// set stores value, which is what target holds, without putting it on the heap on its way.
func set[T any](target reflect.Value, value T) {
	*target.Addr().Interface().(*T) = value
}

// pair is a key with its value, both nil where a group does not have the key.
type pair struct{ key, value *yaml.Node }

// pairs returns the keys of a group in the order of the form's names, and reports keys that are unknown or written
// twice. What stands under a misspelt key is taken for the needed one.
func (d *decoder) pairs(node *yaml.Node, s *shape) []pair {
	pairs := make([]pair, len(s.names))
	misspelt := map[string]*yaml.Node{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		at := slices.Index(s.names, key.Value)
		switch {
		case key.Value == noKey:
		case at < 0:
			d.unknown(key, s.names)
			misspelt[Nearest(key.Value, s.names)] = value
		case pairs[at].key != nil:
			d.report(key, fmt.Sprintf("“%s”写了两遍：第 %d 行和第 %d 行", key.Value, pairs[at].key.Line, key.Line),
				"留一个，删掉另一个。")
		default:
			pairs[at] = pair{key, value}
		}
	}
	for i, name := range s.names { // so that it is not also said to be missing
		if value := misspelt[name]; value != nil && pairs[i].key == nil && slices.Contains(s.needed, name) {
			pairs[i].value = value
		}
	}
	return pairs
}

// unknown reports a key that the form does not have at this place.
func (d *decoder) unknown(key *yaml.Node, names []string) {
	name := "“" + shorten(key.Value) + "”"
	if d.src.conceal != nil && strings.Trim(key.Value, "abcdefghijklmnopqrstuvwxyz_") != "" {
		name = "" // it may be a secret that has lost its key
	}
	mend := "这里可以写的有：" + strings.Join(names, "、") + "。"
	nearest := Nearest(key.Value, names)
	switch {
	case key.Kind != yaml.ScalarNode:
		d.report(key, "项的名字只能是一个词", mend)
	case d.root.words.all[key.Value]:
		d.report(key, name+"不能写在这一层", "检查缩进；"+mend)
	case nearest != "":
		d.report(key, "不认识的项"+name+"，是不是想写“"+nearest+"”？", "改成“"+nearest+"”，或者删掉。")
	default:
		d.report(key, "不认识的项"+name, mend+"如果整行是一句话，用英文引号包起来。")
	}
}

func (d *decoder) table(node *yaml.Node, s *shape, target reflect.Value, of owner) bool {
	if node.Kind != yaml.MappingNode {
		d.report(node, of.String()+"要分项来写："+strings.Join(s.names, "、"), "一行一项，写成“项: 内容”。")
		return false
	}
	table := reflect.MakeMap(target.Type())
	for i, pair := range d.pairs(node, s) {
		if pair.value == nil || empty(pair.value) {
			continue
		}
		value := reflect.New(target.Type().Elem()).Elem()
		d.value(pair.value, &shape{kind: textShape}, value, owner{key: s.names[i]})
		table.SetMapIndex(reflect.ValueOf(s.names[i]), value)
	}
	target.Set(table)
	return true
}

// owner is what a value belongs to, for messages.
type owner struct {
	key  string // "" for the whole file
	item bool   // one item of the list below the key
}

func (o owner) String() string {
	switch {
	case o.key == "":
		return "这里"
	case o.item:
		return "“" + o.key + "”里的这一项"
	}
	return "“" + o.key + "”"
}

// shorten cuts a text that would make a message hard to read.
func shorten(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	if utf8.RuneCountInString(s) <= 20 {
		return s
	}
	return string([]rune(s)[:20]) + "…"
}
