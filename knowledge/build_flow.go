package knowledge

import (
	"slices"
	"strconv"

	"zhugong/internal/strictyaml"
)

// flow builds one guided dialogue.
func (f *folder) flow(t flow, b *Base) Flow {
	result := Flow{ID: t.ID.Value, Title: t.Title.Value, Starts: phrases(t.name, t.Starts),
		Notice: expanded(t.Notice, b), NoticeFirst: t.NoticeTime.Value == noticeFirst,
		Registers: t.Registers.True, Place: Place{t.name, t.ID.Line, t.ID.Column}}
	for i := range t.Steps {
		result.Steps = append(result.Steps, f.step(t.name, &t.Steps[i], b))
	}
	for i := range t.Deadlines {
		d := &t.Deadlines[i]
		result.Deadlines = append(result.Deadlines, Deadline{Slot: d.Slot.Value, Near: wholeNumber(d.Near), Over: wholeNumber(d.Over),
			SayNear: expanded(d.SayNear, b), SayOver: expanded(d.SayOver, b), Ask: expanded(d.Ask, b)})
	}
	for i := range t.Ends {
		end := &t.Ends[i]
		result.Ends = append(result.Ends, End{When: conditions(end.When), Say: expanded(end.Say, b)})
	}
	return result
}

// noticeFirst has the notice said before the first step.
const noticeFirst = "开始"

func (f *folder) step(file string, x *stepForm, b *Base) Step {
	step := Step{Slot: x.Slot.Value, Label: x.Label.Value, Names: values(x.Names), Ask: expanded(x.Ask, b), Why: expanded(x.Why, b),
		Retry: expanded(x.Retry, b), Kind: StepKind(x.Kind.Value), Unclear: unclear(file, x.Unclear, b),
		Optional: x.Optional.True, Questions: x.Questions.True, Personal: x.personal(), Health: x.Health.True, When: conditions(x.When), Place: at(file, x.Place)}
	group, groupFile := f.optionsOf(file, x)
	step.Options = options(groupFile, group.Options, b)
	if x.Use.Written() {
		step.Unclear = append(step.Unclear, unclear(groupFile, group.Unclear, b)...)
	}
	return step
}

// personal reports whether a step asks for something personal. A telephone number always is.
func (x *stepForm) personal() bool { return x.Personal.True || StepKind(x.Kind.Value) == Mobile }

// optionsOf returns the options of a step, its own or those of the group it uses, and the file where they stand. What
// is known of an unknown group is nothing.
func (f *folder) optionsOf(file string, x *stepForm) (groupForm, string) {
	if !x.Use.Written() {
		return groupForm{Options: x.Options}, file
	}
	i := slices.IndexFunc(f.choices.Groups, func(g groupForm) bool { return g.Name.Value == x.Use.Value })
	if i < 0 {
		return groupForm{}, choicesName
	}
	return f.choices.Groups[i], choicesName
}

func options(file string, forms []optionForm, b *Base) []Option {
	var options []Option
	for _, o := range forms {
		option := Option{Name: o.Name.Value, Words: phrases(file, o.Words)}
		for _, note := range o.Notes {
			option.Notes = append(option.Notes, Note{note.Word.Value, expanded(note.Say, b)})
		}
		options = append(options, option)
	}
	return options
}

func unclear(file string, forms []unclearForm, b *Base) []Unclear {
	var found []Unclear
	for _, u := range forms {
		found = append(found, Unclear{phrases(file, u.Words), expanded(u.Say, b), u.Guess.Value})
	}
	return found
}

func conditions(forms []conditionForm) []Condition {
	var conditions []Condition
	for _, c := range forms {
		conditions = append(conditions, Condition{c.Slot.Value, values(c.Any)})
	}
	return conditions
}

// expanded returns a text with its facts and laws in it.
func expanded(text strictyaml.Text, b *Base) string { return parseTemplate(text.Value).expand(b) }

// wholeNumber reads a number that the form has found to be one.
func wholeNumber(text strictyaml.Text) int {
	n, err := strconv.Atoi(text.Value)
	if err != nil {
		return 0
	}
	return n
}
