package sheet

import (
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/width"
)

const (
	textFormat  = 49 // “@”: what is typed into the cell later stays text as well
	leastWidth  = 8  // of a column, in Latin characters
	mostWidth   = 50
	firstSheet  = "Sheet1" // as excelize makes it
	borderWidth = 2        // of a cell, in Latin characters
)

// writeXLSX keeps the whole table in memory: a stream would put workers' data into a temporary file.
func writeXLSX(w io.Writer, header []string, rows [][]string) error {
	file := excelize.NewFile()
	defer file.Close()
	plain, err := file.NewStyle(&excelize.Style{NumFmt: textFormat, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}})
	if err != nil {
		return err
	}
	bold, err := file.NewStyle(&excelize.Style{NumFmt: textFormat, Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	widths := make([]int, len(header))
	if err := writeRow(file, 1, bold, header, &widths); err != nil {
		return err
	}
	for i, row := range rows {
		if err := writeRow(file, i+2, plain, row, &widths); err != nil {
			return err
		}
	}
	for i, wide := range widths {
		column, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := file.SetColWidth(firstSheet, column, column, float64(wide)); err != nil {
			return err
		}
	}
	err = file.SetPanes(firstSheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
	if err != nil {
		return err
	}
	return file.Write(w)
}

// writeRow writes the cells of one row, counted from 1, and widens the columns for them.
func writeRow(file *excelize.File, number, style int, row []string, widths *[]int) error {
	for i, cell := range row {
		name, err := excelize.CoordinatesToCellName(i+1, number)
		if err != nil {
			return err
		}
		cell = clean(cell)
		if err := file.SetCellStr(firstSheet, name, literal(cell)); err != nil {
			return err
		}
		if err := file.SetCellStyle(firstSheet, name, name, style); err != nil {
			return err
		}
		if i == len(*widths) {
			*widths = append(*widths, 0)
		}
		(*widths)[i] = min(max((*widths)[i], columns(cell)+borderWidth, leastWidth), mostWidth)
	}
	return nil
}

// literal escapes what a spreadsheet would read as an escaped character: _x0041_ is an A.
func literal(cell string) string { return strings.ReplaceAll(cell, "_x", "_x005F_x") }

// columns returns how wide a text is; a Chinese character is two wide.
func columns(text string) int {
	n := 0
	for _, r := range text {
		n++
		if kind := width.LookupRune(r).Kind(); kind == width.EastAsianWide || kind == width.EastAsianFullwidth {
			n++
		}
	}
	return n
}
