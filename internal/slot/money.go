package slot

import (
	"strings"
)

// moneyUnits follow an amount.
var moneyUnits = []string{"块钱", "块", "元", "圆", "塊", "人民币", "rmb", "大洋", "刀币"}

// mostYuan is beyond what anybody is owed; longer digits are the number of something else.
const mostYuan = 1e10

// amount is a number that may be money, and how surely it is the amount that matters.
type amount struct {
	yuan int64
	rank int
}

// How much the words around an amount say for it. What was paid, and what is paid for a month or a head, is not taken.
const (
	notMeant = iota // a wage, something paid already, a fee
	bare            // a number that could be money
	sure            // a number with a unit of money
	owed            // 欠我三万
	total           // 一共三万
	left            // 还差三万
)

// Money reads whole yuan. Of several amounts the one still owed is taken, then the total; a wage for a month, what was
// paid already and fees are not. Bare numbers below ten are doubtful, and not taken.
func Money(text string, asked bool) (yuan int64, ok bool) {
	text = plain(text)
	if rest, found := corrected(text); found {
		if best := bestAmount(rest, asked); best.rank > notMeant {
			return best.yuan, true
		}
	}
	best := bestAmount(text, asked)
	return best.yuan, best.rank > notMeant
}

// bestAmount returns the amount for which most speaks. When two do so equally, none is.
func bestAmount(text string, asked bool) (best amount) {
	if !asked && !containsAny(text, oweWords) {
		return best
	}
	equal := false
	for n, found := nextNumber(text, 0); found; n, found = nextNumber(text, n.end) {
		one := rankAmount(text, &n, asked)
		switch {
		case one.rank > best.rank:
			best, equal = one, false
		case one.rank == best.rank && one.yuan != best.yuan && one.rank > notMeant:
			equal = true
		}
	}
	if equal || !asked && best.rank < sure || asked && isPerHead(text) {
		return amount{}
	}
	if asked && best.rank < left && !containsAny(text, []string{"欠", "差", "剩", "余款", "尾款"}) {
		return lessPaid(text, best)
	}
	return best
}

// lessPaid takes off an amount what was paid of it. Where no sum is named for that, or a rough one, nobody knows the rest.
func lessPaid(text string, of amount) amount {
	paid, known := partPaid(text, of.yuan)
	if !known || containsAny(text, []string{"给了一半", "付了一半", "发了一半", "结了一半", "给了一部分", "付了一部分", "发了一部分", "结了一部分", "没给完", "没付完", "没发完", "没结完"}) {
		return amount{}
	}
	of.yuan -= paid
	return of
}

// isPerHead reports whether amounts for several people are named, one by one: 我6000，其他三个一人5000.
func isPerHead(text string) bool {
	return containsAny(text, []string{"其他", "其它", "另外", "他们", "他两个", "他俩", "剩下的人"}) && containsAny(text, []string{"一人", "每人", "一个人", "每个人"})
}

// paidBefore stand before what was paid of an amount.
var paidBefore = []string{"给", "付", "拿到", "拿", "结", "发", "领", "减掉", "减去", "减", "扣掉", "借支", "预支"}

// partPaid returns what was paid of an amount of so many yuan, 0 when a text tells of nothing; it is not known when the
// sum is rough.
func partPaid(text string, of int64) (yuan int64, known bool) {
	known = true
	for n, found := nextNumber(text, 0); found; n, found = nextNumber(text, n.end) {
		before := strings.TrimRight(clauseBefore(text[:n.start], 18), " 了过我们到")
		word := hasAnySuffix(before, paidBefore)
		value := int64(n.value)
		if word == "" || hasAnySuffix(before[:len(before)-len(word)], []string{"没", "不", "未", "要", "该", "应"}) != "" || value >= of {
			continue
		}
		if n.readMoneyUnit(text) == "" && !n.scaled && n.value < 100 {
			continue
		}
		yuan += value
		known = known && !n.more && !n.vague
	}
	if yuan >= of {
		return 0, true
	}
	return yuan, known
}

// oweWords tell that money is owed. Without them an amount is that of something else.
var oweWords = []string{"欠", "拖", "薪", "工资", "工钱", "没给", "没发", "没结", "不给", "不发", "未发", "要不到", "讨", "还差", "差我", "血汗钱", "没拿到"}

// rankAmount judges a number by what stands around it, and moves its end behind the unit.
func rankAmount(text string, n *number, asked bool) amount {
	before, unit := clauseBefore(text[:n.start], 36), n.readMoneyUnit(text)
	after := clauseAfter(text[n.end:])
	switch {
	case n.value < 1 || n.value >= mostYuan || n.vague && !asked:
		return amount{}
	case unit == "" && (!asked && !owedBare(before, after, n) || !mayBeAmount(text, n, before, after)):
		return amount{}
	case n.value < 10 && !asked:
		return amount{} // 一块干活, 三块砖, 一元二次方程
	}
	return amount{yuan: int64(n.value), rank: rankWords(before, after, unit != "")}
}

// readMoneyUnit reads the unit behind a number, 5千块 5, or the sign before it.
func (n *number) readMoneyUnit(text string) string {
	rest := strings.TrimPrefix(text[n.end:], " ")
	space := len(text) - n.end - len(rest)
	unit := hasAnyPrefix(rest, moneyUnits)
	if unit == "" && n.scaled {
		unit = hasAnyPrefix(rest, []string{"工钱", "工资", "钱"})
	}
	if unit == "" {
		if strings.HasSuffix(text[:n.start], "¥") {
			return "¥"
		}
		return ""
	}
	n.end += space + len(unit)
	return unit
}

