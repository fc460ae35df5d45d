package knowledge

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"zhugong/internal/strictyaml"
)

// What fits into one WeChat reply.
const (
	maxAnswerCharacters = 600
	maxAnswerBytes      = 2048
)

// answers checks all texts of an entry that a worker may be shown.
func (c *checker) answers(file string, e *entryForm) {
	for _, text := range e.texts() {
		c.answer(file, text, true)
	}
	if !ofDialogue(e.ID.Value) && e.Answer.Written() && !strings.HasPrefix(lastLine(e.Answer.Value), "下一步：") {
		c.warnInside(file, e.Answer, strings.LastIndexByte(e.Answer.Value, '\n')+1, "回答的最后一行不是“下一步：…”",
			"在最后写一行“下一步：”，说清接着做哪一件事。")
	}
}

// replies checks the texts of the other files that a worker may be shown.
func (c *checker) replies() {
	for _, o := range c.outside.Outside {
		c.answer(outsideName, o.Signpost, false)
	}
	for _, rule := range c.rules() {
		c.answer(safetyName, rule.Reply, false)
	}
	c.answer(dangerName, c.danger.Reply, false)
}

// answer checks one text. Only entries may have placeholders.
func (c *checker) answer(file string, text strictyaml.Text, placeholders bool) {
	if !text.Written() {
		return
	}
	parts := parseTemplate(text.Value)
	c.placeholders(file, text, parts, placeholders)
	c.figures(file, text, parts, figureRules{})
	c.length(file, text, parts.expand(c.ledger))
	c.wording(file, text)
}

// wording checks how a text is written.
func (c *checker) wording(file string, text strictyaml.Text) {
	c.markup(file, text)
	c.promises(file, text)
	c.quotePairs(file, text)
}

func (c *checker) length(file string, text strictyaml.Text, shown string) {
	characters := utf8.RuneCountInString(shown)
	if characters <= maxAnswerCharacters && len(shown) <= maxAnswerBytes {
		return
	}
	c.fault(file, text, fmt.Sprintf("这段话太长：%d 个字，%d 字节；微信一条最多 %d 个字、%d 字节",
		characters, len(shown), maxAnswerCharacters, maxAnswerBytes), "先说最要紧的，其余的写进“追问”。")
}

// markup reports signs that WeChat shows as they are or does not let through.
func (c *checker) markup(file string, text strictyaml.Text) {
	for _, m := range c.markups {
		if !containsAny(text.Value, m.signs) {
			continue // as nearly all texts
		}
		if place := m.pattern.FindStringIndex(text.Value); place != nil {
			c.faultInside(file, text, place[0], m.message, m.mend)
		}
	}
}

type markupRule struct {
	signs         []string // one of these is in whatever the pattern finds
	pattern       *regexp.Regexp
	message, mend string
}

// markups returns the signs that must not stand in a text.
func markups() []markupRule {
	const plain = "去掉这些符号，用短句和换行来分清楚。"
	return []markupRule{
		{[]string{"<"}, regexp.MustCompile(`<[a-zA-Z/!]`), "这里有网页代码（<…>），微信里会乱", "链接写在“链接”里，回答里只写字。"},
		{[]string{"**", "__", "~~", "`"}, regexp.MustCompile(`\*\*|__|~~|` + "```|`"), "这里有排版符号，微信会原样显示", plain},
		{[]string{"# ", "- ", "* ", "+ ", ">", "|"}, regexp.MustCompile(`(?m)^[ ]*(#{1,6} |[-*+] |>|\|.*\|)`),
			"行首的排版符号，微信会原样显示", plain},
		{[]string{"]("}, regexp.MustCompile(`\[[^\]\n]*\]\([^)\n]*\)`), "这种链接写法微信不认", "链接写在“链接”里，回答里只写字。"},
		{[]string{"//", "w.", "W."}, regexp.MustCompile(`(?i)https?[:：]//|www\.[a-z0-9]`), "回答里不能直接写网址", "网址写在“链接”里。"},
		{[]string{"${", "{{", "]]>", "%"}, regexp.MustCompile(`\$\{|\{\{|\]\]>|%[sd]`), "这里有程序的记号", "换成普通的字。"},
	}
}

// promises warns of words by which the union would be bound.
func (c *checker) promises(file string, text strictyaml.Text) {
	for _, word := range []string{"保证", "一定能", "一定会", "马上解决", "马上就能", "包办", "肯定能", "肯定会", "放心", "百分百", "绝对"} {
		for from := 0; ; {
			i := strings.Index(text.Value[from:], word)
			if i < 0 {
				break
			}
			i += from
			from = i + len(word)
			if denied(text.Value[:i]) || strings.HasPrefix(text.Value[from:], "金") {
				continue
			}
			c.warnInside(file, text, i, "“"+word+"”像是在打包票", "换一种说法，能做什么就说什么。")
		}
	}
}

// denied reports whether what follows before is said not to be so.
func denied(before string) bool {
	tail := []rune(before)
	tail = tail[max(0, len(tail)-3):]
	return strings.ContainsAny(string(tail), "不没别难未")
}

// quotePairs warns of Chinese quotes of which one half is missing.
func (c *checker) quotePairs(file string, text strictyaml.Text) {
	if strings.Count(text.Value, "“") != strings.Count(text.Value, "”") {
		c.warnInside(file, text, strings.IndexAny(text.Value, "“”"), "中文引号没有成对", "补上缺的那一半引号。")
	}
}

func lastLine(s string) string { return s[strings.LastIndexByte(s, '\n')+1:] }
