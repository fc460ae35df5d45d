package slot

import (
	"slices"
	"strings"
)

// Words that agree, that refuse, that refuse whatever stood before them, and that say nothing. Longer ones stand before
// those that they begin with.
var (
	niceWords = []string{
		"没问题", "没意见", "没得问题", "没得意见", "没有问题", "没有意见", "没得事", "没事", "没关系", "不介意", "不用改", "没错", "不错", "无误", "莫得问题",
	}
	yesWords = []string{
		"要得", "得行",
		"同意", "愿意", "可以", "确认", "确定", "正确", "继续", "好的", "好嘛", "对头", "是的", "中的", "接受", "答应", "认可", "允许", "能行", "okay",
		"ok", "yes", "yep", "行", "好",
		"算是", "对", "是", "要", "得", "可", "成", "中", "准", "有", "y",
	}
	noWords = []string{
		"不同意", "不愿意", "不可以", "不得行", "不要得", "不需要", "不继续", "不接受", "不答应", "不允许", "不登记", "不想弄", "不想填", "不想", "不愿", "不行", "不要",
		"不用", "不是", "不对", "不好", "不得", "不了", "不中", "不成", "不准", "不可", "不干", "不弄", "不填", "不搞", "不整", "不给", "不必", "不中意", "没有",
		"没得", "莫得", "不算", "算了", "算求", "算毬",
		"拒绝", "反对", "否", "别", "莫", "甭", "没", "不", "no", "nope", "n",
	}
	nothingWords = []string{
		"我觉得", "我们", "我", "那就", "那", "就", "这个", "这样", "应该", "当然", "肯定", "一定", "也", "嗯", "恩", "哦", "噢", "喔", "额", "呃", "哎",
		"唉", "诶", "的", "嘛", "吧", "啊", "呀",
		"哈", "呢", "嘞", "噻", "咯", "了", "滴", "哒", "啦", "哟", "呗", "哇", "撒", "三", "还是", "完全", "全部", "谢谢", "多谢", "先", "很", "非常", "太", "快点", "搞快点", "赶紧", "赶快",
	}
	humWords = []string{"嗯", "恩", "哦", "噢", "喔", "昂", "en"} // alone they agree
)

// answer is what a part of a text says.
type answer int

const (
	undecided answer = iota
	yes
	no
)

// YesNo reads whether a worker agrees. What agrees and refuses at once, asks back, or speaks of something else does
// neither.
func YesNo(text string) (agrees, ok bool) {
	folded := plain(text)
	said, first := undecided, true
	for clause := range strings.FieldsFuncSeq(folded, func(r rune) bool { return strings.ContainsRune(breaks+" ", r) }) {
		one := readClause(clause, first)
		if first && one == undecided && trimWords(clause, nothingWords, nil) != "" {
			break // speaks of something else
		}
		first = false
		switch {
		case one == undecided:
		case said == yes && one == no, said == undecided:
			said = one // 好，算了
		case said != one:
			return false, false
		}
	}
	if said == undecided {
		said = readSigns(text)
	}
	if strings.HasSuffix(folded, "?") && said == yes {
		return false, false
	}
	return said == yes, said != undecided
}

// readClause reads a clause that consists of nothing but words that agree or refuse, or, if it is the first, that begins
// with a strong one.
func readClause(clause string, first bool) answer {
	if containsAny(clause, []string{"要是", "如果"}) {
		return undecided
	}
	said, last, rest := undecided, "", clause
	for rest != "" {
		word, says := nextWord(rest, said)
		switch {
		case word == "" && first:
			return readBeginning(clause)
		case word == "", says == no && (last == "不是" || said == yes && asksBack(last, word)), says == yes && said == no:
			return undecided // 不是不同意, 可以不, 行不行
		case says != undecided:
			said, last = says, word
		}
		rest = rest[len(word):]
	}
	if said == undecided && hasAnyPrefix(clause, humWords) != "" {
		return yes
	}
	return said
}

// nextWord returns the word that a clause goes on with, and what it says; "" for a word that is not known.
func nextWord(rest string, said answer) (word string, says answer) {
	if word = hasAnyPrefix(rest, niceWords); word != "" {
		return word, yes
	}
	if word = hasAnyPrefix(rest, noWords); word != "" {
		return word, no
	}
	if word = hasAnyPrefix(rest, yesWords); word != "" {
		return word, yes
	}
	if strings.HasPrefix(rest, "都") && said == undecided { // 我们都同意, but 成都
		return "都", undecided
	}
	return hasAnyPrefix(rest, nothingWords), undecided
}

// asksBack reports whether a yes and the no behind it are a question, or nothing of the kind: 行不行, 可以不, 有没得.
func asksBack(agrees, refuses string) bool {
	return strings.Contains(refuses, agrees) || runes(refuses) == 1 || slices.Contains([]string{"要", "得", "有", "是", "可"}, agrees)
}

// What somebody agrees to or will not have, behind a strong word; else it is of something else that he speaks.
var (
	matters = []string{
		"你们", "登记", "留电话", "留号", "留手机", "留名", "留我", "留联系", "留资料", "留信息", "收", "填", "记", "弄", "办", "用", "存", "打", "联系",
		"给你", "给我打", "给号", "给电话", "转", "提供", "保存", "继续", "告诉", "告知", "采集", "写", "报", "搞", "整", "让", "把我的", "号码", "电话",
		"手机", "我的", "这个", "处理",
	}
	strongNo    = []string{"不同意", "不愿意", "不愿", "不想", "不要", "不用", "不给", "拒绝", "莫", "别"}
	strongYes   = []string{"同意", "愿意", "可以"}
	courteous   = []string{"我", "那", "就", "谢", "老师", "师傅", "收到", "晓得", "知道", "麻烦", "辛苦"}
	courteously = []string{"好的", "要得", "好嘞", "没问题", "好嘛"}
	askingWords = []string{"吗", "么", "怎", "哪", "啥", "什么", "多少", "几", "是不是", "能不能", "会"}
)

// readBeginning reads a longer clause by the strong word that it begins with: 同意你们登记我的手机号.
func readBeginning(clause string) answer {
	const longest = 16
	if runes(clause) > longest || containsAny(clause, askingWords) {
		return undecided
	}
	clause = trimWords(clause, nothingWords, nil)
	if word := hasAnyPrefix(clause, strongNo); word != "" {
		rest := clause[len(word):]
		if slices.Contains([]string{"留", "说", "讲"}, trimWords(rest, nil, nothingWords)) || hasAnyPrefix(rest, matters) != "" && !strings.Contains(rest, "钱") {
			return no
		}
		return undecided // 不要紧, 莫名其妙, 不想上班
	}
	rest, agrees := clause, false
	if word := hasAnyPrefix(clause, strongYes); word != "" {
		rest = clause[len(word):]
		agrees = hasAnyPrefix(rest, matters) != ""
	} else if word := hasAnyPrefix(clause, courteously); word != "" {
		rest = clause[len(word):]
		agrees = hasAnyPrefix(rest, courteous) != ""
	}
	if !agrees || containsAny(rest, []string{"不", "没", "莫", "但"}) {
		return undecided
	}
	return yes
}

// readSigns reads emoji.
func readSigns(text string) answer {
	agrees := strings.ContainsAny(text, "👌👍✅✔☑🆗🙆💯")
	refuses := strings.ContainsAny(text, "👎❌✖❎🙅🚫✋")
	switch {
	case agrees && !refuses:
		return yes
	case refuses && !agrees:
		return no
	}
	return undecided
}
