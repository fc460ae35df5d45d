package knowledge

import (
	"slices"
	"strings"

	"zhugong/internal/chinese"
	"zhugong/internal/strictyaml"
)

// attributes returns what a follow-up may ask for.
func attributes() []string {
	return []string{"材料", "地点", "电话", "时限", "费用", "对象", "金额", "时间", "入口"}
}

// everyAttribute checks that follow-ups are known for all attributes.
func (c *checker) everyAttribute() {
	if len(c.followUps.FollowUps) == 0 {
		return
	}
	missing := attributes()
	for _, u := range c.followUps.FollowUps {
		if !c.sure(followUpsName, []strictyaml.Text{u.Attribute}) {
			return
		}
		missing = slices.DeleteFunc(missing, func(name string) bool { return name == u.Attribute.Value })
	}
	if len(missing) > 0 {
		last := c.followUps.FollowUps[len(c.followUps.FollowUps)-1]
		c.fault(followUpsName, last.Attribute, "少了这些属性："+strings.Join(missing, "、"), "每种属性写一段，列出职工会怎么问。")
	}
}

// wordPairs checks the spellings that are replaced or dropped before a message is understood.
func (c *checker) wordPairs() {
	standard := map[string]dialectForm{}
	for _, d := range c.words.Dialect {
		for _, phrase := range d.Phrases {
			folded := chinese.Fold(phrase.Value)
			first, twice := standard[folded]
			switch {
			case folded == "":
				c.fault(wordsName, phrase, "这里没有字，只有符号", "写上方言的说法，或者删掉这一行。")
			case folded == chinese.Fold(d.Standard.Value):
				c.fault(wordsName, phrase, "“"+phrase.Value+"”和普通话的说法一样", "删掉这一行。")
			case twice && first.Standard.Value != d.Standard.Value:
				c.fault(wordsName, phrase, "“"+phrase.Value+"”对应了两个普通话：“"+first.Standard.Value+"”和“"+d.Standard.Value+"”",
					"只留一个。")
			case twice:
				c.fault(wordsName, phrase, "“"+phrase.Value+"”写了两遍", "删掉一个。")
			}
			standard[folded] = d
		}
	}
	fillers := map[string]strictyaml.Text{}
	for _, filler := range c.words.Fillers {
		folded := chinese.Fold(filler.Value)
		if first, twice := fillers[folded]; twice {
			c.fault(wordsName, filler, "“"+filler.Value+"”写了两遍，"+where(wordsName, first.Line)+"已经有了", "删掉一个。")
		}
		fillers[folded] = filler
	}
}
