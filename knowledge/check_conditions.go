package knowledge

import (
	"slices"
	"strings"
)

// conditions checks that conditions name what was asked before and can be so. It reports whether they do.
func (c *checker) conditions(t *flow) bool {
	before, sound := len(c.found), true
	for i := range t.Steps {
		for _, condition := range t.Steps[i].When {
			sound = c.condition(t, condition, i) && sound
		}
	}
	for i := range t.Ends {
		for _, condition := range t.Ends[i].When {
			sound = c.condition(t, condition, len(t.Steps)) && sound
		}
	}
	return sound && len(c.found) == before
}

// condition checks one condition of what comes after the first steps of a flow. It reports whether it could be checked.
func (c *checker) condition(t *flow, condition conditionForm, steps int) bool {
	slot := condition.Slot
	at := slices.IndexFunc(t.Steps, func(s stepForm) bool { return s.Slot.Value == slot.Value })
	switch {
	case !slot.Written():
		return false
	case at < 0:
		c.fault(t.name, slot, "“步骤”里没有“"+slot.Value+"”", didYouMean(slot.Value, values(t.slots())))
		return false
	case at >= steps:
		c.fault(t.name, slot, "“"+slot.Value+"”不在这一步前面，问到这里还不知道", "把它挪到前面，或者换一个条件。")
		return false
	}
	step := &t.Steps[at]
	group, _ := c.optionsOf(t.name, step)
	if len(group.Options) == 0 {
		if !step.Use.Written() && step.Kind.Written() {
			c.fault(t.name, slot, "“"+slot.Value+"”没有选项，不能做条件", "条件只能看“选一个”“选几个”的一步。")
		}
		return false
	}
	var names []string
	for _, option := range group.Options {
		names = append(names, option.Name.Value)
	}
	for _, want := range condition.Any {
		if !slices.Contains(names, want.Value) {
			mend := "选项有：" + strings.Join(names, "、") + "。"
			c.fault(t.name, want, "“"+step.Label.Value+"”的选项里没有“"+want.Value+"”", mend)
		}
	}
	return true
}

// everyPath goes every way through a flow whose conditions are sound.
func (c *checker) everyPath(t *flow) {
	built := c.flow(*t, c.ledger)
	p := built.walk()
	if p.many {
		c.fault(t.name, t.ID, "条件太多，走法查不完", "少写几个“只在”，或者分成两个办理。")
		return
	}
	for i, reached := range p.steps {
		if !reached {
			c.fault(t.name, t.Steps[i].Slot, "这一步永远问不到，“只在”的条件合不到一起", "改“只在”的条件，或者删掉这一步。")
		}
	}
	for i, reached := range p.ends {
		if !reached {
			c.fault(t.name, t.Ends[i].Say, "这一段永远说不到，“只在”的条件合不到一起", "改“只在”的条件，或者删掉这一段。")
		}
	}
	if p.silent && len(t.Ends) > 0 {
		c.fault(t.name, t.Ends[0].Say, "有的走法到最后没有话说，例如 "+describe(p.silence), "加一段不写“只在”的话，谁都能听到；没听懂三次可以不填，所以每一步都可能是空的。")
	}
}

// describe says how a way through a flow went.
func describe(way []setting) string {
	var said []string
	for _, s := range way {
		value := s.value
		if value == "" {
			value = "没有填"
		}
		said = append(said, s.step.Label+"："+value)
	}
	return strings.Join(said, "，")
}
