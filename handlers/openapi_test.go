package handlers

import (
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"
)

// openAPI is as much of the description as is compared.
type openAPI struct {
	Paths      map[string]map[string]any
	Components struct{ Schemas map[string]shape }
}

type shape struct {
	Properties map[string]shape
	Items      *shape
}

// TestOpenAPI holds the description of the API in step with its routes and with what they answer.
func TestOpenAPI(t *testing.T) {
	data, err := os.ReadFile("openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var described openAPI
	if err := yaml.Unmarshal(data, &described); err != nil {
		t.Fatal(err)
	}
	var want, got []string
	router := newRouter()
	(&api{}).register(router)
	for _, route := range router.Routes() {
		want = append(want, route.Method+" "+strings.TrimPrefix(route.Path, "/api/v1/:account"))
	}
	for path, methods := range described.Paths {
		for method := range methods {
			got = append(got, strings.ToUpper(method)+" "+path)
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("routes (-served +described):\n%s", diff)
	}
	schemas := described.Components.Schemas
	answer := schemas["Answer"].Properties
	for name, pair := range map[string]struct {
		value any
		shape shape
	}{
		"Answer": {answerJSON{}, schemas["Answer"]}, "Button": {buttonJSON{}, schemas["Button"]}, "Case": {caseJSON{}, schemas["Case"]},
		"form": {formJSON{}, answer["form"]}, "choices": {choiceJSON{}, *answer["choices"].Items}, "links": {linkJSON{}, *answer["links"].Items},
	} {
		if diff := cmp.Diff(fieldsOf(pair.value), namesOf(pair.shape)); diff != "" {
			t.Errorf("%s (-answered +described):\n%s", name, diff)
		}
	}
}

// fieldsOf returns the names under which a struct is written as JSON.
func fieldsOf(value any) (names []string) {
	for field := range reflect.TypeOf(value).Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func namesOf(s shape) (names []string) {
	for name := range s.Properties {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
