package sheet

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAlign(t *testing.T) {
	var b strings.Builder
	err := Align(&b, []string{"受理号", "状态", "说的话"}, [][]string{
		{"483-715-9268", "新登记", "两行\n变一行"},
		{"1", "", "\x1b[31m红\x1b[0m"},
		{"😀", "办ab", ""},
		{"短"},
		{"1", "2", "3", "多出来的"},
	})
	const want = `受理号        状态    说的话
483-715-9268  新登记  两行 变一行
1                     [31m红[0m
😀            办ab
短
1             2       3
`
	if diff := cmp.Diff(want, b.String()); diff != "" || err != nil {
		t.Errorf("%v, table (-want +got):\n%s", err, diff)
	}
	if err := Align(full{}, []string{"受理号"}, nil); !errors.Is(err, errFull) {
		t.Errorf("%v, want %v", err, errFull)
	}
}
