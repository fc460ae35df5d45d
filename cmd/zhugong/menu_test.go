package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zhugong/knowledge"
)

// menuFixture is the demo with its stand-in for WeChat, a knowledge folder, and a configuration that finds both.
type menuFixture struct {
	*testing.T
	*demo
	address, folder, config string
}

func newMenu(t *testing.T) *menuFixture {
	t.Helper()
	f := &menuFixture{T: t, folder: t.TempDir()}
	f.demo, f.address = startDemo(t)
	if err := os.CopyFS(f.folder, knowledge.Builtin()); err != nil {
		t.Fatal(err)
	}
	outside := t.TempDir()
	f.config = filepath.Join(outside, "config.yaml")
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(outside, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("secret", f.secret)
	write("config.yaml", "wechat_api: "+f.address+"/sim/api\nknowledge: "+f.folder+
		"\naccounts: [{name: city, original_id: gh_city, app_id: wx0000000000000000, secret_file: secret, token: menutesttoken, mode: plain}]\n")
	return f
}

func (f *menuFixture) run(code int, arguments ...string) string {
	f.Helper()
	var out, told bytes.Buffer
	if got := run(append([]string{"menu"}, arguments...), streams{strings.NewReader(""), &out, &told}); got != code {
		f.Errorf("%v: code %d, want %d: %s%s", arguments, got, code, &out, &told)
	}
	if strings.Contains(out.String()+told.String(), f.secret) {
		f.Errorf("%v tells the secret", arguments)
	}
	return out.String() + told.String()
}

func (f *menuFixture) write(menu string) {
	f.Helper()
	if err := os.WriteFile(filepath.Join(f.folder, knowledge.MenuFile), []byte(menu), 0o600); err != nil {
		f.Fatal(err)
	}
}

// TestMenu changes the menu in the file, sees the difference, pushes it, and taps it on the demo page.
func TestMenu(t *testing.T) {
	f := newMenu(t)
	if out := f.run(fine, "diff", "--config", f.config); !strings.Contains(out, "和文件一样") {
		t.Errorf("before a change:\n%s", out)
	}
	f.write("按钮:\n  - 名称: 登记欠薪\n    点击: flow:wage_claim\n  - 名称: 找人问\n    子按钮:\n      - 显示: 找人工\n        点击: sys.human\n")
	if out := f.run(faulty, "diff", "--config", f.config); !strings.Contains(out, "+ 登记欠薪：点击 flow:wage_claim\n") ||
		!strings.Contains(out, "- 我要求助\n") || !strings.Contains(out, "  找人问 > 找人工：点击 sys.human\n") {
		t.Errorf("after a change:\n%s", out)
	}
	if out := f.run(fine, "push", "--config", f.config); !strings.Contains(out, "读回来一样") {
		t.Errorf("%s", out)
	}
	f.run(fine, "diff", "--config", f.config)
	if says := f.tap(0); !strings.Contains(says, "欠薪情况登记") || !strings.Contains(says, "同意") {
		t.Errorf("tapped: %s", says)
	}
	if says := f.tap(1, 0); !strings.Contains(says, "12351") {
		t.Errorf("tapped: %s", says)
	}
	f.platform.Fail("/cgi-bin/menu/create", 48001, 1)
	if out := f.run(faulty, "push", "--config", f.config); !strings.Contains(out, "没有这个接口的权限") {
		t.Errorf("without permission: %s", out)
	}
	f.run(fine, "diff", "--config", f.config) // what was there is there
	f.write("按钮:\n  - 名称: 登记欠薪\n    点击: flow:wage_clame\n")
	if out := f.run(faulty, "check", f.folder); !strings.Contains(out, "menu.yaml:3:9: 没有“flow:wage_clame”") || !strings.Contains(out, "flow:wage_claim") {
		t.Errorf("a slip: %s", out)
	}
	f.run(faulty, "push", "--config", f.config)
	f.run(misused, "push", "--config", f.config, "--account", "village")
}

// tap taps a button on the demo page, and returns the reply.
func (f *menuFixture) tap(path ...int) string {
	f.Helper()
	button, _ := json.Marshal(path)
	body := fmt.Sprintf(`{"phone":"oDemoPhone00000000000000001A","button":%s}`, button)
	response, err := http.Post(f.address+"/sim/push/menu", "application/json", strings.NewReader(body))
	if err != nil {
		f.Fatal(err)
	}
	defer response.Body.Close()
	var answer struct{ Tries []struct{ Opened string } }
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil || len(answer.Tries) == 0 {
		f.Fatalf("status %d: %v", response.StatusCode, err)
	}
	return answer.Tries[0].Opened
}
