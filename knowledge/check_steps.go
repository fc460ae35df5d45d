package knowledge

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"zhugong/internal/strictyaml"
)

// mostLabel is how many characters the name of a step may have.
const mostLabel = 6

// steps checks what a flow asks for.
func (c *checker) steps(t *flow) {
	slots, labels := map[string]int{}, map[string]int{}
	for i := range t.Steps {
		step := &t.Steps[i]
		slot, label := step.Slot.Value, step.Label.Value
		switch first, twice := slots[slot]; {
		case !step.Slot.Written():
		case slices.Contains([]string{"consent", "consent_health", "confirm"}, slot):
			c.fault(t.name, step.Slot, "“"+slot+"”是程序自己用的，不能做“项”", "换一个名字。")
		case twice:
			c.fault(t.name, step.Slot, fmt.Sprintf("项“%s”写了两遍，第 %d 行已经有了", slot, first), "一项只问一次；问的是两件事，就用两个名字。")
		}
		if n := utf8.RuneCountInString(label); n > mostLabel {
			c.fault(t.name, step.Label, fmt.Sprintf("名称有 %d 个字，最多 %d 个", n, mostLabel), "写短一点，例如“区县”“电话”。")
		}
		if first, twice := labels[label]; twice && step.Label.Written() {
			c.fault(t.name, step.Label, fmt.Sprintf("名称“%s”写了两遍，第 %d 行已经有了，职工说要改它时不知道改哪个", label, first), "换一个名称。")
		}
		slots[slot], labels[label] = step.Slot.Line, step.Label.Line
		c.plainName(t.name, step.Label)
		c.asked(t.name, step.Label)
		c.stepKind(t.name, step)
	}
}

// stepKind checks that a step has what its kind needs, and nothing else.
func (c *checker) stepKind(file string, step *stepForm) {
	kind := StepKind(step.Kind.Value)
	chosen := kind == OneOf || kind == SomeOf
	own := len(step.Options) > 0
	switch {
	case !step.Kind.Written():
	case !chosen && step.Use.Written():
		c.fault(file, step.Use, "类型是“"+string(kind)+"”，不能有“用选项”", "删掉“用选项”，或者把类型改成“选一个”“选几个”。")
	case !chosen && own:
		c.fault(file, step.Kind, "类型是“"+string(kind)+"”，不能有“选项”", "删掉“选项”，或者把类型改成“选一个”“选几个”。")
	case !chosen && len(step.Unclear) > 0:
		c.fault(file, step.Kind, "类型是“"+string(kind)+"”，不能有“再问”", "删掉“再问”；没听懂时说的话写在“没听懂”里。")
	case chosen && own && step.Use.Written():
		c.fault(file, step.Use, "“选项”和“用选项”只能写一个", "删掉一个。")
	case chosen && !own && !step.Use.Written():
		c.fault(file, step.Kind, "类型是“"+string(kind)+"”，却没有选项", "加上“选项”，或者用“用选项”引用 choices.yaml 里的一组。")
	}
	if kind != Free && step.Kind.Written() && step.Questions.Written() {
		c.fault(file, step.Questions.Text, "类型是“"+string(kind)+"”，不能有“问句也算”", "删掉这一行；只有文字的步骤才用得上。")
	}
	if kind == Mobile && step.Personal.Written() && !step.Personal.True {
		c.fault(file, step.Personal.Text, "手机号总是个人信息，这里写了“否”", "删掉这一行。")
	}
	if step.Use.Written() && c.groupsSure() {
		c.exists(file, step.Use, c.groupNames(), "choices.yaml 里没有“"+step.Use.Value+"”这组选项")
	}
	if own {
		c.options(file, step.Slot, step.Options)
	}
	group, _ := c.optionsOf(file, step)
	c.unclear(file, step.Unclear, group.Options)
}

// groups checks the choices that steps share.
func (c *checker) groups() {
	names := map[string]int{}
	for i := range c.choices.Groups {
		group := &c.choices.Groups[i]
		if first, twice := names[group.Name.Value]; twice && group.Name.Written() {
			c.fault(choicesName, group.Name, fmt.Sprintf("选项组“%s”写了两遍，第 %d 行已经有了", group.Name.Value, first), "换一个名字，或者合成一组。")
		}
		names[group.Name.Value] = group.Name.Line
		c.options(choicesName, group.Name, group.Options)
		c.unclear(choicesName, group.Unclear, group.Options)
	}
}

func (c *checker) groupNames() []string {
	var names []string
	for _, group := range c.choices.Groups {
		names = append(names, group.Name.Value)
	}
	return names
}

// groupsSure reports whether a group that is not known does not exist.
func (c *checker) groupsSure() bool {
	var names []strictyaml.Text
	for _, group := range c.choices.Groups {
		names = append(names, group.Name)
	}
	return c.sure(choicesName, names)
}

// plainName reports signs that have no place in a name that is shown.
func (c *checker) plainName(file string, name strictyaml.Text) {
	if i := strings.IndexAny(name.Value, "<>{}"); i >= 0 {
		c.faultInside(file, name, i, "名字里不能有尖括号和花括号", "只写字。")
	}
}
