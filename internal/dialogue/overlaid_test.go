package dialogue

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zhugong/knowledge"
)

// overlaid returns the engine of the small knowledge of tests and that of the account 甲区 over it.
func overlaid(t *testing.T) (shared, own *Engine) {
	t.Helper()
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	base, faults := knowledge.Load(os.DirFS("../../knowledge/testdata/good"), now)
	if base == nil {
		t.Fatal(faults)
	}
	shared, err := NewEngine(base)
	if err != nil {
		t.Fatal(err)
	}
	ownBase, faults := knowledge.LoadOverlay(base, os.DirFS("../../knowledge/testdata/overlay/good"), "jia", now)
	if ownBase == nil {
		t.Fatal(faults)
	}
	return shared, shared.Overlaid(ownBase)
}

// TestOverlaid asks both engines the same: they understand alike and each answers with its own.
func TestOverlaid(t *testing.T) {
	shared, own := overlaid(t)
	circumstances := Trial(time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC))
	for _, test := range []struct{ text, then, shared, own string }{
		{"困难补助怎么申请", "", "报道说，各级工会", "可以向甲区总工会申请帮扶。"},
		{"困难补助怎么申请", "号码给我一个", "报道里没有写", "打甲区总工会 0851-55550000，或者 12351。\n资料：甲区总工会 2026-11-01"},
		{"困难补助怎么申请", "收费不", "不用交钱。\n资料：中工网", "不用交钱。\n资料：中工网"},
	} {
		said := func(e *Engine) (string, Decision) {
			state, reply, decision := e.Turn(State{}, Message{Text: test.text}, circumstances)
			if test.then != "" {
				_, reply, decision = e.Turn(state, Message{Text: test.then}, circumstances)
			}
			return reply.Plain(), decision
		}
		a, decided := said(shared)
		b, also := said(own)
		if diff := cmp.Diff(decided.Match.Candidates, also.Match.Candidates); diff != "" || decided.Intent != also.Intent || decided.Intent != "relief.apply" {
			t.Errorf("%q %q: %s and %s are understood otherwise:\n%s", test.text, test.then, decided.Intent, also.Intent, diff)
		}
		if !strings.Contains(a, test.shared) {
			t.Errorf("%q %q: the shared engine answers %q, want %q", test.text, test.then, a, test.shared)
		}
		if !strings.Contains(b, test.own) || a == b && test.shared != test.own {
			t.Errorf("%q %q: the account answers %q, want %q", test.text, test.then, b, test.own)
		}
	}
}

// TestOverlaidTrainsNothing compares what costs time and memory: it is there once.
func TestOverlaidTrainsNothing(t *testing.T) {
	shared, own := overlaid(t)
	if shared.matcher != own.matcher || shared.followUps != own.followUps || shared.crisis != own.crisis || shared.abuse != own.abuse ||
		shared.reader != own.reader || &shared.Base.Flows[0] != &own.Base.Flows[0] {
		t.Error("the account's engine has a matcher, safety indexes or flows of its own")
	}
}

// BenchmarkOverlaid is what one more account costs at the start.
func BenchmarkOverlaid(b *testing.B) {
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	base, faults := knowledge.Load(knowledge.Builtin(), now)
	if base == nil {
		b.Fatal(faults)
	}
	shared, err := NewEngine(base)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		own, faults := knowledge.LoadOverlay(base, os.DirFS("../../knowledge/testdata/overlay/good"), "jia", now)
		if own == nil {
			b.Fatal(faults)
		}
		shared.Overlaid(own)
	}
}
