package dialogue

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"zhugong/internal/chinese"
)

// none are the ways of refusing all choices, folded.
var none = map[string]bool{
	"都不是": true, "都不对": true, "都不是的": true, "不是这些": true, "不是这个": true, "都不": true, "没有我要的": true, "一个都不是": true, "全都不是": true,
	"以上都不是": true, "都莫得": true, "没得我要的": true, "都不是我要问的": true, "不是我要问的": true, "没有一个是": true, "都没有": true,
}

// places are the ways of choosing by place, folded and trimmed; 0 is the last.
var places = map[string]int{
	"1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6, "7": 7, "8": 8, "9": 9, "10": 10, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
	"头一个": 1, "前面那个": 1, "前头那个": 1, "上面那个": 1, "中间那个": 2, "中间的": 2,
	"最后一个": 0, "最后那个": 0, "后面那个": 0, "后头那个": 0, "下面那个": 0,
}

// placeOf reads a choice by place: 2, 第二个, 选2, 2号吧, 那就第二个嘛.
func placeOf(folded string) (int, bool) {
	for _, before := range []string{"那就", "那个", "就是", "我选", "我要", "我问", "选", "要", "点", "第"} {
		folded = strings.TrimPrefix(folded, before)
	}
	for _, behind := range []string{"吧", "嘛", "哈", "咯", "呗", "呢", "撒", "噻", "嘞", "啊", "哦", "号", "条", "个", "项"} {
		if place, ok := places[folded]; ok {
			return place, true
		}
		folded = strings.TrimSuffix(folded, behind)
	}
	place, ok := places[folded]
	return place, ok
}

// more are the ways of asking for the rest of a long answer, folded.
var more = map[string]bool{"更多": true, "继续": true, "下一页": true, "接着": true, "接着说": true, "后面呢": true, "看更多": true}

// choosesPlainly reports whether a folded message does nothing but choose from what was offered, or refuse it.
func (t *turn) choosesPlainly(folded string) bool {
	_, byPlace := placeOf(folded)
	return len(t.state.Offered) > 0 && (byPlace || none[folded])
}

// chosen answers a message that chooses from what was offered, refuses it, or asks for the rest.
func (t *turn) chosen(folded string) (Reply, bool) {
	if more[folded] {
		return t.more(), true
	}
	place, byPlace := placeOf(folded)
	if len(t.state.Offered) == 0 {
		if !byPlace {
			return Reply{}, false
		}
		t.decision.because("回的是序号，可眼下没有可选的", "", "")
		if t.afterCrisis() {
			return t.stayWith(), true
		}
		return t.miss(NotUnderstood, phraseNotUnderstood), true
	}
	if none[folded] {
		t.decision.because("选项都不对，算一次没帮上", "", "")
		t.decision.Effects.About = t.offeredTitles()
		t.state.Offered, t.state.Attribute = nil, ""
		return t.miss(NoneFitted, phraseNoneOfThem), true
	}
	if byPlace {
		return t.place(place), true
	}
	if id := t.titled(folded); id != "" {
		t.decision.because("按名字选的“%s”", folded, "")
		return t.enter(id), true
	}
	return Reply{}, false
}

// offeredTitles names what was offered.
func (t *turn) offeredTitles() string {
	var titles []string
	for _, id := range t.state.Offered {
		if title, known := t.titleOf(id); known {
			titles = append(titles, title)
		}
	}
	return strings.Join(titles, "、")
}

// place answers with the choice at a place, the last for 0.
func (t *turn) place(place int) Reply {
	offered := t.state.Offered
	if place == 0 {
		place = len(offered)
	}
	number := strconv.Itoa(place)
	if place > len(offered) {
		t.decision.Outcome = Clarified
		t.decision.because("没有第 %s 个可选", number, "")
		return Reply{Text: fmt.Sprintf(phraseNoSuchChoice, number), Choices: t.offer(offered)}
	}
	t.decision.because("选了第 %s 个", number, "")
	return t.enter(offered[place-1])
}

// more goes on with a long answer. When all has been said, it shows what else there is.
func (t *turn) more() Reply {
	if t.rest == "" {
		t.decision.because("上一条已经说完了", "", "")
		return t.enter("sys.menu")
	}
	t.decision.Outcome, t.decision.Intent = Answered, t.state.Entry
	t.decision.because("接着上一条没说完的", "", "")
	return t.page(Reply{Text: t.rest})
}

// titled returns the offered entry whose title the message is, or the only one whose title holds the message.
func (t *turn) titled(folded string) string {
	found := ""
	for _, id := range t.state.Offered {
		title, known := t.titleOf(id)
		if !known {
			continue
		}
		title = chinese.Fold(title)
		if title == folded {
			return id
		}
		if written := utf8.RuneCountInString(folded); !strings.Contains(title, folded) || written < 2 || 2*written < utf8.RuneCountInString(title) {
			continue // a word or two of a title is no choice
		}
		if found != "" {
			return ""
		}
		found = id
	}
	return found
}
