package desk

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"zhugong/internal/session"
	"zhugong/internal/vault"
)

func bookOf(t testing.TB) Book {
	t.Helper()
	keys, err := vault.New(key(7))
	if err != nil {
		t.Fatal(err)
	}
	return Book{keys}
}

func sameCase(t *testing.T, got, want Case) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(Case{})); diff != "" {
		t.Errorf("case (-want +got):\n%s", diff)
	}
}

// full is a case with everything in it.
func full() Case {
	opened := time.Date(2026, 11, 22, 10, 30, 0, 125e6, time.UTC)
	return Case{
		Ticket: "4837159268", Flow: "wage_claim", Title: "欠薪情况登记", Opened: opened, Status: Answered,
		Fields: []Field{
			{Slot: "district", Label: "区县", Value: "乌当区"},
			{Slot: "phone", Label: "手机", Value: "13800138000", Personal: true},
			{Slot: "amount", Label: "金额", Value: "<30000> & \"more\"\n"},
			{Slot: "skipped", Label: "单位", Value: "", Personal: true},
			{Slot: "injury", Label: "伤情", Value: "腿 \U0001F9B5", Personal: true},
		},
		Answer: "请带合同来",
		History: []Event{
			{At: opened, Status: New},
			{At: opened.Add(time.Hour), Status: Taken, By: "小李"},
			{At: opened.Add(2 * time.Hour), Status: Answered, By: "小王", Note: "请带合同来"},
		},
		Worker: session.Worker{Account: "guiyang", OpenID: "o6_bmjrPTlm6_2sgVt7hMZOPfL2M"},
	}
}

func TestBook(t *testing.T) {
	book := bookOf(t)
	bare := Case{Ticket: full().Ticket, Opened: full().Opened, Worker: full().Worker}
	for name, c := range map[string]Case{"full": full(), "bare": bare} {
		t.Run(name, func(t *testing.T) {
			record, err := book.Encode(c)
			if err != nil {
				t.Fatal(err)
			}
			if record.Field != c.Ticket {
				t.Errorf("field %q", record.Field)
			}
			t.Logf("%d bytes", len(record.Value))
			got, err := book.Decode(c.Worker, record)
			if err != nil {
				t.Fatal(err)
			}
			sameCase(t, got, c)
			if opened, err := openedIn(record.Value); err != nil || !opened.Equal(c.Opened) {
				t.Errorf("opened %v, %v, want %v", opened, err, c.Opened)
			}
		})
	}
}

// TestKept reads the full case as versions of this package have left it. No file is taken away while records may be like
// it.
func TestKept(t *testing.T) {
	files, err := filepath.Glob("testdata/*.base64")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(file, func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			value, err := base64.StdEncoding.DecodeString(strings.TrimSpace(string(text)))
			if err != nil {
				t.Fatal(err)
			}
			got, err := bookOf(t).Decode(full().Worker, session.Record{Field: full().Ticket, Value: value})
			if err != nil {
				t.Fatal(err)
			}
			sameCase(t, got, full())
		})
	}
}

// TestUnknown has an older version change what a newer one wrote: nothing of it is lost.
func TestUnknown(t *testing.T) {
	book := bookOf(t)
	const open = `{"urgent":true,"ticket":"4837159268","flow":"wage_claim","title":"","opened":1763807400125,"status":"waiting",` +
		`"fields":[{"slot":"a","label":"A","value":"1","unit":{"of":"元"}},{"slot":"b","label":"B","personal":true}],` +
		`"history":[{"at":1763807400125,"status":"new","from":"demo"}],"more":[1,2]}`
	const sealed = `{"values":["13800138000"],"notes":["",""],"comments":["only for staff"]}`
	worker := full().Worker
	value := book.Keys.Seal(appendOpen(nil, []byte(open)), []byte(sealed), about(worker, "4837159268"))
	c, err := book.Decode(worker, session.Record{Field: "4837159268", Value: value})
	if err != nil {
		t.Fatal(err)
	}
	if c.Status != "waiting" || c.Status.Name() != "waiting" || c.Fields[1].Value != "13800138000" {
		t.Errorf("decoded %+v", c)
	}
	c.Status, c.Answer = Answered, "answer"
	c.History = append(c.History, Event{At: c.Opened, Status: Answered, By: "小李", Note: "answer"})
	record, err := book.Encode(c)
	if err != nil {
		t.Fatal(err)
	}
	gotOpen, rest, err := cutOpen(record.Value)
	if err != nil {
		t.Fatal(err)
	}
	gotSealed, err := book.Keys.Open(rest, about(worker, "4837159268"))
	if err != nil {
		t.Fatal(err)
	}
	sameJSON(t, gotOpen, strings.NewReplacer(`"waiting"`, `"answered"`,
		`"from":"demo"}`, `"from":"demo"},{"at":1763807400125,"status":"answered","by":"小李"}`).Replace(open))
	sameJSON(t, gotSealed, strings.NewReplacer(`["",""]`, `["","answer"],"answer":"answer"`).Replace(sealed))
}

