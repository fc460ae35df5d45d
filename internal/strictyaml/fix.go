package strictyaml

import (
	"cmp"
	"slices"
	"strings"
)

// maxRounds bounds how often the result of mending is checked again: one mending may bring a fault of the
// same line to light.
const maxRounds = 16

// Fix mends what can be mended without knowing what was meant, and tells what it did. Text below a | and
// within quotes stays as it is, and so does a file that cannot be read as text.
func (f *Form[T]) Fix(file string, src []byte) (fixed []byte, mended []Fault) {
	source, faults := newSource(file, src)
	if source == nil {
		return src, nil
	}
	mended = faults // at most the byte order mark
	for range maxRounds {
		mendable := slices.DeleteFunc(lint(source, f.shape, f.flow), func(f found) bool { return !f.Mendable })
		if len(mendable) == 0 {
			break
		}
		var edits []edit
		for _, m := range mendable {
			edits = append(edits, m.edits...)
			mended = append(mended, m.Fault)
		}
		source = &Source{File: file, text: apply(source.text, edits), conceal: f.conceal}
		source.split()
	}
	if len(mended) == 0 {
		return src, nil
	}
	return []byte(source.text), mended
}

// apply carries out edits. Of two that overlap the first is carried out.
func apply(text string, edits []edit) string {
	slices.SortStableFunc(edits, func(a, b edit) int { return cmp.Compare(a.start, b.start) })
	var b strings.Builder
	done := 0
	for _, e := range edits {
		if e.start < done {
			continue
		}
		b.WriteString(text[done:e.start])
		b.WriteString(e.text)
		done = e.end
	}
	b.WriteString(text[done:])
	return b.String()
}
