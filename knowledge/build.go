package knowledge

import (
	"path"
	"strings"
	"time"

	"zhugong/internal/strictyaml"
)

// guiyang returns the time zone of the union, which has no summer time, without a database of time zones.
func guiyang() *time.Location { return time.FixedZone("Asia/Shanghai", 8*60*60) }

// base builds what the program uses. Every file has been understood.
func (f *folder) base() *Base {
	b := &Base{Facts: map[string]Fact{}, Public: map[string]Public{}, Sources: map[string]Source{},
		entries: map[string]*Entry{}, sources: f.sources, unproven: f.unproven()}
	f.fillLedger(b, factsName, publicName)
	for _, t := range f.topics {
		b.Topics = append(b.Topics, f.topic(t, b))
	}
	for _, o := range f.outside.Outside {
		b.Outside = append(b.Outside, Outside{ID: o.ID.Value, Title: o.Title.Value, Signpost: o.Signpost.Value,
			Manner: Manner(o.Manner.Value), Phrases: phrases(outsideName, o.Phrases), Tests: tests(outsideName, o.Tests), Place: at(outsideName, o.Place)})
	}
	b.Crisis, b.Abuse = f.crisis, f.abuse
	b.Worry = f.worry()
	for _, u := range f.followUps.FollowUps {
		b.FollowUps = append(b.FollowUps, FollowUp{Attribute: u.Attribute.Value, Question: u.Question.Value,
			Phrases: phrases(followUpsName, u.Phrases)})
	}
	b.Words = Words{Dialect: map[string]string{}, Fillers: values(f.words.Fillers), Greetings: values(f.words.Greetings)}
	b.Asides = phrases(wordsName, f.words.Asides)
	for _, d := range f.words.Dialect {
		for _, phrase := range d.Phrases {
			b.Words.Dialect[phrase.Value] = d.Standard.Value
		}
	}
	for _, t := range f.flows {
		b.Flows = append(b.Flows, f.flow(t, b))
	}
	b.Menu = f.menuOf()
	return b
}

// fillLedger fills in the facts, with the sources, and the public information, which stand in the files of these names.
func (f *folder) fillLedger(b *Base, facts, public string) {
	for _, s := range f.facts.Sources {
		b.Sources[s.ID.Value] = Source{s.ID.Value, s.Name.Value, s.Date.Value, s.Period.Value}
	}
	for _, x := range f.facts.Facts {
		b.Facts[x.ID.Value] = Fact{ID: x.ID.Value, Topic: x.Topic.Value, Kind: x.Kind.Value, Statement: x.Statement.Value,
			Quote: x.Quote.Value, Value: x.Value.Value, Unit: x.Unit.Value, Qualifier: x.Qualifier.Value,
			Paragraph: x.Paragraph.Value, Period: x.Period.Value, Note: x.Note.Value, Place: at(facts, x.Place)}
	}
	for i := range f.public.Public {
		p := f.public.Public[i].public(public)
		b.Public[p.ID] = p
	}
}

func (p *publicForm) public(file string) Public {
	return Public{ID: p.ID.Value, Kind: p.Kind.Value, Name: p.Name.Value, Statement: p.Statement.Value,
		Figures: values(p.Figures), Numbers: values(p.Numbers), Source: p.Source.Value, Unproven: p.Unproven.Value,
		Place: at(file, p.Place)}
}

// unproven returns the public information that is cited and not verified.
func (f *folder) unproven() []Public {
	var all strings.Builder
	for _, t := range f.topics {
		for i := range t.Entries {
			for _, text := range t.Entries[i].texts() {
				all.WriteString(text.Value)
				all.WriteByte('\n')
			}
		}
	}
	for _, t := range f.flowTexts() {
		all.WriteString(t.text.Value)
		all.WriteByte('\n')
	}
	cited := citedIn(all.String())
	var found []Public
	for i := range f.public.Public {
		p := f.public.Public[i].public(publicName)
		if p.Unproven != "" && cited(&p) {
			found = append(found, p)
		}
	}
	return found
}

// citedIn returns what tells whether texts cite public information: by {依据:…}, or by a telephone number.
func citedIn(texts string) func(*Public) bool {
	named := map[string]bool{}
	for _, p := range parseTemplate(texts) {
		named[p.text] = named[p.text] || p.kind == lawPlaceholder
	}
	return func(p *Public) bool { return named[p.ID] || containsAny(texts, p.Numbers) }
}

