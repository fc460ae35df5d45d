package intents

import (
	"bufio"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"zhugong/knowledge"
)

// builtinCorpus is what the built-in knowledge teaches.
var builtinCorpus = sync.OnceValue(func() Corpus {
	base, faults := knowledge.Load(knowledge.Builtin(), time.Now())
	if base == nil {
		panic(faults[0].String())
	}
	return FromKnowledge(base)
})

// builtin is the matcher of the built-in knowledge, trained once for all tests.
var builtin = sync.OnceValue(func() *Matcher {
	matcher, err := Train(builtinCorpus())
	if err != nil {
		panic(err)
	}
	return matcher
})

// bounds are percentages that must not be passed: of inside messages, and of outside ones.
type bounds struct{ top1, top3, wrong, outsideAnswered, unforeseenAnswered float64 }

// TestHeldOut asks messages of two authors who did not see the ways of asking: label, kind and text a line. The second
// one's are written in more roundabout ways; outside:new are matters that no kind of outside messages knows.
func TestHeldOut(t *testing.T) {
	for name, b := range map[string]bounds{
		"heldout.tsv":  {96, 99, 1.5, 2.5, 0},
		"heldout2.tsv": {93, 97, 2.5, 3.5, 7},
	} {
		t.Run(name, func(t *testing.T) { heldOutFile(t, name, b) })
	}
}

func heldOutFile(t *testing.T, name string, b bounds) {
	file, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var inside, right, offered, wrong, outside, answered, declined, unforeseen, unforeseenAnswered int
	for lines := bufio.NewScanner(file); lines.Scan(); {
		fields := strings.SplitN(lines.Text(), "\t", 3)
		labels := strings.Split(fields[0], "|")
		match := builtin().Match(fields[2])
		action := match.Decide()
		if strings.HasPrefix(labels[0], "outside") {
			outside++
			switch action {
			case Answer:
				answered++
			case Decline:
				declined++
			}
			if fields[0] == "outside:new" {
				unforeseen++
				if action == Answer {
					unforeseenAnswered++
				}
			}
			continue
		}
		inside++
		if slices.Contains(labels, match.Best().Intent) {
			right++
		} else if action == Answer {
			wrong++
			t.Logf("%s: %q is answered by %s (%.2f)", fields[0], fields[2], match.Best().Intent, match.Best().Probability)
		}
		if slices.ContainsFunc(match.Candidates[:3], func(c Candidate) bool { return slices.Contains(labels, c.Intent) }) {
			offered++
		}
	}
	percent := func(n, of int) float64 { return 100 * float64(n) / float64(max(of, 1)) }
	t.Logf("inside %d: top-1 %.1f %%, top-3 %.1f %%, answered wrongly %.1f %%; outside %d: answered %.1f %%, declined %.1f %%; of new kinds %d: answered %.1f %%",
		inside, percent(right, inside), percent(offered, inside), percent(wrong, inside),
		outside, percent(answered, outside), percent(declined, outside), unforeseen, percent(unforeseenAnswered, unforeseen))
	if percent(right, inside) < b.top1 || percent(offered, inside) < b.top3 || percent(wrong, inside) > b.wrong ||
		percent(answered, outside) > b.outsideAnswered || percent(unforeseenAnswered, unforeseen) > b.unforeseenAnswered {
		t.Errorf("want no worse than top-1 %.1f, top-3 %.1f, wrong %.1f, outside answered %.1f, of new kinds %.1f", b.top1, b.top3, b.wrong, b.outsideAnswered, b.unforeseenAnswered)
	}
}

// TestFewLinesChangeLittle leaves out a few ways of asking: hardly any message may be taken for something else than before.
func TestFewLinesChangeLittle(t *testing.T) {
	const few = 5
	corpus := builtinCorpus()
	less := corpus
	less.Inside = nil
	for i, e := range corpus.Inside {
		if i%(len(corpus.Inside)/few) != 1 {
			less.Inside = append(less.Inside, e)
		}
	}
	matcher, err := Train(less)
	if err != nil {
		t.Fatal(err)
	}
	texts, changed := 0, 0
	for _, name := range []string{"heldout.tsv", "heldout2.tsv"} {
		for _, text := range heldOutTexts(t, name) {
			texts++
			before, now := builtin().Match(text), matcher.Match(text)
			if before.Decide() != now.Decide() || before.Decide() == Answer && before.Best().Intent != now.Best().Intent {
				changed++
			}
		}
	}
	const most = 0.015
	if float64(changed) > most*float64(texts) {
		t.Errorf("%d ways of asking less change what becomes of %d of %d messages, want %v of them at most", len(corpus.Inside)-len(less.Inside), changed, texts, most)
	}
	t.Logf("%d ways of asking less change what becomes of %d of %d messages", len(corpus.Inside)-len(less.Inside), changed, texts)
}

func heldOutTexts(t testing.TB, name string) []string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for line := range strings.Lines(string(content)) {
		texts = append(texts, strings.TrimSpace(line[strings.LastIndexByte(line, '\t')+1:]))
	}
	return texts
}

func TestMatchAllocatesNothing(t *testing.T) {
	m := builtin()
	if got := testing.AllocsPerRun(100, func() { m.Match("老板欠我三个月工资不给怎么办") }); got > 0 {
		t.Errorf("a match allocates %v times, want none", got)
	}
}

func BenchmarkMatch(b *testing.B) {
	m := builtin()
	texts := []string{"老板欠我三个月工资不给怎么办", "咋个加入工会嘛", "法律援助要带什么材料", "今天贵阳天气怎么样", "会员卡掉了补办要好久"}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		m.Match(texts[i%len(texts)])
	}
}

// BenchmarkMatchVaried matches ways of asking that all differ, whose features the processor has not at hand.
func BenchmarkMatchVaried(b *testing.B) {
	m := builtin()
	texts := builtinCorpus().Inside
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		m.Match(texts[i*7919%len(texts)].Text)
	}
}

// BenchmarkMatchLong matches messages of 60 characters and more, many of them unclear: those are looked for asides.
func BenchmarkMatchLong(b *testing.B) {
	m := builtin()
	var texts []string
	for _, text := range heldOutTexts(b, "heldout2.tsv") {
		if utf8.RuneCountInString(text) >= 60 {
			texts = append(texts, text)
		}
	}
	for i := 0; b.Loop(); i++ {
		m.Match(texts[i%len(texts)])
	}
}

func BenchmarkTrain(b *testing.B) {
	corpus := builtinCorpus()
	for b.Loop() {
		if _, err := Train(corpus); err != nil {
			b.Fatal(err)
		}
	}
}
