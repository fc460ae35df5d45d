package sheet

import (
	"fmt"
	"io"
	"strings"
)

const gap = 2 // columns between two cells

// Align writes a table for a terminal: each row on a line of its own, cells below each other however wide their
// characters are. Characters that a terminal would obey are left out.
func Align(w io.Writer, header []string, rows [][]string) error {
	table := make([][]string, 0, 1+len(rows))
	widths := make([]int, len(header))
	for _, row := range append([][]string{header}, rows...) {
		cells := make([]string, min(len(row), len(header)))
		for i := range cells {
			cells[i] = Line(row[i])
			widths[i] = max(widths[i], columns(cells[i]))
		}
		table = append(table, cells)
	}
	for _, cells := range table {
		var line strings.Builder
		for i, cell := range cells {
			line.WriteString(cell)
			line.WriteString(strings.Repeat(" ", widths[i]-columns(cell)+gap))
		}
		if _, err := fmt.Fprintln(w, strings.TrimRight(line.String(), " ")); err != nil {
			return fmt.Errorf("write table: %w", err)
		}
	}
	return nil
}

// Line returns a text as it may stand in one line of a terminal: white space becomes one space, characters that cannot
// be seen, such as those a terminal would obey, are left out.
func Line(text string) string { return strings.Join(strings.Fields(clean(text)), " ") }
