package dialogue

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"zhugong/internal/form"
)

// What a worker can ask about his own data: short messages that hold a word of each list, folded.
var (
	own      = []string{"我的资料", "我的信息", "我的数据", "我的记录", "个人信息", "我的登记", "我的个人", "我留的", "我填的", "我的手机号", "我的电话", "把信息", "把资料"}
	ownForm  = []string{"刚才填的", "刚填的", "刚才写的", "我写的"}
	erase    = []string{"删除", "删掉", "删了", "清除", "清空", "抹掉", "销毁", "注销", "帮我删", "给我删"}
	ownTalk  = []string{"我的聊天记录", "你们的聊天记录", "这里的聊天记录", "跟你的聊天", "和你的聊天", "跟你们的聊天"}
	show     = []string{"查询", "查看", "看看", "查一下", "查下", "看一下", "查"}
	withdraw = []string{"撤销登记", "撤回登记", "登记撤", "不想登记了把", "撤掉登记", "登记取消掉"}
	undo     = []string{"取消这个登记", "取消登记", "取消刚才的登记", "登记取消", "登记不要", "不用打了", "不用打给我", "不用联系我", "别打给我"}
	regret   = []string{"别存我", "不要存我", "莫存我", "不想让你们存", "不让你们存", "不许存", "我说的都忘", "我说的忘", "写的都忘"}
	retract  = []string{"撤回同意", "撤销同意", "收回同意", "不同意了", "撤回授权", "取消授权", "取消同意"}
)

// aboutData is the entry that tells what is kept of a worker.
const aboutData = "sys.privacy"

// aboutOwnData is the length, in characters, up to which a message is read as a wish about the worker's own data.
const aboutOwnData = 16

// private serves what the law lets every worker ask: to see what is kept of him, to have it deleted, to take consent back.
func (t *turn) private(folded string) (Reply, bool) {
	if utf8.RuneCountInString(folded) > aboutOwnData {
		return Reply{}, false
	}
	asked := t.state.Form.Asked
	mine := containsAny(folded, own) || containsAny(folded, ownTalk) && !containsAny(folded, others)
	if containsAny(folded, regret) {
		return t.regrets(), true
	}
	if keeps(folded) || (asked == form.Consent || asked == form.HealthConsent) && strings.Contains(folded, "不同意") {
		return Reply{}, false
	}
	if flow, known := t.Base.Flow(t.state.Form.Flow); known && containsAny(folded, ownForm) && containsAny(folded, erase) {
		if len(t.cases()) > 0 {
			return t.cancel(flow), true // what was registered before is not meant
		}
		return t.erased(phraseErased), true
	}
	asks := questioning(folded) || strings.HasSuffix(folded, "没有") // 你们删了没有
	switch {
	case asks && mine && containsAny(folded, erase), containsAny(folded, withdraw), t.undoes(folded):
		t.decision.because("问怎么删登记", "", "")
		t.decision.Intent = aboutData
		reply := t.say(Answered, phraseHowToErase)
		if flow, filling := t.filling(); filling {
			return t.below(flow, reply), true
		}
		return reply, true
	case asks:
		return Reply{}, false
	case containsAny(folded, retract):
		t.decision.because("撤回同意：登记的和填的都删掉", "", "")
		return t.erased(phraseRetracted), true
	case mine && containsAny(folded, erase) && !plainly(folded) && len(t.cases()) > 0:
		t.decision.because("像是要删除自己的资料，有登记在，先问清楚", "", "")
		return t.say(Answered, fmt.Sprintf(phraseEraseSure, len(t.allCases()))), true
	case mine && containsAny(folded, erase):
		t.decision.because("要求删除自己的资料", "", "")
		return t.erased(phraseErased), true
	case mine && containsAny(folded, show):
		t.decision.because("查自己的资料", "", "")
		return t.shown(), true
	}
	return Reply{}, false
}

// others are who may have deleted what a worker wants to keep.
var others = []string{"老板", "公司", "厂", "单位", "工头", "他", "她", "微信把", "手机"}

