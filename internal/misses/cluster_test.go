package misses

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestCluster(t *testing.T) {
	at := time.Unix(1_800_000_000, 0)
	miss := func(kind, text string, count int) Miss { return Miss{Kind: kind, Text: text, Count: count, Last: at} }
	list := []Miss{
		miss(NotUnderstood, "公积金咋个提取", 2),
		miss(Outside, "公积金怎么提取", 5),
		miss(NotUnderstood, "公積金怎麼提取？", 1),
		miss(Unhelpful, "娃儿读书有补助没得", 6),
		miss(Unhelpful, "娃儿读书有补助没", 1),
		miss(NotUnderstood, "啊", 3),
		miss(NoneFit, "啊！", 1),
		miss(NotUnderstood, "🙏", 2),
		miss(NotUnderstood, "😭", 1),
		miss(NotUnderstood, "医院在哪", 1),
	}
	want := []struct {
		text  string
		count int
		texts []string
	}{
		{"公积金怎么提取", 8, []string{"公积金怎么提取", "公积金咋个提取", "公積金怎麼提取？"}},
		{"娃儿读书有补助没得", 7, []string{"娃儿读书有补助没得", "娃儿读书有补助没"}},
		{"啊", 4, []string{"啊", "啊！"}},
		{"🙏", 2, []string{"🙏"}},
		{"医院在哪", 1, []string{"医院在哪"}},
		{"😭", 1, []string{"😭"}},
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		before := slices.Clone(list)
		groups := Cluster(list)
		if !cmp.Equal(before, list) {
			t.Fatal("Cluster changed what it was given")
		}
		if len(groups) != len(want) {
			t.Fatalf("got %d groups, want %d: %v", len(groups), len(want), groups)
		}
		for i, group := range groups {
			var texts []string
			for _, m := range group.Misses {
				texts = append(texts, m.Text)
			}
			if w := want[i]; group.Text != w.text || group.Count != w.count || !slices.Equal(texts, w.texts) {
				t.Errorf("group %d: got %s %d %q, want %s %d %q", i, group.Text, group.Count, texts, w.text, w.count, w.texts)
			}
		}
	}
	if got := Cluster(nil); len(got) != 0 {
		t.Errorf("Cluster(nil) = %v", got)
	}
}

// BenchmarkCluster groups as many texts as an account may have.
func BenchmarkCluster(b *testing.B) {
	words := []string{"公积金", "怎么", "提取", "工资", "没发", "老板", "不给", "补助", "娃儿", "读书", "医保", "转移", "社保", "断了", "哪里", "办理", "材料", "多久", "电话", "地址"}
	random := rand.New(rand.NewPCG(1, 2))
	list := make([]Miss, maxTexts)
	for i := range list {
		for range 2 + random.IntN(8) {
			list[i].Text += words[random.IntN(len(words))]
		}
		list[i].Text += fmt.Sprint(i % 100)
		list[i].Count = 1 + random.IntN(5)
	}
	for b.Loop() {
		Cluster(list)
	}
}
