package form

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zhugong/knowledge"
)

// none is how test data say that there is nothing.
const none = "-"

// now is the clock of the tests: a Wednesday morning in Guiyang.
var now = time.Date(2026, 11, 18, 10, 0, 0, 0, time.FixedZone("Asia/Shanghai", 8*60*60))

// flow is a small flow with every kind of step: kind asks for what 工伤 alone needs, hurt and when.
func flow() *knowledge.Flow {
	onlyInjury := []knowledge.Condition{{Slot: "kind", Any: []string{"工伤"}}}
	options := func(names ...string) (options []knowledge.Option) {
		for _, name := range names {
			options = append(options, knowledge.Option{Name: name})
		}
		return options
	}
	f := &knowledge.Flow{
		ID: "test",
		Steps: []knowledge.Step{
			{Slot: "kind", Kind: knowledge.OneOf, Options: options("欠薪", "工伤", "辞退")},
			{Slot: "hurt", Kind: knowledge.SomeOf, Options: options("手", "脚", "腰"), When: onlyInjury},
			{Slot: "when", Kind: knowledge.Date, When: onlyInjury},
			{Slot: "since", Kind: knowledge.Month},
			{Slot: "left", Kind: knowledge.Free},
			{Slot: "people", Kind: knowledge.Count},
			{Slot: "amount", Kind: knowledge.Money},
			{Slot: "ticket", Kind: knowledge.Ticket},
			{Slot: "phone", Kind: knowledge.Mobile, Optional: true, Personal: true},
		},
		Deadlines: []knowledge.Deadline{
			{Slot: "when", Near: 10, Over: 12, SayNear: "快到了，最晚{截止}", SayOver: "过了"},
			{Slot: "since", Near: 10, Over: 12, SayNear: "快到了，最晚{截止}", SayOver: "过了"},
			{Slot: "left", Near: 10, Over: 12, SayNear: "快到了，最晚{截止}", SayOver: "过了"},
		},
		Ends: []knowledge.End{
			{Say: "都说"}, {When: onlyInjury, Say: "工伤的"},
			{When: []knowledge.Condition{{Slot: "hurt", Any: []string{"手", "腰"}}}, Say: "手或者腰"},
		},
	}
	f.Steps[0].Options[0].Words = []knowledge.Phrase{{Text: "拖工资"}}
	f.Steps[0].Options[1].Notes = []knowledge.Note{{Word: "摔", Say: "先看病。"}}
	f.Steps[0].Options[1].Words = []knowledge.Phrase{{Text: "摔伤"}}
	f.Steps[0].Unclear = []knowledge.Unclear{{Words: []knowledge.Phrase{{Text: "出事"}}, Say: "是受伤，还是被辞？"}}
	return f
}

// stepOf returns the step of a slot.
func stepOf(t *testing.T, f *knowledge.Flow, slot string) *knowledge.Step {
	t.Helper()
	i := slices.IndexFunc(f.Steps, func(s knowledge.Step) bool { return s.Slot == slot })
	if i < 0 {
		t.Fatalf("no step %s", slot)
	}
	return &f.Steps[i]
}

// line is one line of test data.
type line struct {
	number int
	fields []string
}

func lines(t *testing.T, name string, fields int) (all []line) {
	t.Helper()
	file, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	for i, text := range strings.Split(string(file), "\n") {
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		one := line{i + 1, strings.Split(text, "\t")}
		if len(one.fields) != fields {
			t.Fatalf("%s:%d: %d fields, want %d", name, one.number, len(one.fields), fields)
		}
		all = append(all, one)
	}
	return all
}

// filled writes and reads a form as test data do: kind=工伤 hurt=手、脚 !phone, where ! is before what was skipped.
func filled(text string) Form {
	f := Form{Flow: "test"}
	if text == none {
		return f
	}
	for field := range strings.FieldsSeq(text) {
		if slot, skipped := strings.CutPrefix(field, "!"); skipped {
			f.Skip(slot)
			continue
		}
		slot, value, _ := strings.Cut(field, "=")
		f.Set(&knowledge.Step{Slot: slot}, value)
	}
	return f
}

