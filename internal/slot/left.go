package slot

// goneWords are what somebody says of work that he has left, besides leaveWords.
var goneWords = []string{"倒闭", "跑路", "散了", "停工", "完工", "结束了", "不弄了", "不搞了", "没去", "不去了", "裁"}

// Left reports whether a worker says that he is no longer at his work.
func Left(text string) bool {
	text = plain(text)
	if containsAny(text, stayWords) || containsAny(text, []string{"准备", "打算", "想走", "想辞", "要走", "快走", "没有走", "走不"}) {
		return false
	}
	return containsAny(text, leaveWords) || containsAny(text, goneWords)
}
