package dialogue

import (
	"strings"
	"unicode/utf8"

	"zhugong/internal/chinese"
)

// none are the ways of refusing all choices, folded.
var none = map[string]bool{
	"都不是": true, "都不对": true, "都不是的": true, "不是这些": true, "不是这个": true, "都不": true, "没有我要的": true, "一个都不是": true, "全都不是": true,
	"以上都不是": true, "都莫得": true, "没得我要的": true, "都不是我要问的": true, "不是我要问的": true, "没有一个是": true, "都没有": true,
}

// ordinals are the ways of choosing by place, folded; 0 is the last.
var ordinals = map[string]int{
	"1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6,
	"第一个": 1, "第二个": 2, "第三个": 3, "第四个": 4, "第五个": 5, "第六个": 6, "第1个": 1, "第2个": 2, "第3个": 3, "第4个": 4, "第5个": 5, "第6个": 6,
	"选1": 1, "选2": 2, "选3": 3, "选一": 1, "选二": 2, "选三": 3, "1号": 1, "2号": 2, "3号": 3, "头一个": 1, "前面那个": 1, "上面那个": 1, "前头那个": 1, "第一": 1,
	"第二": 2, "第三": 3, "中间那个": 2, "中间的": 2, "最后一个": 0, "后面那个": 0, "后头那个": 0, "下面那个": 0, "最后那个": 0, "选第一个": 1, "选第二个": 2, "选第三个": 3,
	"一个": 1, "两": 2, "第一条": 1, "第二条": 2, "第三条": 3, "1吧": 1, "2吧": 2, "3吧": 3, "我选1": 1, "我选2": 2, "我选3": 3,
}

// more are the ways of asking for the rest of a long answer, folded.
var more = map[string]bool{"更多": true, "继续": true, "下一页": true, "接着": true, "还有呢": true, "接着说": true, "后面呢": true, "看更多": true}

// chosen answers a message that chooses from what was offered, refuses it, or asks for the rest.
func (t *turn) chosen(folded string) (Reply, bool) {
	if more[folded] && t.state.Rest != "" {
		t.decision.Outcome, t.decision.Intent = Answered, t.state.Entry
		t.decision.because("接着上一条没说完的", "", "")
		return t.page(Reply{Text: t.state.Rest}), true
	}
	if len(t.state.Offered) == 0 {
		if _, bare := ordinals[folded]; bare {
			t.decision.because("回的是序号，可眼下没有可选的", "", "")
			return t.miss(phraseNotUnderstood), true
		}
		return Reply{}, false
	}
	if none[folded] {
		t.decision.because("选项都不对，算一次没帮上", "", "")
		t.state.Offered, t.state.Attribute = nil, ""
		return t.miss(phraseNoneOfThem), true
	}
	if place, ok := ordinals[folded]; ok && place <= len(t.state.Offered) {
		if place == 0 {
			place = len(t.state.Offered)
		}
		t.decision.because("按序号选的“%s”", folded, "")
		return t.enter(t.state.Offered[place-1]), true
	}
	if id := t.named(folded); id != "" {
		t.decision.because("按名字选的“%s”", folded, "")
		return t.enter(id), true
	}
	return Reply{}, false
}

// named returns the offered entry whose title the message is, or the only one whose title holds the message.
func (t *turn) named(folded string) string {
	found := ""
	for _, id := range t.state.Offered {
		entry, known := t.Base.Entry(id)
		if !known {
			continue
		}
		title := chinese.Fold(entry.Title)
		if title == folded {
			return id
		}
		if utf8.RuneCountInString(folded) < 2 || !strings.Contains(title, folded) {
			continue
		}
		if found != "" {
			return ""
		}
		found = id
	}
	return found
}
