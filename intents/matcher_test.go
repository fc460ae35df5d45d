package intents

import (
	"errors"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zhugong/knowledge"
)

// small is a corpus of three entries, one attribute and two kinds of outside messages.
func small() Corpus {
	texts := func(class string, texts ...string) (examples []Example) {
		for i, text := range texts {
			examples = append(examples, Example{class, text, knowledge.Place{File: class + ".yaml", Line: i + 1}})
		}
		return examples
	}
	var c Corpus
	c.Inside = append(c.Inside, texts("wages", "老板不给工钱", "工资拖了三个月", "拖欠工资找谁", "干了活拿不到钱", "包工头跑了", "欠薪怎么办", "工钱要不回来", "年底了还没结账", "讨薪")...)
	c.Inside = append(c.Inside, texts("join", "想加入工会", "怎么入会", "入会要什么条件", "工会在哪里报名", "我要当会员", "能不能进工会", "加入组织的流程", "填表入会", "入工会")...)
	c.Inside = append(c.Inside, texts("card", "会员卡丢了", "补办服务卡", "卡怎么激活", "卡刷不出来", "服务卡挂失", "卡不见了", "卡坏了换一张", "查卡里余额", "办卡")...)
	c.Exact = texts("wages", "欠薪")
	c.Bare = texts("材料", "要带什么", "需要哪些证件", "材料清单", "要身份证吗", "交什么资料", "带什么去", "要复印件不", "表格在哪", "证明怎么开")
	c.Outside = append(texts("weather", "今天下雨吗", "明天多少度", "天气预报", "热不热", "会下雪吗", "风大不大", "气温多少", "要带伞吗", "出太阳没"),
		texts("song", "唱首歌", "放音乐", "来一首老歌", "这歌谁唱的", "歌词是什么", "听点轻音乐", "换一首", "循环播放", "音量大点")...)
	c.Words = knowledge.Words{Dialect: map[string]string{"咋个": "怎么", "工钱": "工资"}, Fillers: []string{"那个", "请问一下"}}
	return c
}

func TestNormalise(t *testing.T) {
	n := NewNormaliser(small().Words)
	for _, c := range []struct{ in, want string }{
		{"咋个 加入工會？", "怎么加入工会"},
		{"请问一下那个工钱……", "工资"},
		{"那个", "那个"}, // a filler alone is all there is
		{"", ""},
	} {
		if got := n.Normal(c.in); got != c.want {
			t.Errorf("Normal(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestMatch(t *testing.T) {
	m, err := Train(small())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text, want string
		exact      string
	}{
		{"欠薪", "wages", "欠薪"},
		{"请问一下，欠薪！", "wages", "欠薪"},
		{"工姿拖了三个月", "wages", ""}, // homophone
		{"tuoqian gongzi", "wages", ""},
		{"我想加入工會", "join", ""},
		{"服务卡丢了", "card", ""},
	} {
		got := m.Match(c.text)
		if got.Best().Intent != c.want || got.Exact.Text != c.exact {
			t.Errorf("Match(%q) = %s, exact %q, want %s, exact %q", c.text, got.Best().Intent, got.Exact.Text, c.want, c.exact)
		}
	}
	if got := m.Match("需要哪些证件呢"); !got.BareFollowUp(true) || got.Attribute != "材料" {
		t.Errorf("a bare follow-up was taken for %q with %.2f", got.Attribute, got.Bare)
	}
	if got := m.Match("明天会不会下雨"); got.Outside != "weather" {
		t.Errorf("weather was taken for %q", got.Outside)
	}
}

// TestProbabilities checks what every match promises, whatever the text.
func TestProbabilities(t *testing.T) {
	m, err := Train(small())
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"", "欠薪", "？？？", "xyz", "今天天气", "要带什么", "一", "𠀀𠀁", "工资工资工资工资工资工资工资工资工资工资工资工资工资工资工资工资工资工资工资工资"} {
		match := m.Match(text)
		previous := 1.0
		for i, c := range match.Candidates {
			if c.Intent == "" {
				continue // fewer entries than places
			}
			if math.IsNaN(c.Probability) || c.Probability < 0 || c.Probability > previous {
				t.Errorf("Match(%q): candidate %d has %v after %v", text, i, c.Probability, previous)
			}
			previous = c.Probability
		}
		if match.Inside < 0 || match.Inside > 1 || match.Candidates[2].Intent == "" {
			t.Errorf("Match(%q) = %+v, want probabilities and three candidates", text, match)
		}
	}
}

func TestTrainIsDeterministic(t *testing.T) {
	first, err := Train(small())
	if err != nil {
		t.Fatal(err)
	}
	second, err := Train(small())
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"工资", "入会", "卡", "下雨", "带什么"} {
		if diff := cmp.Diff(first.Match(text), second.Match(text)); diff != "" {
			t.Errorf("Match(%q) differs between two trainings:\n%s", text, diff)
		}
	}
}

