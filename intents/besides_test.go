package intents

import "testing"

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
		{"我姓王，老板不给工资，找谁", "", "老板不给工资 找谁 "},
		{"老板不给工资，找谁", "", ""}, // all of it asks
		{"你好，老板不给工资，电话13900001111", "老板不给工资，电话13900001111", "老板不给工资 "},
	} {
		s := m.newScratch().(*scratch)
		if ungreeted, left := m.question(s, c.text); ungreeted != c.ungreeted || left != c.left {
			t.Errorf("question(%q) = %q, %q, want %q, %q", c.text, ungreeted, left, c.ungreeted, c.left)
		}
	}
}

// TestDangerStaysFound asks with danger before and behind a question: what is left out of the match does not hide it.
func TestDangerStaysFound(t *testing.T) {
	const danger, question = "我不想活了，药都买好了", "工会卡在哪里办"
	for _, text := range []string{danger + "，" + question, "你好，" + question + "，" + danger} {
		m := builtin().Match(text)
		if alone := builtin().match(builtin().newScratch().(*scratch), text); m.Danger < alone.Danger {
			t.Errorf("%q: danger %.2f, as a whole %.2f", text, m.Danger, alone.Danger)
		}
	}
}
