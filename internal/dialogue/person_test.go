package dialogue_test

import (
	"testing"
	"time"

	"zhugong/internal/dialogue"
	"zhugong/internal/testenv"
)

// TestPerson hands a worker over and back: at which times, and what is answered meanwhile.
func TestPerson(t *testing.T) {
	engine := testenv.Engine(t)
	text := func(text string) dialogue.Message { return dialogue.Message{Text: text} }
	steps := []struct {
		after   time.Duration
		staffed bool
		message dialogue.Message
		want    dialogue.Outcome
		human   bool
	}{
		{0, false, text("转人工"), dialogue.Human, false},
		{0, true, dialogue.Message{Kind: dialogue.Click, Key: "sys.human"}, dialogue.Human, false},
		{0, true, text("转人工"), dialogue.Human, true},
		{time.Minute, true, text("老板欠我工资"), dialogue.Ignored, true},
		{time.Minute, true, dialogue.Message{Kind: dialogue.Picture}, dialogue.Ignored, true},
		{time.Minute, true, text("我不想活了"), dialogue.Crisis, false},
		{31 * time.Minute, true, text("加班费怎么算"), dialogue.Answered, false},
		{0, true, dialogue.Message{Kind: dialogue.PersonBegins}, dialogue.Ignored, false},
		{time.Minute, true, text("在吗"), dialogue.Ignored, true},
		{time.Minute, true, dialogue.Message{Kind: dialogue.PersonEnds}, dialogue.Ignored, false},
		{time.Minute, true, text("加班费怎么算"), dialogue.Answered, false},
		{0, true, text("转人工"), dialogue.Human, true},
		{time.Minute, true, text("不等了"), dialogue.Answered, false},
		{time.Minute, true, text("加班费怎么算"), dialogue.Answered, false},
	}
	now := time.Date(2026, 11, 20, 2, 0, 0, 0, time.UTC)
	var state dialogue.State
	for i, step := range steps {
		now = now.Add(step.after)
		circumstances := dialogue.Trial(now)
		circumstances.Staffed = step.staffed
		next, reply, decision := engine.Turn(state, step.message, circumstances)
		if decision.Outcome != step.want || reply.Human != step.human || reply.Empty() != (step.want == dialogue.Ignored) {
			t.Fatalf("step %d, %q: %s, handed over %v, want %s, %v\n%s", i, step.message.Text, decision.Outcome, reply.Human, step.want, step.human, reply.Text)
		}
		state = next
	}
}