func (f *folder) topic(t topic, b *Base) Topic {
	result := Topic{ID: strings.TrimSuffix(path.Base(t.name), ".yaml"), Title: t.Title.Value,
		Place: Place{t.name, t.Title.Line, t.Title.Column}}
	for i := range t.Entries {
		e := f.entry(t, &t.Entries[i], b)
		b.entries[e.ID] = e
		b.order = append(b.order, e)
		result.Entries = append(result.Entries, e)
	}
	return result
}

func (f *folder) entry(t topic, x *entryForm, b *Base) *Entry {
	answer := parseTemplate(x.Answer.Value)
	e := &Entry{ID: x.ID.Value, Title: x.Title.Value, Aliases: phrases(t.name, x.Aliases), Phrases: phrases(t.name, x.Phrases),
		Counters: tests(t.name, x.Counters), Answer: answer.expand(b), Attributes: map[string]string{},
		Related: values(x.Related), Sources: values(x.Sources), QuotesPeriod: answer.quotesPeriod(b),
		Flow: x.Flow.Value, Estimates: values(x.Estimates), ValidUntil: inGuiyang(x.ValidUntil.Day), AfterEnd: parseTemplate(x.AfterEnd.Value).expand(b),
		Review: inGuiyang(x.Review.Day), Tests: tests(t.name, x.Tests), Place: at(t.name, x.Place)}
	if e.Review.IsZero() {
		e.Review = inGuiyang(t.Review.Day)
	}
	for name, text := range x.Attributes {
		e.Attributes[name] = parseTemplate(text.Value).expand(b)
	}
	e.Links, e.Card = links(x.Links), x.Card.card()
	return e
}

func links(forms []linkForm) []Link {
	var links []Link
	for _, l := range forms {
		links = append(links, Link{l.Text.Value, l.URL.Value, l.AppID.Value, l.Path.Value})
	}
	return links
}

// card returns nil for none.
func (c *cardForm) card() *Card {
	if c == nil {
		return nil
	}
	return &Card{c.Title.Value, c.Description.Value, c.Picture.Value, c.URL.Value}
}

func rules(forms []safetyForm) []SafetyRule {
	var rules []SafetyRule
	for i := range forms {
		s := &forms[i]
		rule := SafetyRule{ID: s.ID.Value, Unless: phrases(safetyName, s.Unless), Reply: s.Reply.Value,
			Tests: tests(safetyName, s.Tests), Place: at(safetyName, s.Place)}
		for _, c := range s.Clauses {
			rule.Clauses = append(rule.Clauses, Clause{phrases(safetyName, c.Any),
				phrases(safetyName, c.With), phrases(safetyName, c.Without)})
		}
		rules = append(rules, rule)
	}
	return rules
}

func (f *folder) worry() Worry {
	w := Worry{Reply: f.danger.Reply.Value, Harmless: phrases(dangerName, f.danger.Harmless)}
	for _, kind := range f.danger.Danger {
		w.Danger = append(w.Danger, phrases(dangerName, kind.Phrases)...)
	}
	return w
}

func tests(file string, forms []testForm) []Test {
	if len(forms) == 0 {
		return nil
	}
	tests := make([]Test, len(forms))
	for i := range forms {
		t := &forms[i]
		tests[i] = Test{phrase(file, t.Say), t.Want.Value, t.Not.Value, t.Contains.Value}
	}
	return tests
}

func phrases(file string, texts []strictyaml.Text) []Phrase {
	if len(texts) == 0 {
		return nil
	}
	phrases := make([]Phrase, len(texts))
	for i, t := range texts {
		phrases[i] = phrase(file, t)
	}
	return phrases
}

func phrase(file string, t strictyaml.Text) Phrase {
	return Phrase{t.Value, Place{file, t.Line, t.Column}}
}

func values(texts []strictyaml.Text) []string {
	var values []string
	for _, t := range texts {
		values = append(values, t.Value)
	}
	return values
}

func at(file string, p strictyaml.Position) Place { return Place{file, p.Line, p.Column} }

// inGuiyang returns the beginning of the same day in Guiyang.
func inGuiyang(day time.Time) time.Time {
	if day.IsZero() {
		return day
	}
	return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, guiyang())
}
