package slot

import (
	"slices"
	"strings"
)

const (
	mostPeople = 1_000_000
	mostNamed  = 10_000 // beyond it a sentence speaks of other people
)

// Count reads a number of people.
func Count(text string, asked bool) (people int, ok bool) {
	text = plain(text)
	if rest, found := corrected(text); found {
		if people, ok = countPeople(rest, asked); ok {
			return people, true
		}
	}
	return countPeople(text, asked)
}

func countPeople(text string, asked bool) (people int, ok bool) {
	if asked {
		if people, ok = addSexes(text); ok {
			return people, true
		}
	}
	best, equal := 0, false
	for n, found := nextNumber(text, 0); found; n, found = nextNumber(text, n.end) {
		rank := rankPeople(text, &n, asked)
		value := int(n.value)
		switch {
		case rank > best:
			best, people, equal = rank, value, false
		case rank == best && rank > 0 && value != people:
			equal = true
		}
	}
	if best < 3 && containsAny(text, eachGroup) {
		return 0, false // 三班倒每班十五个: how many of them work by turns is not said
	}
	if best < 2 {
		if few := fewPeople(text, asked); few > 0 {
			return few, true
		}
	}
	if best == 0 || equal {
		return 0, false
	}
	return people, true
}

// eachGroup stand before the number of people in each of several groups.
var eachGroup = []string{"每班", "每个班", "每组", "每个组", "每队", "每个队"}

// addSexes adds up the men and the women of an answer that names nothing else: 男的二十女的十五.
func addSexes(text string) (people int, ok bool) {
	first, found := nextNumber(text, 0)
	second, also := nextNumber(text, first.end)
	if !found || !also || first.vague || second.vague || first.scaled || second.scaled || first.value < 1 || second.value < 1 {
		return 0, false
	}
	if _, more := nextNumber(text, second.end); more {
		return 0, false
	}
	people = int(first.value + second.value)
	for _, sexes := range [...][2]string{{"男", "女"}, {"女", "男"}} {
		before, of1 := strings.CutPrefix(trimWords(text[:first.start], beforeCount, nil), sexes[0])
		between, of2 := strings.CutPrefix(trimWords(text[first.end:second.start], sexUnits, nil), sexes[1])
		if of1 && of2 && trimWords(before, sexWords, nil) == "" && trimWords(between, sexWords, nil) == "" && trimWords(text[second.end:], sexUnits, afterNumber) == "" {
			return people, people <= mostNamed
		}
	}
	return 0, false
}

var (
	sexWords = []string{"的", "工", "人", "同志", "职工", "生", "有", "是", "大概", "差不多"}
	sexUnits = []string{"个", "人", "名", "位"}
)

// Words for one, two or three that hold no number of people.
var (
	aloneWords = []string{"就我一个", "就我自己", "只有我", "只我一个", "就只我", "就我", "我一个人", "我自己一个", "只是我", "单我一个", "光我一个"}
	pairWords  = []string{"我们俩", "我俩", "咱俩", "咱们俩", "我们两口子", "夫妻俩", "夫妻两", "两口子", "我跟我老婆", "我和我老婆", "我和老婆", "我跟老婆"}
	threeWords = []string{"我们仨", "咱仨", "我仨"}
)

func fewPeople(text string, asked bool) int {
	switch {
	case containsAny(text, threeWords):
		return 3
	case containsAny(text, pairWords):
		return 2
	case containsAny(text, aloneWords[:4]):
		return 1
	}
	if !asked {
		return 0
	}
	if trimWords(text, []string{"就", "只有"}, afterNumber) == "我" {
		return 1
	}
	switch bare := trimWords(text, beforeCount, afterNumber); {
	case containsAny(text, aloneWords), bare == "自己", bare == "个人", bare == "本人", bare == "我自己", bare == "我本人":
		return 1
	case bare == "俩", bare == "两个", bare == "两口子":
		return 2
	case bare == "仨":
		return 3
	}
	return 0
}

