package strictyaml

import (
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestPlainItems reads lists with runs of plain items twice: as usual, and with every line seen by the parser.
func TestPlainItems(t *testing.T) {
	tests := []struct {
		name, text string
		plain      int // lines that the parser need not see
	}{
		{"one run", "编号: abc\n词:\n  - 一\n  - 二二\n  - 三，3？\n", 2},
		{"at the column of the key", "编号: abc\n词:\n- 一\n- 二\n类别: 甲\n", 1},
		{"runs cut by other items", "编号: abc\n词:\n  - 一\n  - 二\n  - '三'\n  - 四 四\n  - 五\n  - 六\n", 2},
		{"by comments and empty lines", "编号: abc\n词:\n  - 一\n  # 注释\n  - 二\n\n  - 三\n  - 四\n", 1},
		{"what looks like other types", "编号: abc\n词:\n  - 1\n  - 2\n  - true\n  - null\n  - 0x1F\n", 4},
		{"more after it", "编号: abc\n词:\n  - 一\n  - 二\n项目:\n  - 说: |\n      - 一\n      - 二\n    应: 三\n表:\n  左: 一\n", 1},
		{"windows", "编号: abc\r\n词:\r\n  - 一\r\n  - 二\r\n注: |\r\n  一\r\n  二\r\n", 1},
		{"end without line break", "编号: abc\n词:\n  - 一\n  - 二", 1},
		{"with faults", "编号: ABC\n词:\n  - 一\n  - 二\n  -\n  - 三\n  - 四\n类型: 甲\n", 2},
	}
	form := NewForm[sheet](Options{})
	decode := func(source *Source) (*sheet, []Fault) {
		root, _ := parse(source)
		d, value := decoder{src: source, root: form.shape}, new(sheet)
		d.value(root, form.shape, reflect.ValueOf(value).Elem(), owner{})
		return value, d.faults
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			source, _ := newSource("a.yaml", []byte(test.text))
			if found := lint(source, form.shape, false); len(found) > 0 {
				t.Fatal(found)
			}
			plain := 0
			for _, n := range source.plain {
				plain += n
			}
			if plain != test.plain {
				t.Errorf("got %d plain lines, want %d: %v", plain, test.plain, source.plain)
			}
			got, faults := decode(source)
			source.plain = nil
			want, wanted := decode(source)
			if diff := cmp.Diff(want, got, cmp.AllowUnexported(Text{})); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(wanted, faults); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}
