package strictyaml

import (
	"strings"

	"golang.org/x/text/width"
)

// excerptCells is how much of a long line is shown on each side of the place, in terminal cells.
const excerptCells = 36

// excerpt returns the part of line around column and, below it, a caret under that column.
func excerpt(line string, column int) string {
	runes := []rune(line)
	at := min(max(column-1, 0), len(runes))
	from, to := at, at
	for used := 0; from > 0 && used < excerptCells; from-- {
		used += cells(runes[from-1])
	}
	for used := 0; to < len(runes) && used < excerptCells; to++ {
		used += cells(runes[to])
	}
	var shown, below strings.Builder
	if from > 0 {
		shown.WriteString("...")
		below.WriteString("   ")
	}
	for i, r := range runes[from:to] {
		r = visible(r)
		shown.WriteRune(r)
		if from+i < at {
			below.WriteString(strings.Repeat(" ", cells(r)))
		}
	}
	if to < len(runes) {
		shown.WriteString("...")
	}
	return shown.String() + "\n" + below.String() + "^"
}

// visible returns what is shown for r: what cannot be seen is replaced by something of the same width.
func visible(r rune) rune {
	switch {
	case r == '\t':
		return '→'
	case r == '\u3000':
		return '＿'
	case r == '\u00a0':
		return '_'
	case isInvisible(r) || isControl(r):
		return '?'
	}
	return r
}

// cells returns how many cells of a terminal r takes.
func cells(r rune) int {
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}
