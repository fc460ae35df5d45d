package evaluation

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
)

//go:embed page.html
var pageText string

// shownOnPage is how many pairs of confused entries the page shows.
const shownOnPage = 30

// page is what the web page shows.
type page struct {
	*Report
	Goals                      []goal
	Stacks                     []stack
	Pairs                      []pairOnPage
	MorePairs                  int
	Robbers                    []robberOnPage
	Answered                   []Mistake
	Noise, EntryBars           []bar
	Curve                      curve
	Reliable                   line
	ReliableAcross, ReliableUp []axis
	Advice                     string
}

// stack is what is done with one sort of messages.
type stack struct {
	Title string
	N     int
	Bars  []bar
}

// pairOnPage is a confusion with the names that staff know.
type pairOnPage struct {
	Confusion
	WantedName, GotName, Mend string
}

// robberOnPage is a thief with the names that staff know.
type robberOnPage struct {
	Name  string
	Taken int
	From  []string
}

// WriteHTML writes the report as one web page for staff, with drawings, that needs no other file and no script.
func (r *Report) WriteHTML(w io.Writer) error {
	functions := template.FuncMap{"percent": percent, "name": r.name, "shared": sharedText}
	t, err := template.New("page").Funcs(functions).Parse(pageText)
	if err != nil {
		return fmt.Errorf("evaluation page: %w", err)
	}
	return t.Execute(w, r.page())
}

func (r *Report) page() page {
	p := page{Report: r, Goals: r.goals(), Answered: mostSure(r.Outside.Examples, 2*shownOutside),
		Noise: r.noiseBars(), EntryBars: r.entryBars(), Curve: r.learningCurve(), Reliable: r.reliabilityLine(), Advice: r.advice()}
	p.Stacks = []stack{
		{"工会的事", r.Inside.N, stacked(r.Inside.outcomes())},
		{"域外的话", r.Outside.N, stacked(r.Outside.outcomes())},
		{"域外的话，整类都没学过", r.Outside.Unseen.N, stacked(r.Outside.Unseen.outcomes())},
	}
	p.ReliableAcross, p.ReliableUp = squareAxes()
	shown := min(shownOnPage, len(r.Confusions))
	for _, c := range r.Confusions[:shown] {
		p.Pairs = append(p.Pairs, pairOnPage{c, r.name(c.Wanted), r.name(c.Got), r.mend(c)})
	}
	p.MorePairs = len(r.Confusions) - shown
	for _, t := range r.Thieves[:min(shownEntries, len(r.Thieves))] {
		robber := robberOnPage{Name: r.name(t.Entry), Taken: t.Taken}
		for _, v := range t.From[:min(shownExamples, len(t.From))] {
			robber.From = append(robber.From, fmt.Sprintf("%s %d 句", r.name(v.Entry), v.Taken))
		}
		p.Robbers = append(p.Robbers, robber)
	}
	return p
}
