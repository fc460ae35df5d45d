package form

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"zhugong/internal/chinese"
	"zhugong/internal/slot"
	"zhugong/knowledge"
)

const (
	dayForm   = "2006-01-02"
	monthForm = "2006-01"
	between   = "、" // between the values of SomeOf
	mostText  = 300 // characters kept of a worker's own words
)

// has reports whether a value is want, or one of several that are.
func has(value, want string) bool {
	for one := range strings.SplitSeq(value, between) {
		if one == want {
			return true
		}
	}
	return false
}

// Reading is what a message says for one step.
type Reading struct {
	Value string // canonical; "" when the message says nothing for the step
	Say   string // what staff want said about it: a remark on the value, or without one a question that settles it
	Guess string // the option that such a question is about, "" for none
}

// Reader reads values for the steps of flows. It is read only: any number of goroutines may use it.
type Reader struct {
	options map[*knowledge.Step][]slot.Option
}

// NewReader prepares the steps of these flows for reading.
func NewReader(flows []knowledge.Flow) *Reader {
	r := &Reader{options: map[*knowledge.Step][]slot.Option{}}
	for i := range flows {
		for j := range flows[i].Steps {
			step := &flows[i].Steps[j]
			r.options[step] = options(step)
		}
	}
	return r
}

// Read looks for a step's value in a message. asked says that the message answers just that step, so that a bare
// number counts; otherwise only what is unmistakable does.
func (r *Reader) Read(step *knowledge.Step, text string, now time.Time, asked bool) Reading {
	switch step.Kind {
	case knowledge.OneOf, knowledge.SomeOf:
		return r.choose(step, text, asked)
	case knowledge.Free:
		if !asked {
			return Reading{}
		}
		own := words(text)
		if name, said := NameIn(step, own); said {
			return Reading{Value: name}
		}
		return Reading{Value: own}
	}
	return Reading{Value: plain(step.Kind, text, now, asked)}
}

// plain reads the kinds that have no options.
func plain(kind knowledge.StepKind, text string, now time.Time, asked bool) string {
	switch kind {
	case knowledge.Mobile:
		number, _ := slot.Mobile(text)
		return number
	case knowledge.Money:
		if yuan, ok := slot.Money(text, asked); ok {
			return strconv.FormatInt(yuan, 10)
		}
	case knowledge.Count:
		if n, ok := slot.Count(text, asked); ok {
			return strconv.Itoa(n)
		}
	case knowledge.Date:
		if day, ok := slot.Date(text, now, asked); ok {
			return day.Format(dayForm)
		}
	case knowledge.Month:
		if first, ok := slot.Month(text, now, asked); ok {
			return first.Format(monthForm)
		}
	case knowledge.Ticket:
		digits, _ := slot.Ticket(text, asked)
		return digits
	}
	return ""
}

// choose reads one option, or several.
func (r *Reader) choose(step *knowledge.Step, text string, asked bool) Reading {
	chosen := slot.Choose(text, r.options[step], asked, step.Kind == knowledge.SomeOf)
	if len(chosen) == 0 {
		if u := unclear(step, text); u != nil {
			return Reading{Say: u.Say, Guess: u.Guess}
		}
		return Reading{Say: r.several(step, text, asked)}
	}
	var reading Reading
	var names []string
	for _, i := range chosen {
		names = append(names, step.Options[i].Name)
		for _, note := range step.Options[i].Notes {
			if strings.Contains(chinese.Fold(text), chinese.Fold(note.Word)) {
				reading.Say = note.Say
			}
		}
	}
	reading.Value = strings.Join(names, between)
	return reading
}

// several returns what is asked when one option is wanted and more were named.
func (r *Reader) several(step *knowledge.Step, text string, asked bool) string {
	if step.Kind != knowledge.OneOf || !asked {
		return ""
	}
	named := slot.Choose(text, r.options[step], asked, true)
	if len(named) < 2 || len(named) == len(step.Options) {
		return ""
	}
	var names []string
	for _, i := range named {
		names = append(names, step.Options[i].Name)
	}
	return "您说了" + strings.Join(names, between) + "，这里只能记一个，主要是哪个？"
}

// unclear returns what is asked when a word that fits several options was written, nil when there is none.
func unclear(step *knowledge.Step, text string) *knowledge.Unclear {
	folded := chinese.Fold(text)
	for i := range step.Unclear {
		for _, word := range step.Unclear[i].Words {
			if strings.Contains(folded, chinese.Fold(word.Text)) {
				return &step.Unclear[i]
			}
		}
	}
	return nil
}

// nameLabel is the label of a step that asks for a name.
const nameLabel = "称呼"

// NameIn returns what a message says somebody is called, where a step asks for that: 我叫张三, 叫我张姐, 我姓刘不姓李. Who
// calls back reads it out. 不用管我叫什么 says it is no matter.
func NameIn(step *knowledge.Step, text string) (name string, said bool) {
	if step.Label != nameLabel {
		return "", false
	}
	text, _, _ = strings.Cut(text, "不姓")
	for _, before := range []string{"我叫", "叫我", "喊我", "就叫", "我姓"} {
		_, name, said = strings.Cut(text, before)
		name = strings.Trim(name, "，,。 ")
		switch {
		case !said || name == "":
			continue
		case strings.HasPrefix(name, "什么") || strings.HasPrefix(name, "啥"):
			return "", true
		case before == "我姓":
			return "姓" + name, true
		}
		return name, true
	}
	return "", false
}

func options(step *knowledge.Step) []slot.Option {
	options := make([]slot.Option, len(step.Options))
	for i, o := range step.Options {
		options[i].Name = o.Name
		for _, word := range o.Words {
			options[i].Words = append(options[i].Words, word.Text)
		}
	}
	return options
}

// Mentions reports whether a folded message names an option of the step, or several of which none could be chosen.
// Where a number of a telephone is asked for, it is being spoken of.
func Mentions(step *knowledge.Step, folded string) bool {
	if step.Kind == knowledge.Mobile {
		return strings.Contains(folded, "手机") || strings.Contains(folded, "电话") || strings.Contains(folded, "号码")
	}
	for _, option := range step.Options {
		if name := chinese.Fold(option.Name); utf8.RuneCountInString(name) > 1 && strings.Contains(folded, name) {
			return true
		}
	}
	return false
}

// words returns a worker's own words, as they are kept: without any number, which has a step of its own or is not asked for.
func words(text string) string {
	text, _ = slot.WithoutNumbers(text)
	text = strings.Trim(strings.Join(strings.Fields(text), " "), "，,。.、：: ")
	if chinese.Fold(text) == "" {
		return ""
	}
	if utf8.RuneCountInString(text) > mostText {
		text = string([]rune(text)[:mostText])
	}
	return text
}
