package evaluation

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// ExportName is the name of the file that WriteFolds is meant for: what measures other engines looks for it.
const ExportName = "folds.tsv"

// always is the fold of what is learnt from in every fold and never asked.
const always = -1

// WriteFolds writes what is asked and learnt from in which fold, for other engines to be measured alike: one example a
// line, as fold, side (inside or outside), label and text with tabs between. Fold -1 is always learnt from. Bare
// follow-ups are left out, for they are no entry.
func (p *Plan) WriteFolds(w io.Writer) error {
	out := bufio.NewWriter(w)
	line := func(fold int, side, label, text string) {
		fmt.Fprintf(out, "%d\t%s\t%s\t%s\n", fold, side, label, strings.Join(strings.Fields(text), " "))
	}
	for _, e := range p.corpus.Exact {
		line(always, "inside", e.Class, e.Text)
	}
	for _, it := range p.items {
		line(it.fold, sideOf(it), it.Class, it.Text)
	}
	return out.Flush()
}

func sideOf(it item) string {
	if it.outside {
		return "outside"
	}
	return "inside"
}
