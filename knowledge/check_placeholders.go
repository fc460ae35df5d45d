package knowledge

import (
	"slices"
	"strings"

	"zhugong/internal/strictyaml"
)

// placeholders checks the braces of a text.
func (c *checker) placeholders(file string, text strictyaml.Text, parts template, allowed bool) {
	for i, p := range parts {
		report := func(message, mend string) { c.faultInside(file, text, p.start, message, mend) }
		switch {
		case p.open:
			report("花括号没有成对", "写成 {事实:编号} 或 {依据:编号}，都用英文符号；不是引用就不要用花括号。")
		case !p.placeholder:
		case !allowed:
			report("这里不能用 {…} 引用", "直接写字。")
		case p.kind == factPlaceholder:
			c.factPlaceholder(parts, i, report)
		case p.kind == lawPlaceholder:
			if _, ok := c.ledger.Public[p.text]; !ok && c.sureOfPublic {
				report(publicName+c.lacks+"“"+p.text+"”", didYouMean(p.text, keys(c.ledger.Public)))
			}
		case strings.HasPrefix(p.kind, factPlaceholder) || strings.HasPrefix(p.kind, lawPlaceholder):
			report("花括号里的写法不对", "写成 {事实:编号} 或 {依据:编号}，冒号用英文的，前后不空格。")
		default:
			report("不认识的“"+text.Value[p.start:p.end]+"”", "只能写 {事实:编号} 或 {依据:编号}。")
		}
	}
}

// factPlaceholder checks a quotation of the ledger, the part at index i.
func (c *checker) factPlaceholder(parts template, i int, report func(message, mend string)) {
	p := parts[i]
	fact, ok := c.ledger.Facts[p.text]
	switch {
	case !ok && c.sureOfFacts:
		report(factsName+c.lacks+"“"+p.text+"”", didYouMean(p.text, keys(c.ledger.Facts)))
	case !ok:
	case fact.Kind == "陷阱":
		report("“"+p.text+"”是陷阱，不能引用", "看 facts.yaml 里这一条的“注意”，换一种说法。")
	case fact.Quote == "":
		report("“"+p.text+"”没有“引用”，不知道换成什么字", "在 facts.yaml 里给它写上“引用”。")
	case fact.Unit != "" && strings.HasSuffix(fact.Quote, fact.Unit) && i+1 < len(parts) &&
		!parts[i+1].placeholder && strings.HasPrefix(parts[i+1].text, fact.Unit):
		report("单位“"+fact.Unit+"”写了两遍：{…} 会换成“"+fact.Quote+"”", "去掉 {…} 后面的单位。")
	}
}

// sourced checks that an entry which quotes something says where it is from.
func (c *checker) sourced(file string, e *entryForm) {
	if len(e.Sources) > 0 || !e.Answer.Written() {
		return
	}
	quotes := slices.ContainsFunc(parseTemplate(e.Answer.Value), func(p part) bool { return p.placeholder })
	if quotes {
		c.fault(file, e.Answer, "回答里引用了事实或依据，却没有写“来源”", "加上“来源”，写 facts.yaml 里来源的编号。")
	}
}

// ledgerQuotes checks that what is quoted from the facts, which stand in file, says no more than they do.
func (c *checker) ledgerQuotes(file string) {
	for _, fact := range c.facts.Facts {
		if !fact.Quote.Written() {
			if fact.Kind.Value == "事实" {
				c.fault(file, fact.ID, "“"+fact.ID.Value+"”没有“引用”", "写上回答里引用它时用的字，带单位和余、多、以上。")
			}
			continue
		}
		for _, figure := range digitGroups(fact.Quote.Value) {
			if !strings.Contains(halfWidth(fact.Statement.Value), figure.text) {
				c.faultInside(file, fact.Quote, figure.start, "“引用”里的 "+figure.text+" 在“内容”里没有", "照“内容”改，一个数都不能多。")
			}
		}
		if words := qualifierWords(fact.Qualifier.Value); len(words) > 0 && !containsAny(fact.Quote.Value, words) {
			c.fault(file, fact.Quote, "这个数的限定是“"+fact.Qualifier.Value+"”，“引用”里丢了", "加上“"+strings.Join(words, "”“")+"”里合适的一个。")
		}
	}
}

// qualifierWords lists the words by which a quotation keeps the qualifier of its figure.
func qualifierWords(qualifier string) []string {
	switch qualifier {
	case "超过":
		return []string{"余", "多", "超", "以上"}
	case "不少于":
		return []string{"以上", "不少于", "至少", "余", "多"}
	case "连续":
		return []string{"连续"}
	case "首创", "率先":
		return []string{"首", "率先", "第一"}
	}
	return nil
}

func containsAny(s string, words []string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(s, word) })
}

func keys[V any](m map[string]V) []string {
	var names []string
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
