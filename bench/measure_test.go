package main

import (
	"context"
	"fmt"
	"os/exec"
	"slices"
	"testing"
	"time"
)

// matters are texts of two entries and two kinds of outside messages in two folds, alike within each.
func matters() []sample {
	var samples []sample
	for fold, tail := range []string{"吗", "没"} {
		for _, ask := range []string{"我想", "怎么", "哪里可以", "今年", "请问"} {
			samples = append(samples,
				sample{fold, true, "join", ask + "加入工会" + tail}, sample{fold, true, "card", ask + "补办会员卡" + tail},
				sample{fold, false, "weather", ask + "下雨刮风" + tail}, sample{fold, false, "fund", ask + "提取公积金" + tail})
		}
	}
	return append(samples, sample{always, true, "join", "入会"})
}

// TestSplit makes sure that nothing asked is learnt, and that what is always learnt is.
func TestSplit(t *testing.T) {
	samples := matters()
	for fold := range 2 {
		learnt, asked := split(samples, fold)
		if len(learnt) != 21 || len(asked) != 20 {
			t.Errorf("fold %d: %d learnt and %d asked, want 21 and 20", fold, len(learnt), len(asked))
		}
		for _, s := range asked {
			if slices.Contains(learnt, s) {
				t.Errorf("fold %d: %v is both learnt and asked", fold, s)
			}
		}
	}
}

// TestSplitKinds makes sure that every kind is asked once, and then is not learnt.
func TestSplitKinds(t *testing.T) {
	samples, asked := matters(), map[string]int{}
	for fold := range 2 {
		learnt, strange := splitKinds(samples, fold)
		for _, s := range strange {
			asked[s.label]++
			if s.inside || slices.ContainsFunc(learnt, func(l sample) bool { return l.label == s.label }) {
				t.Errorf("fold %d: %v is asked, which is inside or has its kind learnt", fold, s)
			}
		}
		if len(learnt)+len(strange) != len(samples) {
			t.Errorf("fold %d: %d learnt and %d asked of %d", fold, len(learnt), len(strange), len(samples))
		}
	}
	if len(asked) != 2 || asked["weather"] != 10 || asked["fund"] != 10 {
		t.Errorf("asked %v, want ten of each kind", asked)
	}
}

func TestCounts(t *testing.T) {
	var c counts
	c.add("a", answer{labels: []string{"a", "b"}})
	c.add("c", answer{labels: []string{"a", "b", "c", "d"}, action: asksBack})
	c.add("d", answer{labels: []string{"a", "b", "c", "d"}})
	c.add("a", answer{action: declines})
	if got, want := c.shares(), (shares{asked: 4, right: 0.25, among3: 0.5, answered: 0.5, back: 0.25, declined: 0.25}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// TestEngines puts every engine through the whole measurement on texts that none can confuse.
func TestEngines(t *testing.T) {
	all, err := engines(context.Background(), options{only: "zhugong,zhugong+,bleve,bleve+,bm25,tfidf"})
	if err != nil {
		t.Fatal(err)
	}
	for _, kinds := range []bool{false, true} {
		if peer, err := newNLPJS(context.Background(), "nlpjs", kinds); err == nil {
			all = append(all, peer)
		} else {
			t.Logf("without nlp.js: %v", err)
		}
	}
	samples := matters()
	for _, e := range all {
		f, err := measure(context.Background(), e, samples, nil, func(string) {})
		switch {
		case err != nil:
			t.Errorf("%s: %v", e.name(), err)
		case f.inside.asked != 20 || f.outside.asked != 20 || f.strange.asked != 20:
			t.Errorf("%s was asked %d, %d and %d, want 20 each", e.name(), f.inside.asked, f.outside.asked, f.strange.asked)
		case f.inside.right < 0.95:
			t.Errorf("%s has %.2f right, want all", e.name(), f.inside.right)
		case f.p50 <= 0 || f.p99 < f.p50 || f.train <= 0 || f.heap == 0:
			t.Errorf("%s cost nothing: %+v", e.name(), f)
		}
	}
}

// TestThreshold makes sure that the threshold keeps out what has too little in common with anything learnt, and that
// none is chosen where nothing must be told.
func TestThreshold(t *testing.T) {
	engine := neighbours{title: "pairs", build: newBM25, voters: 10}
	var learnt []sample
	for fold := range 2 {
		for number := range 30 {
			learnt = append(learnt, sample{fold, true, "join", fmt.Sprintf("第%d个人想加入工会", number)})
		}
	}
	inside := slices.Clone(learnt)
	m, _, err := engine.train(append(learnt, sample{0, false, "weather", "下雨"}))
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]action{"第99个人想加入工会": answers, "想家": declines, "工会": declines, "月亮": declines} {
		if a, err := m.ask(text); err != nil || a.action != want {
			t.Errorf("%s: got action %d (%v), want %d", text, a.action, err, want)
		}
	}
	if m, _, err = engine.train(inside); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]action{"工会": answers, "月亮": declines} {
		if a, err := m.ask(text); err != nil || a.action != want {
			t.Errorf("without outside texts, %s: got action %d (%v), want %d", text, a.action, err, want)
		}
	}
}

// TestNodeFailure makes sure that a peer that cannot run is told, with what it complained about.
func TestNodeFailure(t *testing.T) {
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("node is not installed")
	}
	peer := &nlpjs{ctx: context.Background(), folder: t.TempDir()}
	done := make(chan error, 1)
	go func() { _, _, err := peer.train(matters()); done <- err }()
	select {
	case err := <-done:
		if err == nil {
			t.Error("a peer without a program was trained")
		}
	case <-time.After(time.Minute):
		t.Error("a peer without a program never ends")
	}
}
