package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zhugong/internal/testenv"
)

// overlayFolder returns a fresh folder of an account's own answers, contacts and menu.
func overlayFolder(t *testing.T) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "jia")
	if err := os.CopyFS(folder, os.DirFS("../../knowledge/testdata/overlay/good")); err != nil {
		t.Fatal(err)
	}
	return folder
}

// spoil replaces text in a file.
func spoil(t *testing.T, file, old, new string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(data), old) {
		t.Fatalf("%s has no %q: %v", file, old, err)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(string(data), old, new, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
}

// zhugong runs the program and returns what it says.
func zhugong(t *testing.T, code int, in string, arguments ...string) string {
	t.Helper()
	var out bytes.Buffer
	if got := run(arguments, streams{strings.NewReader(in), &out, &out}); got != code {
		t.Errorf("%v: code %d, want %d: %s", arguments, got, code, &out)
	}
	return out.String()
}

// TestOverlayCommands checks, asks and shows the menu with an account's own folder, good and faulty.
func TestOverlayCommands(t *testing.T) {
	folder, other := overlayFolder(t), overlayFolder(t)
	answers := filepath.Join(folder, "answers.yaml")
	contains := func(got string, want ...string) {
		t.Helper()
		for _, words := range want {
			if !strings.Contains(got, words) {
				t.Errorf("got %q, want %q in it", got, words)
			}
		}
	}
	contains(zhugong(t, 0, "", "check", "--overlay", folder), "上线前要核实 1 样（answers.yaml 里的“待核”）", folder+" 可以发布")
	contains(zhugong(t, 0, "困难补助\n", "ask", "--overlay", folder), "向甲区总工会申请帮扶", "资料：甲区总工会 2026-11-01")
	contains(zhugong(t, 0, "困难补助\n", "chat", "--overlay", folder), "向甲区总工会申请帮扶")
	contains(zhugong(t, 0, "", "menu", "check", "--overlay", folder), "甲区帮扶：点击 relief.apply", "可以推送")

	spoil(t, answers, "编号: union.join", "编号：union.join")
	contains(zhugong(t, 1, "", "check", "--overlay", folder, "--overlay", other), "jia/answers.yaml:18:7: “编号”后面是全角冒号", other+" 可以发布")
	contains(zhugong(t, 1, "x\n", "ask", "--overlay", folder), "jia/answers.yaml:18:7")
	contains(zhugong(t, 0, "", "check", "--fix", "--overlay", folder), "已改", folder+" 可以发布")
	spoil(t, filepath.Join(folder, "menu.yaml"), "relief.apply", "relief.aply")
	contains(zhugong(t, 1, "", "menu", "check", "--overlay", folder), "jia/menu.yaml:3:9: 没有“relief.aply”这条问答或者流程")
	contains(zhugong(t, 2, "", "check", "--overlay", filepath.Join(folder, "gone")), "打不开文件夹")
}

// TestMenuOfOverlay pushes the menu of the account's own folder, not the shared one.
func TestMenuOfOverlay(t *testing.T) {
	f := newMenu(t)
	spoil(t, f.config, "mode: plain", "mode: plain, overlay: "+overlayFolder(t))
	if got := f.run(0, "push", "--config", f.config); !strings.Contains(got, "甲区帮扶：点击 relief.apply") || strings.Contains(got, "加入工会") {
		t.Errorf("pushed %q, want the account's own menu", got)
	}
	if got := f.run(0, "diff", "--config", f.config); !strings.Contains(got, "一样") {
		t.Errorf("after the push: %q", got)
	}
}

// TestServeOverlay answers the workers of an account with its own answers, and tells operators which.
func TestServeOverlay(t *testing.T) {
	folder := overlayFolder(t)
	p := serveFor(t, testenv.StartRedis(t).Address, "    overlay: "+folder+"\n")
	answer, _, err := p.say("worker", "1", "困难补助")
	if err != nil || !strings.Contains(answer, "向甲区总工会申请帮扶") {
		t.Errorf("got %q (%v), want the account's own answer", answer, err)
	}
	version := p.live.Engine("city").Base.Version
	ready, metrics := p.tells(t, "/readyz"), p.tells(t, "/metrics")
	if !strings.Contains(ready, `"status": "ok"`) || !strings.Contains(ready, version) {
		t.Errorf("/readyz says %s, want ok and version %s", ready, version)
	}
	if info := `zhugong_account_knowledge_info{account="city",source="folder",version="` + version + `"} 1`; !strings.Contains(metrics, info) {
		t.Errorf("/metrics has no %s", info)
	}

	spoil(t, filepath.Join(folder, "answers.yaml"), "编号: relief.apply", "编号: relief.aply")
	if err := p.live.Reload(); err == nil {
		t.Error("a faulty overlay was taken")
	}
	var told struct {
		Status    string
		Notes     []string
		Knowledge struct {
			Accounts []struct{ Version, Source string }
		}
	}
	if err := json.Unmarshal([]byte(p.tells(t, "/readyz")), &told); err != nil {
		t.Fatal(err)
	}
	if told.Status != "degraded" || !strings.Contains(strings.Join(told.Notes, "\n"), "account city: overlay refused") ||
		told.Knowledge.Accounts[0].Version != version || told.Knowledge.Accounts[0].Source != "last good copy" {
		t.Errorf("with a faulty overlay /readyz says %+v", told)
	}
	if metrics := p.tells(t, "/metrics"); !strings.Contains(metrics, `zhugong_account_knowledge_faults{account="city"} 1`) {
		t.Errorf("/metrics does not count the fault: %s", metrics)
	}
}

// TestMiniProgramOfOverlay writes from the mini program of an account: it is answered as the account answers, and shown its menu.
func TestMiniProgramOfOverlay(t *testing.T) {
	_, address, secret := playWeChat(t, "wx1234567890abcde0")
	m := &miniProgram{T: t, production: serveFor(t, testenv.StartRedis(t).Address, "    overlay: "+overlayFolder(t)+
		"\n    mini_program: {app_id: wx1234567890abcde0, secret_file: "+secret+"}\nwechat_api: "+address+"\n")}
	mason := m.login("mason")
	if answer := m.say(mason, "困难补助"); !strings.Contains(answer, "向甲区总工会申请帮扶") {
		t.Errorf("got %q, want the account's own answer", answer)
	}
	if _, menu := m.call("GET", "/menu", mason, ""); !strings.Contains(menu, "甲区帮扶") {
		t.Errorf("got %q, want the account's own menu", menu)
	}
}

// tells returns what the operators' listener says.
func (p production) tells(t *testing.T, path string) string {
	t.Helper()
	response, err := http.Get(p.operators.URL + path)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}
