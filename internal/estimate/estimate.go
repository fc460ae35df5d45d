// Package estimate reckons what a worker may be owed: back pay, overtime pay, the compensation for a dismissal, and twice
// that for an unlawful one. It reads the figures from one sentence of his and shows the formula with them and the law.
// It knows nothing of dialogues, and nothing that he has not said: where a figure is missing or could mean two things,
// nothing is reckoned.
package estimate

import (
	"strings"
	"time"

	"zhugong/internal/chinese"
)

// Kind is what is reckoned, by the name that workers read.
type Kind string

// The kinds of estimates.
const (
	BackPay   Kind = "拖欠工资"
	Overtime  Kind = "加班费"
	Severance Kind = "经济补偿"
	Unlawful  Kind = "违法解除赔偿金"
)

// Estimate is what was reckoned.
type Estimate struct {
	Kind  Kind
	Lines []string // the formula with the figures and the result, the law, what to bear in mind
}

// onlyForReference ends every estimate.
const onlyForReference = "仅供参考，以合同约定、考勤和劳动监察、仲裁、法院认定的为准。"

// Read reckons what a sentence asks for, if it holds all figures beyond doubt. now is the day on which a span that
// began with a month of the calendar (2022年3月进厂) ends.
func Read(text string, now time.Time) (Estimate, bool) {
	if figures(text) < fewestFigures {
		return Estimate{}, false
	}
	c := understand(text, now)
	if c.kind == "" {
		return Estimate{}, false
	}
	lines, _ := c.reckon()
	if lines == nil {
		return Estimate{}, false
	}
	return Estimate{Kind: c.kind, Lines: append(lines, onlyForReference)}, true
}

// fewestFigures is how many figures a reckoning needs.
const fewestFigures = 2

// figures counts the rows of characters that can be a figure, for messages that hold too few to look any further.
func figures(text string) int {
	count, within := 0, false
	for _, r := range text {
		is := r >= '0' && r <= '9' || r >= '０' && r <= '９' || strings.ContainsRune("零〇一二两俩三四五六七八九十百千万半几廿卅壹贰叁肆伍陆柒捌玖拾佰仟萬兩貳參陸", r)
		if is && !within {
			count++
		}
		within = is
	}
	return count
}

// Missing returns what a sentence asks to have reckoned and which figures it lacks, in words to ask for them with. It
// returns "" where no reckoning is asked for, or where nothing is missing.
func Missing(text string, now time.Time) (Kind, []string) {
	c := understand(text, now)
	if c.kind == "" || !c.wants() {
		return "", nil
	}
	lines, missing := c.reckon()
	if lines != nil || len(missing) == 0 {
		return "", nil
	}
	return c.kind, missing
}

// reckon returns the lines of an estimate, or what is missing. Neither means that a figure is doubtful.
func (c *claim) reckon() (lines, missing []string) {
	switch c.kind {
	case BackPay:
		return c.backPay()
	case Overtime:
		return c.overtime()
	}
	return c.severance()
}

// understand reads what a sentence asks for and its figures. The kind is "" when it asks for no reckoning.
func understand(text string, now time.Time) *claim {
	folded := chinese.Fold(text)
	c := &claim{kind: kindOf(folded), text: folded, days: folded, now: now}
	if c.kind != "" {
		c.gather(text)
	}
	return c
}
