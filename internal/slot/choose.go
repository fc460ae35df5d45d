package slot

import (
	"slices"
	"strings"
	"unicode/utf8"

	"zhugong/internal/chinese"
)

// Option is one of the values that can be chosen.
type Option struct {
	Name  string
	Words []string // other names
}

// shortAnswer is how many characters an answer has that names no option.
const shortAnswer = 14

// Names of options that every sentence may hold; they are read in an answer alone.
var (
	noneNames   = []string{"没有", "没得", "无", "都没有", "没参加", "没", "否"}
	yesNames    = []string{"有", "是", "参加了", "同意"}
	unsureNames = []string{"不清楚", "不知道", "不晓得", "不确定"}
	otherNames  = []string{"其他", "其它", "别的"}
)

// Choose returns the indexes of the options that a text names, in their order: by number, by a name, in a sentence, and
// without what is negated. Without many it is one option or none; when two fit equally, none.
func Choose(text string, options []Option, asked, many bool) []int {
	line := plain(text)
	if !many {
		if rest, found := corrected(line); found {
			if chosen := choose(rest, options, asked, many); len(chosen) > 0 {
				return chosen
			}
		}
	}
	return choose(line, options, asked, many)
}

func choose(line string, options []Option, asked, many bool) []int {
	line = withoutQuestions(line)
	if asked {
		if chosen := chooseExactly(line, options); chosen != nil {
			return chosen
		}
		if chosen := chooseByNumber(line, options, many); chosen != nil {
			return chosen
		}
	}
	if chosen := chooseUnsure(line, options); asked && chosen != nil {
		return chosen
	}
	if asked && like(options, yesNames) >= 0 && like(options, noneNames) >= 0 && like(options, unsureNames) < 0 && containsAny(line, unsureWords) {
		return nil // 不晓得算不算
	}
	chosen, refused, named := chooseByName(line, options, asked)
	if many && asked && len(chosen) == 0 {
		chosen = chooseAll(line, options, refused)
	}
	if len(chosen) == 0 && asked {
		chosen = chooseOpposite(options, refused)
	}
	if len(chosen) == 0 && asked && !named {
		chosen = chooseByAnswer(line, options)
	}
	if len(chosen) == 0 && asked && !named {
		chosen = chooseBySound(line, options)
	}
	if len(chosen) > 1 && !many {
		return nil
	}
	return chosen
}

// What asks what a word means, not what is so: 什么叫农民工, 农民工是什么, 怎么才算.
var (
	asksFirst  = []string{"什么叫", "什么是", "啥叫", "啥是", "啥子叫", "啥子是", "哪样叫", "哪样是", "何为", "什么算", "啥算", "啥子算", "哪样算", "怎么才算", "怎么算", "啷个才算", "啷个算", "咋个算"}
	asksInside = []string{"怎么才算", "要怎么算", "啷个才算", "咋个才算", "什么意思", "啥意思", "啥子意思", "哪样意思"}
	asksLast   = []string{"是什么", "是啥", "是啥子", "是哪样", "是什么东西", "是啥东西", "是哪样东西", "怎么算", "啷个算", "咋个算"}
)

// withoutQuestions returns a text without the clauses that ask what a word means: they name it and choose nothing.
func withoutQuestions(line string) string {
	if !containsAny(line, asksFirst) && !containsAny(line, asksInside) && !containsAny(line, asksLast) {
		return line
	}
	var kept []string
	for clause := range strings.FieldsFuncSeq(line, func(r rune) bool { return strings.ContainsRune(",;?", r) }) {
		bare := trimWords(clause, []string{"那", "请问", "我问下", "问一下"}, []string{"的", "哦", "啊", "呢", "嘛", "呀", "喃", "哈", "吗"})
		if hasAnyPrefix(bare, asksFirst) == "" && hasAnySuffix(bare, asksLast) == "" && !containsAny(bare, asksInside) {
			kept = append(kept, clause)
		}
	}
	return strings.Join(kept, ",")
}

