package knowledge

import (
	"strconv"
	"strings"
	"testing"

	"zhugong/internal/chinese"
)

// ruleOf returns a rule whose clauses are written as "命中 命中/同时 同时/不含 不含".
func ruleOf(id, unless string, clauses ...string) SafetyRule {
	rule := SafetyRule{ID: id, Unless: phrasesOf(unless)}
	for _, clause := range clauses {
		parts := append(strings.Split(clause, "/"), "", "")
		rule.Clauses = append(rule.Clauses, Clause{phrasesOf(parts[0]), phrasesOf(parts[1]), phrasesOf(parts[2])})
	}
	return rule
}

func phrasesOf(words string) []Phrase {
	var phrases []Phrase
	for _, word := range strings.Fields(words) {
		phrases = append(phrases, Phrase{Text: word})
	}
	return phrases
}

func TestSafetyIndex(t *testing.T) {
	rules := []SafetyRule{
		ruleOf("self_harm", "不想活动 累死", "不想活 死了算了 一起死", "跳/楼顶 天桥"),
		ruleOf("violence", "", "砍死 一起死"),
		ruleOf("injury", "去年从", "摔下来/架子/去年 前 年 算工伤", "摔断//去年 算工伤", "摔断/快来 還在流血"),
		ruleOf("smile", "", "😀"), // folds to nothing and hits nothing
	}
	index := NewSafetyIndex(rules)
	tests := []struct{ text, id, phrase string }{
		{"我真的 不 想 活 了！", "self_harm", "不想活"},
		{"我真的不想活動了，不想活了", "self_harm", "不想活"},
		{"不想活动", "", ""},
		{"累死了算了", "", ""}, // cutting 累死 must not leave 死了算了
		{"不累死想活", "", ""}, // nor join 不 and 想活
		{"站在楼顶，要跳", "self_harm", "跳"},
		{"跳舞", "", ""},
		{"一起死", "self_harm", "一起死"}, // the first rule wins
		{"砍死你", "violence", "砍死"},
		{"从架子上摔下来", "injury", "摔下来"},
		{"从楼上摔下来，去年的事", "", ""},
		{"从架子上摔下来，算工伤吗", "", ""},
		{"去年从架子上摔下来", "", ""}, // 去年 forbids though it is cut as an exception
		{"去年！从架子上摔下来", "", ""},
		{"腿摔断了", "injury", "摔断"},
		{"去年摔断了腿", "", ""},
		{"去年说过架子要垮，今天有人摔断腿，快来！", "injury", "摔断"}, // a sign that it is now wins
		{"腿摔断了算工伤吗，还在流血", "injury", "摔断"},
		{"去年就说过要砍死我", "violence", "砍死"}, // of another rule
		{"😀", "", ""},
		{"", "", ""},
	}
	for _, test := range tests {
		folded := chinese.Fold(test.text)
		rule, phrase, ok := index.Find(folded)
		id := ""
		if ok {
			id = rule.ID
		}
		if id != test.id || phrase != test.phrase {
			t.Errorf("Find(%q) = %q, %q, want %q, %q", test.text, id, phrase, test.id, test.phrase)
		}
		for _, r := range rules {
			phrase, ok := r.Hits(folded)
			if r.ID == test.id && (!ok || phrase != test.phrase) || test.id == "" && ok {
				t.Errorf("%s.Hits(%q) = %q, %v", r.ID, test.text, phrase, ok)
			}
		}
	}
}

// TestManyRules has more rules than the index has bits.
func TestManyRules(t *testing.T) {
	var rules []SafetyRule
	for i := range 600 {
		id := "第" + strconv.Itoa(i) + "号"
		rules = append(rules, ruleOf(id, "", id))
	}
	index := NewSafetyIndex(rules)
	for _, want := range rules {
		if rule, _, ok := index.Find("这是" + want.ID); !ok || rule.ID != want.ID {
			t.Errorf("%s: got %v, %v", want.ID, rule, ok)
		}
	}
}

func TestFindAllocatesNothing(t *testing.T) {
	base, _ := Load(good(t), today())
	index := NewSafetyIndex(base.Crisis)
	folded := chinese.Fold("老板欠了我三个月工资，跑了，找哪个要")
	if n := testing.AllocsPerRun(100, func() { index.Find(folded) }); n != 0 {
		t.Errorf("got %v allocations, want 0", n)
	}
}

// BenchmarkFind looks for the built-in crisis rules in a message that hits none.
func BenchmarkFind(b *testing.B) {
	base, _ := Load(Builtin(), today())
	if base == nil {
		b.Skip("the built-in files have faults")
	}
	index := NewSafetyIndex(base.Crisis)
	folded := chinese.Fold("我在工地上干了半年，老板一直不给工钱，说没得钱，不晓得该找哪个部门来管这个事")
	b.ReportAllocs()
	for b.Loop() {
		index.Find(folded)
	}
}
