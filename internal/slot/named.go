package slot

import (
	"cmp"
	"slices"
	"strings"
)

// mention is a place in a text that names an option.
type mention struct {
	start, end int
	option     int
	negated    bool
}

// Words that take away what follows them, all but what follows them, or what stands before them; and words that give
// what follows them, or what stands before them.
var (
	denyBefore = []string{
		"不是", "没有", "没得", "莫得", "没签", "没办", "没参加", "没买", "没交", "没写", "没打", "没在", "不在", "不算", "不属于", "并非", "没给", "没发",
		"没拿到", "没留", "没建", "没加入", "不给", "不肯给", "不签", "不肯签", "不给签", "不让看", "拿不到", "要不到",
		"没入", "没", "无", "非", "不要", "不选", "不", "莫",
	}
	exceptBefore = []string{"连", "除了", "除开", "除掉", "除", "除去", "就差", "只差", "单差", "就缺", "只缺"}
	denyAfter    = []string{
		"没有", "没得", "莫得", "没签", "没办", "没给", "没发", "没写", "没拿", "没了", "没", "不是", "不在", "不算", "不要", "丢", "搞丢", "不见", "删", "被删", "清空", "无",
		"除外", "在老板", "在包工头", "在公司", "在他", "被老板", "被收", "老板收", "收走",
	}
	afterDeny  = []string{"那", "手", "走", "去", "了", "过", "的", "啊", "嘛", "哦", "我", "只", "就", "但", "老板", "也", "呢", "呀", "掉"}
	giveBefore = []string{"有", "是", "在", "选", "签了", "留了", "就", "只"}
	giveAfter  = []string{"有", "是有", "倒是有", "倒有", "还在", "在的"}
	joining    = []string{"以及", "和", "跟", "与", "及", "、", "还有", "或者", "或", "加", "同", "+", "/", "也有", "也", " "}
	placeWords = []string{"区", "县", "市", "那边", "这边"}
	bothWords  = []string{"也", "都", "倒", "就", "还", "一样", "全", " "}
)

// chooseByName returns the options that are named, those that are named to be left out, and whether any name stands there.
func chooseByName(line string, options []Option, asked bool) (chosen, refused []int, named bool) {
	mentions := findMentions(line, options, asked)
	weigh(line, mentions)
	for _, m := range mentions {
		if m.negated {
			refused = append(refused, m.option)
		} else {
			chosen = append(chosen, m.option)
		}
	}
	if len(refused) > 0 && strings.Contains(line, "除") && containsAny(line, []string{"都没", "啥也没", "什么也没", "都莫得"}) {
		chosen, refused = append(chosen, refused...), nil // 除了聊天记录啥都没得
	}
	chosen = slices.DeleteFunc(chosen, func(i int) bool { return slices.Contains(refused, i) })
	slices.Sort(chosen)
	chosen = slices.Compact(chosen)
	if len(chosen) > 1 || len(chosen) > 0 && len(refused) > 0 { // 只有聊天记录，其他没有
		chosen = slices.DeleteFunc(chosen, func(i int) bool {
			return slices.Contains(noneNames, options[i].Name) || slices.Contains(otherNames, options[i].Name) && len(refused) > 0
		})
	}
	return chosen, refused, len(mentions) > 0
}

// findMentions finds all names in a text. Of names that overlap the longest stands.
func findMentions(line string, options []Option, asked bool) []mention {
	var all []mention
	for i := range options {
		for word := range options[i].names() {
			if isCommon(word) && !asked || runes(word) < 2 || isLoose(line, word, &options[i]) {
				continue
			}
			for at := 0; ; {
				next := strings.Index(line[at:], word)
				if next < 0 {
					break
				}
				all = append(all, mention{start: at + next, end: at + next + len(word), option: i})
				at += next + len(word)
			}
		}
	}
	slices.SortFunc(all, func(a, b mention) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end), cmp.Compare(a.option, b.option))
	})
	kept := all[:0]
	for _, m := range all {
		if n := len(kept); n > 0 && m.start < kept[n-1].end {
			switch last := kept[n-1]; {
			case m.end-m.start > last.end-last.start:
				kept[n-1] = m
			case m.start == last.start && m.end == last.end && m.option != last.option:
				kept = append(kept, m) // a name of two options: both fit
			}
			continue
		}
		kept = append(kept, m)
	}
	return dropDenials(line, kept, options)
}

// isLoose reports whether a word is too common to name an option in a sentence as long as this.
func isLoose(line, word string, o *Option) bool {
	const sentence, longSentence = 8, 20
	length := runes(line)
	return length > sentence && o.shortens(word) || length > longSentence && slices.Contains(unsureNames, word)
}

