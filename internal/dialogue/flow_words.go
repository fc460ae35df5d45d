package dialogue

import (
	"slices"
	"strings"
	"unicode/utf8"

	"zhugong/knowledge"
)

// command is what a worker can tell a form to do, whatever is asked.
type command int

const (
	noCommand command = iota
	cancelForm
	goBack
	skipStep
	pauseForm
	restartForm
	tellWhy
	callPerson
)

// commandWords are the ways of giving a command: the whole message, or, where a short message may hold more words, a part.
// own are those that count as well where a worker's own words are asked for, which may sound like any other command: 不搞了 is
// what he may say of his work.
var commandWords = []struct {
	command          command
	own, whole, part []string
}{
	{callPerson, []string{"人工", "转人工", "找人工", "人工客服", "转客服", "我要人工"}, []string{"人工服务", "找客服", "客服", "接人工", "转人", "找个人", "真人", "找真人", "换个人", "喊个人来"}, []string{"转人工", "人工客服", "找人工", "接人工", "人工服务"}},
	{skipStep, []string{"跳过", "略过", "不填", "不想填", "不想说", "不方便说", "不晓得", "不知道", "不记得", "记不得", "忘了", "不留", "保密", "不告诉你", "不想告诉你", "不想讲", "无可奉告"}, []string{"跳", "不方便", "没有手机", "没得手机", "不想留", "下一个", "下一步", "记不清", "想不起", "想不起来", "找不到", "找不到了", "没有电话"}, []string{"跳过", "不想填", "不想说", "不想留", "不方便说", "不方便留", "不留电话", "不留号码", "不填电话", "不写电话", "不给电话", "先不填", "想不起", "记不清", "记不得"}},
	{goBack, []string{"上一步", "返回上一步", "返回", "上一项"}, []string{"退回", "回去", "上一个", "前一步", "退回去", "倒回去", "上一题"}, []string{"上一步", "前一步", "返回上", "退回上", "倒回去", "回到上"}},
	{pauseForm, []string{"先放一放", "我先忙", "等会再弄", "等会再填", "等哈再弄", "晚点再填", "晚点再弄"}, []string{"暂停", "先不弄", "等一哈", "等会儿", "改天再办", "等下", "等一下", "稍等"}, []string{"先放", "等会再", "等会儿再", "等哈再", "等一哈再", "等下再", "等一下再", "晚点再", "改天再", "晚上再", "明天再", "回头再", "有空再", "先忙", "先干活"}},
	{restartForm, []string{"重新填", "重填", "从头来", "重新开始"}, []string{"重来", "重新来", "从头开始"}, []string{"重新填", "从头来", "重新来", "重新开始"}},
	{cancelForm, []string{"取消", "取消登记", "退出登记", "不登记了", "不填了", "算了不弄了", "算了不登记了", "算了不填了", "算了不办了"}, []string{"退出", "算了", "不弄", "不办", "不登记", "不填", "不搞", "不要", "停", "结束", "不用登记", "清空", "删", "删掉", "都删", "把填的删"}, []string{"取消", "退出", "不登记", "不办了", "不弄了", "不填了", "不搞了", "算了", "莫登记", "填的删", "写的删"}},
	{tellWhy, []string{"为什么要问这个", "问这个干嘛", "问这个做什么"}, []string{"为什么", "为啥", "干嘛", "问这个干什么", "为啥子", "有什么用", "拿来干嘛", "要这个干嘛", "要这个做什么"}, []string{"问这个", "要这个干", "要这个做", "为什么要我", "为啥要问", "为什么要问", "为什么要填"}},
}

// shortCommand is how many characters a message may have to be read as a command by a part of it.
const shortCommand = 10

// commandOf reads a command.
func commandOf(folded string, step *knowledge.Step) command {
	ownWords := step != nil && step.Kind == knowledge.Free
	trimmed := trimParticles(folded)
	for _, c := range commandWords {
		switch {
		case slices.Contains(c.own, folded) || slices.Contains(c.own, strings.TrimSuffix(folded, "吧")):
			return c.command
		case ownWords:
		case slices.Contains(c.whole, trimmed) || slices.Contains(c.own, trimmed) || slices.Contains(c.whole, folded):
			return c.command
		case c.command != tellWhy && c.command != callPerson && containsAny(folded, asking.words):
		case utf8.RuneCountInString(folded) <= shortCommand && containsAny(folded, c.part):
			return c.command
		}
	}
	return noCommand
}

// trimParticles cuts particles off the end of a folded message.
func trimParticles(folded string) string {
	for _, particle := range []string{"吧", "嘛", "哈", "了", "咯", "呗", "噻", "啊", "哦", "嘞", "一下"} {
		folded = strings.TrimSuffix(folded, particle)
	}
	return folded
}

// goOn are the ways of taking a form up again, folded.
var goOn = map[string]bool{
	"继续": true, "接着": true, "接着来": true, "接着办": true, "继续办": true, "继续登记": true, "接着登记": true, "接着填": true, "继续填": true, "继续弄": true, "接到办": true,
	"接到弄": true, "接着弄": true, "继续上次的": true, "继续上次的登记": true, "继续来": true, "接着上次的": true,
}

// goesOn reports whether a folded message wants the form to go on, whatever else it takes back: 不用了接着填.
func goesOn(folded string) bool {
	if goOn[folded] || goOn[trimParticles(folded)] {
		return true
	}
	const short = 12 // characters: more say something else as well
	return utf8.RuneCountInString(folded) <= short && !questioning(folded) &&
		containsAny(folded, []string{"接着填", "接着办", "接着登", "接着弄", "接着来", "继续填", "继续办", "继续登", "继续弄", "继续来", "继续吧", "那就继续"}) &&
		!containsAny(folded, []string{"不继续", "不想继续", "不用继续", "别继续", "莫继续", "不要继续", "不接着", "不想接着", "不用接着"})
}

// register are the ways of saying yes to the form that an answer leads to, folded.
var register = map[string]bool{
	"登记": true, "我要登记": true, "帮我登记": true, "要登记": true, "登记一下": true, "给我登记": true, "帮我登记一下": true, "我想登记": true, "现在登记": true, "预检": true,
	"我要预检": true, "办理": true, "现在办": true, "我要办": true, "帮我办": true, "开始办": true, "开始登记": true, "给我办": true, "那就登记": true, "要得登记": true, "好登记": true,
	"那帮我登记": true, "那登记一下": true, "好的登记": true, "登记嘛": true, "登记吧": true,
}

// registers reports whether a folded message says yes to the form that an answer leads to. 登记了 says that it is done.
func registers(folded string) bool {
	return register[folded] || register[trimParticles(folded)] && !strings.HasSuffix(folded, "了") && !strings.HasSuffix(folded, "咯")
}

// changes reports whether a folded message says that another form is wanted instead.
func changes(folded string) bool {
	for _, word := range []string{"改办", "换", "办那个", "要那个", "改那个", "办后面那个"} {
		if strings.Contains(folded, word) {
			return true
		}
	}
	return false
}
