package dialogue

// What the program says of its own accord. Answers come from the knowledge files; these sentences hold the
// conversation together. Each leaves the worker a way out.
const (
	phraseReviewDue = "（这条资料过了复核日期，以工会热线 12351 的答复为准。）"

	phraseAskBack = "您要问的是下面哪一件？点一下，或者回数字；都不对就回“都不是”："

	phraseSum       = "按您说的算：%s\n仅供参考。"
	phraseReckon    = "要我帮您算%s，写上：%s。"
	phraseTold      = "记下了：%s。"
	phraseAskOn     = "别的也可以接着问：要带什么、去哪里、要多久。"
	phraseAlsoAsked = "您还问了%s，点一下或者回数字接着看。"

	phraseUnsureGoodbye = "您慢走。要是心里难受、遇到难处，先别一个人扛：\n打 12356，有人陪您说话；有危险打 110。\n还有事要问，直接写给我。"
	phraseAcknowledged  = "好的。还有要问的，直接写就行。"
	phraseNoSuchChoice  = "没有第 %s 个。点一下，或者回前面的数字："

	phraseWhichMatter  = "您想问哪件事的“%s”？点一下，或者把那件事写出来："
	phraseUnfilled     = "说的是%s：%s，报道里没有写，我不能乱说。\n下一步：打工会热线 12351 问准。"
	phraseThisUnfilled = "说的是%s：除了前面讲的，您问的这一点我没有查到，不能乱说。\n下一步：打工会热线 12351 问准。"

	phraseNotUnderstood = "不好意思，我没弄明白您要问什么。\n换个说法再写一遍，比如“老板欠工资怎么办”。\n有危险打 110，心里难受打 12356。"
	phraseHeardQuestion = "您问的我没弄明白。\n" + phraseAskOnAbout
	phraseHeard         = "您说的我看到了。\n" + phraseAskOnAbout
	phraseAskOnAbout    = "还是%s这件事，就接着问：要带什么、去哪里、要多久。\n您自己的情况怎么算，打 12351 说清楚，或者回复“人工”。\n换了别的事，把事情写出来。\n有危险打 110，心里难受打 12356。"
	phraseStillAbout    = "还在说%s这件事的话，接着问：要带什么、去哪里、要多久。"
	phraseSignpostStill = "还是刚才那件事的话，我这里没有更细的资料：\n%s"
	phraseNotOurs       = "这件事不归工会管，我答不了，免得误了您。\n不知道找谁，可以打政务热线 12345。"
	phraseAlsoAsk       = "工会能帮的：困难帮扶、被欠工资、法律援助、加入工会。"
	phraseSecondMiss    = "连着没帮上您，别急：\n打工会热线 12351，有人接着听您说；或者回复“人工”。"
	phraseUnhelpful     = "没帮上您，对不住，我记下来让同事改。\n您换个说法再写一遍；着急就打工会热线 12351。"
	phraseForgetful     = "系统这会儿记不住前面说的，正在办的登记先停一停，填过的没有丢。\n过几分钟再接着来；着急就打工会热线 12351。"
	phraseNoneOfThem    = "好，那不是这几件。\n您换个说法再写一遍，一两句话说清楚什么事就行。"

	phraseVoice    = "我听不了语音，麻烦您打字，一两句话就行。\n不方便打字，直接打工会热线 12351。"
	phrasePicture  = "图片和视频我看不了，麻烦您用文字说说是什么事。\n着急就打工会热线 12351。"
	phraseLocation = "您的位置我用不上，也不会留存。\n要找工会，写上您在哪个区县，或者打 12351。"
	phraseMedia    = "这种内容我打不开，麻烦您用文字说说是什么事。\n着急就打工会热线 12351。"
	phraseSymbols  = "我在。有什么事，用一两句话写给我。\n着急就打工会热线 12351。"

	phraseCrisisStay = "我还在。\n有危险打 110，有人受伤打 120；\n心里撑不住，打 12356，有人陪您说话。\n能不能先到有人的地方去？\n没有危险就回“没事”，我们接着说您的事。"

	phraseCare = "您刚才说的我也记挂着：有危险打 110，心里难受打 12356。"

	phraseMore = "（没完，回“更多”接着看）"
)
