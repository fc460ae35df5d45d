package main

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"
)

// row is one engine's line of the table.
type row struct {
	engine string
	figures
}

// printTable prints the rows as one Markdown table whose columns also line up as plain text, and below it what the
// figures of engines that ask back do not show.
func printTable(w io.Writer, rows []row, sets []publicSet) {
	header := []string{"engine", "top-1 %", "top-3 %", "outside answered %", "of new kinds %", "inside sent away %",
		"p50 µs", "p99 µs", "heap MB", "training s"}
	for _, set := range sets {
		header = append(header, set.name+" %")
	}
	lines := [][]string{header}
	for _, r := range rows {
		lines = append(lines, r.cells())
	}
	printAligned(w, lines)
	for _, r := range rows {
		if r.inside.back > 0 {
			fmt.Fprintf(w, "\n%s asks back on %s %% of the inside messages, %s %% of the outside ones and %s %% of those of new kinds: "+
				"neither answered nor sent away.\n", r.engine, percent(r.inside.back), percent(r.outside.back), percent(r.strange.back))
		}
	}
}

func (r row) cells() []string {
	cells := []string{r.engine, percent(r.inside.right), percent(r.inside.among3), percent(r.outside.answered),
		percent(r.strange.answered), percent(r.inside.declined), microseconds(r.p50), microseconds(r.p99),
		fmt.Sprintf("%.1f", float64(r.heap)/1e6), fmt.Sprintf("%.2f", r.train.Seconds())}
	for _, share := range r.public {
		cells = append(cells, percent(share))
	}
	return cells
}

func percent(share float64) string { return fmt.Sprintf("%.1f", 100*share) }

// microseconds keeps three digits: a microsecond is much for one engine and nothing for another.
func microseconds(d time.Duration) string {
	us := float64(d) / float64(time.Microsecond)
	switch {
	case us < 9.995:
		return fmt.Sprintf("%.2f", us)
	case us < 99.95:
		return fmt.Sprintf("%.1f", us)
	}
	return fmt.Sprintf("%.0f", us)
}

// printAligned prints lines of equally many cells: the first column flush left, figures flush right.
func printAligned(w io.Writer, lines [][]string) {
	widths := make([]int, len(lines[0]))
	for _, line := range lines {
		for i, cell := range line {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for number, line := range lines {
		for i, cell := range line {
			padding := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			if i == 0 {
				fmt.Fprint(w, "| ", cell, padding, " |")
			} else {
				fmt.Fprint(w, " ", padding, cell, " |")
			}
		}
		fmt.Fprintln(w)
		if number == 0 {
			fmt.Fprint(w, "|", strings.Repeat("-", widths[0]+2), "|")
			for _, width := range widths[1:] {
				fmt.Fprint(w, strings.Repeat("-", width+1), ":|")
			}
			fmt.Fprintln(w)
		}
	}
}
