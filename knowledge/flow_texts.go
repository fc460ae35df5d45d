package knowledge

import (
	"slices"

	"zhugong/internal/strictyaml"
)

// flowText is a text of a guided dialogue that a worker is shown.
type flowText struct {
	file string
	text strictyaml.Text
	name string   // the key it stands under
	most int      // characters it may have
	fill []string // placeholders it may have besides facts and laws
	asks bool     // what is not to be asked for must not stand in it
	// What may be answered is shown by examples, whose figures are nobody's: 比如 3万.
	examples bool
	figures  []string // figures that need no source: 11位
	slots    []string // of the flow
}

// How many characters the texts may have.
const (
	mostAsked = 60
	mostRetry = 100
	mostSaid  = 300
)

// flowTexts returns every text of the guided dialogues that is more than a name.
func (f *folder) flowTexts() []flowText {
	var texts []flowText
	for _, group := range f.choices.Groups {
		texts = append(texts, optionTexts(choicesName, group.Options, group.Unclear)...)
	}
	for _, t := range f.flows {
		texts = append(texts, t.texts()...)
	}
	return slices.DeleteFunc(texts, func(t flowText) bool { return !t.text.Written() })
}

func (t *flow) texts() []flowText {
	texts := []flowText{{file: t.name, text: t.Notice, name: "告知", most: mostSaid, fill: []string{keptPlaceholder}, asks: true}}
	var slots []string
	for i := range t.Steps {
		step := &t.Steps[i]
		slots = append(slots, step.Slot.Value)
		own := StepKind(step.Kind.Value).ownFigures()
		texts = append(texts,
			flowText{file: t.name, text: step.Ask, name: "问", most: mostAsked, asks: true, examples: true, figures: own},
			flowText{file: t.name, text: step.Why, name: "为什么", most: mostAsked},
			flowText{file: t.name, text: step.Retry, name: "没听懂", most: mostRetry, asks: true, examples: true, figures: own})
		texts = append(texts, optionTexts(t.name, step.Options, step.Unclear)...)
	}
	for i := range t.Deadlines {
		d := &t.Deadlines[i]
		texts = append(texts,
			flowText{file: t.name, text: d.SayNear, name: "快到时", most: mostSaid, fill: []string{lastPlaceholder}},
			flowText{file: t.name, text: d.SayOver, name: "过了时", most: mostSaid},
			flowText{file: t.name, text: d.Ask, name: "没说多久时", most: mostRetry, asks: true, examples: true})
	}
	for i := range t.Ends {
		texts = append(texts, flowText{file: t.name, text: t.Ends[i].Say, name: "说", most: mostSaid, fill: []string{filledPlaceholder},
			slots: slots})
	}
	return texts
}

// optionTexts returns what is said about options.
func optionTexts(file string, options []optionForm, unclear []unclearForm) []flowText {
	var texts []flowText
	say := func(text strictyaml.Text) {
		texts = append(texts, flowText{file: file, text: text, name: "说", most: mostSaid, asks: true})
	}
	for i := range options {
		for _, note := range options[i].Notes {
			say(note.Say)
		}
	}
	for i := range unclear {
		say(unclear[i].Say)
	}
	return texts
}

// ownFigures returns the figures that belong to the kind itself.
func (k StepKind) ownFigures() []string {
	switch k {
	case Mobile:
		return []string{"11位"}
	case Ticket:
		return []string{"10位"}
	}
	return nil
}