// aroundErasure are the words that a plain wish to have one's data deleted is made of besides naming both.
var aroundErasure = strings.NewReplacer(wordsAway(own, ownTalk, erase, []string{
	"请", "帮我", "给我", "帮", "给", "把", "我要", "我想", "麻烦", "你们", "全部", "都", "全", "的", "掉", "了", "吧", "马上", "现在", "存", "留", "存的", "删", "我",
})...)

// plainly reports whether a folded message says that everything is to be deleted, and nothing else.
func plainly(folded string) bool { return aroundErasure.Replace(folded) == "" }

// wordsAway pairs every word with nothing, as a strings.Replacer wants it.
func wordsAway(lists ...[]string) []string {
	var pairs []string
	for _, list := range lists {
		for _, word := range list {
			pairs = append(pairs, word, "")
		}
	}
	return pairs
}

// undoes reports whether a folded message wants a case that was registered to be as if it were not.
func (t *turn) undoes(folded string) bool {
	return !t.state.Form.Open() && containsAny(folded, undo) && len(t.cases()) > 0
}

// regrets hears somebody who does not want to have told anything. What was registered is deleted when he says so plainly.
func (t *turn) regrets() Reply {
	t.decision.because("不想让人存：没提交的都丢掉", "", "")
	if len(t.cases()) > 0 {
		t.state.Form = form.Form{}
		return t.say(Answered, phraseHowToErase)
	}
	return t.erased(phraseErased)
}

// keeps reports whether a folded message wants something left alone: 不要删除我的资料, 莫把我的资料删了.
func keeps(folded string) bool {
	for _, no := range []string{"不", "不要", "不用", "不想", "别", "莫"} {
		for _, verb := range []string{"把", "帮我", "给我", "删", "清", "抹", "销毁", "注销", "撤", "收回", "取消"} {
			if strings.Contains(folded, no+verb) {
				return true
			}
		}
	}
	return false
}

func containsAny(folded string, words []string) bool {
	for _, word := range words {
		if strings.Contains(folded, word) {
			return true
		}
	}
	return false
}

// erased has everything kept of the worker deleted, and gives a receipt.
func (t *turn) erased(receipt string) Reply {
	if t.Forgetful {
		return t.say(Answered, phraseCannotErase)
	}
	text := fmt.Sprintf(receipt, t.now.Format("2006年1月2日 15:04"))
	var tickets []string
	for _, c := range t.allCases() {
		tickets = append(tickets, c.Ticket)
	}
	if len(tickets) > 0 {
		text += fmt.Sprintf(phraseErasedCases, len(tickets), strings.Join(tickets, "、"))
	}
	t.state = State{MutedUntil: t.state.MutedUntil}
	t.decision.Effects.Erase = true
	t.decision.Outcome, t.decision.Intent = Answered, aboutData
	return t.page(Reply{Text: text + "\n" + phraseErasedEnd})
}

// shown lists what is kept of the worker.
func (t *turn) shown() Reply {
	if t.Forgetful {
		return t.say(Answered, phraseCannotLookUp)
	}
	var kept []string
	if flow, known := t.Base.Flow(t.state.Form.Flow); known {
		f := &t.state.Form
		for _, step := range f.Steps(flow) {
			if value := f.Get(step.Slot); value != "" {
				kept = append(kept, step.Label+"："+form.Show(step.Kind, value))
			}
		}
		kept = append([]string{fmt.Sprintf(phraseKeptForm, flow.Title)}, kept...)
	}
	for _, c := range t.cases() {
		kept = append(kept, t.told(c))
	}
	if len(kept) == 0 {
		kept = []string{phraseKeptNothing}
	}
	t.decision.Outcome, t.decision.Intent = Answered, aboutData
	return t.page(Reply{Text: lines(append(append([]string{phraseKept}, kept...), fmt.Sprintf(phraseKeptEnd, t.KeepDays))...)})
}
