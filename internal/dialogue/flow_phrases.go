package dialogue

import "zhugong/knowledge"

// What the program says around the questions of a guided dialogue, whose own words stand in the flow files.
const (
	phraseFlowBegins  = "好，%s，我一步步问，您慢慢答。"
	phraseProgress    = "第%d步/共%d步\n"
	phraseHowTo       = "随时可以回：上一步、先放一放、取消。"
	phraseSeveral     = "可以选几个，比如“1、3”。"
	phraseOptional    = "不想填就回“跳过”。"
	phraseTaken       = "记下了：%s。"
	phraseGoOn        = "不客气，我们接着来。"
	phraseHello       = "您好，我在，我们接着来。"
	phraseBackToForm  = "——接着刚才的登记——"
	phraseFirstStep   = "这已经是第一步了。不想办就回“取消”。"
	phraseAnyWay      = "照您平常怎么说就怎么写，写个大概就行。"
	phraseNeeded      = "这一项空着，工会不好往下办，写个大概就行。\n实在不想写，再回一次“跳过”。"
	phraseNeededPhone = "不留电话，工会就没法找您；家里人、工友能接到的号码也行。\n还是不留，就再回一次“跳过”。"
	phraseNoTicket    = "没有受理号，这里查不了。\n打工会热线 12351，说登记的是什么事、哪天登的，请他们帮着查。"
	phraseWrongTicket = "这个号码对不上，看看是不是抄错了一位，对着再发一遍："
	phraseMaySkip     = "不要紧，这一项先不填也行：回“跳过”接着往下。\n想直接找人说，打 12351。"

	phraseAgree          = "同意"
	phraseDisagree       = "不同意"
	phraseSkip           = "跳过"
	phraseRefused        = "好，那就不登记，您写的我没有留。\n事情照样有人管：工会热线 12351，劳动监察 12333，法律援助 12348。\n想问政策，直接写给我。"
	phraseKeptNone       = "好，个人信息不留，照样给您指路。"
	phraseTooEarly       = "先别急着发号码，刚才那条我没有留。\n请先看看上面的话，同意了我再问。"
	phraseConsentUnclear = "不着急，您想好了再回。刚才写的我没有留。"
	phraseConsentPlain   = "就是问您几样事，转给工会来帮您；老板看不到，随时能删。\n字看不清的，直接打 12351 说也行。"
	phraseConsentShort   = "同意登记，回“同意”；不愿意，回“不同意”，工会热线 12351 照样能打。"
	phraseHealth         = "下一个问题会说到身体、生病的情况，属于敏感信息。\n只用来看该往哪个方向帮您，别人看不到。\n同意就回“同意”；不想说就回“跳过”，不影响后面。"

	phraseSummary        = "都问完了，“%s”您核对一下："
	phraseCheckIt        = "没错就回“对”；要改就直接写，比如“%s”。"
	phraseYesSubmit      = "对，提交"
	phraseWantChange     = "要改"
	phraseWhichToChange  = "要改哪一项？点一下，或者直接写，比如“%s”。"
	phraseBecomes        = "%s改成%s"
	phraseItIsWrong      = "%s错了"
	phraseConfirmUnclear = "还没有提交。没错回“对”，要改就写哪一项改成什么，不办了回“取消”。"
	phraseNotFilled      = "没填"
	phraseLongNumber     = "身份证号、银行卡号不用发，那串号码我没有留。"

	registered           = "已登记"
	noted                = "先记下了"
	phraseRegistered     = registered + "，受理号 %s。\n截个图或者记下来，以后问进度报这个号。"
	phraseCannotSubmit   = "系统这会儿存不了，还没有登记上，您填的先留着。\n过几分钟回“对”再交一次；着急就打工会热线 12351。"
	phraseCannotRegister = "“%s”这会儿登记不了，系统正在恢复，免得丢了您填的东西。\n着急就打工会热线 12351；欠薪也可以打 12333。\n过一会儿再来也行。"

	phraseCancelled = "好，“%s”不办了，填过的都没有留。\n想办了再跟我说；着急就打 12351。"
	phrasePaused    = "好，“%s”先放着，给您留一天。\n忙完了回“继续”，从停下的地方接着来。"
	phraseResume    = "“%s”上次还没办完。继续上次的登记吗？"
	phraseResumed   = "好，接着办“%s”。"

	phraseGoOnWithIt  = "继续"
	phraseStartAnew   = "重来"
	phraseSwitch      = "“%s”还没办完，您是想改办“%s”吗？"
	phraseChangeTo    = "改办%s"
	phraseFormGone    = "上次没办完的登记过了一天，已经清掉了，没有留下。\n还想办，就说“我要登记”，或者写您要办的事。"
	phraseFormDropped = "（上次没办完的登记过了一天，已经清掉了，没有留下。）"
	phraseFormWaits   = "（“%s”给您留着，回“继续”接着办。）"

	phraseCase         = "%s，受理号 %s\n%s登记，%s。"
	phraseWrongNumber  = "这个号码一直对不上，这里只查得到您这个微信号登记的。\n打工会热线 12351，说登记的是什么事、哪天登的，请他们帮着查。"
	phraseNoSuchCase   = "在您这个微信号下没有查到这个受理号。\n看看号码有没有抄错；换过微信号登记的，打 12351 报受理号问。"
	phraseCannotAmend  = "登记过的我这里改不了。\n打工会热线 12351，报受理号 %s，说清改哪一项就行。"
	phraseWhichForm    = "还要登记哪一件？点一下，或者回前面的数字："
	phraseNoTime       = "几时联系您，我说不准，要看区县工会；着急就打 12351，报受理号问。"
	phraseCannotLookUp = "这会儿查不了登记，过几分钟再试。\n着急就打工会热线 12351，报受理号问。"

	phraseKept        = "您在这里留下的："
	phraseKeptForm    = "还没提交的“%s”"
	phraseKeptNothing = "没有登记，也没有留过手机号。"
	phraseKeptEnd     = "聊天的上下文只留一天，登记留 %d 天。\n要全部删掉，回“删除我的资料”。"

	phraseErased      = "已删除（%s）：聊天记录和填过的内容都删了。"
	phraseRetracted   = "已撤回同意（%s）：聊天记录和填过的内容都删了，不再使用。"
	phraseErasedCases = "\n一起删掉的登记 %d 件：%s。工会不会再凭它联系您。"
	phraseErasedEnd   = "有事照样可以问我，或者打 12351。"
	phraseHowToErase  = "想删，回“删除我的资料”，登记的、填过的马上都删掉。\n只想改内容，打 12351 报受理号。"
	phraseEraseSure   = "您有登记过的 %d 件，删了工会就不会再凭它联系您。\n确定全部删掉，回“删除我的资料”；不删就不用管。"
	phraseCannotErase = "这会儿删不了，系统正在恢复。\n过几分钟再回一次“删除我的资料”；着急就打 12351。"

	phraseWritePerson = "有人值班。在这里写“人工”两个字，我就给您转过去。"
	phraseHandedOver  = "好，已经转给人工，请您在这里等一等，直接写就行。\n不想等了回“不等了”，着急就打工会热线 12351。"
)

