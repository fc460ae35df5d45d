package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestEval(t *testing.T) {
	folder := t.TempDir()
	file := func(name, content string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good := file("good.tsv", "开灯\t打开客厅的灯\n开灯\t灯亮起来\n开灯\t把灯开了\n关灯\t关掉客厅的灯\n关灯\t灯灭了吧\n关灯\t把灯关了\n")
	bad := file("bad.tsv", "开灯\t打开灯\n没有标签的一行\n")
	one := file("one.tsv", "开灯\t打开灯\n")
	exported := filepath.Join(folder, "out")
	for _, c := range []struct {
		name      string
		arguments []string
		code      int
		out, err  string // parts of what is printed
	}{
		{"split", []string{"--train", good, "--test", good, "--json"}, fine, `{"accuracy":1,"macro_f1":1,"top3":1,"n":6,"labels":2,"train_n":6,`, ""},
		{"split for people", []string{"--train", good, "--test", good}, fine, "第一个就对：100.0%", ""},
		{"malformed line", []string{"--train", good, "--test", bad}, faulty, "", "bad.tsv:2:1: 标签和句子之间没有 Tab"},
		{"one label", []string{"--train", one, "--test", one}, faulty, "", "句子太少"},
		{"train alone", []string{"--train", good}, misused, "", "--train 和 --test 要一起写"},
		{"both kinds", []string{"--train", good, "--test", good, "--html", "x.html"}, misused, "", "只量引擎"},
		{"no such file", []string{"--train", good, "--test", "none.tsv"}, misused, "", "打不开文件 none.tsv"},
		{"no such folder", []string{filepath.Join(folder, "none")}, misused, "", "打不开文件夹"},
		{"empty folder", []string{t.TempDir()}, faulty, "", "错误"},
		{"one fold", []string{"--folds", "1"}, misused, "", "至少是 2"},
		{"export", []string{"--export", exported}, fine, "", "folds.tsv"},
		{"export and more", []string{"--export", exported, "--json"}, misused, "", "--export 只写文件"},
	} {
		var out, errors bytes.Buffer
		code := run(append([]string{"eval"}, c.arguments...), streams{strings.NewReader(""), &out, &errors})
		if code != c.code || !strings.Contains(out.String(), c.out) || !strings.Contains(errors.String(), c.err) {
			t.Errorf("%s: code %d, out %q, err %q; want %d, %q, %q", c.name, code, out.String(), errors.String(), c.code, c.out, c.err)
		}
	}
	if folds, err := os.ReadFile(filepath.Join(exported, "folds.tsv")); err != nil || !strings.HasPrefix(string(folds), "-1\tinside\t") {
		t.Errorf("folds.tsv: %v, %.60q", err, folds)
	}
}
