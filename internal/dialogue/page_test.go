package dialogue

import (
	"strings"
	"testing"

	"zhugong/knowledge"
)

func TestPage(t *testing.T) {
	long := strings.Repeat("这一行说一件事，说完就换行。\n", 200)
	choices := []Choice{{"a", "申请困难帮扶"}, {"b", "被欠薪怎么办"}, {"c", "申请法律援助"}}
	for _, text := range []string{long, strings.ReplaceAll(long, "\n", ""), strings.Repeat("字", 3000), strings.Repeat("x", 5000)} {
		var turn turn
		var read strings.Builder
		for reply := turn.page(Reply{Text: text, Choices: choices}); ; reply = turn.page(Reply{Text: turn.state.Rest}) {
			if got := len(reply.Text); got > mostBytes {
				t.Fatalf("a page has %d bytes, want at most %d", got, mostBytes)
			}
			page, more := strings.CutSuffix(reply.Text, "\n"+phraseMore)
			read.WriteString(page)
			if more != (turn.state.Rest != "") {
				t.Fatalf("page says that more follows: %v, but the rest is %d bytes", more, len(turn.state.Rest))
			}
			if !more {
				break
			}
		}
		want, got := strings.ReplaceAll(text, "\n", ""), strings.ReplaceAll(read.String(), "\n", "")
		if got != want {
			t.Errorf("pages of a text of %d bytes hold %d, want all of it", len(want), len(got))
		}
	}
}

// TestRest asks for the rest of a long answer at once, and too late.
func TestRest(t *testing.T) {
	talking := turn{Engine: &Engine{Base: &knowledge.Base{}}}
	first := talking.page(Reply{Text: strings.Repeat("前面的话。", 150) + strings.Repeat("后面的话。", 50)})
	again := turn{Engine: talking.Engine, rest: talking.state.Rest, message: Message{Text: "更多"}}
	if got := again.more(); strings.Contains(first.Text, "后面的话") || !strings.HasSuffix(got.Text, "后面的话。") {
		t.Errorf("first %q, then %q", first.Text, got.Text)
	}
	late := turn{Engine: talking.Engine, message: Message{Text: "更多"}}
	if got := late.more(); strings.Contains(got.Text, "的话") {
		t.Errorf("without a rest 更多 got %q", got.Text)
	}
}
