package knowledge

import (
	"fmt"
	"strings"

	"zhugong/internal/strictyaml"
)

// leastStarts is how many ways of opening a guided dialogue there must be.
const leastStarts = 5

// erasure is what a worker writes to have his data deleted.
const erasure = "删除我的资料"

// guided checks the guided dialogues and the choices that they share.
func (c *checker) guided() {
	c.groups()
	for i := range c.flows {
		t := &c.flows[i]
		c.namedAfter(t.name, t.ID)
		c.title(t.name, t.Title)
		c.plainName(t.name, t.Title)
		c.starts(t)
		c.notice(t)
		c.steps(t)
		c.deadlines(t)
		if c.conditions(t) && c.whole && len(c.doubtful[t.name]) == 0 {
			c.everyPath(t)
		}
	}
	for _, text := range c.flowTexts() {
		c.flowText(text)
	}
}

// starts checks what opens a flow. That nothing else is said so is checked with all other phrases.
func (c *checker) starts(t *flow) {
	if n := len(t.Starts); n > 0 && n < leastStarts {
		c.fault(t.name, t.Starts[0], fmt.Sprintf("“开始”只有 %d 句，至少要 %d 句", n, leastStarts), "加上职工要办这件事时会写的话。")
	}
	c.generic(t.spoken, 0)
}

// notice checks that nothing personal is asked for before the worker was told what for.
func (c *checker) notice(t *flow) {
	personal := t.firstPersonal()
	switch {
	case personal != nil && !t.Notice.Written():
		c.faultAt(t.name, personal.Place.Line, personal.Place.Column, "“"+personal.Label.Value+"”问的是个人信息，这个办理却没有“告知”",
			"在“步骤”前面加上“告知”：谁收、收什么、做什么用、存多久（{保存}）、怎么删，不同意也不要紧。")
	case t.NoticeTime.Written() && !t.Notice.Written():
		c.fault(t.name, t.NoticeTime, "写了“告知时间”，没有写“告知”", "加上“告知”，或者删掉这一行。")
	case !t.Notice.Written():
	case personal == nil && t.NoticeTime.Value != noticeFirst:
		c.warn(t.name, t.Notice, "没有一步问个人信息，这段“告知”不会说出来", "删掉它；要一开始就说，写上“告知时间: 开始”。")
	case personal != nil && !strings.Contains(t.Notice.Value, "{"+keptPlaceholder+"}"):
		c.fault(t.name, t.Notice, "“告知”没有说存多久", "加上“存{保存}”；{保存} 会换成天数和“天”字。")
	case personal != nil && !strings.Contains(t.Notice.Value, erasure):
		c.fault(t.name, t.Notice, "“告知”没有说怎么删", "加上一句：回“"+erasure+"”就删。")
	}
	if i := strings.Index(t.Notice.Value, "{"+keptPlaceholder+"}天"); i >= 0 {
		c.faultInside(t.name, t.Notice, i, "“天”写了两遍：{保存} 会换成天数和“天”字", "去掉 {保存} 后面的“天”。")
	}
}

// firstPersonal returns the first step that needs consent, nil when there is none.
func (t *flow) firstPersonal() *stepForm {
	for i := range t.Steps {
		if step := &t.Steps[i]; step.personal() || step.Health.True {
			return step
		}
	}
	return nil
}

// deadlines checks from what the limits in law run.
func (c *checker) deadlines(t *flow) {
	slots := values(t.slots())
	seen := map[string]bool{}
	for i := range t.Deadlines {
		d := &t.Deadlines[i]
		step := t.step(d.Slot.Value)
		switch {
		case step == nil && d.Slot.Written():
			c.fault(t.name, d.Slot, "“步骤”里没有“"+d.Slot.Value+"”", didYouMean(d.Slot.Value, slots))
		case step != nil && step.Kind.Written() && !StepKind(step.Kind.Value).tellsTime():
			c.fault(t.name, d.Slot, "“"+d.Slot.Value+"”要的是“"+step.Kind.Value+"”，算不出时限", "时限只能从类型是日期、年月、文字的一步算起。")
		case step != nil && d.Ask.Written() && StepKind(step.Kind.Value) != Free:
			c.fault(t.name, d.Ask, "“"+d.Slot.Value+"”要的是“"+step.Kind.Value+"”，用不上“没说多久时”", "删掉这一行；只有文字的步骤才用得上。")
		case seen[d.Slot.Value]:
			c.fault(t.name, d.Slot, "“"+d.Slot.Value+"”写了两个时限，只会说前面那个", "合成一个，两件事都写在话里。")
		}
		seen[d.Slot.Value] = true
		if d.Near.Written() && d.Over.Written() && wholeNumber(d.Near) >= wholeNumber(d.Over) {
			c.fault(t.name, d.Near, "“快到”要比“过了”小：快到 "+d.Near.Value+"，过了 "+d.Over.Value, "都写月数，例如快到 10，过了 12。")
		}
	}
}

// tellsTime reports whether a limit may run from a value of this kind.
func (k StepKind) tellsTime() bool { return k == Date || k == Month || k == Free }

// slots returns the slots of all steps.
func (t *flow) slots() []strictyaml.Text {
	var slots []strictyaml.Text
	for i := range t.Steps {
		slots = append(slots, t.Steps[i].Slot)
	}
	return slots
}

// step returns the first step of a slot, nil when there is none.
func (t *flow) step(slot string) *stepForm {
	for i := range t.Steps {
		if t.Steps[i].Slot.Value == slot {
			return &t.Steps[i]
		}
	}
	return nil
}
