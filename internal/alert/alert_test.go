package alert

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const key = "s3cretK3y"

func example() Alert {
	return Alert{Account: "guiyang", Kind: "想不开", At: time.Date(2026, 11, 22, 18, 30, 0, 0, time.UTC)}
}

func TestMessage(t *testing.T) {
	const head = "【紧急】有职工可能正处在危险中：想不开\n公众号：guiyang\n时间：2026-11-23 02:30\n"
	const tail = "请值班的同事马上打开微信公众平台，看这个时间前后的消息，尽快联系本人。有生命危险就报 110、120。"
	withTicket := example()
	withTicket.Ticket = "483-715-9268"
	for want, alert := range map[string]Alert{head + tail: example(), head + "受理号：483-715-9268\n" + tail: withTicket} {
		var got any
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method != http.MethodPost || r.URL.RawQuery != "key="+key || !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
				t.Errorf("got %s %s of %s", r.Method, r.URL, r.Header.Get("Content-Type"))
			}
			if err := json.NewDecoder(r.Body).Decode(&got); err != nil {
				t.Error(err)
			}
			_, _ = io.WriteString(w, `{"errcode":0,"errmsg":"ok"}`)
		}))
		err := Sender{URL: server.URL + "/send?key=" + key, Client: server.Client()}.Send(t.Context(), alert)
		server.Close()
		if err != nil {
			t.Errorf("Send: %v", err)
		}
		if diff := cmp.Diff(any(map[string]any{"msgtype": "text", "text": map[string]any{"content": want}}), got); diff != "" {
			t.Errorf("message (-want +got):\n%s", diff)
		}
	}
}

func TestRefusals(t *testing.T) {
	tests := []struct {
		name   string
		status int
		reply  string
		want   string
	}{
		{"the robot refuses", 200, `{"errcode":93000,"errmsg":"invalid webhook url ` + key + `"}`, "errcode 93000"},
		{"the robot is busy", 200, `{"errcode":45009,"errmsg":"api freq out of limit"}`, "errcode 45009"},
		{"a page in between", 200, "<html>" + key, "something else"},
		{"JSON without errcode", 200, `{"ok":true}`, "something else"},
		{"nothing", 200, "", "something else"},
		{"an endless reply", 200, strings.Repeat(" ", maxReply) + `{"errcode":0}`, "something else"},
		{"no such page", 404, `{"errcode":0}`, "status 404"},
		{"a redirect", 302, `{"errcode":0}`, "status 302"},
		{"trouble there", 502, "", "status 502"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			calls := 0
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				calls++
				w.Header().Set("Location", "/elsewhere?key="+key)
				w.WriteHeader(test.status)
				_, _ = io.WriteString(w, test.reply)
			}))
			defer server.Close()
			err := Sender{URL: server.URL + "/send?key=" + key}.Send(t.Context(), example())
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("Send: %v, want %s", err, test.want)
			}
			checkHidden(t, err, server.URL)
			if calls != 1 {
				t.Errorf("asked %d times, want once", calls)
			}
		})
	}
}

func TestUnreachable(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	address := server.URL
	server.Close()
	for _, address := range []string{address + "/send?key=" + key, "://" + key, "http://[" + key, "ftp://" + key} {
		err := Sender{URL: address}.Send(t.Context(), example())
		if err == nil {
			t.Errorf("Send to %s: no error", address)
			continue
		}
		checkHidden(t, err, address)
	}
}

// TestPatience has a robot that never answers: the sender must give up by itself.
func TestPatience(t *testing.T) {
	release := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-release }))
	defer server.Close()
	defer close(release)
	start := time.Now()
	err := Sender{URL: server.URL + "?key=" + key}.Send(t.Context(), example())
	if took := time.Since(start); took < patience || took > 3*patience {
		t.Errorf("gave up after %v", took)
	}
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Send: %v, want a deadline", err)
	}
	checkHidden(t, err, server.URL)
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := (Sender{URL: "http://127.0.0.1:1"}).Send(ctx, example()); !errors.Is(err, context.Canceled) {
		t.Errorf("Send: %v, want cancelled", err)
	}
}

// checkHidden checks that an error may be logged.
func checkHidden(t *testing.T, err error, address string) {
	t.Helper()
	for _, hidden := range []string{key, address, "/send"} {
		if strings.Contains(err.Error(), hidden) {
			t.Errorf("shows %s: %v", hidden, err)
		}
	}
}
