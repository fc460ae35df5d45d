// Package sheet writes a table: as a file for a spreadsheet, so that nothing a stranger has written is taken for a formula
// and no number loses its first or last digits, and aligned for a terminal. It knows nothing of what the table is about.
package sheet

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
)

// The formats.
const (
	CSV  = "csv"
	XLSX = "xlsx"
)

// ErrFormat is returned for a format that is neither CSV nor XLSX.
var ErrFormat = errors.New("unknown format")

// Write writes a table with a header. Characters that cannot be seen are left out. CSV is UTF-8 with a byte order mark,
// and a cell that a spreadsheet would calculate begins with an apostrophe; in XLSX all cells are text.
func Write(w io.Writer, format string, header []string, rows [][]string) error {
	var err error
	switch format {
	case CSV:
		err = writeCSV(w, header, rows)
	case XLSX:
		err = writeXLSX(w, header, rows)
	default:
		return fmt.Errorf("%w %q", ErrFormat, format)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", format, err)
	}
	return nil
}

const byteOrderMark = "\uFEFF"

func writeCSV(w io.Writer, header []string, rows [][]string) error {
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return err
	}
	writer := csv.NewWriter(w)
	writer.UseCRLF = true
	cells := make([]string, 0, len(header))
	for _, row := range append([][]string{header}, rows...) {
		cells = cells[:0]
		for _, cell := range row {
			cells = append(cells, harmless(clean(cell)))
		}
		if err := writer.Write(cells); err != nil {
			return err
		}
	}
	writer.Flush()
	return writer.Error()
}

// formulaStarts are the characters that a spreadsheet may take for the beginning of a formula, the full-width ones too.
const formulaStarts = "=+-@\t\r\n＝＋－＠"

// harmless keeps a spreadsheet from calculating a cell.
func harmless(cell string) string {
	if cell != "" && strings.ContainsRune(formulaStarts, []rune(cell)[0]) {
		return "'" + cell
	}
	return cell
}

// clean drops what no spreadsheet shows and XML may not hold.
func clean(cell string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' || r == '\r' || !unicode.Is(unicode.C, r) && r != '\uFFFE' && r != '\uFFFF' {
			return r
		}
		return -1
	}, strings.ToValidUTF8(cell, "\uFFFD"))
}
