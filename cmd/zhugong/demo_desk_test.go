package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"zhugong/internal/simulator"
)

const demoPhone = "oDemoPhone00000000000000001A"

// TestDemoDesk registers a case on the phone and works on it from the union's side: what staff do reaches the phone, days
// later as a notice, and the answer when the worker writes again.
func TestDemoDesk(t *testing.T) {
	d, address := startDemo(t)
	call := func(method, path string, body, answer any) int {
		t.Helper()
		encoded, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		request, err := http.NewRequestWithContext(t.Context(), method, address+path, bytes.NewReader(encoded))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", "application/json")
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		if err := json.NewDecoder(response.Body).Decode(answer); err != nil {
			t.Fatal(err)
		}
		return response.StatusCode
	}
	say := func(text string) {
		t.Helper()
		var answer any
		if status := call("POST", "/sim/push/text", map[string]any{"phone": demoPhone, "text": text}, &answer); status != http.StatusOK {
			t.Fatalf("%s: %d %v", text, status, answer)
		}
	}
	step := func(ticket, step, note string, later bool, want string) {
		t.Helper()
		var answer struct{ Told, Error string }
		call("POST", "/sim/desk", map[string]any{"ticket": ticket, "step": step, "note": note, "later": later, "phone": demoPhone}, &answer)
		if !strings.Contains(answer.Told+answer.Error, want) {
			t.Errorf("%s: staff are told %+v, want %s", step, answer, want)
		}
	}
	for _, text := range []string{"请人工回电", "同意", "欠薪的事", "李师傅", "13885123456", "上午", "对"} {
		say(text)
	}
	var seen struct{ Cases []simulator.Case }
	call("GET", "/sim/desk", nil, &seen)
	if len(seen.Cases) != 1 || seen.Cases[0].Status != "new" || seen.Cases[0].Phone != demoPhone {
		t.Fatalf("staff see %+v", seen)
	}
	ticket := seen.Cases[0].Ticket
	step(ticket, "take", "", false, "已经用微信通知职工")
	step(ticket, "answer", " ", false, "先写答复")
	step(ticket, "answer", "请带合同来", false, "已经发到职工微信")
	step(ticket, "answer", "还要带身份证", true, "已经发了通知，他一来信就把答复发给他")
	step(ticket, "burn", "", false, "只能受理、答复、办结")
	step("000-000-0000", "take", "", false, "没有这个受理号")
	say("在吗")
	arrived := d.platform.Arrivals(demoPhone, 0)
	for until := time.Now().Add(10 * time.Second); len(arrived) < 4 && time.Now().Before(until); { // what waits follows the answer
		if err := d.outbox.Dispatch(t.Context()); err != nil {
			t.Fatal(err)
		}
		arrived = d.platform.Arrivals(demoPhone, 0)
	}
	var got []string
	for _, a := range arrived {
		line := a.Kind
		if a.Kind == "notice" {
			line += " " + a.Lines[2].Value
		}
		for _, words := range []string{"请带合同来", "还要带身份证"} {
			if strings.Contains(a.Text, words) {
				line += " " + words
			}
		}
		got = append(got, line)
	}
	if want := "notice 办理中|text 请带合同来|notice 已答复|text 还要带身份证"; strings.Join(got, "|") != want {
		t.Errorf("the phone shows %q, want %q", got, want)
	}
}