// shortens reports whether a word is the option's name without its 了: 参加, which a longer sentence may hold anyhow.
func (o *Option) shortens(word string) bool {
	name, ok := strings.CutSuffix(o.Name, "了")
	return ok && name == word && !slices.Contains(o.Words, word)
}

func isCommon(word string) bool {
	return slices.Contains(noneNames, word) || slices.Contains(yesNames, word) || slices.Contains(unsureNames, word) || slices.Contains(otherNames, word)
}

// dropDenials drops names like 没有 where they only take away another name beside them.
func dropDenials(line string, mentions []mention, options []Option) []mention {
	mentions = slices.DeleteFunc(mentions, func(m mention) bool { // 有没有 asks
		return strings.HasPrefix(line[m.start:m.end], "没") && strings.HasSuffix(line[:m.start], "有")
	})
	others := 0
	for _, m := range mentions {
		if !slices.Contains(noneNames, options[m.option].Name) {
			others++
		}
	}
	if others == 0 {
		return mentions
	}
	return slices.DeleteFunc(mentions, func(m mention) bool {
		return slices.Contains(noneNames, options[m.option].Name) && hasAnyPrefix(line[m.start:m.end], denyBefore) != ""
	})
}

// stance is what words beside a name say of it.
type stance int

const (
	silent stance = iota
	gives
	denies
	excepts
)

// weigh decides which mentions are negated. Names with nothing but 和 or 、 between them share what stands before the
// first and behind the last of them.
func weigh(line string, mentions []mention) {
	before := line[:firstStart(mentions)]
	for from := 0; from < len(mentions); {
		to, next := from+1, ""
		for ; to < len(mentions); to++ {
			next = between(line, mentions, to)
			if !joined(next) {
				break
			}
		}
		after := clauseAfter(line[mentions[to-1].end:])
		said := stanceBefore(before)
		if to < len(mentions) {
			after, before = share(next, said)
		}
		negated := said == denies || said == excepts || stanceAfter(after) == denies
		for i := from; i < to; i++ {
			mentions[i].negated = negated
		}
		from = to
	}
}

func firstStart(mentions []mention) int {
	if len(mentions) == 0 {
		return 0
	}
	return mentions[0].start
}

// between is the text between a mention and the one before it. Two options of the same name have none.
func between(line string, mentions []mention, i int) string {
	return line[min(mentions[i-1].end, mentions[i].start):mentions[i].start]
}

// joined reports whether nothing but 和, 、 and the like stands between two names.
func joined(between string) bool {
	return !strings.ContainsAny(between, ",;?") && trimWords(trimWords(between, placeWords, nil), joining, joining) == ""
}

// share divides the text between two names into what is said of the first and what is said of the second. said is what
// stands before the first: where that is silent, 没有 belongs to it (合同没有工资条有), else to the second (有合同没有工资条).
func share(between string, said stance) (first, second string) {
	if at := strings.IndexAny(between, ",;?"); at >= 0 {
		return between[:at], between[at+1:]
	}
	rest := between[len(hasAnyPrefix(between, placeWords)):]
	if word := hasAnyPrefix(rest, bothWords); word != "" {
		for hasAnyPrefix(rest[len(word):], bothWords) != "" {
			word += hasAnyPrefix(rest[len(word):], bothWords)
		}
		word += hasAnyPrefix(rest[len(word):], append(denyAfter[:3:3], "有", "是"))
		if said != silent && word == rest {
			return "", rest // 没有合同也没有工牌
		}
		return word, rest[len(word):]
	}
	if said == silent && hasAnyPrefix(rest, []string{"没有", "没得", "莫得", "没签", "有"}) == rest {
		return rest, ""
	}
	return "", rest
}

func stanceBefore(text string) stance {
	text = strings.TrimRight(clauseBefore(text, 24), " 过得了的啥什么子任何")
	switch {
	case hasAnySuffix(text, exceptBefore) != "":
		return excepts
	case hasAnySuffix(text, denyBefore) != "":
		return denies
	case hasAnySuffix(text, giveBefore) != "":
		return gives
	}
	return silent
}

func stanceAfter(text string) stance {
	text = strings.TrimPrefix(text, hasAnyPrefix(text, placeWords))
	for hasAnyPrefix(text, bothWords) != "" {
		text = text[len(hasAnyPrefix(text, bothWords)):]
	}
	if word := hasAnyPrefix(text, denyAfter); word != "" && (len(text) == len(word) || hasAnyPrefix(text[len(word):], afterDeny) != "") {
		return denies
	}
	if hasAnyPrefix(text, giveAfter) != "" {
		return gives
	}
	return silent
}
