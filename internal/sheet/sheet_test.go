package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// cells are texts with what each format must make of them.
var cells = []struct{ written, csv, xlsx string }{
	{"普通的话", "普通的话", "普通的话"},
	{"", "", ""},
	{"=1+1", "'=1+1", "=1+1"},
	{`=HYPERLINK("http://example.com","点我")`, `'=HYPERLINK("http://example.com","点我")`, `=HYPERLINK("http://example.com","点我")`},
	{"+8613885123456", "'+8613885123456", "+8613885123456"},
	{"-5", "'-5", "-5"},
	{"@SUM(A1)", "'@SUM(A1)", "@SUM(A1)"},
	{"＝1＋1", "'＝1＋1", "＝1＋1"},
	{"\t=1", "'\t=1", "\t=1"},
	{"\u200b=1", "'=1", "=1"},
	{"a=1", "a=1", "a=1"},
	{"'已经有的", "'已经有的", "'已经有的"},
	{"13885123456", "13885123456", "13885123456"},
	{"0123456789012345678", "0123456789012345678", "0123456789012345678"},
	{"1e5", "1e5", "1e5"},
	{"TRUE", "TRUE", "TRUE"},
	{"两行\n“引号”,逗号\"", "两行\n“引号”,逗号\"", "两行\n“引号”,逗号\""},
	{"控制\x00\x08\x1b字符\uFFFE", "控制字符", "控制字符"},
	{"坏的\xff字节", "坏的\uFFFD字节", "坏的\uFFFD字节"},
	{"<b>&amp;]]>_x0041_", "<b>&amp;]]>_x0041_", "<b>&amp;]]>_x0041_"},
	{"_x0041_x0042_ _x005F_x", "_x0041_x0042_ _x005F_x", "_x0041_x0042_ _x005F_x"},
	{"  前后空格  ", "  前后空格  ", "  前后空格  "},
	{"😀𠮷", "😀𠮷", "😀𠮷"},
}

// table returns the cells as a table of two columns, and what is wanted of it.
func table(want func(i int) string) (header []string, rows, wanted [][]string) {
	header = []string{"=写的", "第二列"}
	for i, c := range cells {
		rows = append(rows, []string{c.written, "x"})
		wanted = append(wanted, []string{want(i), "x"})
	}
	return header, rows, wanted
}

func TestCSV(t *testing.T) {
	header, rows, wanted := table(func(i int) string { return cells[i].csv })
	var b bytes.Buffer
	if err := Write(&b, CSV, header, rows); err != nil {
		t.Fatal(err)
	}
	text, found := strings.CutPrefix(b.String(), "\xEF\xBB\xBF")
	if !found || !strings.HasPrefix(text, "'=写的,第二列\r\n") {
		t.Errorf("begins with %.40q", b.String())
	}
	got, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(append([][]string{{"'=写的", "第二列"}}, wanted...), got); diff != "" {
		t.Errorf("table (-want +got):\n%s", diff)
	}
}

func TestXLSX(t *testing.T) {
	header, rows, wanted := table(func(i int) string { return cells[i].xlsx })
	var b bytes.Buffer
	if err := Write(&b, XLSX, header, rows); err != nil {
		t.Fatal(err)
	}
	file, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	got, err := file.GetRows(file.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(append([][]string{header}, wanted...), got); diff != "" {
		t.Errorf("table (-want +got):\n%s", diff)
	}
	for i := range cells {
		name, _ := excelize.CoordinatesToCellName(1, i+2)
		formula, err := file.GetCellFormula("Sheet1", name)
		if err != nil || formula != "" {
			t.Errorf("%s: formula %q, %v", name, formula, err)
		}
		if kind, err := file.GetCellType("Sheet1", name); err != nil || kind != excelize.CellTypeSharedString && kind != excelize.CellTypeInlineString {
			t.Errorf("%s: type %v, %v, want text", name, kind, err)
		}
		style, err := file.GetCellStyle("Sheet1", name)
		if err != nil {
			t.Fatal(err)
		}
		if s, err := file.GetStyle(style); err != nil || s.NumFmt != textFormat {
			t.Errorf("%s: number format %v, %v, want %d", name, s, err, textFormat)
		}
	}
}

// TestTooLong has a cell longer than a spreadsheet can hold.
func TestTooLong(t *testing.T) {
	var b bytes.Buffer
	if err := Write(&b, XLSX, []string{"话"}, [][]string{{strings.Repeat("长", 40000)}}); err != nil {
		t.Fatal(err)
	}
	file, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if got, err := file.GetCellValue("Sheet1", "A2"); err != nil || got != strings.Repeat("长", 32767) {
		t.Errorf("%d characters, %v", len([]rune(got)), err)
	}
}

func TestNoRows(t *testing.T) {
	for _, format := range []string{CSV, XLSX} {
		var b bytes.Buffer
		if err := Write(&b, format, []string{"受理号"}, nil); err != nil || b.Len() == 0 {
			t.Errorf("%s: %d bytes, %v", format, b.Len(), err)
		}
	}
}

func TestUnknownFormat(t *testing.T) {
	if err := Write(&bytes.Buffer{}, "pdf", nil, nil); !errors.Is(err, ErrFormat) {
		t.Errorf("got %v, want %v", err, ErrFormat)
	}
}

var errFull = errors.New("disk full")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestWriteFails(t *testing.T) {
	for _, format := range []string{CSV, XLSX} {
		if err := Write(full{}, format, []string{"受理号"}, [][]string{{"1"}}); !errors.Is(err, errFull) {
			t.Errorf("%s: %v, want %v", format, err, errFull)
		}
	}
}
