package knowledge

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"zhugong/internal/chinese"
	"zhugong/internal/strictyaml"
)

const leastOptions = 2

// mostOptions is how many options of the longest names fit in one message of WeChat beside the question.
const mostOptions = 14

// options checks the options of a step or of a group, which is what of names: each way of naming one must name one only.
func (c *checker) options(file string, of strictyaml.Text, options []optionForm) {
	if of.Written() && len(options) < leastOptions {
		c.fault(file, of, fmt.Sprintf("“%s”只有 %d 个选项，至少要 %d 个", of.Value, len(options), leastOptions), "再加一个；只有一个答案就不用问。")
	}
	if of.Written() && len(options) > mostOptions {
		c.fault(file, of, fmt.Sprintf("“%s”有 %d 个选项，一条消息最多放 %d 个", of.Value, len(options), mostOptions), "合并几个，剩下的归到“其他”。")
	}
	names := map[string]strictyaml.Text{}
	for i := range options {
		c.optionName(file, options[i].Name, names)
	}
	words := map[string]*optionForm{}
	for i := range options {
		o := &options[i]
		for _, word := range o.Words {
			c.optionWord(file, o, word, names, words)
		}
		for _, note := range o.Notes {
			if note.Word.Written() && !o.namedBy(note.Word.Value) {
				c.fault(file, note.Word, "“"+o.Name.Value+"”没有“"+note.Word.Value+"”这个说法，这句提示说不出来", "在“说法”里加上它，或者改成已经有的说法。")
			}
		}
	}
}

// optionName checks the name of an option and adds it to those of the others.
func (c *checker) optionName(file string, name strictyaml.Text, names map[string]strictyaml.Text) {
	if !name.Written() {
		return
	}
	folded := chinese.Fold(name.Value)
	first, twice := names[folded]
	length := utf8.RuneCountInString(name.Value)
	switch {
	case folded == "":
		c.fault(file, name, "这里没有字，只有符号", "写上选项的名字。")
	case twice:
		c.fault(file, name, fmt.Sprintf("选项“%s”写了两遍，第 %d 行已经有了", name.Value, first.Line), "删掉一个，或者换一个名字。")
	case length > maxTitle:
		c.fault(file, name, fmt.Sprintf("选项有 %d 个字，最多 %d 个，不然显示不全", length, maxTitle), "写短一点，别的叫法写进“说法”。")
	case strings.Contains(name.Value, "、"):
		c.faultInside(file, name, strings.Index(name.Value, "、"), "选项的名字里不能有顿号，选了几个的时候分不开", "换成“和”“或”。")
	}
	c.plainName(file, name)
	c.asked(file, name)
	names[folded] = name
}

// optionWord checks another way of naming an option. words are those that were there before, with what they name.
func (c *checker) optionWord(file string, o *optionForm, word strictyaml.Text, names map[string]strictyaml.Text, words map[string]*optionForm) {
	folded := chinese.Fold(word.Value)
	name, isName := names[folded]
	other, twice := words[folded]
	switch {
	case folded == "":
		c.fault(file, word, "这里没有字，只有符号", "写上职工的说法，或者删掉这一行。")
	case isName && name == o.Name:
		c.fault(file, word, "说法“"+word.Value+"”就是选项的名字，不用再写", "删掉这一行。")
	case isName:
		c.fault(file, word, fmt.Sprintf("“%s”的说法“%s”是另一个选项的名字（第 %d 行）", o.Name.Value, word.Value, name.Line), "只留在该留的那一处。")
	case twice && other == o:
		c.fault(file, word, "说法“"+word.Value+"”写了两遍", "删掉一个。")
	case twice:
		c.fault(file, word, "说法“"+word.Value+"”在“"+other.Name.Value+"”里也有，不知道该算哪一个", "只留在该留的那一处；真的分不清，写进“再问”。")
	}
	c.asked(file, word)
	words[folded] = o
}

// namedBy reports whether who writes word may have named the option by it.
func (o *optionForm) namedBy(word string) bool {
	word = chinese.Fold(word)
	return slices.ContainsFunc(o.ways(), func(way string) bool { return strings.Contains(way, word) })
}

// ways returns all ways of naming an option, folded.
func (o *optionForm) ways() []string {
	ways := []string{chinese.Fold(o.Name.Value)}
	for _, word := range o.Words {
		ways = append(ways, chinese.Fold(word.Value))
	}
	return ways
}

// unclear checks the words that are to fit several options: who writes one of them must not have named any.
func (c *checker) unclear(file string, unclear []unclearForm, options []optionForm) {
	var names []string
	for i := range options {
		names = append(names, options[i].Name.Value)
	}
	seen := map[string]bool{}
	for i := range unclear {
		if guess := unclear[i].Guess; guess.Written() {
			c.exists(file, guess, names, "选项里没有“"+guess.Value+"”")
		}
		for _, word := range unclear[i].Words {
			folded := chinese.Fold(word.Value)
			switch named := namedIn(folded, options); {
			case folded == "":
				c.fault(file, word, "这里没有字，只有符号", "写上职工的说法，或者删掉这一行。")
			case named != "":
				c.fault(file, word, "“"+word.Value+"”会认成选项“"+named+"”，问不到这一句", "从“再问”或者“"+named+"”的说法里删掉一个。")
			case seen[folded]:
				c.fault(file, word, "说法“"+word.Value+"”写了两遍", "删掉一个。")
			}
			seen[folded] = true
		}
	}
}

// namedIn returns the name of an option that a folded text names, "" when there is none. A way of naming of one
// character may stand in any text.
func namedIn(folded string, options []optionForm) string {
	for i := range options {
		for _, way := range options[i].ways() {
			if way != "" && (way == folded || utf8.RuneCountInString(way) > 1 && strings.Contains(folded, way)) {
				return options[i].Name.Value
			}
		}
	}
	return ""
}
