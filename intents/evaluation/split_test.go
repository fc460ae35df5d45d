package evaluation

import (
	"errors"
	"strings"
	"testing"
	"time"

	"zhugong/intents"
)

func TestSplit(t *testing.T) {
	train := small(t).Inside
	test := []intents.Example{
		{Class: "wages", Text: "工资拖了三个月"}, // stands in training as well
		{Class: "join", Text: "我想加入工会"},
		{Class: "card", Text: "会员卡丢了怎么补"},
		{Class: "unknown", Text: "会员卡丢了"}, // a label that training does not know
	}
	ticks := time.Unix(0, 0)
	clock := func() time.Time { ticks = ticks.Add(3 * time.Microsecond); return ticks }
	r, err := Split(train, test, clock)
	if err != nil {
		t.Fatal(err)
	}
	// F1 is 1 for wages and join, 2/3 for card and 0 for unknown; relief is neither asked for nor answered with.
	want := SplitReport{Accuracy: 0.75, Top3: 0.75, MacroF1: rounded((1 + 1 + 2.0/3 + 0) / 4), N: 4, Labels: 4,
		TrainN: len(train), TrainSeconds: 3e-6, MatchP50: 3, MatchP99: 3}
	if *r != want {
		t.Errorf("Split = %+v, want %+v", *r, want)
	}
	var b strings.Builder
	if err := r.WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	const keys = `{"accuracy":0.75,"macro_f1":0.6667,"top3":0.75,"n":4,"labels":4,"train_n":48,"train_seconds":0.000003,"match_p50_us":3,"match_p99_us":3,"homophones_lost":0,"dropped_lost":0}`
	if got := strings.TrimSpace(b.String()); got != keys {
		t.Errorf("JSON is %s, want %s", got, keys)
	}
}

func TestSplitTooLittle(t *testing.T) {
	one := []intents.Example{{Class: "a", Text: "一句话"}}
	if _, err := Split(one, one, time.Now); !errors.Is(err, intents.ErrTooLittle) {
		t.Errorf("learning one text gives %v, want %v", err, intents.ErrTooLittle)
	}
}