func TestTrainTooLittle(t *testing.T) {
	for name, change := range map[string]func(*Corpus){
		"nothing":   func(c *Corpus) { *c = Corpus{} },
		"one entry": func(c *Corpus) { c.Inside, c.Exact = c.Inside[:9], nil },
	} {
		corpus := small()
		change(&corpus)
		if _, err := Train(corpus); !errors.Is(err, ErrTooLittle) {
			t.Errorf("%s: got %v, want %v", name, err, ErrTooLittle)
		}
	}
}

func TestTrainWithoutOutside(t *testing.T) {
	corpus := small()
	corpus.Outside = nil
	m, err := Train(corpus)
	if err != nil {
		t.Fatal(err)
	}
	for _, example := range corpus.Inside {
		if match := m.Match(example.Text); match.Inside < 0.8 || match.Outside != "" || match.Danger > 0.1 {
			t.Errorf("%q: inside %.2f, outside %q, danger %.2f; all there is is inside", example.Text, match.Inside, match.Outside, match.Danger)
		}
	}
}

func TestDecide(t *testing.T) {
	of := func(inside float64, probabilities ...float64) Match {
		m := Match{Inside: inside}
		for i, p := range probabilities {
			m.Candidates[i] = Candidate{string(rune('a' + i)), p}
		}
		return m
	}
	for _, c := range []struct {
		name    string
		match   Match
		want    Action
		offered int
	}{
		{"sure", of(1, .97, .01, .01), Answer, 2},
		{"two alike", of(1, .5, .45, .01), AskBack, 2},
		{"three alike", of(1, .35, .3, .3), AskBack, 3},
		{"surely outside", of(.05, .03, .01, .01), Decline, 2},
		{"inside, but what", of(.9, .2, .2, .2), AskBack, 3},
		{"nothing worth asking", of(.9, .08, .08, .08), Decline, 3},
		{"perhaps", of(.6, .55, .02, .01), AskBack, 2},
	} {
		if got := c.match.Decide(); got != c.want {
			t.Errorf("%s: Decide() = %v, want %v", c.name, got, c.want)
		}
		if got := len(c.match.Offer()); got != c.offered {
			t.Errorf("%s: %d offered, want %d", c.name, got, c.offered)
		}
	}
}

