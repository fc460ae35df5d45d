package dialogue

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zhugong/intents"
	"zhugong/internal/form"
)

func TestStateRoundTrip(t *testing.T) {
	for name, want := range map[string]State{
		"new":  {},
		"busy": {Entry: "law.aid", Attribute: "材料", Offered: []string{"law.wages", "law.injury"}, Misses: 2, Rest: "后面还有", Insults: 1},
		"form": {PersonUntil: time.Unix(1_800_000_000, 0), Form: form.Form{
			Flow: "wage_claim", Values: []form.Value{{Slot: "district", Text: "南明"}, {Slot: "evidence", Text: "合同、工牌"}}, Skipped: []string{"phone"},
			Asked: form.Confirm, Pending: form.Switch, Other: "callback", Guess: "观山湖", Held: "13985012345", Agreed: true, Paused: true, Wrong: 2, At: time.Unix(1_700_000_000, 0),
		}},
		"unclear":    {UnclearAt: time.Unix(1_700_000_000, 0), Unclear: intents.Unclear{Inside: 0.9, Candidates: []intents.Candidate{{Intent: "law.wages", Probability: 0.4}, {Intent: "law.injury", Probability: 0.1}}}},
		"signposted": {Signposted: "housing_fund"},
		"hurt":       {Crisis: "injury", CrisisAt: time.Unix(1_790_000_000, 0)},
		"told":       {Entry: "law.wages", Told: "每月6000元，欠3个月"},
		"times":      {MutedUntil: time.Unix(1_800_000_000, 0), CrisisAt: time.Unix(1_700_000_000, 0), SafeAskedAt: time.Unix(1_700_000_100, 0)},
	} {
		data, err := want.AppendBinary(nil)
		if err != nil {
			t.Fatal(err)
		}
		got, ok := DecodeState(data)
		if !ok {
			t.Errorf("%s: own state not readable", name)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: state after a round trip (-want +got):\n%s", name, diff)
		}
	}
}

// TestStateOfOthers decodes what replicas of other ages may have left.
func TestStateOfOthers(t *testing.T) {
	for _, c := range []struct {
		name     string
		data     []byte
		want     State
		readable bool
	}{
		{"none", nil, State{}, true},
		{"version 1, entry only", []byte{1, 1, 3, 'a', '.', 'b'}, State{Entry: "a.b"}, true},
		{"a field of tomorrow", []byte{1, 200, 2, 'x', 'y', 1, 1, 'a'}, State{Entry: "a"}, true},
		{"a version of tomorrow", []byte{2, 1, 1, 'a'}, State{}, false},
		{"cut off", []byte{1, 1, 9, 'a'}, State{}, false},
		{"a tag alone", []byte{1, 1}, State{}, false},
		{"an answer to no form", []byte{1, 11, 3, 'a', 0, 'b', 1, 1, 'a'}, State{Entry: "a"}, true},
		{"text", []byte("{}"), State{}, false},
	} {
		got, ok := DecodeState(c.data)
		if ok != c.readable || !cmp.Equal(got, c.want) {
			t.Errorf("%s: DecodeState(%v) = %+v, %v, want %+v, %v", c.name, c.data, got, ok, c.want, c.readable)
		}
	}
}

func FuzzDecodeState(f *testing.F) {
	busy := State{Entry: "law.aid", Offered: []string{"a", "b"}, Misses: 3, CrisisAt: time.Unix(1_700_000_000, 0)}
	data, err := busy.AppendBinary(nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte{1, 3, 1})
	f.Add([]byte{1, 10, 1, 'a', 11, 3, 'a', 0, 'b'})
	f.Fuzz(func(t *testing.T, data []byte) {
		state, ok := DecodeState(data)
		if !ok {
			return
		}
		again, err := state.AppendBinary(nil)
		if err != nil {
			t.Fatal(err)
		}
		second, ok := DecodeState(again)
		if !ok || !cmp.Equal(state, second) {
			t.Errorf("DecodeState(%v) = %+v does not survive being written again: %+v", data, state, second)
		}
	})
}
