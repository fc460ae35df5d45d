package main

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// startDemo starts the demo on a free port.
func startDemo(t *testing.T) (d *demo, address string) {
	t.Helper()
	return startDemoAt(t, time.Now)
}

// startDemoAt is startDemo by a clock.
func startDemoAt(t *testing.T, now func() time.Time) (d *demo, address string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address = "http://" + listener.Addr().String()
	if d, err = newDemo(address, "", now); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.store.Close() })
	server := &http.Server{Handler: d.handler}
	go server.Serve(listener)
	t.Cleanup(func() { _ = server.Close() })
	return d, address
}

// TestDemo drives what the demo page drives: signed and encrypted pushes to the real webhook, with resends, and what was
// thought of them.
func TestDemo(t *testing.T) {
	_, address := startDemo(t)
	for _, c := range []struct {
		path, message          string
		decision, intent, says string
	}{
		{"text", `"text":"老板差我三个月工钱，咋个整嘛","copies":3`, "answer", "law.wages", "12333"},
		{"text", `"text":"要带哪样材料"`, "answer", "law.wages", "考勤"},
		{"menu", `"button":[1,0]`, "answer", "union.join", "工会"},
		{"text", `"text":"我不想活了"`, "crisis", "safety.crisis", "12356"},
	} {
		request := fmt.Sprintf(`{"phone":"oDemoPhone00000000000000001A",%s}`, c.message)
		response, err := http.Post(address+"/sim/push/"+c.path, "application/json", strings.NewReader(request))
		if err != nil {
			t.Fatal(err)
		}
		var answer struct {
			Tries     []struct{ Plain, Opened string }
			Identical bool
			Inspect   *struct{ Decision, Intent string }
		}
		err = json.NewDecoder(response.Body).Decode(&answer)
		response.Body.Close()
		if err != nil || response.StatusCode != http.StatusOK || len(answer.Tries) == 0 || answer.Inspect == nil {
			t.Fatalf("%s: status %d, %+v, %v", c.message, response.StatusCode, answer, err)
		}
		if answer.Inspect.Decision != c.decision || answer.Inspect.Intent != c.intent {
			t.Errorf("%s: decided %+v, want %s %s", c.message, answer.Inspect, c.decision, c.intent)
		}
		if !answer.Identical || !strings.Contains(answer.Tries[0].Opened, c.says) {
			t.Errorf("%s: answered %q, identical %v, want %q in it", c.message, answer.Tries[0].Opened, answer.Identical, c.says)
		}
	}
}
