package dialogue_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"zhugong/internal/dialogue"
	"zhugong/internal/form"
	"zhugong/internal/testenv"
	"zhugong/knowledge"
)

// moves are what workers do in the middle of a form besides answering it.
var moves = []string{
	"上一步", "跳过", "不晓得", "先放一放", "继续", "重来", "不对", "要改", "1", "2", "3", "对", "同意", "不同意", "13985012345", "我叫李四，电话 13985012345",
	"得了尿毒症", "区县改成白云", "改成七万", "不是三万，是四万", "人数错了", "手机号不留了", "还有工资条", "加班费怎么算", "要带什么", "你们会不会告诉老板", "转人工",
	"云岩", "工地", "三万", "12个", "去年3月", "走了三个月", "合同、工牌", "黔星劳务", "早就走了", "我说的都忘了吧", "电话换一个", "云岩和南明", "有", "没有", "👌", "谢谢", "我要入会", "登记欠薪",
}

// TestRamble lets workers do anything in any order. Whatever they do, something sensible is answered, nothing personal is
// kept before they agreed, no step is filled that is not asked, and what is registered was shown before.
func TestRamble(t *testing.T) {
	engine := testenv.Engine(t)
	const talks, turns = 300, 40
	filed := 0
	for seed := range uint64(talks) {
		random := rand.New(rand.NewPCG(seed, 4))
		flow := &engine.Base.Flows[random.IntN(len(engine.Base.Flows))]
		now := time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)
		state, _, _ := engine.Turn(dialogue.State{}, dialogue.Message{Kind: dialogue.Click, Key: "flow:" + flow.ID}, dialogue.Trial(now))
		var said []string
		for range turns {
			message := dialogue.Message{Text: moves[random.IntN(len(moves))]}
			if open, known := engine.Base.Flow(state.Form.Flow); known && random.IntN(2) == 0 {
				answers := (&walker{t: t, flow: open}).answers(state.Form.Asked)
				message.Text = answers[random.IntN(len(answers))]
			}
			switch random.IntN(25) {
			case 0:
				message = dialogue.Message{Kind: dialogue.Click, Key: "flow:" + engine.Base.Flows[random.IntN(len(engine.Base.Flows))].ID}
			case 1:
				message = dialogue.Message{Kind: dialogue.Picture}
			case 2:
				now = now.Add(time.Duration(random.IntN(100)) * time.Minute)
			}
			now = now.Add(time.Minute)
			said = append(said, fmt.Sprint(message.Text, message.Key))
			next, reply, decision := engine.Turn(state, message, dialogue.Trial(now))
			if decision.Outcome == "" || reply.Empty() && decision.Outcome != dialogue.Ignored || len(reply.Text) > 2048 {
				t.Fatalf("talk %d, after %q: %s %q", seed, said, decision.Outcome, reply.Text)
			}
			if fault := unlawful(engine.Base, &next); fault != "" {
				t.Fatalf("talk %d, after %q: %s", seed, said, fault)
			}
			if decision.Effects.Filing != nil {
				filed++
				if state.Form.Asked != form.Confirm {
					t.Fatalf("talk %d, after %q: registered without having been shown", seed, said)
				}
			}
			state = next
		}
	}
	if filed < talks/10 {
		t.Errorf("%d cases in %d talks: the walk goes nowhere", filed, talks)
	}
	t.Logf("%d cases in %d talks", filed, talks)
}

// unlawful says what is wrong with the form of a state, "" for nothing.
func unlawful(base *knowledge.Base, state *dialogue.State) string {
	f := &state.Form
	flow, known := base.Flow(f.Flow)
	if !known {
		return ""
	}
	asked := f.Steps(flow)
	for _, value := range f.Values {
		i := slices.IndexFunc(asked, func(s *knowledge.Step) bool { return s.Slot == value.Slot })
		switch {
		case i < 0:
			return value.Slot + " is filled and not asked"
		case asked[i].Personal && !f.Agreed || asked[i].Health && !f.Health:
			return value.Slot + " is kept without consent"
		case slices.Contains(f.Skipped, value.Slot):
			return value.Slot + " is filled and skipped"
		}
	}
	return ""
}