// chooseExactly takes a message that is nothing but a name.
func chooseExactly(line string, options []Option) []int {
	bare := trimWords(line, nil, nil)
	for i := range options {
		for word := range options[i].names() {
			if bare == word {
				return []int{i}
			}
		}
	}
	return nil
}

// names yields the folded names of an option.
func (o *Option) names() func(yield func(string) bool) {
	return func(yield func(string) bool) {
		if name := chinese.Fold(o.Name); name != "" && !yield(name) {
			return
		}
		for _, w := range o.Words {
			if word := chinese.Fold(w); word != "" && !yield(word) {
				return
			}
		}
		if name, ok := strings.CutSuffix(chinese.Fold(o.Name), "了"); ok && name != "" { // 参加了
			yield(name)
		}
	}
}

// like returns the index of the first option with one of the names, -1 for none.
func like(options []Option, names []string) int {
	return slices.IndexFunc(options, func(o Option) bool { return slices.Contains(names, o.Name) })
}

// chooseAll reads 都有 and 啥都没得, where nothing was named but what is left out.
func chooseAll(line string, options []Option, refused []int) (chosen []int) {
	none := like(options, noneNames)
	switch {
	case runes(line) > shortAnswer && len(refused) == 0:
		return nil // speaks of something else
	case containsAny(line, []string{"都没", "啥也没", "什么也没", "都莫得", "都不", "一样没", "样样没", "一个也没", "没一样", "全没", "统统没", "哪样没", "一样也没"}):
		if none < 0 || len(refused) > 0 && strings.Contains(line, "除了") {
			return nil
		}
		return []int{none}
	case !meansAll(line) && !lacksOnly(line, refused):
		return nil
	}
	unsure := like(options, unsureNames)
	for i := range options {
		if i != none && i != unsure && !slices.Contains(refused, i) {
			chosen = append(chosen, i)
		}
	}
	return chosen
}

// allWords name everything, where nothing but allBefore stands before them.
var (
	allWords  = []string{"都有", "全有", "都是", "全是", "全部", "都要", "样样有", "全都", "都占", "都选", "全选", "齐全", "都在", "全部有"}
	allBefore = []string{
		"我", "全部", "全", "这", "那", "些", "几", "样", "个", "上面", "以上", "所有", "凭证", "证据", "材料", "东西", "基本上", "基本", "应该", "手里", "手头", "样样", "统统",
		"的", "我们", "你说", "说", "通通", "嗯", "有", "是", "倒是", "就",
	}
	restWords = []string{"其他", "其它", "其余", "别的", "剩下", "另外"}
)

// meansAll reports whether a clause is nothing but a word for everything, or names beside it what is left out: what
// 都在手机里 are, and what 工资都是发现金 says, are other matters.
func meansAll(line string) bool {
	for clause := range strings.FieldsFuncSeq(line, func(r rune) bool { return strings.ContainsRune(breaks+" ", r) }) {
		bare := trimWords(clause, nil, []string{"的", "了", "嘛", "啊", "哦", "吧", "呢", "咯", "呀", "哈"})
		word := hasAnySuffix(bare, allWords)
		before := strings.TrimSuffix(bare, word)
		if word != "" && (trimWords(before, allBefore, allBefore) == "" || containsAny(before, restWords) || hasAnyPrefix(before, exceptFirst) != "") {
			return true
		}
	}
	return false
}

// exceptFirst stand before what is left out of everything.
var exceptFirst = []string{"除", "就差", "只差", "单差", "就缺", "只缺"}

// lacksOnly reports whether a message says of what it leaves out that nothing else is lacking: 就差合同.
func lacksOnly(line string, refused []int) bool {
	return len(refused) > 0 && runes(line) <= shortAnswer && containsAny(line, exceptFirst[1:])
}

