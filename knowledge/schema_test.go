package knowledge

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/jsonschema-go/jsonschema"
	"go.yaml.in/yaml/v4"
)

// TestSchemaFiles keeps the files in schema in step with the forms; -update writes them.
func TestSchemaFiles(t *testing.T) {
	for _, kind := range SchemaKinds() {
		name := filepath.Join("schema", kind+".json")
		if *update {
			if err := os.WriteFile(name, Schema(kind), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(Schema(kind)), string(data)); diff != "" {
			t.Errorf("%s is not up to date, run this test with -update (-want +got):\n%s", name, diff)
		}
	}
	if got := Schema("nothing"); got != nil {
		t.Errorf("Schema(nothing) = %s, want nil", got)
	}
}

// schemaOf returns the schema that a file of the good folder must satisfy.
func schemaOf(t *testing.T, name string) *jsonschema.Resolved {
	t.Helper()
	kind := strings.TrimSuffix(name, ".yaml")
	if strings.HasPrefix(name, topicsName) {
		kind = "topic"
	}
	if isFlow(name) {
		kind = "flow"
	}
	var schema jsonschema.Schema
	if err := json.Unmarshal(Schema(kind), &schema); err != nil {
		t.Fatal(err)
	}
	resolved, err := schema.Resolve(nil)
	if err != nil {
		t.Fatal(err)
	}
	return resolved
}

func TestSchemaAcceptsGoodFiles(t *testing.T) {
	for name, file := range good(t) {
		var value any
		if err := yaml.Unmarshal(file.Data, &value); err != nil {
			t.Fatal(err)
		}
		if err := schemaOf(t, name).Validate(value); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSchemaRefuses(t *testing.T) {
	tests := []struct{ name, file, before, after string }{
		{"unknown key", "topics/relief.yaml", "    标题:", "    题目:"},
		{"missing key", "topics/union.yaml", "    标题: 您好\n", ""},
		{"text for a list", "topics/union.yaml", "    问法:\n      - 在不在\n      - 喂\n", "    问法: 在不在\n"},
		{"bad id", "topics/relief.yaml", "编号: relief.apply", "编号: 困难"},
		{"bad date", "topics/relief.yaml", `"2027-06-30"`, `"2027/06/30"`},
		{"value not listed", "facts.yaml", "类别: 陷阱", "类别: 秘密"},
		{"unknown kind of step", "flows/wage_claim.yaml", "类型: 金额", "类型: 数字"},
		{"months in words", "flows/wage_claim.yaml", "快到: 10", "快到: 十个月"},
		{"option without name", "choices.yaml", "      - 名称: 不清楚\n", "      - 说法: []\n"},
		{"unknown attribute", "topics/relief.yaml", "      费用:", "      价格:"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text := string(good(t)[test.file].Data)
			if !strings.Contains(text, test.before) {
				t.Fatalf("%s has no %q", test.file, test.before)
			}
			var value any
			if err := yaml.Unmarshal([]byte(strings.Replace(text, test.before, test.after, 1)), &value); err != nil {
				t.Fatal(err)
			}
			if err := schemaOf(t, test.file).Validate(value); err == nil {
				t.Error("the schema accepts it")
			}
		})
	}
}
