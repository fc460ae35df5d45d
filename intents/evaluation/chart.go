package evaluation

import (
	"fmt"
	"math"
	"strings"
)

// mark is a point of a drawing with what is written beside it.
type mark struct {
	X, Y   float64
	Label  string
	Detail string // shown when pointed at
}

// line is a line of a drawing through its marks.
type line struct {
	Title  string
	Class  string // of the style sheet
	Points string // as SVG wants them
	Marks  []mark
}

// The measures of the square and of the wide drawing, in units of their view boxes.
const (
	plotLeft   = 44.0
	plotTop    = 14.0
	squareSide = 260.0
	wideWidth  = 270.0
	wideHeight = 170.0
)

// onSquare places a point of two shares.
func onSquare(x, y float64) (float64, float64) {
	return tenth(plotLeft + x*squareSide), tenth(plotTop + (1-y)*squareSide)
}

func tenth(x float64) float64 { return math.Round(x*10) / 10 }

func pointsOf(marks []mark) string {
	var b strings.Builder
	for _, m := range marks {
		fmt.Fprintf(&b, "%g,%g ", m.X, m.Y)
	}
	return strings.TrimSpace(b.String())
}

// reliabilityLine draws how often what was claimed held.
func (r *Report) reliabilityLine() line {
	var marks []mark
	for _, b := range r.Reliability {
		x, y := onSquare(b.Claimed, b.Held)
		marks = append(marks, mark{X: x, Y: y,
			Detail: fmt.Sprintf("%d 句：说有 %s 把握，真对 %s", b.N, percent(b.Claimed), percent(b.Held))})
	}
	return line{Points: pointsOf(marks), Marks: marks}
}

// axis is one line across a drawing with its figure.
type axis struct {
	Position float64
	Label    string
}

// squareAxes are the same for both directions.
func squareAxes() (across, up []axis) {
	for _, at := range []float64{0, 0.25, 0.5, 0.75, 1} {
		x, y := onSquare(at, at)
		label := fmt.Sprintf("%.0f", 100*at)
		across, up = append(across, axis{x, label}), append(up, axis{y, label})
	}
	return across, up
}

// curve is the drawing of what learning more brings.
type curve struct {
	Lines  []line
	Across []axis // shares of what there is to learn from
	Up     []axis // shares of right answers
}

// learningCurve draws the learning curve between the ten below its lowest point and the whole.
func (r *Report) learningCurve() curve {
	floor := 1.0
	for _, p := range r.LearningCurve {
		floor = min(floor, math.Floor(p.Accuracy*10)/10)
	}
	place := func(x, y float64) (float64, float64) {
		return tenth(plotLeft + x*wideWidth), tenth(plotTop + (1-y)/max(1-floor, 0.1)*wideHeight)
	}
	var c curve
	first, third := line{Title: "第一个就对", Class: "first"}, line{Title: "前三个里有", Class: "third"}
	for _, p := range r.LearningCurve {
		x, y := place(p.Share, p.Accuracy)
		first.Marks = append(first.Marks, mark{X: x, Y: y, Label: percent(p.Accuracy)})
		x, y = place(p.Share, p.Top3)
		third.Marks = append(third.Marks, mark{X: x, Y: y, Label: percent(p.Top3)})
		c.Across = append(c.Across, axis{x, fmt.Sprint(p.TrainN)})
	}
	first.Points, third.Points = pointsOf(first.Marks), pointsOf(third.Marks)
	c.Lines = []line{first, third}
	for at := floor; at < 1.01; at += 0.1 {
		_, y := place(0, at)
		c.Up = append(c.Up, axis{y, fmt.Sprintf("%.0f", 100*at)})
	}
	return c
}

// bar is one row of a drawing of bars; positions are in hundredths of the width.
type bar struct {
	Title  string
	Note   string
	From   float64
	Length float64
	Behind float64 // length of a paler bar behind it
	Class  string
}

func width(share float64) float64 { return tenth(100 * share) }

// noiseBars draws what is left when texts are mistyped, below what is when they are not.
func (r *Report) noiseBars() []bar {
	bars := []bar{{Title: "写得好好的", Note: percent(r.Accuracy), Length: width(r.Accuracy), Behind: width(r.Top3)}}
	for _, n := range noises() {
		x := r.Robustness[n.name]
		bars = append(bars, bar{Title: n.title, Note: fmt.Sprintf("%s，少 %.1f 分", percent(x.Accuracy), x.PointsLost),
			Length: width(x.Accuracy), Behind: width(x.Top3)})
	}
	return bars
}

// entryBars draws how much of each entry is understood, worst first.
func (r *Report) entryBars() []bar {
	var bars []bar
	for _, e := range r.weakest() {
		bars = append(bars, bar{Title: r.name(e.Entry), Length: width(e.Recall), Behind: width(e.Top3),
			Note: fmt.Sprintf("%d 句，认出 %s；判给它的，%s 判对", e.N, percent(e.Recall), percent(e.Precision))})
	}
	return bars
}

// stacked draws what is done with messages, side by side.
func stacked(outcomes []outcome) []bar {
	var bars []bar
	from := 0.0
	for _, o := range outcomes {
		bars = append(bars, bar{Title: o.Title, Note: percent(o.Share), From: tenth(from), Length: width(o.Share), Class: o.Kind})
		from += 100 * o.Share
	}
	return bars
}
