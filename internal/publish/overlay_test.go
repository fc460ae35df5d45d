package publish

import (
	"bytes"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"zhugong/internal/dialogue"
)

const asked = "困难补助怎么申请"

// district returns a fresh folder of an account's own answers, which name it.
func district(t *testing.T, name string) string {
	t.Helper()
	copied := filepath.Join(t.TempDir(), name)
	if err := os.CopyFS(copied, os.DirFS("../../knowledge/testdata/overlay/good")); err != nil {
		t.Fatal(err)
	}
	change(t, copied, "甲区总工会申请", name+"总工会申请")
	return copied
}

// change replaces text in the answers of an account.
func change(t *testing.T, folder, old, new string) {
	t.Helper()
	file := filepath.Join(folder, "answers.yaml")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(data), old) {
		t.Fatalf("%s has no %q", file, old)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(string(data), old, new, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
}

// rename replaces an id in all topic files of a folder.
func rename(t *testing.T, folder, old, new string) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(folder, "topics", "*.yaml"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no topic files: %v", err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(strings.ReplaceAll(string(data), old, new)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// expect asks as a worker of each account and checks that the answer has its words.
func expect(t *testing.T, when string, live *Live, want map[string]string) {
	t.Helper()
	for account, words := range want {
		_, reply, _ := live.Engine(account).Turn(dialogue.State{}, dialogue.Message{Text: asked}, dialogue.Trial(time.Now()))
		if !strings.Contains(reply.Text, words) {
			t.Errorf("%s: %q is answered %q, want %q in it", when, account, reply.Text, words)
		}
	}
}

// account returns what the status says of an account.
func account(t *testing.T, live *Live, name string) AccountStatus {
	t.Helper()
	for _, status := range live.Status().Accounts {
		if status.Account == name {
			return status
		}
	}
	t.Fatalf("the status says nothing of %s", name)
	return AccountStatus{}
}

func openFor(t *testing.T, folder string, overlays map[string]string) (*Live, *bytes.Buffer) {
	t.Helper()
	var log bytes.Buffer
	live, err := Open(folder, overlays, time.Now, slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	return live, &log
}

// TestOverlays reloads good and faulty folders of two accounts: what is faulty changes nothing, whoever it belongs to, and keeps
// nobody else from what is good.
func TestOverlays(t *testing.T) {
	dir, jia, yi := folder(t), district(t, "甲区"), district(t, "乙区")
	live, _ := openFor(t, dir, map[string]string{"jia": jia, "yi": yi, "city": ""})
	expect(t, "at the start", live, map[string]string{"jia": "甲区总工会申请", "yi": "乙区总工会申请", "city": "工会申请帮扶", "unknown": "工会申请帮扶"})
	if live.Engine("city") != live.Engine("") || live.Engine("jia") == live.Engine("yi") {
		t.Error("an account without an overlay has not the shared engine, or two have one")
	}
	first, city := account(t, live, "jia"), account(t, live, "city")
	if first.Source != "folder" || first.Version == live.Status().Version || city.Version != live.Status().Version || city.Source != "shared" {
		t.Errorf("jia %+v, city %+v", first, city)
	}

	change(t, jia, "下一步：", "下一步：先")
	change(t, jia, "工作日 3 个人", "工作日 9 个人")
	change(t, yi, "下一步：", "下一步：也")
	if err := live.Reload(); !errors.Is(err, ErrFaults) || !strings.Contains(err.Error(), "jia") {
		t.Errorf("a faulty overlay gave %v, want %v and its account", err, ErrFaults)
	}
	expect(t, "with one faulty overlay", live, map[string]string{"jia": "下一步：打", "yi": "下一步：也打"})
	if got := account(t, live, "jia"); got.Faults != 1 || got.Source != "last good copy" || got.Version != first.Version {
		t.Errorf("with a faulty overlay: %+v, want version %s", got, first.Version)
	}

	change(t, jia, "工作日 9 个人", "工作日 3 个人")
	edit(t, dir, key, broken)
	shared := live.Engine("")
	if err := live.Reload(); !errors.Is(err, ErrFaults) {
		t.Errorf("a faulty shared folder gave %v, want %v", err, ErrFaults)
	}
	if live.Engine("") != shared || account(t, live, "jia").Faults != 0 {
		t.Error("a faulty shared folder was put in place, or the account's own mending is not")
	}
	expect(t, "with a faulty shared folder", live, map[string]string{"jia": "下一步：先打", "yi": "下一步：也打"})

	edit(t, dir, broken, key)
	if err := live.Reload(); err != nil || live.Status().Faults != 0 {
		t.Errorf("all mended: %v, %+v", err, live.Status())
	}
	if live.Engine("") != shared {
		t.Error("what has not changed was trained again")
	}
}

// TestOverlayNotFitting has a shared entry go away that an account answers: the account keeps what answered before, whole.
func TestOverlayNotFitting(t *testing.T) {
	dir, jia := folder(t), district(t, "甲区")
	live, log := openFor(t, dir, map[string]string{"jia": jia})
	before := live.Engine("jia")
	rename(t, dir, "union.join", "union.enter")
	if err := live.Reload(); !errors.Is(err, ErrFaults) {
		t.Errorf("got %v, want %v", err, ErrFaults)
	}
	if live.Engine("jia") != before || account(t, live, "jia").Source != "as before" {
		t.Errorf("not the engine from before: %+v", account(t, live, "jia"))
	}
	if _, known := live.Engine("").Base.Entry("union.enter"); !known || live.Status().Faults != 0 {
		t.Errorf("the shared folder waits for the account: %+v", live.Status())
	}
	if !strings.Contains(log.String(), "甲区/answers.yaml:") || !strings.Contains(log.String(), "没有编号是“union.join”的条目") {
		t.Errorf("the log does not say where: %s", log)
	}
}

// TestRestartWithBrokenOverlay starts on a folder that has been spoilt since: its last good state answers, or without one the shared
// knowledge, said loudly; in no case nobody.
func TestRestartWithBrokenOverlay(t *testing.T) {
	dir, jia := folder(t), district(t, "甲区")
	overlays := map[string]string{"jia": jia}
	live, _ := openFor(t, dir, overlays)
	good := account(t, live, "jia").Version
	change(t, jia, "回答:", "回答：")
	live, _ = openFor(t, dir, overlays)
	if got := account(t, live, "jia"); got.Version != good || got.Source != "last good copy" || got.Faults == 0 {
		t.Errorf("after a restart with a broken overlay: %+v, want version %s from the last good copy", got, good)
	}
	expect(t, "from the last good copy", live, map[string]string{"jia": "甲区总工会申请"})

	if err := os.RemoveAll(jia); err != nil {
		t.Fatal(err)
	}
	live, log := openFor(t, dir, overlays)
	if got := account(t, live, "jia"); got.Version != live.Status().Version || got.Source != "none" || got.Faults == 0 {
		t.Errorf("without the folder: %+v, want the shared knowledge", got)
	}
	if live.Engine("jia") != live.Engine("") || !strings.Contains(log.String(), "level=ERROR msg=\"account answers from the shared knowledge alone") {
		t.Errorf("it does not answer, or is silent about it: %s", log)
	}
}

// TestOverlayOverBuiltin lays an account's menu over the knowledge that is part of the program.
func TestOverlayOverBuiltin(t *testing.T) {
	jia := t.TempDir()
	menu := "按钮:\n  - 名称: 甲区帮扶\n    点击: relief.apply\n"
	if err := os.WriteFile(filepath.Join(jia, "menu.yaml"), []byte(menu), 0o600); err != nil {
		t.Fatal(err)
	}
	live, _ := openFor(t, "", map[string]string{"jia": jia})
	if got := live.Engine("jia").Base.Menu.Buttons; len(got) != 1 || live.Status().Source != "built-in" || len(live.Engine("").Base.Menu.Buttons) == 1 {
		t.Errorf("menu %v, status %+v", got, live.Status())
	}
	if err := live.Reload(); err != nil || live.Status().Faults != 0 {
		t.Errorf("told to reload: %v %+v", err, live.Status())
	}
}

// TestWatchOverlay lets the clock run: an edit of an account's own answers goes live by itself.
func TestWatchOverlay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir, jia := folder(t), district(t, "甲区")
		live, _ := openFor(t, dir, map[string]string{"jia": jia})
		shared := live.Engine("")
		go live.Watch(t.Context(), 5*time.Second, nil)
		change(t, jia, "下一步：", "下一步：先")
		time.Sleep(11 * time.Second)
		synctest.Wait()
		expect(t, "after an edit", live, map[string]string{"jia": "下一步：先打"})
		if live.Engine("") != shared {
			t.Error("the shared knowledge was trained again")
		}
	})
}

// BenchmarkOverlay is what an account of its own costs at the start, beside the training that all share.
func BenchmarkOverlay(b *testing.B) {
	shared, _, err := Builtin(time.Now())
	if err != nil {
		b.Fatal(err)
	}
	files := os.DirFS("../../knowledge/testdata/overlay/good")
	b.ReportAllocs()
	for b.Loop() {
		if engine, faults := PrepareOverlay(shared, files, "jia", time.Now()); engine == nil {
			b.Fatal(faults)
		}
	}
}
