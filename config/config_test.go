package config

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"zhugong/internal/strictyaml"
)

var update = flag.Bool("update", false, "write what was found into testdata/faults")

// secrets are what no fault may show. They stand in the test files.
func secrets() []string {
	return []string{"T0kenOfTest", "Q2tleU", "R2tleU", "deadbeef", "leUtle", "ExampleToken", "0123456789ABCDEFG", "ZGVhZGJl"}
}

// write puts the files of an archive into a folder and returns the environment it sets.
func write(t *testing.T, folder string, archive *txtar.Archive) func(string) string {
	t.Helper()
	variables := map[string]string{}
	for _, file := range archive.Files {
		switch file.Name {
		case "faults":
		case "environment":
			for line := range strings.Lines(string(file.Data)) {
				name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
				variables[name] = value
			}
		default:
			path := filepath.Join(folder, file.Name)
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, file.Data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	return func(name string) string { return variables[name] }
}

// TestFaults loads every testdata/faults/*.txtar. What must be found stands in the section "faults".
func TestFaults(t *testing.T) {
	files, err := filepath.Glob("testdata/faults/*.txtar")
	if err != nil || len(files) < 60 {
		t.Fatalf("got %d files (%v), want at least 60", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			folder := t.TempDir()
			getenv := write(t, folder, archive)
			c, faults := Load(filepath.Join(folder, "config.yaml"), getenv)
			if (c == nil) != strictyaml.Broken(faults) || len(faults) == 0 {
				t.Errorf("got settings %v with faults %v", c != nil, faults)
			}
			got := heads(folder, faults)
			checkSecrets(t, faults)
			last := archive.Files[len(archive.Files)-1]
			if *update {
				if last.Name == "faults" {
					archive.Files = archive.Files[:len(archive.Files)-1]
				}
				archive.Files = append(archive.Files, txtar.File{Name: "faults", Data: []byte(got)})
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(last.Data), got); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}

// heads returns the first line of each fault, without the folder.
func heads(folder string, faults []strictyaml.Fault) string {
	var b strings.Builder
	for _, fault := range faults {
		head, _, _ := strings.Cut(fault.String(), "\n")
		b.WriteString(strings.TrimPrefix(head, folder+"/") + "\n")
	}
	return b.String()
}

func checkSecrets(t *testing.T, faults []strictyaml.Fault) {
	t.Helper()
	for _, fault := range faults {
		for _, secret := range secrets() {
			if strings.Contains(fault.String(), secret) {
				t.Errorf("shows %s:\n%s", secret, fault)
			}
		}
		if fault.Mend == "" {
			t.Errorf("%s: does not say how to mend it", fault)
		}
	}
}

const everything = `
-- config.yaml --
listen: 0.0.0.0:80
ops_listen: ":9091"
redis: {addrs: ["10.0.0.1:6379", "10.0.0.2:6379"], master_name: main, username: zhugong, password_file: redis, tls: true}
knowledge: files
wechat_api: http://127.0.0.1:8089/
desk: {key_files: [desk/new, desk/old], keep_days: 365, alert_url_file: desk/alert}
accounts: [
  {name: gui-yang, original_id: gh_0123456789ab, app_id: wx0123456789abcdef, token: T0kenOfTest, mode: compat,
   aes_keys: [Q2tleUtleUtleUtleUtleUtleUtleUtleUtleUtle12], customer_service: true, secret_file: app, overlay: overlays/a,
   case_notice: {kind: template, template_id: abcdefghijklmnopqrstuvwxyz, ticket: character_string1, title: thing2, status: phrase3,
     time: time4, url: "https://union.example.org/", ask: "https://mp.weixin.qq.com/s/x"},
   hours: ["周一到周五 9:00-12:00", "周一至周五 13:30-17:00", "周六 09:00-24:00"]},
  {name: other, original_id: gh_other, app_id: wxffffffffffffffff, token: T0kenOfTest2, mode: plain},
]
-- redis --
deadbeef1
-- app --
deadbeef2
-- desk/new --
ZGVhZGJlZWZkZWFkYmVlZmRlYWRiZWVmZGVhZGJlZWY=
-- desk/old --
ZGVhZGJlZWZkZWFkYmVlZmRlYWRiZWVmZGVhZGJlZTI=
-- desk/alert --
https://alert.example.com/send?key=deadbeef4
-- files/x --
-- overlays/a/x --
-- environment --
ZHUGONG_SECRET_OTHER=deadbeef3
`

func TestLoad(t *testing.T) {
	folder := t.TempDir()
	getenv := write(t, folder, txtar.Parse([]byte(everything)))
	got, faults := Load(filepath.Join(folder, "config.yaml"), getenv)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	want := &Config{Listen: "0.0.0.0:80", OpsListen: ":9091", Knowledge: filepath.Join(folder, "files"),
		WeChatAPI: "http://127.0.0.1:8089",
		Redis: Redis{Addrs: []string{"10.0.0.1:6379", "10.0.0.2:6379"}, MasterName: "main", Username: "zhugong",
			Password: "deadbeef1", TLS: true},
		Desk: Desk{Keys: [][]byte{[]byte("deadbeefdeadbeefdeadbeefdeadbeef"), []byte("deadbeefdeadbeefdeadbeefdeadbee2")}, KeepDays: 365,
			AlertURL: "https://alert.example.com/send?key=deadbeef4"},
		Accounts: []Account{
			{Name: "gui-yang", OriginalID: "gh_0123456789ab", AppID: "wx0123456789abcdef", Secret: "deadbeef2", Token: "T0kenOfTest",
				AESKeys: []string{"Q2tleUtleUtleUtleUtleUtleUtleUtleUtleUtle12"}, Mode: "compat", CustomerService: true,
				Overlay: filepath.Join(folder, "overlays/a"),
				CaseNotice: CaseNotice{"template", "abcdefghijklmnopqrstuvwxyz", "character_string1", "thing2", "phrase3", "time4",
					"https://union.example.org/", "https://mp.weixin.qq.com/s/x"},
				Hours: []Hours{{1, 5, 9 * time.Hour, 12 * time.Hour}, {1, 5, 13*time.Hour + 30*time.Minute, 17 * time.Hour}, {6, 6, 9 * time.Hour, 24 * time.Hour}}},
			{Name: "other", OriginalID: "gh_other", AppID: "wxffffffffffffffff", Secret: "deadbeef3", Token: "T0kenOfTest2", Mode: "plain"},
		}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("settings (-want +got):\n%s", diff)
	}
	var logged bytes.Buffer
	slog.New(slog.NewJSONHandler(&logged, nil)).Info("x", "config", got, "redis", got.Redis, "account", got.Accounts[0], "desk", got.Desk)
	encoded, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	shown := fmt.Sprintf("%v %+v %#v %s %s", *got, *got, got.Accounts, logged.String(), encoded)
	for _, secret := range secrets() {
		if strings.Contains(shown, secret) {
			t.Errorf("printing or logging the settings shows %s: %s", secret, shown)
		}
	}
}

func TestDefaults(t *testing.T) {
	folder := t.TempDir()
	getenv := write(t, folder, &txtar.Archive{Files: []txtar.File{{Name: "config.yaml", Data: []byte(filledIn(t))}}})
	got, faults := Load(filepath.Join(folder, "config.yaml"), getenv)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	want := &Config{Listen: defaultListen, OpsListen: defaultOpsListen, WeChatAPI: defaultAPI,
		Redis: Redis{Addrs: []string{"127.0.0.1:6379"}}, Desk: Desk{KeepDays: defaultKeepDays},
		Accounts: []Account{{Name: "guiyang", OriginalID: "gh_0123456789ab", AppID: "wx0123456789abcdef", Token: "T0kenOfTest",
			AESKeys: []string{"Q2tleUtleUtleUtleUtleUtleUtleUtleUtleUtle12"}, Mode: safeMode}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("settings (-want +got):\n%s", diff)
	}
}

// filledIn returns example.yaml with a token and a key of one's own.
func filledIn(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return strings.NewReplacer(exampleToken, "T0kenOfTest", exampleKey, "Q2tleUtleUtleUtleUtleUtleUtleUtleUtleUtle12").Replace(string(data))
}

// TestExampleIsRefused checks that nobody goes live with the secrets that everybody can read.
func TestExampleIsRefused(t *testing.T) {
	c, faults := Load("example.yaml", func(string) string { return "" })
	if c != nil || len(faults) != 2 || !strings.Contains(heads("", faults), "token 还是例子里的") {
		t.Errorf("got settings %v, faults %v", c != nil, faults)
	}
}

// TestExampleIsWhole takes the signs of comment away from the settings that the example leaves out.
func TestExampleIsWhole(t *testing.T) {
	text := filledIn(t)
	for _, key := range []string{"master_name", "username", "password_file", "tls", "knowledge", "wechat_api", "secret_file", "customer_service", "overlay"} {
		if !strings.Contains(text, "# "+key+": ") {
			t.Errorf("example.yaml does not mention %s", key)
		}
		text = strings.Replace(text, "# "+key+": ", key+": ", 1)
	}
	folder := t.TempDir()
	getenv := write(t, folder, &txtar.Archive{Files: []txtar.File{{Name: "config.yaml", Data: []byte(text)},
		{Name: "knowledge/facts.yaml"}, {Name: "overlays/guiyang/menu.yaml"}, {Name: "secrets/redis_password", Data: []byte("x\n")}, {Name: "secrets/guiyang", Data: []byte("y\n")}}})
	c, faults := Load(filepath.Join(folder, "config.yaml"), getenv)
	if c == nil {
		t.Fatal(faults)
	}
	if c.Redis.Password != "x" || c.Accounts[0].Secret != "y" {
		t.Errorf("got password %q, secret %q", c.Redis.Password, c.Accounts[0].Secret)
	}
}

func TestFilesOthersCanRead(t *testing.T) {
	folder := t.TempDir()
	getenv := write(t, folder, txtar.Parse([]byte(everything)))
	for _, name := range []string{"redis", "app"} {
		if err := os.Chmod(filepath.Join(folder, name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	c, faults := Load(filepath.Join(folder, "config.yaml"), getenv)
	if c == nil || len(faults) != 2 || !strings.Contains(heads(folder, faults), "别的用户也能读") {
		t.Errorf("got settings %v, faults %v", c != nil, faults)
	}
}

func TestUnreadableConfig(t *testing.T) {
	for path, want := range map[string]string{"testdata/none.yaml": "没有这个文件", "testdata": "不是普通文件"} {
		c, faults := Load(path, os.Getenv)
		if c != nil || len(faults) != 1 || !strings.Contains(faults[0].Message, want) {
			t.Errorf("Load(%s): got %v, want %s", path, faults, want)
		}
	}
}
