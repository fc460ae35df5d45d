package dialogue

import (
	"fmt"
	"strings"

	"zhugong/knowledge"
)

// What can only be said when it is known how the effects of a turn went.
const (
	phraseStaffTold    = "已经告诉工会值班的同事，他们会看到您的消息。"
	phraseAnswered     = "您登记的“%s”（受理号 %s），工会答复您：\n%s\n还有话要说，直接写给我，或者打工会热线 12351。"
	phraseAskForNotice = "有结果时用微信通知我"
	phraseNotKept      = "这台系统眼下没有备份，万一查不到这个号，请打 12351 再报一遍。"
	phraseNotFiled     = "刚才那份登记可能没有存上。\n过几分钟回“查询我的信息”看看，没有的话回“对”再交一次；着急就打工会热线 12351。"
)

// StaffTold says below a reply to somebody in danger that staff know of it.
func StaffTold(reply Reply) Reply {
	reply.Text = lines(reply.Text, phraseStaffTold)
	return reply
}

// NotKept says of a case that it was registered where a failing machine may lose it.
func NotKept(reply Reply) Reply {
	reply.Text = lines(strings.Replace(reply.Text, registered, noted, 1), phraseNotKept)
	return reply
}

// NotErased is said instead of a receipt, when nothing could be deleted.
func NotErased() Reply { return Reply{Text: phraseCannotErase} }

// AskForNotice is the link to the page on which a worker asks to be told of the progress of his case.
func AskForNotice(page string) knowledge.Link {
	return knowledge.Link{Text: phraseAskForNotice, URL: page}
}

// CaseAnswer tells a worker, beside any reply, what staff answered to his case.
func CaseAnswer(title, ticket, answer string) string {
	return fmt.Sprintf(phraseAnswered, title, ticket, answer)
}

// NotFiled is said instead of a reply that promised a case, when nothing could be saved.
func NotFiled() Reply { return Reply{Text: phraseNotFiled} }
