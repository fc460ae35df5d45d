package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"zhugong/internal/testenv"
)

// TestConversations plays the conversations of testdata/conversations, one a file. A line begins with what it is:
//
//	# a remark
//	工人 what the worker writes; 事件, 类型, 过了, 到了 begin what chat --json takes as event and key, type, after, at
//	判断 the decision and, if given, the intent and the attribute that the message before must have come to
//	问 what the open guided dialogue asks: a slot, consent, consent_health, confirm, resume or switch; 无 when none is open
//	填 a slot and what it holds, several joined by 、; 空 a slot that must not be filled
//	有 the reply must contain this; 无 must not
func TestConversations(t *testing.T) {
	files, err := filepath.Glob("testdata/conversations/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no conversations: %v", err)
	}
	engine := testenv.Engine(t)
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txt"), func(t *testing.T) {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			talk, err := newConversation(engine)
			if err != nil {
				t.Fatal(err)
			}
			defer talk.close()
			p := play{t: t, talk: talk, file: name}
			for i, row := range strings.Split(string(text), "\n") {
				p.row(i+1, row)
			}
		})
	}
}

// play is a conversation being played.
type play struct {
	t    *testing.T
	talk *conversation
	file string
	last record
}

func (p *play) row(number int, row string) {
	word, rest, _ := strings.Cut(row, " ")
	switch word {
	case "", "#":
	case "工人":
		p.say(number, line{Text: rest})
	case "事件":
		event, key, _ := strings.Cut(rest, " ")
		p.say(number, line{Event: event, Key: key})
	case "类型":
		kind, text, _ := strings.Cut(rest, " ")
		p.say(number, line{Type: kind, Text: text})
	case "过了":
		p.say(number, line{After: &rest})
	case "到了":
		p.say(number, line{At: &rest})
	case "判断":
		p.decided(number, strings.Fields(rest))
	case "问":
		p.asked(number, rest)
	case "填":
		slot, want, _ := strings.Cut(rest, " ")
		p.filled(number, slot, want)
	case "空":
		p.filled(number, rest, "")
	case "有":
		if !strings.Contains(p.last.Reply, rest) {
			p.t.Errorf("%s:%d: the reply has no %q:\n%s", p.file, number, rest, p.last.Reply)
		}
	case "无":
		if strings.Contains(p.last.Reply, rest) {
			p.t.Errorf("%s:%d: the reply has %q:\n%s", p.file, number, rest, p.last.Reply)
		}
	default:
		p.t.Fatalf("%s:%d: %q is no line of a conversation", p.file, number, row)
	}
}

func (p *play) say(number int, l line) {
	var out strings.Builder
	if err := p.talk.read(l, true, &out); err != nil {
		p.t.Fatalf("%s:%d: %v", p.file, number, err)
	}
	if out.Len() == 0 {
		return // the clock was moved
	}
	p.last = record{}
	if err := json.Unmarshal([]byte(out.String()), &p.last); err != nil {
		p.t.Fatalf("%s:%d: %q: %v", p.file, number, out.String(), err)
	}
}

func (p *play) asked(number int, want string) {
	got := p.last.Asks
	if p.last.Flow == nil {
		got = "无"
	}
	if got != want {
		p.t.Errorf("%s:%d: after %q is asked %q, want %q:\n%s\n%s", p.file, number, p.last.Text, got, want, p.last.Reply, p.last.Why)
	}
}

func (p *play) filled(number int, slot, want string) {
	got := ""
	switch value := p.last.Slots[slot].(type) {
	case []any:
		var parts []string
		for _, part := range value {
			parts = append(parts, fmt.Sprint(part))
		}
		got = strings.Join(parts, "、")
	case float64:
		got = strconv.FormatFloat(value, 'f', -1, 64)
	case string:
		got = value
	}
	if got != want {
		p.t.Errorf("%s:%d: after %q %s is %q, want %q\n%s", p.file, number, p.last.Text, slot, got, want, p.last.Why)
	}
}

func (p *play) decided(number int, want []string) {
	got := []string{string(p.last.Decision), p.last.Intent, p.last.Attribute}
	for i, w := range want {
		if got[i] != w {
			p.t.Errorf("%s:%d: %q was decided %v, want %v\n%s", p.file, number, p.last.Text, got, want, p.last.Why)
			return
		}
	}
}