func TestNamed(t *testing.T) {
	base := &knowledge.Base{FollowUps: []knowledge.FollowUp{
		{Attribute: "费用", Phrases: []knowledge.Phrase{{Text: "要钱不"}, {Text: "要交好多钱"}}},
		{Attribute: "时限", Phrases: []knowledge.Phrase{{Text: "要多久"}, {Text: "几天"}, {Text: "多久能办好"}}},
	}}
	f := NewFollowUps(base, NewNormaliser(small().Words))
	for _, c := range []struct{ text, want string }{
		{"法律援助要钱不？", "费用"},
		{"那仲裁要多久", "时限"},
		{"多久能办好工伤认定", "时限"},
		{"年休假几天", ""},   // too short to say so for sure
		{"要钱不要命", "费用"}, // the price of looking at words only
		{"包工头不给钱", ""},
		{"要多久", ""}, // a bare follow-up names no matter
		{"", ""},
	} {
		if got := f.Named(c.text); got != c.want {
			t.Errorf("Named(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

// TestHeldKindLearnsOthers has kinds of outside messages that are held out as a whole learn afterwards what they are not.
func TestHeldKindLearnsOthers(t *testing.T) {
	m := builtin()
	s := m.newScratch().(*scratch)
	texts := heldOutTexts(t, "heldout.tsv")
	held := 0
	for class := m.inside; class < len(m.names); class++ {
		if chanceOf(m.names[class])%heldKinds != 0 {
			continue
		}
		held++
		claimed := 0
		for _, text := range texts {
			s.normal, s.folded = m.append(s.normal[:0], s.folded[:0], text)
			m.score(s)
			if s.scores[class] >= leastKind {
				claimed++
			}
		}
		const most = 0.05
		if share := float64(claimed) / float64(len(texts)); share > most {
			t.Errorf("%s claims %.0f %% of all messages", m.names[class], 100*share)
		}
	}
	if held == 0 {
		t.Error("no kind is held out as a whole")
	}
}

// TestFollowsUp tells what asks on about the entry that is being talked about from what is a question of its own.
func TestFollowsUp(t *testing.T) {
	match := func(intent string, probability, bare, asking float64) Match {
		m := Match{Inside: 0.9, Attribute: "材料", Bare: bare, Asking: asking}
		m.Candidates[0] = Candidate{intent, probability}
		return m
	}
	outside := match("", 0.1, 0.12, -0.8)
	outside.Outside = "tickets"
	exact := match("wages", 0.99, 0, 0.5)
	exact.Exact = knowledge.Phrase{Text: "老板不给工资"}
	for _, c := range []struct {
		name   string
		match  Match
		talked string
		want   bool
	}{
		{"plainly, about nothing", match("", 0.1, 0.9, 0.8), "", true},
		{"faintly, about nothing", match("", 0.1, 0.3, 0), "", false},
		{"faintly, about wages", match("", 0.1, 0.06, -0.8), "wages", true},
		{"faintly, and like a kind of outside messages", outside, "wages", false},
		{"hardly, about wages", match("", 0.1, 0.04, -0.8), "wages", false},
		{"another matter is likelier", match("card", 0.7, 0.06, -0.8), "wages", false},
		{"another matter, clearly", match("card", 0.95, 0.2, -0.3), "wages", false},
		{"the same matter and an attribute of it", match("wages", 0.95, 0.01, -0.5), "wages", true},
		{"the same matter once more", match("wages", 0.95, 0.01, -0.9), "wages", false},
		{"the same matter, as staff wrote it", exact, "wages", false},
	} {
		if got := c.match.FollowsUp(c.talked); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// TestAfter puts what two messages may have meant together.
func TestAfter(t *testing.T) {
	m := &Matcher{calibration: calibration{classes: classes{entries: 77}}}
	match := func(inside float64, candidates ...Candidate) Match {
		m := Match{Inside: inside}
		copy(m.Candidates[:], candidates)
		return m
	}
	work := match(0.7, Candidate{"injury", 0.3}, Candidate{"wages", 0.2}, Candidate{"find", 0.1})
	for _, c := range []struct {
		name        string
		before, now Match
		best        string
		least, most float64
	}{
		{"both say it", work, match(0.8, Candidate{"injury", 0.5}, Candidate{"women", 0.2}), "injury", 0.9, 1},
		{"the second decides", work, match(0.8, Candidate{"wages", 0.6}, Candidate{"card", 0.1}), "wages", 0.9, 1},
		{"another matter", work, match(0.9, Candidate{"card", 0.6}, Candidate{"join", 0.2}), "card", 0.4, 0.6},
		{"nothing of the union's", work, match(0.05, Candidate{"join", 0.02}, Candidate{"card", 0.01}), "join", 0, 0.1},
		{"nothing before", match(0.05, Candidate{"join", 0.02}), match(0.8, Candidate{"injury", 0.5}), "injury", 0.2, 0.5},
		{"nothing at all", match(0), match(0), "", 0, 0},
	} {
		got := m.After(c.before.Unclear(), c.now)
		if best := got.Best(); best.Intent != c.best || best.Probability < c.least || best.Probability > c.most {
			t.Errorf("%s: %+v, want %s with %v to %v", c.name, best, c.best, c.least, c.most)
		}
		sum := 0.0
		for i, candidate := range got.Candidates {
			if sum += candidate.Probability; i > 0 && candidate.Probability > got.Candidates[i-1].Probability {
				t.Errorf("%s: out of order: %+v", c.name, got.Candidates)
			}
		}
		if sum > 1.0001 || got.Inside > 1 {
			t.Errorf("%s: probabilities sum up to %v, inside %v", c.name, sum, got.Inside)
		}
	}
}
