package knowledge

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// TestAsked runs the sentences of testdata/asked.tsv.
func TestAsked(t *testing.T) {
	data, err := os.ReadFile("testdata/asked.tsv")
	if err != nil {
		t.Fatal(err)
	}
	sentences := 0
	for line := range strings.Lines(string(data)) {
		sentence, want, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") {
			continue
		}
		if want == wantNothing {
			want = ""
		}
		if at, got := wanted(sentence); !ok || got != want || !strings.HasPrefix(sentence[at:], got) {
			t.Errorf("wanted(%s) = %d, %q, want %q", sentence, at, got, want)
		}
		sentences++
	}
	if sentences < 20 {
		t.Errorf("got %d sentences, want at least 20", sentences)
	}
}

func TestGoodFlows(t *testing.T) {
	base, faults := Load(good(t), today())
	if base == nil {
		t.Fatal(faults)
	}
	flow, ok := base.Flow("wage_claim")
	if !ok || len(base.Flows) != 2 || flow != &base.Flows[1] {
		t.Fatalf("got %d flows, wage_claim %v", len(base.Flows), ok)
	}
	place := func(file string, line, column int) Place { return Place{file, line, column} }
	if want := (Phrase{"填欠薪登记表", place("flows/wage_claim.yaml", 9, 5)}); len(flow.Starts) != 5 || flow.Starts[4] != want {
		t.Errorf("got starts %v, the fifth should be %v", flow.Starts, want)
	}
	want := Step{Slot: "district", Label: "区县", Ask: "您在哪个区县干的活？", Kind: OneOf, Place: place("flows/wage_claim.yaml", 11, 5),
		Options: []Option{
			{Name: "花溪", Words: []Phrase{{"青岩", place("choices.yaml", 7, 13)}, {"小河", place("choices.yaml", 8, 13)}},
				Notes: []Note{{"小河", "小河现在归花溪区。"}}},
			{Name: "白云", Words: []Phrase{{"白云区", place("choices.yaml", 14, 13)}}},
			{Name: "观山湖", Words: []Phrase{{"金阳", place("choices.yaml", 17, 13)}}},
			{Name: "不清楚"}},
		Unclear: []Unclear{{Words: []Phrase{{"高新区", place("choices.yaml", 21, 13)}, {"高新", place("choices.yaml", 22, 13)}},
			Say: "高新区分在几个区里，您那里归白云还是观山湖？"}}}
	if diff := cmp.Diff(want, flow.Steps[0]); diff != "" {
		t.Errorf("district (-want +got):\n%s", diff)
	}
	deadline := Deadline{Slot: "left_job", Near: 10, Over: 12, SayNear: "离职后1年内要申请仲裁（《劳动争议调解仲裁法》第27条），最晚{截止}。",
		SayOver: "离职已经过了1年（《劳动争议调解仲裁法》第27条），先打 12351 问还有没有办法。"}
	if diff := cmp.Diff([]Deadline{deadline}, flow.Deadlines); diff != "" {
		t.Errorf("deadlines (-want +got):\n%s", diff)
	}
	relief, _ := base.Flow("relief_precheck")
	phone := Step{Slot: "phone", Label: "电话", Ask: "留个手机号方便工会联系，行不行？", Retry: "手机号是 11 位数字，没有写全。", Kind: Mobile,
		Optional: true, Personal: true, Place: place("flows/relief_precheck.yaml", 58, 5)}
	if diff := cmp.Diff(phone, relief.Steps[3]); diff != "" {
		t.Errorf("phone (-want +got):\n%s", diff)
	}
	end := End{Say: "您填的是：{填:work_status}。合不合条件由工会看过才算。\n各级工会用于困难职工的钱合计5811.27万元。"}
	if diff := cmp.Diff(end, relief.Ends[2]); diff != "" {
		t.Errorf("last end (-want +got):\n%s", diff)
	}
	if !relief.NoticeFirst || !relief.Registers || flow.NoticeFirst || flow.Registers || !relief.Steps[2].Health ||
		relief.Steps[1].When[0].Slot != "work_status" || !strings.Contains(relief.Notice, "{保存}") {
		t.Errorf("got %+v", relief)
	}
	if _, ok := base.Flow("join_union"); ok {
		t.Error("join_union is there")
	}
}

// TestWithoutFlows loads the folder of somebody who has no guided dialogues.
func TestWithoutFlows(t *testing.T) {
	folder := good(t)
	for name := range folder {
		if isFlow(name) || name == choicesName || name == MenuFile {
			delete(folder, name)
		}
	}
	base, faults := Load(folder, today())
	if base == nil || len(faults) > 0 || len(base.Flows) != 0 {
		t.Errorf("got base %v, faults %v", base != nil, faults)
	}
}

// TestManualFlow loads the built-in files with the flow that docs/staff.md shows, and with its choices.
func TestManualFlow(t *testing.T) {
	manual, err := os.ReadFile("../docs/staff.md")
	if err != nil {
		t.Fatal(err)
	}
	block := func(begin string) string {
		_, text, _ := strings.Cut(string(manual), "```yaml\n"+begin)
		text, _, _ = strings.Cut(text, "```")
		return begin + text
	}
	folder := fstest.MapFS{"flows/sport_signup.yaml": {Data: []byte(block("编号: sport_signup"))}}
	err = fs.WalkDir(Builtin(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(Builtin(), name)
		if name == choicesName {
			data = append(data, strings.TrimPrefix(block("选项组:"), "选项组:")...)
		}
		if name == "flows/wage_claim.yaml" {
			before, after, _ := strings.Cut(string(data), "时限:")
			_, after, _ = strings.Cut(after, "结束:")
			data = []byte(before + block("时限:") + "结束:" + after)
		}
		folder[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	base, faults := Load(folder, today())
	if base == nil || len(faults) > 0 {
		t.Fatal(heads(faults))
	}
	if flow, _ := base.Flow("sport_signup"); len(flow.Steps) != 4 || len(flow.Ends) != 2 {
		t.Errorf("got %+v", flow)
	}
}
