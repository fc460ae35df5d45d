package knowledge

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"zhugong/internal/strictyaml"
)

// flowText checks one text of a guided dialogue.
func (c *checker) flowText(t flowText) {
	parts := parseTemplate(t.text.Value)
	c.placeholders(t.file, t.text, c.ownPlaceholders(t, parts), true)
	rules := figureRules{also: t.figures}
	if t.examples {
		rules.free = func(at int) bool { return inExample(t.text.Value, at) }
	}
	if t.name == "告知" {
		rules.mend = "存多久写 {保存}，天数由程序的设置来；别的数删掉。"
	}
	c.figures(t.file, t.text, parts, rules)
	if n := utf8.RuneCountInString(parts.expand(c.ledger)); n > t.most {
		c.fault(t.file, t.text, fmt.Sprintf("“%s”有 %d 个字，最多 %d 个", t.name, n, t.most), "写短一点，只留要紧的。")
	}
	c.wording(t.file, t.text)
	if t.asks {
		c.asked(t.file, t.text)
	}
}

// ownPlaceholders checks the placeholders that only guided dialogues have, and returns the other parts.
func (c *checker) ownPlaceholders(t flowText, parts template) template {
	places := [][2]string{{filledPlaceholder, "“结束”的“说”"}, {lastPlaceholder, "“快到时”"}, {keptPlaceholder, "“告知”"}}
	return slices.DeleteFunc(slices.Clone(parts), func(p part) bool {
		i := slices.IndexFunc(places, func(place [2]string) bool { return strings.HasPrefix(p.kind, place[0]) })
		if !p.placeholder || i < 0 {
			return false
		}
		kind, place := places[i][0], places[i][1]
		form := "{" + kind + "}"
		if kind == filledPlaceholder {
			form = "{填:项}"
		}
		switch {
		case p.kind != kind || (kind == filledPlaceholder) != strings.Contains(p.source, ":"):
			c.faultInside(t.file, t.text, p.start, "花括号里的写法不对", "写成 "+form+"，冒号用英文的，前后不空格。")
		case !slices.Contains(t.fill, kind):
			c.faultInside(t.file, t.text, p.start, form+" 只能写在"+place+"里", "换成别的话，或者挪到那里。")
		case kind == filledPlaceholder && !slices.Contains(t.slots, p.text):
			c.faultInside(t.file, t.text, p.start, "“步骤”里没有“"+p.text+"”", didYouMean(p.text, t.slots))
		}
		return true
	})
}

// inExample reports whether what stands at a byte offset of a question shows how to answer it: 比如 3万.
func inExample(text string, at int) bool {
	before := text[:at]
	if strings.Count(before, "“") > strings.Count(before, "”") {
		return true
	}
	sentence := before[strings.LastIndexAny(before, "。！？!?；\n")+1:]
	return containsAny(sentence, []string{"比如", "例如", "譬如", "好比", "像", "写成", "（如"})
}

// asked reports what must never be asked for in a chat, unless the text says not to send it.
func (c *checker) asked(file string, text strictyaml.Text) {
	start := 0
	for start < len(text.Value) {
		length := strings.IndexAny(text.Value[start:], "。！？!?；;\n")
		if length < 0 {
			length = len(text.Value) - start
		}
		if at, word := wanted(text.Value[start : start+length]); word != "" {
			c.faultInside(file, text, start+at, "这里在要“"+word+"”，微信里不能要", "删掉它；要提醒职工别发，就写“不要发"+word+"”。")
		}
		start += length + 1
	}
}

// wanted returns what a sentence asks for though it must not, with its place.
func wanted(sentence string) (at int, word string) {
	// 要不要发 refuses nothing; what takes its place is as long, so that places stay right.
	sentence = strings.NewReplacer("要不要", "要　要", "用不用", "用　用", "能不能", "能　能", "会不会", "会　会").Replace(sentence)
	clauses := strings.FieldsFunc(sentence, func(r rune) bool { return r == '，' || r == ',' || r == '：' })
	denied := containsAny(sentence, refusals())
	done := 0
	for _, clause := range clauses {
		done += strings.Index(sentence[done:], clause)
		at, word := secretIn(clause)
		demands := containsAny(clause, []string{"发", "写", "填", "说", "给", "留", "告诉", "提供", "拍", "传", "报", "输", "多少", "什么", "吗"})
		if word != "" && !containsAny(clause, refusals()) && (demands || !denied) {
			return done + at, word
		}
		done += len(clause)
	}
	return 0, ""
}

// refusals returns words that say that something is not wanted.
func refusals() []string {
	return []string{"不要", "不用", "不必", "不需要", "无需", "不收", "不问", "不会", "不能", "不留", "不存", "不填", "不写", "不发", "不看", "别发", "别写", "别说", "别填", "别给", "莫", "请勿"}
}

// secretIn returns what no program may ask for that a text names, with its place.
func secretIn(text string) (at int, word string) {
	for _, word := range []string{"身份证", "银行卡", "卡号", "银行账号", "密码", "口令", "验证码", "病历", "病例", "诊断书", "诊断证明", "诊断报告", "检查报告", "出院小结"} {
		i := strings.Index(text, word)
		if i < 0 || word == "银行卡" && prefixOf(text[i+len(word):], "转 流水 收 打") != "" { // a kind of proof of pay
			continue
		}
		return i, word
	}
	return 0, ""
}