func written(f Form) string {
	var fields []string
	for _, v := range f.Values {
		fields = append(fields, v.Slot+"="+v.Text)
	}
	for _, slot := range f.Skipped {
		fields = append(fields, "!"+slot)
	}
	return orNone(strings.Join(fields, " "))
}

func orNone(text string) string {
	if text == "" {
		return none
	}
	return text
}

func slots(steps []*knowledge.Step) string {
	var names []string
	for _, step := range steps {
		names = append(names, step.Slot)
	}
	return strings.Join(names, " ")
}

// TestSteps asks of forms in every condition which steps there are, which comes next, and what is said at the end.
func TestSteps(t *testing.T) {
	flow := flow()
	for _, l := range lines(t, "steps.tsv", 4) {
		f := filled(l.fields[0])
		next := none
		if step := f.Next(flow); step != nil {
			next = step.Slot
		}
		got := []string{slots(f.Steps(flow)), next, strings.Join(f.Ends(flow), " ")}
		if diff := cmp.Diff(l.fields[1:], got); diff != "" {
			t.Errorf("steps.tsv:%d: %s: steps, next and ends (-want +got):\n%s", l.number, l.fields[0], diff)
		}
	}
}

// TestChanges tells what is left of a form after a change. A form that a change was made to shares nothing with what it
// was before: a turn may be run again from there.
func TestChanges(t *testing.T) {
	flow := flow()
	for _, l := range lines(t, "changes.tsv", 3) {
		before := filled(l.fields[0])
		after := before
		for change := range strings.FieldsSeq(l.fields[1]) {
			slot, value, sets := strings.Cut(change, "=")
			switch {
			case sets:
				after.Set(&knowledge.Step{Slot: slot}, value)
			case change == "prune":
				after.Prune(flow)
			case strings.HasPrefix(change, "!"):
				after.Skip(change[1:])
			default:
				after.Clear(strings.TrimPrefix(change, "~"))
			}
		}
		if got := written(after); got != l.fields[2] {
			t.Errorf("changes.tsv:%d: %s after %s is %s, want %s", l.number, l.fields[0], l.fields[1], got, l.fields[2])
		}
		if got := written(before); got != l.fields[0] {
			t.Errorf("changes.tsv:%d: the form that was changed from is now %s, was %s", l.number, got, l.fields[0])
		}
	}
}

// TestBefore goes back one step, from what is asked.
func TestBefore(t *testing.T) {
	flow := flow()
	for _, l := range lines(t, "before.tsv", 4) {
		f := filled(l.fields[0])
		f.Asked = l.fields[1]
		got := none
		if step := f.Before(flow); step != nil {
			got = step.Slot
		}
		if got != l.fields[2] {
			t.Errorf("before.tsv:%d: %s, asked %s: back leads to %s, want %s", l.number, l.fields[0], f.Asked, got, l.fields[2])
		}
		if at, of := f.Progress(flow, f.Asked); l.fields[3] != none && l.fields[3] != progress(at, of) {
			t.Errorf("before.tsv:%d: %s, asked %s: step %s, want %s", l.number, l.fields[0], f.Asked, progress(at, of), l.fields[3])
		}
	}
}

func progress(at, of int) string { return string(rune('0'+at)) + "/" + string(rune('0'+of)) }

