package strictyaml

import (
	"reflect"
	"regexp"
	"strings"
)

// shapeKind is what a value must be.
type shapeKind int

const (
	textShape shapeKind = iota
	dateShape
	boolShape
	listShape
	groupShape // keys with values, each key with a shape of its own
	tableShape // a fixed set of keys with text
)

// shape is the form of a value, drawn from a Go type and the tags of the field that holds it.
type shape struct {
	kind    shapeKind
	element *shape   // of a list
	fields  []field  // of a group
	names   []string // of the keys of a group or a table
	needed  []string // of the keys that a group must have
	place   int      // index of the struct field that receives where a group begins, -1 for none
	lists   bool     // a group has lists, or its groups have
	rule    rule     // of a text, and of the texts of a list
	words   vocabulary
}

// field is one key of a group.
type field struct {
	key      string
	index    int // of the struct field
	required bool
	about    string
	shape    *shape
}

// rule is what a text must be like.
type rule struct {
	oneOf   []string
	like    *regexp.Regexp
	example string
	secret  bool
}

// shapeOf reads the form of a type. Struct fields have these tags:
//
//	yaml:"编号"        the key
//	need:"yes"         it must be there and not empty
//	one:"事实 背景"     the values allowed
//	like:"^[a-z]+$"    the pattern of the value
//	example:"relief"   what a right value looks like, for messages
//	keys:"材料 地点"    the keys of a map
//	secret:"yes"       the value is never shown
//	about:"…"          what it is, for the JSON schema
func shapeOf(t reflect.Type, tag reflect.StructTag) *shape {
	switch t {
	case reflect.TypeFor[Text]():
		return &shape{kind: textShape, rule: ruleOf(tag)}
	case reflect.TypeFor[Date]():
		return &shape{kind: dateShape}
	case reflect.TypeFor[Bool]():
		return &shape{kind: boolShape}
	}
	switch t.Kind() {
	case reflect.Slice:
		return &shape{kind: listShape, element: shapeOf(t.Elem(), tag)}
	case reflect.Map:
		return &shape{kind: tableShape, names: strings.Fields(tag.Get("keys"))}
	case reflect.Pointer:
		return shapeOf(t.Elem(), tag)
	}
	s := &shape{kind: groupShape, place: -1}
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Type == reflect.TypeFor[Position]() {
			s.place = i
		}
		key := f.Tag.Get("yaml")
		if key == "" {
			continue
		}
		s.add(field{key: key, index: i, required: f.Tag.Get("need") == "yes",
			about: f.Tag.Get("about"), shape: shapeOf(f.Type, f.Tag)})
	}
	return s
}

// add adds a key to a group.
func (s *shape) add(f field) {
	s.fields, s.names = append(s.fields, f), append(s.names, f.key)
	if f.required {
		s.needed = append(s.needed, f.key)
	}
	s.lists = s.lists || f.shape.kind == listShape || f.shape.lists
}

func ruleOf(tag reflect.StructTag) rule {
	r := rule{oneOf: strings.Fields(tag.Get("one")), example: tag.Get("example"), secret: tag.Get("secret") == "yes"}
	if pattern := tag.Get("like"); pattern != "" {
		r.like = regexp.MustCompile(pattern)
	}
	return r
}

// prepare makes the vocabulary of every part of the form.
func (s *shape) prepare() {
	s.words = vocabulary{all: map[string]bool{}, item: map[string]bool{}, exact: map[string]bool{}}
	s.collect(s.words, false)
	for _, f := range s.fields {
		f.shape.prepare()
	}
	if s.element != nil {
		s.element.prepare()
	}
}

// collect adds every key of the form to its words.
func (s *shape) collect(words vocabulary, item bool) {
	for _, key := range s.names {
		words.all[key] = true
		words.item[key] = words.item[key] || item
	}
	for _, f := range s.fields {
		words.exact[f.key] = words.exact[f.key] || f.shape.exact()
		f.shape.collect(words, false)
	}
	if s.element != nil {
		s.element.collect(words, true)
	}
}

// exact reports whether values are ids, dates and the like.
func (s *shape) exact() bool {
	if s.kind == listShape {
		return s.element.exact()
	}
	return s.kind == dateShape || s.kind == boolShape || len(s.rule.oneOf) > 0 || s.rule.like != nil
}