var (
	// peopleUnits count people whatever stands around them.
	peopleUnits = []string{
		"个工友", "个工人", "个民工", "个农民工", "个兄弟", "个老乡", "个同事", "个员工", "个职工", "个女工", "个姊妹", "个姐妹", "个弟兄", "个伙计", "个师傅", "个伙伴",
		"号人", "号工人", "号工友", "号民工", "号兄弟", "号农民工", "名工人", "名职工", "名员工", "名农民工", "名工友", "位工友", "个人", "来人", "人", "工友", "兄弟",
		"姊妹", "姐妹", "弟兄", "口子人", "把人", "名", "位",
	}
	// groupWords stand before a number of the writer's own group: 我们一共7个.
	groupWords = []string{
		"我们", "咱们", "咱", "俺们", "一共", "总共", "共", "拢共", "加起来", "合计", "工友", "班组", "有", "大概", "差不多", "起码", "至少", "接近", "将近",
		"快", "近",
	}
	kinWords    = []string{"兄弟", "姊妹", "姐妹", "弟兄"} // 我们三兄弟, but 砍到五百 兄弟些
	beforeCount = []string{
		"我们", "咱们", "大概", "差不多", "一共", "总共", "拢共", "共", "有", "可能", "应该", "约", "加起来", "合计", "估计", "起码", "至少", "接近", "将近",
		"也就", "是", "就", "人数", "快", "近", "得有", "怕有", "怕", "班组", "里", "里头", "这边", "我", "厂", "公司", "工地", "单位",
	}
)

// rankPeople judges whether a number counts people: 0 not, 1 a bare one, 2 one that counts people, 3 one of all of them.
func rankPeople(text string, n *number, asked bool) int {
	before := clauseBefore(text[:n.start], 36)
	rest := strings.TrimPrefix(text[n.end:], " ")
	if !canBePeople(text, n, asked) || hasAnySuffix(before, notCounted) != "" || notPeople(before, rest) {
		return 0
	}
	group := hasAnySuffix(before, groupWords) != ""
	all := containsAny(before, []string{"一共", "总共", "拢共", "加起来", "合计"})
	switch unit := hasAnyPrefix(rest, peopleUnits); {
	case unit != "" && n.value > 20 && slices.Contains(kinWords, unit):
		return 0
	case unit != "" && (n.value > 1 || asked && group):
		if all {
			return 3
		}
		return 2
	case unit != "":
		if asked && trimWords(rest[len(unit):], nil, afterNumber) == "" {
			return 2
		}
		return 0 // 一个人 is also: alone
	case strings.HasPrefix(rest, "个") && (group && n.value > 1 || asked) && endsCount(rest[len("个"):]):
		if all {
			return 3
		}
		return 2
	}
	if asked && bareCount(before, rest) {
		return 1
	}
	return 0
}

// canBePeople reports whether a number can be one of people at all.
func canBePeople(text string, n *number, asked bool) bool {
	switch {
	case n.value < 1 || n.value > mostPeople || n.digits > 7:
		return false
	case n.digits > 0 && (n.digits > 3 || !asked) && isHotline(text[n.start:n.end]):
		return false
	}
	return asked || !n.vague && n.value <= mostNamed
}

// endsCount reports whether nothing that is counted follows 个.
func endsCount(rest string) bool {
	rest = clauseAfter(rest)
	return rest == "" || trimWords(rest, nil, afterNumber) == "" || hasAnyPrefix(rest, []string{"都", "被", "没", "全", "在", "一起", "人", "男", "女"}) != ""
}

// notPeople reports whether a number with 人 behind it is not a number of people: for each, family, a name.
func notPeople(before, rest string) bool {
	return hasAnySuffix(before, []string{"每", "每一", "家里", "全家", "一家", "后", "前", "到"}) != "" ||
		hasAnyPrefix(rest, []string{"人均", "人民", "人才", "人次", "人工", "人日", "人以上", "人以下", "人可以", "人就", "人起", "人份", "个人所得", "人间", "人公里", "口人", "名称", "位数"}) != ""
}

// bareCount reports whether nothing but the number was written: 十几个吧.
func bareCount(before, rest string) bool {
	return trimWords(before, beforeCount, beforeCount) == "" &&
		trimWords(clauseAfter(rest), []string{"个", "左右", "上下"}, afterNumber) == ""
}
