package strictyaml

import (
	"reflect"
	"slices"
)

// Form reads files of one kind into a T, a struct whose fields say by their tags (see shapeOf) which keys
// there are and what they hold. A Form may be used by several goroutines at once.
type Form[T any] struct {
	shape   *shape
	flow    bool
	conceal func(line string) string
}

// Options says how free the writing may be.
type Options struct {
	Flow    bool // {…} and […] may be used
	Secrets bool // excerpts hide values whose key the form does not know to be harmless
}

// NewForm returns the form declared by T. Its patterns must compile.
func NewForm[T any](options Options) *Form[T] {
	f := &Form[T]{shape: shapeOf(reflect.TypeFor[T](), ""), flow: options.Flow}
	f.shape.prepare()
	if options.Secrets {
		f.conceal = concealer(f.shape)
	}
	return f
}

// Read reads one file. The value is nil when the file is too broken to be understood at all; otherwise it
// holds what could be read, for further checks. The file may be used only when no fault is Broken.
func (f *Form[T]) Read(file string, src []byte) (*T, *Source, []Fault) {
	source, faults := newSource(file, src)
	if source == nil {
		return nil, nil, faults
	}
	source.conceal = f.conceal
	source, linted, guessed := f.prepare(source)
	faults = append(faults, linted...)
	if guessed == nil {
		return nil, source, Sort(faults)
	}
	root, more := parse(source)
	if root == nil && len(linted) > 0 {
		return nil, source, Sort(faults) // what the parser stumbles over has been told already
	}
	faults = append(faults, more...)
	if root == nil {
		return nil, source, Sort(faults)
	}
	d := decoder{src: source, root: f.shape}
	value := new(T)
	d.value(root, f.shape, reflect.ValueOf(value).Elem(), owner{})
	d.faults = slices.DeleteFunc(d.faults, func(fault Fault) bool { return guessed[fault.Line] })
	return value, source, Sort(append(faults, d.faults...))
}

// prepare checks the lines of a file. Where they have faults it returns the file with these edited away, so
// that reading can go on, and the lines for which that is a guess; nil when it cannot go on.
func (f *Form[T]) prepare(source *Source) (_ *Source, faults []Fault, guessed map[int]bool) {
	var edits []edit
	guessed = map[int]bool{}
	readable := true
	for _, found := range lint(source, f.shape, f.flow) {
		faults = append(faults, found.Fault)
		edits = append(edits, found.edits...)
		readable = readable && len(found.edits) > 0
		guessed[found.Line] = guessed[found.Line] || !found.Mendable
		guessed[found.above] = true
	}
	switch {
	case !readable:
		return source, faults, nil
	case len(edits) == 0:
		return source, faults, guessed
	}
	return source.edited(edits), faults, guessed
}
