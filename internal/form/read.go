package form

import (
	"cmp"
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
		if step.Label == nameLabel {
			return Reading{Value: called(words(text))}
		}
		return Reading{Value: words(text)}
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
		return Reading{Say: cmp.Or(unclear(step, text), r.several(step, text, asked))}
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

// unclear returns what is asked when a word that fits several options was written.
func unclear(step *knowledge.Step, text string) string {
	folded := chinese.Fold(text)
	for _, u := range step.Unclear {
		for _, word := range u.Words {
			if strings.Contains(folded, chinese.Fold(word.Text)) {
				return u.Say
			}
		}
	}
	return ""
}

// nameLabel is the label of a step that asks for a name.
const nameLabel = "称呼"

// called leaves the name alone: 我叫张三, 叫我张姐. Who calls back reads it out.
func called(text string) string {
	for _, before := range []string{"我叫", "叫我", "喊我", "就叫"} {
		switch _, name, found := strings.Cut(text, before); {
		case !found || name == "":
		case strings.HasPrefix(name, "什么") || strings.HasPrefix(name, "啥"): // 不用管我叫什么
			return ""
		default:
			return name
		}
	}
	return text
}

// Guess returns the one option that a question back names, "" when it names several or none.
func Guess(step *knowledge.Step, say string) string {
	var guess string
	for _, option := range step.Options {
		before, _, found := strings.Cut(say, "吗？") // 您说的是观山湖吗？说不准就回“不清楚”
		if !found || !strings.Contains(before, option.Name) {
			continue
		}
		if guess != "" {
			return ""
		}
		guess = option.Name
	}
	return guess
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
