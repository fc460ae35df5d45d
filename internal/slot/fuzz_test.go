package slot

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// seed adds the texts of a file of test data to what a fuzz test starts from.
func seed(f *testing.F, name string) {
	for _, l := range lines(f, name, 3) {
		f.Add(l.fields[0], l.fields[1] == "asked")
	}
	for _, text := range []string{"", "\xff", "１２万", "十百千万亿", "几", "第", "零", "。。。", "1,2,3", strings.Repeat("一", 300), strings.Repeat("9", 300)} {
		f.Add(text, true)
	}
}

// unchanged reports whether a text has nothing that full width would change the meaning of, so that both read the same.
func unchanged(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7F })
}

func FuzzMobile(f *testing.F) {
	seed(f, "mobile.tsv")
	f.Fuzz(func(t *testing.T, text string, _ bool) {
		number, ok := Mobile(text)
		if ok != (len(number) == 11 && number[0] == '1' && number[1] >= '3' && digitsAt(number) == 11) {
			t.Errorf("Mobile(%q) = %q, %t", text, number, ok)
		}
		if ok && TriesMobile(text) {
			t.Errorf("TriesMobile(%q), though it holds %s", text, number)
		}
		if wide, _ := Mobile(widen(text)); wide != number && unchanged(text) {
			t.Errorf("Mobile(%q) = %q, at full width %q", text, number, wide)
		}
	})
}

func FuzzMoney(f *testing.F) {
	seed(f, "money.tsv")
	f.Fuzz(func(t *testing.T, text string, asked bool) {
		yuan, ok := Money(text, asked)
		if ok != (yuan > 0) || yuan >= mostYuan {
			t.Errorf("Money(%q, %t) = %d, %t", text, asked, yuan, ok)
		}
		if wide, _ := Money(widen(text), asked); wide != yuan && unchanged(text) {
			t.Errorf("Money(%q, %t) = %d, at full width %d", text, asked, yuan, wide)
		}
	})
}

func FuzzCount(f *testing.F) {
	seed(f, "count.tsv")
	f.Fuzz(func(t *testing.T, text string, asked bool) {
		people, ok := Count(text, asked)
		if ok != (people > 0) || people > mostPeople {
			t.Errorf("Count(%q, %t) = %d, %t", text, asked, people, ok)
		}
		if wide, _ := Count(widen(text), asked); wide != people && unchanged(text) {
			t.Errorf("Count(%q, %t) = %d, at full width %d", text, asked, people, wide)
		}
	})
}

func FuzzTimes(f *testing.F) {
	for _, name := range []string{"date.tsv", "month.tsv", "since.tsv"} {
		seed(f, name)
	}
	now := time.Date(2026, 11, 18, 2, 0, 0, 0, time.UTC)
	c := newClock(now)
	f.Fuzz(func(t *testing.T, text string, asked bool) {
		for name, read := range map[string]func(string) (time.Time, bool){
			"Date":  func(s string) (time.Time, bool) { return Date(s, now, asked) },
			"Month": func(s string) (time.Time, bool) { return Month(s, now, asked) },
			"Since": func(s string) (time.Time, bool) { return Since(s, now) },
		} {
			day, ok := read(text)
			if ok == day.IsZero() || day.After(c.today) || ok && (day.Hour() != 0 || day.Minute() != 0) {
				t.Errorf("%s(%q) = %v, %t", name, text, day, ok)
			}
			if ok && name == "Month" && day.Day() != 1 {
				t.Errorf("Month(%q) = %v", text, day)
			}
			if wide, _ := read(widen(text)); !wide.Equal(day) && unchanged(text) {
				t.Errorf("%s(%q) = %v, at full width %v", name, text, day, wide)
			}
		}
	})
}

