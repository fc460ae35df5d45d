package main

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"

	"zhugong/internal/testenv"
)

// TestDesk follows one case on a real Redis: a worker registers it through the webhook, staff find, take and answer it, the
// worker reads the answer, nobody else does.
func TestDesk(t *testing.T) {
	redis := testenv.StartRedis(t, "--appendonly", "yes")
	p := serveFor(t, redis.Address, deskSettings(t, ""))
	p.status(t) // has Redis asked how it keeps what it is given
	messages := 0
	say := func(worker, text, want string) string {
		t.Helper()
		messages++
		answer, _, err := p.say(worker, fmt.Sprint(messages), text)
		if err != nil || !strings.Contains(answer, want) {
			t.Fatalf("%q was answered %q (%v), want %q in it", text, answer, err, want)
		}
		return answer
	}
	say("mason", "请人工回电", "同意")
	say("mason", "同意", "第1步")
	say("mason", "三个月工资没结", "第2步")
	say("mason", "姓罗", "第3步")
	say("mason", "13885123456", "跳过")
	say("mason", "下午", "138****3456")
	registered := say("mason", "对", "已登记，受理号 ")
	ticket := regexp.MustCompile(`\d{3}-\d{3}-\d{4}`).FindString(registered)

	staff := func(arguments ...string) string {
		t.Helper()
		var out, told bytes.Buffer
		if code := run(append(arguments, "--config", p.config), streams{strings.NewReader(""), &out, &told}); code != fine {
			t.Fatalf("%v: %d %s", arguments, code, told.String())
		}
		return out.String()
	}
	if list := staff("cases", "list"); !strings.Contains(list, ticket) || strings.Contains(list, "13885123456") {
		t.Errorf("the list is\n%s", list)
	}
	staff("cases", "take", ticket, "--by", "王芳")
	say("mason", ticket, "工会正在办")
	staff("cases", "answer", ticket, "--by", "王芳", "--note", "已转南明区总工会")
	if answer := say("cook", ticket, "没有查到"); strings.Contains(answer, "南明") {
		t.Errorf("somebody else reads %q", answer)
	}
	say("mason", "查询我的信息", "已转南明区总工会")
	say("mason", "删除我的资料", ticket)
	if list := staff("cases", "list"); strings.Contains(list, ticket) {
		t.Errorf("after deletion the list is\n%s", list)
	}
}

// TestAlert has staff told of somebody in danger, and the worker told so only when they were.
func TestAlert(t *testing.T) {
	var told, refuse atomic.Bool
	robot := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		told.Store(strings.Contains(string(body), "city") && !strings.Contains(string(body), "mason"))
		code := 0
		if refuse.Load() {
			code = 45009
		}
		fmt.Fprintf(w, `{"errcode":%d}`, code)
	}))
	t.Cleanup(robot.Close)
	p := serveFor(t, testenv.StartRedis(t).Address, deskSettings(t, robot.URL))
	answer, _, err := p.say("mason", "1", "我不想活了，从楼上跳下去算了")
	if err != nil || !told.Load() || !strings.Contains(answer, "110") || !strings.Contains(answer, "已经告诉工会值班的同事") {
		t.Errorf("told %v, answered %q (%v)", told.Load(), answer, err)
	}
	refuse.Store(true)
	answer, _, err = p.say("cook", "2", "我不想活了，从楼上跳下去算了")
	if err != nil || !strings.Contains(answer, "110") || strings.Contains(answer, "已经告诉") {
		t.Errorf("nobody was told, answered %q (%v)", answer, err)
	}
}

// deskSettings are those of the desk, with a key of its own.
func deskSettings(t *testing.T, robot string) string {
	t.Helper()
	file := func(name, text string) string {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	settings := "desk:\n  key_files: [" + file("key", base64.StdEncoding.EncodeToString(deskKey)) + "]\n"
	if robot != "" {
		settings += "  alert_url_file: " + file("robot", robot) + "\n"
	}
	return settings
}
