package dialogue_test

import (
	"testing"
	"time"

	"zhugong/internal/dialogue"
	"zhugong/internal/testenv"
)

// BenchmarkFlowTurn answers one step of a guided dialogue, its state read and written as it is kept.
func BenchmarkFlowTurn(b *testing.B) {
	engine := testenv.Engine(b)
	now := time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)
	state, _, _ := engine.Turn(dialogue.State{}, dialogue.Message{Kind: dialogue.Click, Key: "flow:wage_claim"}, dialogue.Trial(now))
	for _, step := range []struct{ name, answer string }{{"consent", "同意"}, {"district", "在花果园"}, {"industry", "工地上"}, {"employer", "黔星劳务公司"}, {"people", "十几号人"}, {"amount", "八万多块"}} {
		kept, err := state.AppendBinary(nil)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(step.name, func(b *testing.B) {
			b.ReportAllocs()
			buffer := make([]byte, 0, 512)
			for b.Loop() {
				read, _ := dialogue.DecodeState(kept)
				next, reply, decision := engine.Turn(read, dialogue.Message{Text: step.answer}, dialogue.Trial(now))
				if decision.Outcome != dialogue.Flow || reply.Empty() {
					b.Fatal(decision.Why())
				}
				buffer, _ = next.AppendBinary(buffer[:0])
			}
		})
		state, _, _ = engine.Turn(state, dialogue.Message{Text: step.answer}, dialogue.Trial(now))
	}
}
