package slot

import (
	"strings"
	"unicode/utf8"
)

// Words that make a number rough: wherever they stand in its clause, right before it, and right behind it or its unit;
// and what is not such a word.
var (
	roughWords  = []string{"大概", "差不多", "大约", "约莫", "可能", "估计", "估摸", "将近", "接近", "出头", "好几", "起码", "至少", "最少", "左右", "样子", "记不清", "记不得"}
	roughBefore = []string{"不到", "约", "近", "快", "怕有", "怕", "好像", "应该", "得有"}
	notRough    = []string{"要不到", "拿不到", "讨不到", "收不到", "领不到", "找不到", "得不到", "最近", "附近", "尽快", "赶快", "合约", "节约"}
	roughBehind = []string{"上下", "多", "来", "把", "余", "好几", "几", "差点", "不止", "以上", "不到"}
	roughUnits  = []string{"个", "人", "块", "元", "万", "千", "百", "号", "名", "位", "工友"}
)

// Rough reports whether a number in a text is only roughly meant: 几十个, 两三万, 三万多. 两万三 is not.
func Rough(text string) bool {
	line := plain(text)
	if containsRoughFew(line) {
		return true
	}
	for n, found := nextNumber(line, 0); found; n, found = nextNumber(line, n.end) {
		if n.more || n.vague || n.ranged || isRoughHere(line, &n) {
			return true
		}
	}
	return false
}

// containsRoughFew reports whether 几 or 个把 stands for a number: 几个, but not 几号楼.
func containsRoughFew(line string) bool {
	for _, word := range [...]string{"几个", "几人", "几位", "几名", "几块", "几号人", "个把", "几大"} {
		if strings.Contains(line, word) {
			return true
		}
	}
	return false
}

// isRoughHere reports whether the words around a number make it rough, or a second one does: 5、6个.
func isRoughHere(line string, n *number) bool {
	before, after := clauseBefore(line[:n.start], 36), clauseAfter(line[n.end:])
	if containsAny(before, roughWords) || containsAny(after, roughWords) || hasAnySuffix(before, roughBefore) != "" && hasAnySuffix(before, notRough) == "" {
		return true
	}
	behind := strings.TrimLeft(after, " ")
	if hasAnyPrefix(behind, roughBehind) == "" {
		behind = strings.TrimPrefix(behind, hasAnyPrefix(behind, roughUnits))
	}
	switch word := hasAnyPrefix(behind, roughBehind); word {
	case "":
	case "上下":
		return !strings.HasPrefix(behind, "上下班")
	case "来":
		return behind == after && roughAfter(behind[len(word):]) // 我们5个人来
	case "多", "把":
		return !strings.HasPrefix(behind, "多少")
	default:
		return true
	}
	next, ok := strings.CutPrefix(after, "、")
	if !ok {
		return false
	}
	second, ok := readNumber(next, 0)
	r, _ := utf8.DecodeRuneInString(next[second.end:])
	return ok && second.value > n.value && (second.value == n.value+1 || second.scaled) && r != '、'
}