// owedBare reports whether words beside a number make it money without a unit: 欠我三万, 两万三没结.
func owedBare(before, after string, n *number) bool {
	return n.scaled && hasAnyPrefix(after, []string{"没结", "没给", "没发", "不给", "没拿"}) != "" || n.value >= 100 && (n.scaled || n.digits >= 3) && containsAny(before, []string{"欠", "差我", "差你", "还差", "少我", "少给", "少发"})
}

// mayBeAmount reports whether a number without a unit can be an amount: not a count of something else, not a hotline, a
// year, a house or a telephone.
func mayBeAmount(text string, n *number, before, after string) bool {
	switch {
	case n.digits > 8 || n.digits == 0 && !n.scaled && n.value < 10 || n.digits > 0 && n.value < 10:
		return false
	case hasAnyPrefix(after, counters) != "" || hasAnySuffix(before, notCounted) != "":
		return false
	case n.value <= 31 && !n.scaled && strings.HasSuffix(before, "月"):
		return false // 腊月二十八
	case n.digits == 3 && n.start > 1 && text[n.start-1] == ' ' && digitsAt(text[n.start-2:n.start]) == 1:
		return false // 1 500
	case n.digits > 0 && (text[n.start] == '0' || isHotline(text[n.start:n.end])):
		return false
	case hasAnyPrefix(text[n.end:], []string{"-", "/", ":", "."}) != "" || hasAnySuffix(text[:n.start], []string{"-", "/", ":"}) != "":
		return false
	}
	return n.scaled || n.digits >= 2 || n.value >= 10 && trimWords(after, nil, afterNumber) == ""
}

// notCounted stand before a number that is the name of something.
var notCounted = []string{"第", "初", "统", "唯", "同", "专", "周", "星期", "礼拜", "闭", "电话", "手机", "号码", "打", "路", "栋", "单元", "幢"}

// afterNumber are the words that may follow a bare number.
var afterNumber = []string{
	"左右", "上下", "吧", "嘛", "哦", "喔", "了", "呢", "噻", "咯", "的样子", "样子", "这样", "啊", "呀", "哈", "嘞", "多", "差不多", "整", "钱",
	"还没给", "没给",
}

func isHotline(digits string) bool {
	switch digits {
	case "110", "119", "120", "122", "12315", "12320", "12329", "12333", "12338", "12345", "12348", "12351", "12355", "12356", "12366":
		return true
	}
	return false
}

var (
	leftWords  = []string{"还差", "还欠", "剩", "还有", "下欠", "尾款", "余款"}
	totalWords = []string{"一共", "总共", "共计", "合计", "加起来", "拢共", "总计", "总的", "总额", "一起是", "算下来", "全部", "我算"}
	owedWords  = []string{"欠", "差我", "差你", "没发", "没给", "没结", "不给", "不发", "要不到", "讨", "少我", "少给", "少发", "没拿到", "未付", "未发"}
	paidWords  = []string{
		"给了", "发了", "付了", "结了", "借支", "预支", "借了", "交了", "花了", "押金", "会费", "罚", "医药费", "中介费", "拿到了", "只给", "只发", "先给",
		"先发", "已付", "已发",
	}
	wageBefore = []string{
		"月薪", "月工资", "每月", "每个月", "一个月", "工资是", "底薪", "日薪", "时薪", "每天", "一天", "日工资", "每小时", "一小时", "一个工", "人均", "每人",
		"一人", "每个人", "一个人",
		"月入", "基本工资", "工资一个月", "讲好", "说好", "谈好",
	}
	wageAfter = []string{
		"一个月", "每月", "每个月", "/月", "一月", "一天", "每天", "/天", "一小时", "每小时", "一个工", "一人", "每人", "一平", "每平", "一方", "一米", "一吨",
		"一个点", "个月", "一趟", "一单", "一年", "一个人",
	}
)

// withDeposit takes out a deposit that is owed along with wages.
var withDeposit = strings.NewReplacer("加押金", "", "和押金", "", "连押金", "", "跟押金", "", "加上押金", "")

// rankWords weighs the words around an amount. Of those before it the nearest count.
func rankWords(before, after string, unit bool) int {
	rest := strings.TrimLeft(after, " 的左右多上下")
	before = withDeposit.Replace(before)
	if strings.HasSuffix(before, "不到") {
		return bare // 不到一万，九千多
	}
	if hasAnyPrefix(rest, wageAfter) != "" {
		return notMeant
	}
	if months, ok := strings.CutSuffix(before, "个月工资"); ok && hasAnySuffix(months, []string{"一", "每"}) == "" {
		return owed // 三个月工资一万八
	}
	rank, nearest := 0, -1
	for _, group := range [...]struct {
		words []string
		rank  int
	}{{leftWords, left}, {totalWords, total}, {owedWords, owed}, {paidWords, notMeant}, {wageBefore, notMeant}} {
		if at := lastOfAny(before, group.words); at > nearest {
			rank, nearest = group.rank, at
		}
	}
	switch {
	case nearest >= 0 && rank == owed && containsAny(before, totalWords):
		return total
	case nearest >= 0:
		return rank
	case containsAny(clauseAfter(rest), owedWords):
		return owed
	case unit:
		return sure
	}
	return bare
}

// lastOfAny returns where the last of the words ends in text, -1 when there is none.
func lastOfAny(text string, words []string) int {
	last := -1
	for _, w := range words {
		if strings.Contains(text, w) {
			last = max(last, strings.LastIndex(text, w)+len(w))
		}
	}
	return last
}
