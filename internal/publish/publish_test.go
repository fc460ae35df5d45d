package publish

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"zhugong/internal/dialogue"
	"zhugong/knowledge"
)

// folder returns a fresh copy of the small good knowledge folder.
func folder(t *testing.T) string {
	t.Helper()
	copied := t.TempDir()
	if err := os.CopyFS(copied, os.DirFS("../../knowledge/testdata/good")); err != nil {
		t.Fatal(err)
	}
	return copied
}

// edit replaces text in the first topic file that has it.
func edit(t *testing.T, folder, old, new string) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(folder, "topics", "*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(data), old) {
			if err := os.WriteFile(name, []byte(strings.Replace(string(data), old, new, 1)), 0o644); err != nil {
				t.Fatal(err)
			}
			return
		}
	}
	t.Fatalf("no topic file has %q", old)
}

func open(t *testing.T, folder string) *Live {
	t.Helper()
	live, err := Open(folder, nil, time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return live
}

const (
	key    = "    回答:"
	broken = "    回答："
)

func TestReload(t *testing.T) {
	dir := folder(t)
	live := open(t, dir)
	first := live.Status().Version
	if live.Status().Source != "folder" {
		t.Fatalf("a good folder is not what answers: %+v", live.Status())
	}
	if live.changed() {
		t.Error("an untouched folder counts as changed")
	}

	edit(t, dir, key, broken)
	if live.changed() {
		t.Error("a folder just edited counts as changed before it has stood still")
	}
	if !live.changed() {
		t.Error("an edited folder does not count as changed")
	}
	if err := live.Reload(); !errors.Is(err, ErrFaults) {
		t.Errorf("a faulty folder gave %v, want %v", err, ErrFaults)
	}
	if got := live.Status(); got.Version != first || got.Faults == 0 || got.Refused != 1 {
		t.Errorf("after a faulty edit: %+v, want version %s still in place and the fault counted", got, first)
	}
	if live.changed() {
		t.Error("a folder that was refused is tried again without a change")
	}

	edit(t, dir, broken, key)
	edit(t, dir, "下一步：", "下一步：先")
	if err := live.Reload(); err != nil {
		t.Fatal(err)
	}
	if got := live.Status(); got.Version == first || got.Faults != 0 {
		t.Errorf("after a good edit: %+v, want another version and no faults", got)
	}
}

// TestFailingTest keeps out a folder whose own tests fail, though it is well formed.
func TestFailingTest(t *testing.T) {
	dir := folder(t)
	live := open(t, dir)
	first := live.Status().Version
	edit(t, dir, "应: relief.apply", "应: org.hotline")
	if err := live.Reload(); !errors.Is(err, ErrFaults) {
		t.Errorf("a folder that fails its own test gave %v, want %v", err, ErrFaults)
	}
	if live.Status().Version != first {
		t.Error("a folder that fails its own test was put in place")
	}
}

// TestRestartWithBrokenFiles starts on a folder that has been spoilt since: its last good state answers.
func TestRestartWithBrokenFiles(t *testing.T) {
	dir := folder(t)
	good := open(t, dir).Status().Version
	edit(t, dir, key, broken)
	if got := open(t, dir).Status(); got.Version != good || got.Source != "last good copy" || got.Faults == 0 {
		t.Errorf("after a restart with broken files: %+v, want version %s from the last good copy", got, good)
	}
	if err := os.Remove(filepath.Join(dir, goodCopy)); err != nil {
		t.Fatal(err)
	}
	if got := open(t, dir).Status(); got.Source != "built-in" {
		t.Errorf("without a last good copy: %+v, want the built-in knowledge", got)
	}
}

// TestOneVersionATurn reloads while messages are answered: every answer is wholly of one version.
func TestOneVersionATurn(t *testing.T) {
	dir := folder(t)
	live := open(t, dir)
	old := live.Engine("")
	edit(t, dir, "下一步：", "下一步：先")
	done := make(chan struct{})
	var asking sync.WaitGroup
	for range 4 {
		asking.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				engine := live.Engine("")
				_, reply, decision := engine.Turn(dialogue.State{}, dialogue.Message{Text: "困难补助怎么申请"}, dialogue.Trial(time.Now()))
				entry, known := engine.Base.Entry(decision.Intent)
				if !known || !strings.HasPrefix(reply.Text, strings.TrimRight(entry.Answer, "\n")) {
					t.Errorf("answered %q by %q of another version", reply.Text, decision.Intent)
					return
				}
			}
		})
	}
	if err := live.Reload(); err != nil {
		t.Error(err)
	}
	close(done)
	asking.Wait()
	if live.Engine("") == old {
		t.Error("the new version is not in place")
	}
}

// TestWatch lets the clock run: an edit goes live by itself, and Watch ends with its context.
func TestWatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := folder(t)
		live := open(t, dir)
		first := live.Status().Version
		ctx, stop := context.WithCancel(t.Context())
		told := make(chan os.Signal)
		go live.Watch(ctx, 5*time.Second, told)
		edit(t, dir, "下一步：", "下一步：先")
		time.Sleep(11 * time.Second)
		synctest.Wait()
		second := live.Status().Version
		if second == first {
			t.Error("an edit did not go live by itself")
		}
		edit(t, dir, "下一步：先", "下一步：再")
		told <- os.Interrupt
		synctest.Wait()
		if live.Status().Version == second {
			t.Error("a signal did not reload")
		}
		stop()
	})
}

// TestMissingFolder answers from the built-in knowledge and says that something is wrong.
func TestMissingFolder(t *testing.T) {
	if got := open(t, filepath.Join(t.TempDir(), "gone")).Status(); got.Source != "built-in" || got.Faults == 0 {
		t.Errorf("without the folder: %+v, want the built-in knowledge and a fault", got)
	}
}

// BenchmarkPrepare is what stands between the start and the first answer: load, check, train and test the built-in files.
func BenchmarkPrepare(b *testing.B) {
	for b.Loop() {
		if engine, faults, err := Prepare(knowledge.Builtin(), time.Now()); engine == nil {
			b.Fatal(faults, err)
		}
	}
}