func FuzzTicket(f *testing.F) {
	seed(f, "ticket.tsv")
	f.Fuzz(func(t *testing.T, text string, asked bool) {
		digits, ok := Ticket(text, asked)
		if ok != (len(digits) == 10) || ok && TicketCheck(digits[:9]) != digits[9] {
			t.Errorf("Ticket(%q, %t) = %q, %t", text, asked, digits, ok)
		}
		if wide, _ := Ticket(widen(text), asked); wide != digits && unchanged(text) {
			t.Errorf("Ticket(%q, %t) = %q, at full width %q", text, asked, digits, wide)
		}
	})
}

func FuzzYesNo(f *testing.F) {
	seed(f, "yesno.tsv")
	f.Fuzz(func(t *testing.T, text string, _ bool) {
		agrees, ok := YesNo(text)
		if agrees && !ok {
			t.Errorf("YesNo(%q) = %t, %t", text, agrees, ok)
		}
		if wide, wideOK := YesNo(widen(text)); (wide != agrees || wideOK != ok) && unchanged(text) {
			t.Errorf("YesNo(%q) = %t, %t, at full width %t, %t", text, agrees, ok, wide, wideOK)
		}
	})
}

func FuzzChoose(f *testing.F) {
	all := sets(f)
	for _, l := range lines(f, "choose.tsv", 4) {
		f.Add(l.fields[1], l.fields[2] == "asked")
	}
	f.Fuzz(func(t *testing.T, text string, asked bool) {
		for name, s := range all {
			chosen := Choose(text, s.options, asked, s.many)
			if !slices.IsSorted(chosen) || len(slices.Compact(slices.Clone(chosen))) != len(chosen) || len(chosen) > 1 && !s.many ||
				len(chosen) > 0 && (chosen[0] < 0 || chosen[len(chosen)-1] >= len(s.options)) {
				t.Errorf("%s: Choose(%q, %t) = %v", name, text, asked, chosen)
			}
			if wide := Choose(widen(text), s.options, asked, s.many); !slices.Equal(wide, chosen) && unchanged(text) {
				t.Errorf("%s: Choose(%q, %t) = %v, at full width %v", name, text, asked, chosen, wide)
			}
		}
	})
}

// readAll reads everything that can be read out of a text.
func readAll(text string, s set) {
	now := time.Date(2026, 11, 18, 2, 0, 0, 0, time.UTC)
	Mobile(text)
	TriesMobile(text)
	Money(text, true)
	Count(text, true)
	Date(text, now, true)
	Month(text, now, true)
	Since(text, now)
	YesNo(text)
	Choose(text, s.options, true, true)
	Ticket(text, true)
}

// TestLongTexts holds that the time taken grows with a text, not with its square: four times the text may not take ten
// times as long. Other work on the machine disturbs some looks, not all of them.
func TestLongTexts(t *testing.T) {
	const looks = 8
	s := sets(t)["凭证"]
	for _, piece := range []string{
		"一", "1", "1,", "十", "三万", "1-", "1 ", "1.", "25.8.", "没有", "没有合同", "合同", "合同和", "不是", "和", "我们", "去年", "快", "个月", "同意", "嗯", "好", "多", "几", "零", "a", "💰", "①",
	} {
		ratio := 0.0
		for range looks {
			short, long := took(strings.Repeat(piece, 500), s), took(strings.Repeat(piece, 2000), s)
			if ratio = long.Seconds() / short.Seconds(); ratio < 10 {
				break
			}
		}
		if ratio >= 10 {
			t.Errorf("four times as much of %q took %.0f times as long", piece, ratio)
		}
	}
}

func took(text string, s set) time.Duration {
	began := time.Now()
	readAll(text, s)
	return time.Since(began)
}

func BenchmarkReadAll(b *testing.B) {
	now := time.Date(2026, 11, 18, 2, 0, 0, 0, time.UTC)
	all := sets(b)
	b.ReportAllocs()
	for b.Loop() {
		text := "我在白云区工地干活，老板欠我们十几个人三万多块钱，从去年10月开始没发"
		Choose(text, all["区县"].options, false, false)
		Choose(text, all["凭证"].options, false, true)
		Mobile(text)
		Money(text, false)
		Count(text, false)
		Month(text, now, false)
	}
}
