package slot

import "strings"

// Words of somebody who has left his work, or whose work is no more; and what before them takes them back, or puts them
// off to a day to come.
var (
	goneWords = []string{
		"走了", "走人", "走掉", "离开", "离职", "离了", "辞", "劝退", "开除", "解雇", "解除", "炒鱿鱼", "炒了", "被炒", "被开", "裁了", "被裁", "赶走", "赶出来", "撵走", "撵了",
		"不干了", "不做了", "不搞了", "不弄了", "不上了", "没干了", "没做了", "没上了", "没有干了", "没有做了", "没在", "没有在", "不在", "没去", "不去了", "没上班", "撤了", "出来了",
		"回来了", "回家了", "回老家", "倒闭", "关门", "垮了", "跑路", "老板跑了", "散了", "停工", "完工", "做完了", "干完了", "结束了", "退场",
	}
	takenBack = []string{
		"没", "没有", "没被", "没有被", "还没被", "不", "不会", "不让", "不准", "不得", "要", "想", "准备", "打算", "考虑", "快", "快要", "将要", "要被", "怕被", "怕", "喊我", "叫我", "让我",
		"逼我", "不让我", "不想", "是不是", "能不能", "可以",
	}
	toCome = []string{"下个月", "下月", "下周", "下星期", "明天", "后天", "明年", "过几天", "过两天", "过段时间", "等几天", "到时候", "马上", "月底", "年底", "过完年", "如果", "要是"}
)

// Left reports whether a worker says that he is no longer at his work: 早就没在那里干了, 公司倒闭了. Who wants to go, or is
// about to, is still there.
func Left(text string) bool {
	text = plain(text)
	if containsAny(text, stayWords) {
		return false
	}
	for clause := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(breaks+" ", r) }) {
		if saysGone(clause) {
			return true
		}
	}
	return false
}

// saysGone reports whether a clause holds one of goneWords that nothing takes back. 走 itself has to stand at its end, or
// before 的: 去年走的, but 走路上班.
func saysGone(clause string) bool {
	if containsAny(clause, toCome) {
		return false
	}
	for _, word := range goneWords {
		at := strings.Index(clause, word)
		if at < 0 || isTakenBack(clause[:at]) || word == "辞" && strings.HasPrefix(clause[at:], "辞不") {
			continue
		}
		return true
	}
	before, ok := strings.CutSuffix(trimWords(clause, nil, []string{"的", "嘛", "呢", "啊", "哦", "吧", "噻"}), "走")
	return ok && !isTakenBack(before) && clause != "走" && !strings.HasSuffix(before, "就")
}

// isTakenBack reports whether text ends in what takes back the word behind it.
func isTakenBack(text string) bool {
	return hasAnySuffix(strings.TrimRight(text, "我把给就"), takenBack) != ""
}
