package evaluation

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"zhugong/intents"
)

// TestSameFiguresTwice evaluates twice and compares all that is written.
func TestSameFiguresTwice(t *testing.T) {
	var written [2]bytes.Buffer
	for i := range written {
		r := smallReport(t)
		for _, write := range []func(io.Writer) error{r.WriteJSON, r.WriteText, r.WriteHTML} {
			if err := write(&written[i]); err != nil {
				t.Fatal(err)
			}
		}
	}
	if !bytes.Equal(written[0].Bytes(), written[1].Bytes()) {
		t.Error("two evaluations of the same corpus differ")
	}
}

func TestReportAddsUp(t *testing.T) {
	r := smallReport(t)
	total := func(name string, shares ...float64) {
		var sum float64
		for _, s := range shares {
			sum += s
		}
		if sum < 0.9995 || sum > 1.0005 {
			t.Errorf("%s add up to %v, want 1", name, sum)
		}
	}
	i, o, u := r.Inside, r.Outside.Refusal, r.Outside.Unseen
	total("inside", i.AnsweredRight, i.AnsweredWrongly, i.AskedWith, i.AskedWithout, i.Declined)
	total("outside", o.Answered, o.Asked, o.Declined)
	total("kinds left out", u.Answered, u.Asked, u.Declined)
	wrong, taken, asked := 0, 0, 0
	for _, c := range r.Confusions {
		wrong += c.Count
		if c.Count != len(c.Examples) {
			t.Errorf("%s for %s: %d examples of %d", c.Got, c.Wanted, len(c.Examples), c.Count)
		}
	}
	for _, thief := range r.Thieves {
		taken += thief.Taken
	}
	for _, e := range r.Entries {
		asked += e.N
	}
	if right := int(r.Accuracy*float64(r.N) + 0.5); asked != r.N || wrong != r.N-right || taken != wrong {
		t.Errorf("%d asked and %d right, but entries ask %d, %d are confused and %d taken", r.N, right, asked, wrong, taken)
	}
	if last := r.LearningCurve[len(r.LearningCurve)-1]; last.Accuracy != r.Accuracy || r.Accuracy < 0.5 {
		t.Errorf("learning from everything gives %v, the whole %v", last.Accuracy, r.Accuracy)
	}
}

// TestKeys holds the names that other programs read.
func TestKeys(t *testing.T) {
	var b bytes.Buffer
	if err := smallReport(t).WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	var read map[string]json.RawMessage
	if err := json.Unmarshal(b.Bytes(), &read); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{
		"accuracy": "number", "macro_f1": "number", "top3": "number", "ece": "number", "folds": "number", "n": "number",
		"inside": "object", "outside": "object", "robustness": "object",
		"confusions": "list", "entries": "list", "thieves": "list", "learning_curve": "list", "reliability": "list",
	} {
		got := "number"
		switch {
		case len(read[key]) == 0:
			got = "nothing"
		case read[key][0] == '{':
			got = "object"
		case read[key][0] == '[':
			got = "list"
		}
		if got != want {
			t.Errorf("%q is a %s, want a %s", key, got, want)
		}
	}
}

func TestCause(t *testing.T) {
	p := newPlan(small(t), 3)
	f := newFinder(p)
	it := item{Example: intents.Example{Class: "relief", Text: "工资拖了三个月生活困难"}, normal: "工资拖了三个月生活困难", group: -1, fold: -1}
	got := f.cause(&it, "wages")
	if got.Text != "工资拖了三个月" || got.Place != "small.yaml:2" || len(got.Shared) == 0 || got.Shared[0] != "工资拖了三个月" {
		t.Errorf("cause = %+v", got)
	}
	if got := f.cause(&it, "nobody"); got.Text != "" || got.Shared == nil {
		t.Errorf("cause of an entry without examples = %+v", got)
	}
	if got := f.shared("gonghuizenmejiaru", "zenmeban"); len(got) != 1 || got[0] != "zenme" {
		t.Errorf("pinyin shares %q, want zenme alone", got)
	}
}

// TestPage reads the page as XML, which is stricter than browsers: what is open is closed, what is quoted is escaped.
func TestPage(t *testing.T) {
	corpus := small(t)
	corpus.Inside = append(corpus.Inside, intents.Example{Class: "wages", Text: `<script>alert("入会")</script>`})
	p := newPlan(corpus, 3)
	p.titles["wages"] = `被欠薪 <b>&`
	r, err := p.Evaluate()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := r.WriteHTML(&b); err != nil {
		t.Fatal(err)
	}
	for _, forbidden := range []string{"<script", "http:", "https:", "ZgotmplZ", "NaN", "<no value>"} {
		if strings.Contains(b.String(), forbidden) {
			t.Errorf("the page contains %q", forbidden)
		}
	}
	drawings := 0
	for decoder := xml.NewDecoder(&b); ; {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if element, ok := token.(xml.StartElement); ok && element.Name.Local == "svg" {
			drawings++
		}
	}
	if least := 12; drawings < least {
		t.Errorf("the page has %d drawings, want at least %d", drawings, least)
	}
}
