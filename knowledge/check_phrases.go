package knowledge

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"zhugong/internal/chinese"
	"zhugong/internal/strictyaml"
)

// How many ways of asking an entry must have, and should have.
const (
	leastPhrases = 25
	goodPhrases  = 40
)

const maxTitle = 14

func (c *checker) title(file string, title strictyaml.Text) {
	length := utf8.RuneCountInString(title.Value)
	switch {
	case length > maxTitle:
		c.fault(file, title, fmt.Sprintf("标题有 %d 个字，最多 %d 个，不然选项显示不全", length, maxTitle), "写短一点。")
	case strings.HasPrefix(title.Value, "“") && strings.HasSuffix(title.Value, "”"):
		c.fault(file, title, "标题外面的引号会显示给职工看", "去掉引号。")
	}
}

func (c *checker) phraseCount(file string, e *entryForm) {
	n := len(e.Phrases)
	if ofDialogue(e.ID.Value) || n == 0 || n >= goodPhrases {
		return
	}
	message := fmt.Sprintf("“%s”只有 %d 句问法", e.ID.Value, n)
	if n < leastPhrases {
		c.fault(file, e.Phrases[0], fmt.Sprintf("%s，至少要 %d 句", message, leastPhrases), "加上职工真的会写的话，说法越不一样越好。")
		return
	}
	c.warn(file, e.Phrases[0], fmt.Sprintf("%s，最好有 %d 句", message, goodPhrases), "加上职工真的会写的话，说法越不一样越好。")
}

// vagueWords returns what fits every matter and so tells nothing about any.
func vagueWords() map[string]bool {
	words := map[string]bool{}
	for word := range strings.FieldsSeq(`怎么办 咋办 咋个办 咋整 咋个整 怎么弄 怎么搞 啷个办 啷个整 你好 您好 请问 问一下 想问一下 我想问
		我想问一下 问个事 咨询 我要咨询 帮忙 帮帮忙 帮我 帮帮我 求助 求帮助 有问题 问题 工会 贵阳 贵阳工会 公会 职工 工人
		是 好 嗯 哦 对 不是 可以吗 行吗 行不行 得行不 为什么 为啥 什么 啥子 哪样 谢谢 再见 在吗 有人吗 快点 急 很急`) {
		words[word] = true
	}
	return words
}

// generic reports ways of asking that fit many matters. The first of them are aliases, which may be what a follow-up is.
func (c *checker) generic(spoken []spoken, aliases int) {
	for i := range spoken {
		file, phrase, folded := spoken[i].file, *spoken[i].text, spoken[i].folded
		attribute, bare := c.bare[folded]
		switch {
		case folded == "":
			c.fault(file, phrase, "这一句里没有字，只有符号", "写成一句话，或者删掉这一行。")
		case utf8.RuneCountInString(folded) < 2 || c.vague[folded]:
			c.fault(file, phrase, "“"+phrase.Value+"”太笼统，什么事都可以这么说", "写上是什么事，或者删掉这一行。")
		case bare && i >= aliases:
			c.fault(file, phrase, "“"+phrase.Value+"”没说是什么事，是在追问“"+attribute+"”（followups.yaml 里有）", "写上是什么事，或者删掉这一行。")
		}
	}
}

// askedBare returns the follow-ups that name no matter of their own, by their folded text.
func (c *checker) askedBare() map[string]string {
	bare := map[string]string{}
	for _, u := range c.followUps.FollowUps {
		for _, phrase := range u.Phrases {
			folded := chinese.Fold(phrase.Value)
			first, twice := bare[folded]
			if twice && first != u.Attribute.Value {
				c.fault(followUpsName, phrase, "“"+phrase.Value+"”在“"+first+"”里也有，不知道该算哪一个", "只留在该留的那一处。")
			}
			bare[folded] = u.Attribute.Value
		}
	}
	return bare
}

// ownTests checks that an entry has tests and that they are not among what the engine learns from.
func (c *checker) ownTests(file string, e *entryForm, spoken []spoken) {
	if len(e.Tests) == 0 && e.ID.Written() {
		c.fault(file, e.ID, "“"+e.ID.Value+"”没有测试", "在“测试”里写 2 到 4 句问法里没有的话。")
	}
	for _, test := range e.Tests {
		if same, ok := lastSpoken(spoken, test.Say); ok {
			c.fault(file, test.Say, fmt.Sprintf("这句测试和第 %d 行的问法一样，测不出什么", same.Line), "换一种说法。")
		}
	}
	for _, counter := range e.Counters {
		if same, ok := lastSpoken(spoken, counter.Say); ok {
			c.fault(file, counter.Say, fmt.Sprintf("这句反例又写在了问法里（第 %d 行），自相矛盾", same.Line), "两处只留一处。")
		}
		if counter.Want.Value == e.ID.Value {
			c.fault(file, counter.Want, "反例应该认成别的条目，这里写的是这一条自己", "改成真正该认成的编号。")
		}
	}
}

// lastSpoken returns the last phrase that says the same as a text.
func lastSpoken(spoken []spoken, text strictyaml.Text) (*strictyaml.Text, bool) {
	folded := chinese.Fold(text.Value)
	for i := len(spoken) - 1; i >= 0; i-- {
		if spoken[i].folded == folded {
			return spoken[i].text, true
		}
	}
	return nil, false
}

// samePhrases reports phrases that stand in two places, alike in writing or in sound.
func (c *checker) samePhrases() {
	written, sounded := make(map[string]*spoken, len(c.spoken)), make(map[string]*spoken, len(c.spoken))
	for _, phrase := range c.spoken {
		folded := ending(phrase.folded)
		if folded == "" {
			continue
		}
		if same, ok := written[folded]; ok {
			how := "只差一个语气词"
			if same.folded == phrase.folded {
				how = "一样"
			}
			c.same(phrase, same, how)
			continue
		}
		written[folded] = phrase
		sound := chinese.Sound(folded)
		if same, ok := sounded[sound]; ok && same.owner != phrase.owner {
			c.same(phrase, same, "读音一样")
			continue
		}
		sounded[sound] = phrase
	}
}

func (c *checker) same(phrase, first *spoken, how string) {
	text, place := phrase.text, where(first.file, first.text.Line)
	if phrase.owner == first.owner {
		if text.Value == first.text.Value {
			c.warn(phrase.file, *text, fmt.Sprintf("“%s”写了两遍，%s已经有了", text.Value, place), "删掉一个。")
		}
		return
	}
	c.fault(phrase.file, *text, fmt.Sprintf("“%s”和%s“%s”的“%s”%s，不知道该算哪一个",
		text.Value, place, first.owner, first.text.Value, how), "只留在该留的那一处。")
}

// ending drops particles at the end of a folded phrase, which change nothing of what is asked.
func ending(folded string) string {
	trimmed := strings.TrimRightFunc(folded, isParticle)
	if utf8.RuneCountInString(trimmed) < 2 {
		return folded
	}
	return trimmed
}

func isParticle(r rune) bool {
	switch r {
	case '吗', '嘛', '呢', '啊', '吧', '呀', '咯', '哦', '撒', '哈', '噻', '哇', '呗', '啦', '哟':
		return true
	}
	return false
}