// chooseOpposite takes 没参加 where 参加了 was refused.
func chooseOpposite(options []Option, refused []int) []int {
	positive, negative := like(options, yesNames), like(options, noneNames)
	if positive < 0 || negative < 0 || !slices.Equal(refused, []int{positive}) {
		return nil
	}
	return []int{negative}
}

var unsureWords = []string{"不清楚", "不知道", "不晓得", "不确定", "搞不清", "说不清", "不太清楚", "没听说", "没问过", "记不得", "不记得", "记不清", "搞不懂"}

// chooseUnsure takes 不晓得有没有 where yes, no and unsure are the options.
func chooseUnsure(line string, options []Option) []int {
	unsure := like(options, unsureNames)
	if unsure < 0 || like(options, yesNames) < 0 || !containsAny(line, unsureWords) || runes(line) > shortAnswer {
		return nil
	}
	return []int{unsure}
}

// chooseByAnswer reads a yes or a no where an option means just that.
func chooseByAnswer(line string, options []Option) []int {
	positive, negative := like(options, yesNames), like(options, noneNames)
	if unsure := like(options, unsureNames); unsure >= 0 && containsAny(line, unsureWords) && runes(line) <= shortAnswer {
		return []int{unsure}
	}
	if negative < 0 {
		return nil
	}
	said, ok := YesNo(line)
	switch {
	case ok && said && positive >= 0:
		return []int{positive}
	case !ok && positive >= 0 && holdsName(line, options[positive].Name):
		return []int{positive} // 单位有工会
	case ok && !said && isNotSo(line) && (positive >= 0 || hasAnyPrefix(line, []string{"没", "无", "莫得"}) != ""):
		return []int{negative}
	}
	return nil
}

// holdsName reports whether a short answer holds a name of one character, and nothing that takes it away or asks.
func holdsName(line, name string) bool {
	if name == "是" && !strings.HasPrefix(line, name) && !strings.HasSuffix(line, name) {
		return false // 我是大学生
	}
	return runes(name) == 1 && runes(line) <= shortAnswer && strings.Contains(line, name) &&
		!containsAny(line, []string{"没", "不", "无", "莫", "否", "吗", "么", "?", "哪"})
}

// isNotSo reports whether a refusal says that something is not so, not that its writer will not go on: 不填了.
func isNotSo(line string) bool {
	return containsAny(line, []string{"不是", "不算", "没", "莫得", "否", "不对", "无", "no"}) || trimWords(line, nil, afterNumber) == "不"
}

// chooseBySound takes what is written with other characters of the same sound: 官山湖 for 观山湖. A name of two characters
// must stand nearly alone: 事业 in 事业单位 is not 失业.
func chooseBySound(line string, options []Option) []int {
	const aroundSound = 6 // characters beside the name
	text := []rune(trimWords(line, beforeName, afterName))
	if len(text) < 2 {
		return nil
	}
	found := -1
	var buffer [24]rune
	for i := range options {
		for name := range options[i].names() {
			word := buffer[:0]
			for _, r := range name {
				word = append(word, r)
			}
			if len(word) < 2 || len(word) == 2 && len(text) > 2 || len(word) > len(text) || len(text) > len(word)+aroundSound || chinese.IndexSound(text, word) < 0 {
				continue
			}
			if found >= 0 && found != i {
				return nil
			}
			found = i
		}
	}
	if found < 0 {
		return nil
	}
	return []int{found}
}

var (
	beforeName = []string{"我们", "我在", "我", "在", "就在", "是", "就是", "算", "选", "属于", "的", "嗯", "应该", "好像"}
	afterName  = []string{"区", "县", "市", "这边", "那边", "这里", "那里", "的", "了", "吧", "嘛", "哦", "噻", "呢", "哈", "啊"}
)

// runes is the length of a word as it is read.
func runes(word string) int { return utf8.RuneCountInString(word) }