// retries are said once when the answer to a step was not understood, where staff wrote nothing better.
var retries = map[knowledge.StepKind]string{
	knowledge.OneOf:  "我没对上，点一下下面的，或者回前面的数字：",
	knowledge.SomeOf: "我没对上，回前面的数字就行，比如“1、3”：",
	knowledge.Mobile: "这个号码不像手机号。手机号是 11 位，您再看看，重发一遍：",
	knowledge.Money:  "我没看出是多少钱。写个数就行，比如“8000”“三万二”：",
	knowledge.Count:  "我没看出是几个人。写个数就行，比如“12”：",
	knowledge.Date:   "我没看出是哪一天。比如“2025年3月15日”“上个月15号”，大概也行：",
	knowledge.Month:  "我没看出是哪个月。比如“2025年3月”“去年年底”，大概也行：",
	knowledge.Free:   "麻烦用几个字写一下：",
	knowledge.Ticket: "受理号是 10 位数字，比如 483-715-9268 这个样子，您对着再发一遍：",
}

// statusPhrases tell a worker how far his case is.
var statusPhrases = map[CaseStatus]string{
	CaseUnknown:  "办到哪一步打 12351 问",
	CaseNew:      "工会还没开始办",
	CaseTaken:    "工会正在办",
	CaseAnswered: "工会已经答复",
	CaseClosed:   "已经办结",
}
