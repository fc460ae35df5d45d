package intents

import (
	"strings"
	"testing"
)

// TestQuestion leaves out greetings, and clauses that staff wrote down as asides.
func TestQuestion(t *testing.T) {
	corpus := small()
	corpus.Words.Greetings = []string{"你好", "你好呀"}
	for _, aside := range []string{"我姓王", "我在厂里上班", "电话000000"} {
		corpus.Asides = append(corpus.Asides, Example{Text: aside})
	}
	m, err := Train(corpus)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ text, ungreeted, left string }{
		{"老板不给工资", "", ""},
		{"老板不给工资！", "", ""},
		{"你好", "", ""},
		{"你好，我姓王", "", ""}, // nothing is asked: it greets
		{"你好呀老板不给工资", "老板不给工资", ""},
		{"你好！你好！老板不给工资，找谁", "老板不给工资，找谁", ""},
		{"我姓王，老板不给工资，找谁", "", "老板不给工资 找谁"},
		{"老板不给工资，找谁", "", ""}, // all of it asks
		{"你好，老板不给工资，电话13900001111", "老板不给工资，电话13900001111", "老板不给工资"},
	} {
		s := m.newScratch().(*scratch)
		if ungreeted, left := m.question(s, c.text); ungreeted != c.ungreeted || left != c.left {
			t.Errorf("question(%q) = %q, %q, want %q, %q", c.text, ungreeted, left, c.ungreeted, c.left)
		}
	}
}

// TestAfterAsides cuts off what is told in one breath with what is asked.
func TestAfterAsides(t *testing.T) {
	m := builtin()
	for _, c := range []struct{ text, kept, lost string }{
		{"我老公在城投的工地上做活路工伤要咋个认定", "工伤要咋个认定", "我老公"},
		{"我们厂三十几个人都是外地来的干了大半年，加班不给钱", "加班不给钱", "我们厂"},
		{text: "老板拖起我三个月的工资不给找哪个部门管"}, // tells nothing besides
		{text: "我在厂里上班怎么入会"},          // too short to be worth a look
		{},
	} {
		got := m.afterAsides(m.newScratch().(*scratch), c.text)
		if !strings.Contains(got, c.kept) || c.kept == "" && got != "" || c.lost != "" && strings.Contains(got, c.lost) {
			t.Errorf("of %q is left %q, want %q in it and not %q", c.text, got, c.kept, c.lost)
		}
	}
	if got := m.Match("我老公在城投的工地上做活路工伤要咋个认定"); got.Best().Intent != "law.injury" || got.Decide() != Answer {
		t.Errorf("told in one breath, an injury is taken for %s (%.2f)", got.Best().Intent, got.Best().Probability)
	}
}

// TestClearer weighs what a message was taken for as a whole against what is left of it.
func TestClearer(t *testing.T) {
	match := func(intent string, probability, inside, danger float64) Match {
		m := Match{Inside: inside, Danger: danger}
		m.Candidates[0] = Candidate{intent, probability}
		return m
	}
	greeting, question := match("greeting", 0.95, 0.95, 0), match("wages", 0.95, 0.95, 0)
	for _, c := range []struct {
		name        string
		whole, left Match
		want        string
	}{
		{"the left asks clearly", match("wages", 0.4, 0.5, 0), question, "wages"},
		{"another matter is left", greeting, question, "wages"},
		{"nothing of the union's is left", greeting, match("card", 0.01, 0.02, 0), "card"},
		{"hardly anything clear is left", greeting, match("card", 0.4, 0.9, 0), "greeting"},
		{"the same, less sure", question, match("wages", 0.6, 0.6, 0), "wages"},
	} {
		c.whole.Danger = 0.9
		got := clearer(c.whole, c.left)
		if got.Best().Intent != c.want || got.Danger != 0.9 {
			t.Errorf("%s: %s with danger %.1f, want %s with 0.9", c.name, got.Best().Intent, got.Danger, c.want)
		}
	}
	if got := clearer(question, match("wages", 0.6, 0.6, 0)); got.Best().Probability != 0.95 {
		t.Errorf("the same matter, left less sure, is taken for %.2f", got.Best().Probability)
	}
	if got := ungreetedOr(greeting, match("card", 0.4, 0.9, 0)); got.Best().Intent != "card" {
		t.Errorf("what follows a greeting is taken for %s", got.Best().Intent)
	}
	if got := ungreetedOr(greeting, match("greeting", 0.5, 0.9, 0)); got.Best().Probability != 0.95 {
		t.Errorf("a greeting borne out by what follows is taken for %s (%.2f)", got.Best().Intent, got.Best().Probability)
	}
}