// TestRead reads a message for a step, and shows the value as the worker sees it.
func TestRead(t *testing.T) {
	flow := flow()
	reader := NewReader([]knowledge.Flow{*flow})
	for _, l := range lines(t, "read.tsv", 6) {
		step := stepOf(t, flow, l.fields[0])
		reading := reader.Read(step, l.fields[1], now, l.fields[2] == "asked")
		shown := none
		if reading.Value != "" {
			shown = Show(step.Kind, reading.Value)
		}
		got := []string{orNone(reading.Value), orNone(reading.Say), shown}
		if diff := cmp.Diff(l.fields[3:], got); diff != "" {
			t.Errorf("read.tsv:%d: %s of %q, %s: value, what is said, shown (-want +got):\n%s", l.number, step.Slot, l.fields[1], l.fields[2], diff)
		}
	}
}

// TestWarning tells of limits in law that run from a value.
func TestWarning(t *testing.T) {
	flow := flow()
	for _, l := range lines(t, "warning.tsv", 4) {
		at, err := time.ParseInLocation("2006-01-02 15:04", l.fields[0], now.Location())
		if err != nil {
			t.Fatalf("warning.tsv:%d: %v", l.number, err)
		}
		step := stepOf(t, flow, l.fields[1])
		if got := orNone(Warning(flow, step, l.fields[2], at)); got != l.fields[3] {
			t.Errorf("warning.tsv:%d: %s %s on %s: %s, want %s", l.number, step.Slot, l.fields[2], l.fields[0], got, l.fields[3])
		}
	}
}

// TestJoin puts together what was chosen at different times, in the order of the options.
func TestJoin(t *testing.T) {
	step := stepOf(t, flow(), "hurt")
	for _, c := range []struct{ a, b, want string }{
		{"脚", "手", "手、脚"},
		{"手、腰", "脚", "手、脚、腰"},
		{"手", "手", "手"},
		{"", "腰", "腰"},
	} {
		got := Join(step, c.a, c.b)
		if got != c.want {
			t.Errorf("Join(%q, %q) = %q, want %q", c.a, c.b, got, c.want)
		}
		if joined := strings.Join(List(got), "、"); joined != got {
			t.Errorf("List(%q) is put together to %q", got, joined)
		}
	}
}

// TestMentions says what is spoken of without being a value.
func TestMentions(t *testing.T) {
	flow := flow()
	for _, c := range []struct {
		slot, folded string
		want         bool
	}{
		{"kind", "工伤怎么办", true},
		{"kind", "欠薪还是工伤", true},
		{"kind", "天气好", false},
		{"hurt", "手机", false}, // a name of one character is in too many words
		{"phone", "电话要紧不", true},
		{"phone", "为什么", false},
		{"people", "工伤", false},
	} {
		if got := Mentions(stepOf(t, flow, c.slot), c.folded); got != c.want {
			t.Errorf("Mentions(%s, %q) = %v, want %v", c.slot, c.folded, got, c.want)
		}
	}
}

// TestOwnWords keeps a worker's own words as they are, but for their length.
func TestOwnWords(t *testing.T) {
	flow := flow()
	reader := NewReader([]knowledge.Flow{*flow})
	got := reader.Read(stepOf(t, flow, "left"), strings.Repeat("走了", mostText), now, true).Value
	if want := strings.Repeat("走了", mostText/2); got != want {
		t.Errorf("of %d characters %d are kept, want the first %d", 2*mostText, len([]rune(got)), mostText)
	}
}

// TestAllows fills in what needs a consent, before and after it was given.
func TestAllows(t *testing.T) {
	phone, illness := &knowledge.Step{Slot: "phone", Personal: true}, &knowledge.Step{Slot: "illness", Health: true}
	for _, test := range []struct {
		agreed, health bool
		want           string
	}{{false, false, none}, {true, false, "phone=1"}, {false, true, "illness=1"}, {true, true, "phone=1 illness=1"}} {
		f := Form{Agreed: test.agreed, Health: test.health}
		f.Set(phone, "1")
		f.Set(illness, "1")
		if got := written(f); got != test.want {
			t.Errorf("agreed %v, health %v: %s, want %s", test.agreed, test.health, got, test.want)
		}
	}
}
