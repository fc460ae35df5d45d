package evaluation

import (
	"cmp"
	"encoding/json"
	"io"
	"slices"

	"zhugong/intents"
)

// bins is how many parts the reliability table has.
const bins = 12

// Report is everything an evaluation found. Shares are between 0 and 1, rounded to four digits.
type Report struct {
	Knowledge     string                `json:"knowledge"` // version
	Folds         int                   `json:"folds"`
	N             int                   `json:"n"` // inside messages asked
	Accuracy      float64               `json:"accuracy"`
	Top3          float64               `json:"top3"`
	MacroF1       float64               `json:"macro_f1"`
	ECE           float64               `json:"ece"`
	Reliability   []Bin                 `json:"reliability"`
	Inside        Inside                `json:"inside"`
	Outside       Outside               `json:"outside"`
	Robustness    map[string]Robustness `json:"robustness"`
	Confusions    []Confusion           `json:"confusions"` // most frequent first
	Thieves       []Thief               `json:"thieves"`    // worst first
	Entries       []Entry               `json:"entries"`    // by id
	LearningCurve []Point               `json:"learning_curve"`

	titles map[string]string
}

// Bin is a part of the messages, alike in the probability of the best candidate.
type Bin struct {
	N       int     `json:"n"`
	Low     float64 `json:"low"`
	High    float64 `json:"high"`
	Claimed float64 `json:"claimed"` // mean probability
	Held    float64 `json:"held"`    // share that were inside and meant the best candidate
}

// Inside is what is done with messages that are the union's business.
type Inside struct {
	N               int     `json:"n"`
	AnsweredRight   float64 `json:"answered_right"`
	AnsweredWrongly float64 `json:"answered_wrongly"`
	AskedWith       float64 `json:"asked_with"`    // asked back, the right entry offered
	AskedWithout    float64 `json:"asked_without"` // asked back without it
	Declined        float64 `json:"declined"`
}

// Refusal is what is done with outside messages.
type Refusal struct {
	N        int     `json:"n"`
	Answered float64 `json:"answered"`
	Asked    float64 `json:"asked"`
	Declined float64 `json:"declined"`
	AUROC    float64 `json:"auroc"` // of the probability of being inside
}

// Outside tells of outside messages that were folded like the others, and of those that were asked without their
// whole kind having been learnt from.
type Outside struct {
	Refusal
	Unseen   Refusal   `json:"kinds_left_out"`
	Examples []Mistake `json:"answered_examples"` // answered in either measure
}

// Robustness is what is left when texts are mistyped, or something is told before them.
type Robustness struct {
	Accuracy        float64 `json:"accuracy"`
	Top3            float64 `json:"top3"`
	PointsLost      float64 `json:"points_lost"` // of accuracy, in percent points
	AnsweredRight   float64 `json:"answered_right"`
	OutsideAnswered float64 `json:"outside_answered"` // of the outside messages, distorted alike
}

// Entry is how well one entry is understood.
type Entry struct {
	Entry     string  `json:"entry"`
	Title     string  `json:"title"`
	N         int     `json:"n"`
	Recall    float64 `json:"recall"`
	Top3      float64 `json:"top3"`
	Precision float64 `json:"precision"`
	F1        float64 `json:"f1"`
}

// Point is one step of the learning curve.
type Point struct {
	Share    float64 `json:"share"` // of what there is to learn from
	TrainN   int     `json:"train_n"`
	Accuracy float64 `json:"accuracy"`
	Top3     float64 `json:"top3"`
}

// WriteJSON writes the report as one JSON object.
func (r *Report) WriteJSON(w io.Writer) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", " ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(r)
}

func (p *Plan) report(t *trial) *Report {
	whole := t.curve[len(t.curve)-1]
	r := &Report{Knowledge: p.version, Folds: p.folds, N: whole.n, Accuracy: rounded(whole.accuracy()),
		Top3: rounded(whole.top3()), MacroF1: rounded(whole.macroF1()), titles: p.titles}
	r.Reliability, r.ECE = reliability(p.claims(t), bins)
	r.ECE = rounded(r.ECE)
	for i := range r.Reliability {
		r.Reliability[i] = r.Reliability[i].rounded()
	}
	p.decisions(t, r)
	r.Robustness = map[string]Robustness{}
	for i, noise := range noises() {
		s := &t.noisy[i]
		r.Robustness[noise.name] = Robustness{rounded(s.accuracy()), rounded(s.top3()), rounded(100 * (whole.accuracy() - s.accuracy())),
			rounded(share(s.inside.answeredRight, s.inside.n)), rounded(share(s.outside.answeredRight+s.outside.answeredWrongly, s.outside.n))}
	}
	for i, part := range shares() {
		s := &t.curve[i]
		r.LearningCurve = append(r.LearningCurve, Point{part, t.learnt[i] / p.folds, rounded(s.accuracy()), rounded(s.top3())})
	}
	r.Entries = p.entries(whole)
	finder := newFinder(p)
	r.Confusions, r.Thieves = finder.confusions(t), p.thieves(t)
	r.Outside.Examples = finder.answered(t)
	return r
}

func (b Bin) rounded() Bin {
	return Bin{b.N, rounded(b.Low), rounded(b.High), rounded(b.Claimed), rounded(b.Held)}
}

// claims are the probabilities of the best candidates of all messages.
func (p *Plan) claims(t *trial) []claim {
	claims := make([]claim, len(p.items))
	for i, it := range p.items {
		best := t.clean[i].Best()
		claims[i] = claim{best.Probability, !it.outside && best.Intent == it.Class}
	}
	return claims
}

func (p *Plan) decisions(t *trial, r *Report) {
	var (
		inside, folded, unseen    decisions
		insideIn, foldedIn, newIn []float64 // probabilities of being inside
	)
	for i, it := range p.items {
		if !it.outside {
			inside.add(it.Class, t.clean[i])
			insideIn = append(insideIn, t.clean[i].Inside)
			continue
		}
		folded.add("", t.clean[i])
		unseen.add("", t.unseen[i])
		foldedIn, newIn = append(foldedIn, t.clean[i].Inside), append(newIn, t.unseen[i].Inside)
	}
	part := func(count int) float64 { return rounded(share(count, inside.n)) }
	r.Inside = Inside{inside.n, part(inside.answeredRight), part(inside.answeredWrongly), part(inside.askedWith),
		part(inside.askedWithout), part(inside.declined)}
	r.Outside.Refusal = refusal(folded, auroc(insideIn, foldedIn))
	r.Outside.Unseen = refusal(unseen, auroc(insideIn, newIn))
}

func refusal(d decisions, auroc float64) Refusal {
	part := func(count int) float64 { return rounded(share(count, d.n)) }
	return Refusal{d.n, part(d.answeredRight + d.answeredWrongly), part(d.askedWith + d.askedWithout), part(d.declined), rounded(auroc)}
}

func (p *Plan) entries(whole score) []Entry {
	var entries []Entry
	for class, t := range whole.classes {
		if class == "" {
			continue // fewer entries than candidates
		}
		entries = append(entries, Entry{Entry: class, Title: p.titles[class], N: t.n, Recall: rounded(t.recall()),
			Top3: rounded(share(t.third, t.n)), Precision: rounded(t.precision()), F1: rounded(t.f1())})
	}
	slices.SortFunc(entries, func(a, b Entry) int { return cmp.Compare(a.Entry, b.Entry) })
	return entries
}

// wrongly reports whether an inside item was taken for another entry.
func (p *Plan) wrongly(i int, match intents.Match) bool {
	return !p.items[i].outside && match.Best().Intent != p.items[i].Class
}
