package dialogue

import (
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

// commandWords are the ways of giving a command: the whole message, or, where short messages may hold more words, a part.
var commandWords = []struct {
	command command
	whole   []string
	part    []string
}{
	{callPerson, []string{"人工", "转人工", "找人工", "人工客服", "人工服务", "转客服", "找客服", "客服", "我要人工", "接人工", "转人", "找个人", "真人", "找真人", "换个人", "喊个人来"}, []string{"转人工", "人工客服", "找人工", "接人工", "人工服务"}},
	{skipStep, []string{"跳过", "跳", "略过", "不填", "不想填", "不想说", "不方便", "没有手机", "不留", "不想留", "下一个", "下一步", "不晓得", "不记得", "记不得", "记不清"}, []string{"跳过", "不想填", "不想说", "不想留", "不方便说", "不方便留", "不留电话", "不留号码", "先不填"}},
	{goBack, []string{"上一步", "返回", "退回", "回去", "上一个", "前一步", "返回上一步", "退回去", "倒回去", "上一题"}, []string{"上一步", "前一步", "返回上", "退回上", "倒回去", "回到上"}},
	{pauseForm, []string{"先放一放", "等会再弄", "暂停", "先不弄", "晚点再弄", "等哈再弄", "等一哈", "等会儿", "我先忙", "改天再办", "等下", "等一下", "稍等"}, []string{"先放", "等会再", "等会儿再", "等哈再", "等一哈再", "等下再", "等一下再", "晚点再", "改天再", "晚上再", "明天再", "回头再", "有空再", "先忙", "先干活"}},
	{restartForm, []string{"重来", "重新来", "重新填", "重填", "从头来", "重新开始", "从头开始"}, []string{"重新填", "从头来", "重新来一遍", "重新开始"}},
	{cancelForm, []string{"取消", "退出", "算了", "不弄了", "不办了", "不登记了", "不填了", "不搞了", "不要了", "停", "结束", "取消登记", "不用登记了"}, []string{"取消", "退出", "不登记", "不办了", "不弄了", "不填了", "不搞了", "算了", "莫登记"}},
	{tellWhy, []string{"为什么", "为啥", "干嘛", "问这个干嘛", "问这个做什么", "问这个干什么", "为什么要问这个", "为啥子", "有什么用", "拿来干嘛", "要这个干嘛", "要这个做什么"}, []string{"问这个", "要这个干", "要这个做", "为什么要我", "为啥要问", "为什么要问", "为什么要填"}},
}

// shortCommand is how many characters a message may have to be read as a command by a part of it.
const shortCommand = 10

// commandOf reads a command. A step that takes the worker's own words leaves only the shortest messages to commands.
func commandOf(folded string, step *knowledge.Step) command {
	trimmed := trimParticles(folded)
	ownWords := step != nil && step.Kind == knowledge.Free
	for _, c := range commandWords {
		for _, word := range c.whole {
			if trimmed == word || folded == word {
				return c.command
			}
		}
		if most := shortCommand; utf8.RuneCountInString(folded) > most || ownWords && utf8.RuneCountInString(folded) > most/2 {
			continue
		}
		for _, word := range c.part {
			if strings.Contains(folded, word) {
				return c.command
			}
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

// register are the ways of saying yes to the form that an answer leads to, folded.
var register = map[string]bool{
	"登记": true, "我要登记": true, "帮我登记": true, "要登记": true, "登记一下": true, "给我登记": true, "帮我登记一下": true, "我想登记": true, "现在登记": true, "预检": true,
	"我要预检": true, "办理": true, "现在办": true, "我要办": true, "帮我办": true, "开始办": true, "开始登记": true, "给我办": true, "那就登记": true, "要得登记": true, "好登记": true,
	"那帮我登记": true, "那登记一下": true, "好的登记": true, "登记嘛": true, "登记吧": true,
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
