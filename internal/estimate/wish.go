package estimate

import "strings"

// Words that tell what a sentence is about.
var (
	dismissalWords = []string{
		"辞退", "开除", "解雇", "裁员", "裁掉", "被裁", "裁了", "炒了", "炒鱿鱼", "炒掉", "解除", "不续签", "不续约", "赶走", "叫我走", "喊我走", "让我走",
		"不要我了", "劝退", "把我开了", "开了我", "经济补偿", "补偿金", "赔偿金", "n1", "2n",
	}
	unlawfulWords = []string{"违法", "非法", "不合法", "赔偿金", "2n", "无故", "无缘无故", "没有理由", "没得理由", "没理由", "没任何理由"}
	payWords      = []string{"赔", "补偿", "补多少", "补好多", "n1", "2n", "拿多少", "拿好多", "得多少", "给多少", "给好多", "得好多"}
	quitWords     = []string{"辞职", "自己走", "自己辞", "主动离", "自离", "自己离", "自愿离", "不想干", "自己不干"}
	hurtWords     = []string{"工伤", "受伤", "伤残", "摔", "砸", "车祸", "死亡", "死了", "职业病", "押金", "罚款", "社保", "公积金", "五险", "保险"}
	overtimeWords = []string{"加班", "加点", "加了", "三倍工资", "3倍工资", "双倍工资"}
	owedWords     = []string{"欠", "拖", "没发", "没给", "没结", "不发", "不给", "未发", "没拿到", "要不到", "没开工资", "扣着"}
	askWords      = []string{
		"多少", "怎么算", "咋算", "咋个算", "怎样算", "算一下", "算下", "算算", "算哈", "帮我算", "给我算", "几多", "好多钱", "好多", "能赔", "能拿", "该赔", "该给",
		"该拿", "能得", "几个月工资", "怎么赔", "咋赔", "怎么补", "咋个赔",
	}
	notOwed = []string{"不欠", "没欠", "没拖欠", "不拖欠", "没有拖欠", "没有欠", "补发了", "结清", "都给了", "都发了"}
	notMore = []string{"不加班", "没加班", "没有加班", "不想加班", "不用加班"}
)

// kindOf returns what a folded sentence asks to have reckoned, "" for nothing.
func kindOf(text string) Kind {
	asks := containsAny(text, askWords)
	switch {
	case containsAny(text, hurtWords):
		return ""
	case containsAny(text, dismissalWords) && (asks || containsAny(text, payWords)):
		switch {
		case containsAny(text, quitWords):
			return ""
		case containsAny(text, unlawfulWords):
			return Unlawful
		}
		return Severance
	case containsAny(text, dismissalWords) && !containsAny(text, owedWords):
		return ""
	case containsAny(text, overtimeWords):
		if containsAny(text, notMore) {
			return ""
		}
		return Overtime
	case containsAny(text, owedWords) && !containsAny(text, notOwed):
		return BackPay
	}
	return ""
}

// wants reports whether a sentence asks for a sum of its writer's own, not how such a sum is reckoned in general.
func (c *claim) wants() bool {
	if containsAny(c.text, []string{"帮我算", "给我算", "算一下", "算算", "算哈", "算下"}) {
		return true
	}
	return containsAny(c.text, askWords) && len(c.wages)+len(c.unpaid)+len(c.worked)+len(c.extra) > 0
}

func containsAny(text string, words []string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

func hasAnySuffix(text string, words []string) bool {
	for _, w := range words {
		if strings.HasSuffix(text, w) {
			return true
		}
	}
	return false
}

func hasAnyPrefix(text string, words []string) bool {
	for _, w := range words {
		if strings.HasPrefix(text, w) {
			return true
		}
	}
	return false
}
