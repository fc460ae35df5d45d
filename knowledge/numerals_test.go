package knowledge

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
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

func TestUnsourced(t *testing.T) {
	tests := []struct{ allowed, text, want string }{
		{"6月30日", "受理到6月30日为止。", ""},
		{"6月30日", "受理到六月三十日为止。", ""},
		{"6月30日", "受理到６月３０日为止。", ""},
		{"6月30日", "受理到 6 月 30 日为止。", ""},
		{"6月30日", "6月起，6月30日止。", ""},
		{"6月30日", "6月底或者30日内。", "30"},
		{"6月30日", "30日6月", "30"},
		{"6月30日", "6月5日", "5"},
		{"6月30日", "6月到30日", "30"},
		{"6月30日", "7月30日", "7 30"},
		{"6月30日", "6月30天里", ""},
		{"2027年6月30日", "2027年6月30日、6月30日、2027年、2027年6月", ""},
		{"2027年6月30日", "2026年6月30日", "2026"},
		{"2027年6月30日", "2027年30日", "30"},
		{"2027年6月30日", "二年六月", "二年 六月"},
		{"9月27日 5月1日", "5月1日到9月27日", ""},
		{"9月27日 5月1日", "5月27日", "27"},
		{"9月27日 5月1日", "9月1日", "1"},
		{"60日 2倍", "60日内、六十天内、两倍", ""},
		{"60日 2倍", "160日、60", "160 60"},
		{"3至5日", "3至5日", ""},
		{"3至5日", "5日", "5"},
		{"", "打 12351，7月1日", "7 1"},
	}
	for _, test := range tests {
		var got []string
		for _, figure := range unsourced(test.text, strings.Fields(test.allowed), map[string]bool{"12351": true}) {
			got = append(got, figure.text)
		}
		if diff := cmp.Diff(strings.Fields(test.want), got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%q with %q (-want +got):\n%s", test.text, test.allowed, diff)
		}
	}
}
