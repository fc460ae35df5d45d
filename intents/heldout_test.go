package intents

import (
	"bufio"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"zhugong/knowledge"
)

// builtin is the matcher of the built-in knowledge, trained once for all tests.
var builtin = sync.OnceValue(func() *Matcher {
	base, faults := knowledge.Load(knowledge.Builtin(), time.Now())
	if base == nil {
		panic(faults[0].String())
	}
	matcher, err := Train(FromKnowledge(base))
	if err != nil {
		panic(err)
	}
	return matcher
})

// TestHeldOut asks messages that somebody wrote who did not see the ways of asking: label, kind and text a line.
func TestHeldOut(t *testing.T) {
	file, err := os.Open("testdata/heldout.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var inside, right, offered, wrong, outside, answered, declined int
	for lines := bufio.NewScanner(file); lines.Scan(); {
		fields := strings.SplitN(lines.Text(), "\t", 3)
		labels := strings.Split(fields[0], "|")
		match := builtin().Match(fields[2])
		action := match.Decide()
		if labels[0] == "outside" {
			outside++
			switch action {
			case Answer:
				answered++
			case Decline:
				declined++
			}
			continue
		}
		inside++
		among := slices.ContainsFunc(match.Candidates[:3], func(c Candidate) bool { return slices.Contains(labels, c.Intent) })
		isRight := slices.Contains(labels, match.Best().Intent)
		if isRight {
			right++
		}
		if among {
			offered++
		}
		if action == Answer && !isRight {
			wrong++
			t.Logf("%s: %q is answered by %s (%.2f)", fields[0], fields[2], match.Best().Intent, match.Best().Probability)
		}
	}
	percent := func(n, of int) float64 { return 100 * float64(n) / float64(of) }
	t.Logf("inside %d: top-1 %.1f %%, top-3 %.1f %%, answered wrongly %.1f %%; outside %d: answered %.1f %%, declined %.1f %%", inside,
		percent(right, inside), percent(offered, inside), percent(wrong, inside), outside, percent(answered, outside), percent(declined, outside))
	for _, bound := range []struct {
		name        string
		got, want   float64
		atMostRatio bool
	}{
		{"top-1", percent(right, inside), 96, false},
		{"top-3", percent(offered, inside), 99, false},
		{"answered wrongly", percent(wrong, inside), 1.5, true},
		{"outside answered", percent(answered, outside), 2.5, true},
	} {
		if bound.atMostRatio && bound.got > bound.want || !bound.atMostRatio && bound.got < bound.want {
			t.Errorf("%s is %.1f %%, want no worse than %.1f %%", bound.name, bound.got, bound.want)
		}
	}
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
	base, faults := knowledge.Load(knowledge.Builtin(), time.Now())
	if base == nil {
		b.Fatal(faults[0])
	}
	texts := FromKnowledge(base).Inside
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		m.Match(texts[i*7919%len(texts)].Text)
	}
}

func BenchmarkTrain(b *testing.B) {
	base, faults := knowledge.Load(knowledge.Builtin(), time.Now())
	if base == nil {
		b.Fatal(faults[0])
	}
	corpus := FromKnowledge(base)
	for b.Loop() {
		if _, err := Train(corpus); err != nil {
			b.Fatal(err)
		}
	}
}
