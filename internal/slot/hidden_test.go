package slot

import "testing"

func TestWithoutNumbers(t *testing.T) {
	for text, want := range map[string]string{
		"美团站 139.8501.2345":       "美团站",
		"美团站 １３９８５０１２３４５":         "美团站",
		"美团站 电话一三九八五零一二三四五":       "美团站",
		"站长+86 139 8501 2345找我":   "站长找我",
		"张三身份证52010219900101123X": "张三",
		"2025年8月欠了30000块，12345":   "2025年8月欠了30000块，12345",
		"五十二个人，一百二十三万":            "五十二个人，一百二十三万",
		"黔星劳务":                    "黔星劳务",
		"某某公司 法人李四 18585012345":   "某某公司法人李四",
		"李三 18585012345":          "李三",
		"李四 一八五八五零一二三四五":          "李四",
		"李四一八五八五零一二三四五":           "李四",
		"张三 139八五零一2345":          "张三",
		"王五18585012345":           "王五",
		"一三九 8501 2345 李师傅":       "李师傅",
		"五二零一零二199001011234":      "",
		"张三的手机号是18585012345":      "张三",
		"我叫张三，电话是18585012345":     "我叫张三",
		"李师傅，13985012345，下班以后打":   "李师傅,,下班以后打",
		"五二零一零二一九九零零一零一一二三四是身份证":  "是",
	} {
		got, found := WithoutNumbers(text)
		if got != want || found != (text != want) {
			t.Errorf("WithoutNumbers(%q) = %q, %v, want %q", text, got, found, want)
		}
	}
}

func TestLongNumber(t *testing.T) {
	for text, want := range map[string]bool{
		"５２０１０２１９９００１０１１２３４": true, "五二零一零二一九九零零一零一一二三四": true, "6222 0212 3456 7890 123": true,
		"0086 139 8501 2345": false, "+86 139 8501 2345": false, "13985012345": false, "30000": false, "": false,
	} {
		if got := LongNumber(text); got != want {
			t.Errorf("LongNumber(%q) = %v", text, got)
		}
	}
}
