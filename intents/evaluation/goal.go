package evaluation

import "fmt"

// What is aimed at. Shares, but for the points lost.
const (
	goalAccuracy   = 0.88
	goalTop3       = 0.97
	goalECE        = 0.03
	goalUnseen     = 0.05
	goalHomophones = 1.5
	goalDropped    = 2.0
)

// goal is a figure with what is aimed at, said for people.
type goal struct {
	Title   string
	Value   string
	Target  string
	Met     bool
	Meaning string
}

// goals are the figures that matter most.
func (r *Report) goals() []goal {
	atLeast := func(title string, value, target float64, meaning string) goal {
		return goal{title, percent(value), fmt.Sprintf("至少 %.0f%%", 100*target), value >= target, meaning}
	}
	lost := func(title, noise string, target float64, meaning string) goal {
		value := r.Robustness[noise].PointsLost
		return goal{title, fmt.Sprintf("%.1f 分", value), fmt.Sprintf("不超过 %.1f 分", target), value <= target, meaning}
	}
	unseen := r.Outside.Unseen.Answered
	return []goal{
		atLeast("第一个就对", r.Accuracy, goalAccuracy, "职工问工会的事，排在最前面的就是他要问的那一条。"),
		atLeast("前三个里有", r.Top3, goalTop3, "反问时给的三个选项里，有他要问的那一条。"),
		{"把握差多少", fmt.Sprintf("%.1f 分", 100*r.ECE), fmt.Sprintf("不超过 %.0f 分", 100*goalECE), r.ECE <= goalECE,
			"程序说有八成把握的，真对的该有八成；平均差这么多分。"},
		{"没见过的域外话，误答了", percent(unseen), fmt.Sprintf("不超过 %.0f%%", 100*goalUnseen), unseen <= goalUnseen,
			"整类都没学过的、不归工会管的话，被当成工会的事直接答了。"},
		lost("两成同音错字，少对", "homophones", goalHomophones, "每五个字写错一个同音字，100 句里少对几句。"),
		lost("漏一成字，少对", "dropped", goalDropped, "每十个字漏一个，100 句里少对几句。"),
	}
}

// outcome is one of the things done with a message, said for people.
type outcome struct {
	Title string
	Share float64
	Kind  string // good, fair, poor, gone or bad
}

func (i Inside) outcomes() []outcome {
	return []outcome{
		{"直接答，答对", i.AnsweredRight, "good"},
		{"反问，选项里有", i.AskedWith, "fair"},
		{"反问，选项里没有", i.AskedWithout, "poor"},
		{"说不懂、不归工会管", i.Declined, "gone"},
		{"直接答，答错", i.AnsweredWrongly, "bad"},
	}
}

func (r Refusal) outcomes() []outcome {
	return []outcome{
		{"说不归工会管", r.Declined, "good"},
		{"反问", r.Asked, "fair"},
		{"当成工会的事，误答", r.Answered, "bad"},
	}
}

// advice says what the learning curve means for whoever writes.
func (r *Report) advice() string {
	if len(r.LearningCurve) < 2 {
		return ""
	}
	last, before := r.LearningCurve[len(r.LearningCurve)-1], r.LearningCurve[len(r.LearningCurve)-2]
	gain := 100 * (last.Accuracy - before.Accuracy)
	if gain >= 0.5 {
		return fmt.Sprintf("最后四分之一的问法让它多对了 %.1f 分：再多写不一样的问法，还会更准。", gain)
	}
	return fmt.Sprintf("最后四分之一的问法只让它多对了 %.1f 分：光是多写用处不大了，要写能把容易混的两条分开的问法。", gain)
}

// mend says what to do about two entries that get confused.
func (r *Report) mend(c Confusion) string {
	first := c.Examples[0]
	if first.Cause.Place == "" {
		return fmt.Sprintf("看 %s：给“%s”补几句差不多的问法。", first.Place, r.title(c.Wanted))
	}
	return fmt.Sprintf("看 %s 和 %s：说的是同一件事，就挪到同一条；不是，就给“%s”补几句说得出区别的问法。",
		first.Place, first.Cause.Place, r.title(c.Wanted))
}

// title is how people call an entry or a kind of outside messages.
func (r *Report) title(id string) string {
	if title := r.titles[id]; title != "" {
		return title
	}
	return id
}
