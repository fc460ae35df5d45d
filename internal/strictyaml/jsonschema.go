package strictyaml

import (
	"bytes"
	"encoding/json"
)

// JSONSchema returns the form as a JSON schema (2020-12), by which editors complete and check files while
// they are written.
func (f *Form[T]) JSONSchema(title string) []byte {
	schema := f.shape.schema(true)
	schema = append(object{{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", title}}, schema...)
	var indented bytes.Buffer
	if err := json.Indent(&indented, schema.encode(), "", "  "); err != nil {
		return nil
	}
	indented.WriteByte('\n')
	return indented.Bytes()
}

// object is a JSON object that keeps the order of its members.
type object []member

type member struct {
	name  string
	value any
}

func (o object) encode() []byte {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		b.Write(encode(m.name))
		b.WriteByte(':')
		b.Write(encode(m.value))
	}
	b.WriteByte('}')
	return b.Bytes()
}

func encode(value any) []byte {
	if o, ok := value.(object); ok {
		return o.encode()
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return []byte("null")
	}
	return bytes.TrimSpace(b.Bytes())
}

// schema returns what a value of the shape may be. What need not be there may be left empty.
func (s *shape) schema(required bool) object {
	switch s.kind {
	case listShape:
		list := object{{"type", orNull(required, "array")}, {"items", s.element.schema(true)}}
		if required {
			list = append(list, member{"minItems", 1})
		}
		return list
	case groupShape:
		return s.groupSchema(required)
	case tableShape:
		properties := object{}
		for _, key := range s.names {
			properties = append(properties, member{key, (&shape{kind: textShape}).schema(false)})
		}
		return object{{"type", orNull(required, "object")}, {"properties", properties}, {"additionalProperties", false}}
	case dateShape:
		return object{{"type", orNull(required, "string")}, {"pattern", `^\d{4}-\d{2}-\d{2}$`}}
	case boolShape:
		return object{{"enum", []any{true, false, "是", "否"}}}
	}
	// Numbers written without quotes are taken for the text they look like.
	text := object{{"type", orNull(required, "string", "number", "boolean")}}
	if len(s.rule.oneOf) > 0 {
		text = object{{"enum", s.rule.oneOf}}
	}
	if s.rule.like != nil {
		text = append(text, member{"pattern", s.rule.like.String()})
	}
	if required {
		text = append(text, member{"minLength", 1})
	}
	return text
}

func (s *shape) groupSchema(required bool) object {
	properties, needed := object{}, []string{}
	for _, f := range s.fields {
		schema := f.shape.schema(f.required)
		if f.about != "" {
			schema = append(object{{"description", f.about}}, schema...)
		}
		properties = append(properties, member{f.key, schema})
		if f.required {
			needed = append(needed, f.key)
		}
	}
	group := object{{"type", orNull(required, "object")}, {"properties", properties}, {"additionalProperties", false}}
	if len(needed) > 0 {
		group = append(group, member{"required", needed})
	}
	return group
}

// orNull returns the types a value may have.
func orNull(required bool, types ...string) any {
	if !required {
		types = append(types, "null")
	}
	if len(types) == 1 {
		return types[0]
	}
	return types
}