func sameJSON(t *testing.T, got []byte, want string) {
	t.Helper()
	var g, w any
	if err := json.Unmarshal(got, &g); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(want), &w); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(w, g); diff != "" {
		t.Errorf("JSON (-want +got):\n%s", diff)
	}
}

// TestMoved puts a record where it does not belong, and changes it.
func TestMoved(t *testing.T) {
	book, c := bookOf(t), full()
	record, err := book.Encode(c)
	if err != nil {
		t.Fatal(err)
	}
	_, sealed, err := cutOpen(record.Value)
	if err != nil {
		t.Fatal(err)
	}
	other := session.Worker{Account: c.Worker.Account, OpenID: "another"}
	newer := append([]byte{2}, record.Value[1:]...)
	cases := []struct {
		name   string
		worker session.Worker
		record session.Record
		want   error
	}{
		{"another worker", other, record, vault.ErrBroken},
		{"another account", session.Worker{Account: "x", OpenID: c.Worker.OpenID}, record, vault.ErrBroken},
		{"another field", c.Worker, session.Record{Field: "4837159273", Value: record.Value}, vault.ErrBroken},
		{"another layout", c.Worker, session.Record{Field: c.Ticket, Value: newer}, ErrUnreadable},
		{"empty", c.Worker, session.Record{Field: c.Ticket}, ErrUnreadable},
		{"cut", c.Worker, session.Record{Field: c.Ticket, Value: record.Value[:40]}, ErrUnreadable},
		{"no open part", c.Worker, session.Record{Field: c.Ticket, Value: append([]byte{1, 0}, sealed...)}, ErrUnreadable},
		{"an open part of another", c.Worker, session.Record{Field: c.Ticket, Value: append(appendOpen(nil, []byte(`{"ticket":"1"}`)), sealed...)}, ErrUnreadable},
		{"one personal field too many", c.Worker, session.Record{Field: c.Ticket, Value: append(appendOpen(nil,
			[]byte(`{"ticket":"4837159268","fields":[{"personal":true},{"personal":true},{"personal":true},{"personal":true}]}`)), sealed...)}, ErrUnreadable},
	}
	for _, each := range cases {
		if _, err := book.Decode(each.worker, each.record); !errors.Is(err, each.want) {
			t.Errorf("%s: %v, want %v", each.name, err, each.want)
		}
	}
	if _, err := book.Encode(Case{Ticket: "123", Worker: c.Worker}); err == nil {
		t.Error("a case without a ticket was encoded")
	}
	if _, err := (Book{}).Encode(c); !errors.Is(err, ErrNoKeys) {
		t.Errorf("without keys: %v", err)
	}
}

// FuzzDecode reads any bytes as a record, and any JSON as its parts.
func FuzzDecode(f *testing.F) {
	book, c := bookOf(f), full()
	open, sealed, err := split(c)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(open, sealed, []byte{1, 3, 'a'})
	f.Add([]byte(`{"ticket":"4837159268","x":null,"fields":[null,{}],"history":[{}]}`), []byte(`{}`), []byte{1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1})
	f.Add([]byte(`null`), []byte(`[]`), []byte{})
	f.Fuzz(func(t *testing.T, open, sealed, raw []byte) {
		if _, err := book.Decode(c.Worker, session.Record{Field: c.Ticket, Value: raw}); err == nil {
			t.Error("read what was not sealed")
		}
		value := book.Keys.Seal(appendOpen(nil, open), sealed, about(c.Worker, c.Ticket))
		first, err := book.Decode(c.Worker, session.Record{Field: c.Ticket, Value: value})
		if err != nil {
			if !errors.Is(err, ErrUnreadable) {
				t.Errorf("Decode: %v", err)
			}
			return
		}
		if !isTicket(first.Ticket) {
			return
		}
		record, err := book.Encode(first)
		if err != nil {
			t.Fatalf("Encode of what was decoded: %v", err)
		}
		second, err := book.Decode(c.Worker, record)
		if err != nil {
			t.Fatalf("Decode of what was encoded: %v", err)
		}
		sameCase(t, second, first)
		again, _, err := split(second)
		if err != nil {
			t.Fatal(err)
		}
		if once, _, _ := cutOpen(record.Value); !bytes.Equal(once, again) {
			t.Errorf("open part %q, then %q", once, again)
		}
	})
}

func BenchmarkBook(b *testing.B) {
	book, c := bookOf(b), full()
	b.Run("encode", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := book.Encode(c); err != nil {
				b.Fatal(err)
			}
		}
	})
	record, err := book.Encode(c)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("decode", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := book.Decode(c.Worker, record); err != nil {
				b.Fatal(err)
			}
		}
	})
}
