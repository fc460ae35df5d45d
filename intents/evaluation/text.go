package evaluation

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
)

// How much of each list the text shows; the JSON report has all.
const (
	shownConfusions = 15
	shownExamples   = 3
	shownEntries    = 10
	shownOutside    = 10
)

// WriteText writes the report for staff to read.
func (r *Report) WriteText(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "知识版本 %s：%d 句问法、%d 句域外的话，分成 %d 份，轮流留一份来问。问到的话都没有学过，相近的话也不在学的里面。\n",
		r.Knowledge, r.N, r.Outside.N, r.Folds)
	for _, section := range []func(io.Writer){r.writeGoals, r.writeDecisions, r.writeConfusions, r.writeThieves,
		r.writeWeak, r.writeOutside, r.writeNoise, r.writeCurve, r.writeReliability} {
		fmt.Fprintln(out)
		section(out)
	}
	return out.Flush()
}

func (r *Report) writeGoals(w io.Writer) {
	fmt.Fprintln(w, "【认得准不准】")
	for _, g := range r.goals() {
		mark := "达到"
		if !g.Met {
			mark = "没达到"
		}
		fmt.Fprintf(w, "  %s：%s（目标%s，%s）。%s\n", g.Title, g.Value, g.Target, mark, g.Meaning)
	}
}

func (r *Report) writeDecisions(w io.Writer) {
	fmt.Fprintln(w, "【问到了会怎么办】")
	fmt.Fprintf(w, "  工会的事 %d 句：%s\n", r.Inside.N, outcomesText(r.Inside.outcomes()))
	fmt.Fprintf(w, "  域外的话 %d 句：%s\n", r.Outside.N, outcomesText(r.Outside.outcomes()))
	fmt.Fprintf(w, "  域外的话，整类没学过：%s\n", outcomesText(r.Outside.Unseen.outcomes()))
	fmt.Fprintf(w, "  任取一句工会的事和一句域外的话，%s分得清哪句是工会的事；整类没学过的，%s。\n",
		percent(r.Outside.AUROC), percent(r.Outside.Unseen.AUROC))
}

func outcomesText(outcomes []outcome) string {
	var parts []string
	for _, o := range outcomes {
		parts = append(parts, o.Title+" "+percent(o.Share))
	}
	return strings.Join(parts, "；")
}

func (r *Report) writeConfusions(w io.Writer) {
	fmt.Fprintf(w, "【最容易混的】一共 %d 对，这里是最多的 %d 对。\n", len(r.Confusions), min(shownConfusions, len(r.Confusions)))
	for i, c := range r.Confusions[:min(shownConfusions, len(r.Confusions))] {
		fmt.Fprintf(w, "%d. 这两条容易混：%s 被当成 %s，%d 句，其中 %d 句没有反问就答错了。\n",
			i+1, r.name(c.Wanted), r.name(c.Got), c.Count, c.Answered)
		for _, m := range c.Examples[:min(shownExamples, len(c.Examples))] {
			writeMistake(w, m)
		}
		fmt.Fprintf(w, "     改法：%s\n", r.mend(c))
	}
}

func writeMistake(w io.Writer, m Mistake) {
	fmt.Fprintf(w, "     %s “%s”\n", m.Place, m.Text)
	if m.Cause.Place != "" {
		fmt.Fprintf(w, "       像 %s “%s”%s\n", m.Cause.Place, m.Cause.Text, sharedText(m.Cause.Shared))
	}
}

func sharedText(shared []string) string {
	if len(shared) == 0 {
		return ""
	}
	return "，都有“" + strings.Join(shared, "”“") + "”"
}

// name is how staff find an entry: its title and its id.
func (r *Report) name(id string) string {
	if title := r.titles[id]; title != "" {
		return title + "（" + id + "）"
	}
	return id
}

