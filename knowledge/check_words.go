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
	c.once(c.words.Fillers)
	c.once(c.words.Greetings)
	c.once(c.words.Asides)
	c.besides()
}

// once checks that nothing stands in a list twice.
func (c *checker) once(list []strictyaml.Text) {
	first := map[string]strictyaml.Text{}
	for _, text := range list {
		folded := chinese.Fold(text.Value)
		if before, twice := first[folded]; twice {
			c.fault(wordsName, text, "“"+text.Value+"”写了两遍，"+where(wordsName, before.Line)+"已经有了", "删掉一个。")
		}
		first[folded] = text
	}
}

// besides checks that what is left out of a message asks nothing. Greetings and the like may be asides as well.
func (c *checker) besides() {
	asked := make(map[string]*spoken, len(c.spoken))
	for _, phrase := range c.spoken {
		if !strings.HasPrefix(phrase.owner, "sys.") {
			asked[phrase.folded] = phrase
		}
	}
	for _, aside := range c.words.Asides {
		switch phrase, known := asked[chinese.Fold(aside.Value)]; {
		case chinese.Fold(aside.Value) == "":
			c.fault(wordsName, aside, "这里没有字，只有符号", "写成一句话，或者删掉这一行。")
		case known:
			c.fault(wordsName, aside, "“"+aside.Value+"”是“"+phrase.owner+"”的问法，职工这么写是在问事情", "删掉这一行。")
		}
	}
}
