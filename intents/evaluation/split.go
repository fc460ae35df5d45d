package evaluation

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"

	"zhugong/intents"
)

// SplitReport is what the engine alone does on a published split. Shares are between 0 and 1.
type SplitReport struct {
	Accuracy     float64 `json:"accuracy"`
	MacroF1      float64 `json:"macro_f1"`
	Top3         float64 `json:"top3"`
	N            int     `json:"n"`
	Labels       int     `json:"labels"` // of the training part
	TrainN       int     `json:"train_n"`
	TrainSeconds float64 `json:"train_seconds"`
	MatchP50     float64 `json:"match_p50_us"`
	MatchP99     float64 `json:"match_p99_us"`
	// What mistyping costs, in percent points of accuracy. Characters are mistaken for those of the training part.
	HomophonesLost float64 `json:"homophones_lost"`
	DroppedLost    float64 `json:"dropped_lost"`
}

// Split trains on one part and asks the other. A label that the training part does not know counts as wrong; a text that
// stands in both is asked nevertheless, as in the published figures. now tells the time.
func Split(train, test []intents.Example, now func() time.Time) (*SplitReport, error) {
	began := now()
	matcher, err := intents.Train(intents.Corpus{Inside: train})
	if err != nil {
		return nil, fmt.Errorf("train on %d examples: %w", len(train), err)
	}
	r := &SplitReport{N: len(test), TrainN: len(train), TrainSeconds: now().Sub(began).Seconds(), Labels: countLabels(train)}
	score := asked(matcher, test, func(text string) string { return text })
	r.Accuracy, r.Top3, r.MacroF1 = rounded(score.accuracy()), rounded(score.top3()), rounded(score.macroF1())
	mistyped := newDistorter(itemsOf(matcher, train))
	lost := func(change func(string) string) float64 {
		s := asked(matcher, test, change)
		return rounded(100 * (score.accuracy() - s.accuracy()))
	}
	r.HomophonesLost, r.DroppedLost = lost(mistyped.homophones), lost(mistyped.dropped)
	times := matchTimes(matcher, test, now)
	r.MatchP50, r.MatchP99 = microseconds(times, 0.50), microseconds(times, 0.99)
	return r, nil
}

// asked asks each text as change writes it.
func asked(matcher *intents.Matcher, test []intents.Example, change func(string) string) score {
	var s score
	for _, e := range test {
		s.add(e.Class, matcher.Match(change(e.Text)))
	}
	return s
}

func itemsOf(matcher *intents.Matcher, examples []intents.Example) []item {
	items := make([]item, len(examples))
	for i, e := range examples {
		items[i] = item{Example: e, normal: matcher.Normal(e.Text)}
	}
	return items
}

func countLabels(examples []intents.Example) int {
	labels := map[string]bool{}
	for _, e := range examples {
		labels[e.Class] = true
	}
	return len(labels)
}

// matchTimes returns for each text the median of five times that a match took, in rising order: what the text costs and
// not what else the machine was busy with.
func matchTimes(matcher *intents.Matcher, test []intents.Example, now func() time.Time) []time.Duration {
	const rounds = 5
	tries := make([][rounds]time.Duration, len(test))
	for round := range rounds {
		for i, e := range test {
			began := now()
			matcher.Match(e.Text)
			tries[i][round] = now().Sub(began)
		}
	}
	times := make([]time.Duration, len(test))
	for i := range tries {
		slices.Sort(tries[i][:])
		times[i] = tries[i][rounds/2]
	}
	slices.SortFunc(times, cmp.Compare)
	return times
}

// microseconds returns the time that a share of the sorted times does not exceed.
func microseconds(sorted []time.Duration, share float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	at := min(int(share*float64(len(sorted))), len(sorted)-1)
	return float64(sorted[at].Nanoseconds()) / 1000
}

// WriteJSON writes the report as one JSON object.
func (r *SplitReport) WriteJSON(w io.Writer) error { return json.NewEncoder(w).Encode(r) }

// WriteText writes the report for people to read.
func (r *SplitReport) WriteText(w io.Writer) error {
	_, err := fmt.Fprintf(w, `用 %d 句（%d 个标签）学，问 %d 句。
第一个就对：%s
前三个里有：%s
宏平均 F1：%s
学习用时：%.2f 秒
认一句：一半不超过 %.1f 微秒，百分之九十九不超过 %.1f 微秒
两成的字写成同音字，少 %.1f 分；漏一成字，少 %.1f 分
`, r.TrainN, r.Labels, r.N, percent(r.Accuracy), percent(r.Top3), percent(r.MacroF1), r.TrainSeconds, r.MatchP50, r.MatchP99, r.HomophonesLost, r.DroppedLost)
	return err
}
