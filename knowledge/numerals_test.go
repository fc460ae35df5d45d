package knowledge

import (
	"slices"
	"strings"
	"testing"
)

func TestNumbersInText(t *testing.T) {
	tests := []struct{ text, want string }{
		{"打 12351，外地打0851-12351。", "12351 0851-12351"},
		{"合计5811.27万元", "5811.27"},
		{"２０１９年", "2019"},
		{"1.第一步，2.第二步", "1 2"},
		{"没有数字，一般都行，一起来，万一不行", ""},
		{"三天两头", "三天"},
		{"十二个月，半年，两倍", "十二个月 半年 两倍"},
		{"每一天，同一年，那一天", ""},
		{"一年内", "一年"},
		{"第三十条", "三十条"},
		{"第一步，第二个", ""},
		{"百分之九十", "百分之九十"},
		{"周一到星期五", "周一 星期五"},
		{"万名干部", ""},
		{"五一劳动奖章、五险一金、二维码、十五大", ""},
		{"五个工作日", "五个工作日"},
		{"3三天", "3 三天"},
	}
	for _, test := range tests {
		var got []string
		for _, f := range slices.Concat(digitGroups(test.text), numerals(test.text)) {
			got = append(got, f.text)
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("figures of %q: got %q, want %q", test.text, got, test.want)
		}
	}
}

func TestArabic(t *testing.T) {
	for number, want := range map[string]string{"一": "1", "两": "2", "十": "10", "十五": "15", "二十": "20", "九十八": "98",
		"一百五十": "150", "三百零五": "305", "两千": "2000", "半": "", "三万": ""} {
		if got := arabic(number); got != want {
			t.Errorf("arabic(%s) = %q, want %q", number, got, want)
		}
	}
}

func TestAllowedFigure(t *testing.T) {
	tests := []struct {
		text, phrase string
		want         bool
	}{
		{"60日内", "60日", true},
		{"60 天内", "60日", true},
		{"６０日", "60日", true},
		{"160日", "60日", false},
		{"60个月", "60日", false},
		{"2倍工资", "两倍", true},
		{"150％", "150%", true},
	}
	for _, test := range tests {
		if got := beginsWith(test.text, test.phrase); got != test.want {
			t.Errorf("beginsWith(%q, %q) = %v, want %v", test.text, test.phrase, got, test.want)
		}
	}
}