func (r *Report) writeThieves(w io.Writer) {
	fmt.Fprintln(w, "【抢别人话的条目】它们的问法太笼统，或者盖住了别的条目：删掉谁都可能说的句子。")
	for _, t := range r.Thieves[:min(shownEntries, len(r.Thieves))] {
		var from []string
		for _, v := range t.From[:min(shownExamples, len(t.From))] {
			from = append(from, fmt.Sprintf("%s %d 句", r.name(v.Entry), v.Taken))
		}
		if len(t.From) > shownExamples {
			from = append(from, "……")
		}
		fmt.Fprintf(w, "  %s 抢了 %d 句：%s\n", r.name(t.Entry), t.Taken, strings.Join(from, "，"))
	}
}

// weakest returns the entries by how many of their texts are not understood, worst first.
func (r *Report) weakest() []Entry {
	entries := slices.Clone(r.Entries)
	slices.SortStableFunc(entries, func(a, b Entry) int { return cmp.Compare(a.Recall, b.Recall) })
	return entries
}

func (r *Report) writeWeak(w io.Writer) {
	fmt.Fprintln(w, "【认得最差的条目】给它们补问法最管用。")
	for _, e := range r.weakest()[:min(shownEntries, len(r.Entries))] {
		fmt.Fprintf(w, "  %s：%d 句里认出 %s，前三个里有 %s；判给它的，%s 判对。\n",
			r.name(e.Entry), e.N, percent(e.Recall), percent(e.Top3), percent(e.Precision))
	}
}

func (r *Report) writeOutside(w io.Writer) {
	examples := r.Outside.Examples
	fmt.Fprintf(w, "【被当成工会的事答了的域外话】一共 %d 句。改法：右边那句要是太笼统就删掉；不是，就在 outside.yaml 那一类里多写几句。\n", len(examples))
	for _, m := range mostSure(examples, shownOutside) {
		fmt.Fprintf(w, "  %s 当成 %s，%s把握\n", r.name(m.Wanted), r.name(m.Got), percent(m.Probability))
		writeMistake(w, m)
	}
}

// mostSure returns the mistakes made with most confidence.
func mostSure(mistakes []Mistake, most int) []Mistake {
	mistakes = slices.Clone(mistakes)
	slices.SortStableFunc(mistakes, func(a, b Mistake) int { return cmp.Compare(b.Probability, a.Probability) })
	return mistakes[:min(most, len(mistakes))]
}

func (r *Report) writeNoise(w io.Writer) {
	fmt.Fprintf(w, "【写错了、前面说了别的，还认不认得】写得好好的，第一个就对 %s，直接答对 %s，域外的误答 %s。\n", percent(r.Accuracy),
		percent(r.Inside.AnsweredRight), percent(r.Outside.Answered))
	for _, n := range noises() {
		x := r.Robustness[n.name]
		fmt.Fprintf(w, "  %s：%s，少 %.1f 分；前三个里有 %s；直接答对 %s；域外的误答 %s\n", n.title, percent(x.Accuracy), x.PointsLost, percent(x.Top3),
			percent(x.AnsweredRight), percent(x.OutsideAnswered))
	}
}

func (r *Report) writeCurve(w io.Writer) {
	fmt.Fprintln(w, "【多写问法有没有用】")
	for _, p := range r.LearningCurve {
		fmt.Fprintf(w, "  只学 %.0f%%（%d 句）：第一个就对 %s，前三个里有 %s\n", 100*p.Share, p.TrainN, percent(p.Accuracy), percent(p.Top3))
	}
	fmt.Fprintf(w, "  %s\n", r.advice())
}

func (r *Report) writeReliability(w io.Writer) {
	fmt.Fprintln(w, "【说的把握靠不靠得住】按把握从小到大分成一样多的几份：")
	for _, b := range r.Reliability {
		fmt.Fprintf(w, "  说有 %s 把握的 %d 句（%s 到 %s），真对的 %s\n", percent(b.Claimed), b.N, percent(b.Low), percent(b.High), percent(b.Held))
	}
}

func percent(share float64) string { return fmt.Sprintf("%.1f%%", 100*share) }
