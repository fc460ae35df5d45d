package main

import (
	"bytes"
	"encoding/base64"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"zhugong/internal/desk"
	"zhugong/internal/misses"
	"zhugong/internal/session"
	"zhugong/internal/slot"
	"zhugong/internal/testenv"
	"zhugong/internal/vault"
)

// deskFixture is a real Redis with what staff work on, and a configuration file that finds it.
type deskFixture struct {
	*testing.T
	folder string
	store  *session.Store
	redis  *testenv.Redis
}

var (
	deskKey  = bytes.Repeat([]byte{7}, vault.KeySize)
	otherKey = bytes.Repeat([]byte{8}, vault.KeySize)
)

func newDesk(t *testing.T) *deskFixture {
	t.Helper()
	f := &deskFixture{T: t, folder: t.TempDir(), redis: testenv.StartRedis(t)}
	store, err := session.Open(session.Options{Addrs: []string{f.redis.Address}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	if health := store.Health(t.Context()); !health.OK { // and it learns that there is no replica to wait for
		t.Fatal(health)
	}
	f.store = store
	f.write("key", base64.StdEncoding.EncodeToString(deskKey))
	f.write("config.yaml", "redis:\n  addrs: ["+f.redis.Address+"]\ndesk:\n  key_files: [key]\n"+deskAccounts)
	return f
}

const deskAccounts = "accounts: [" +
	"{name: city, original_id: gh_city, app_id: wx1234567890abcdef, token: desktesttoken, mode: plain}, " +
	"{name: county, original_id: gh_county, app_id: wx1234567890abcdee, token: desktesttoken2, mode: plain}]\n"

func (f *deskFixture) path(name string) string { return filepath.Join(f.folder, name) }

func (f *deskFixture) write(name, text string) {
	f.Helper()
	if err := os.WriteFile(f.path(name), []byte(text), 0o600); err != nil {
		f.Fatal(err)
	}
}

// put has a worker register a case.
func (f *deskFixture) put(key []byte, c desk.Case) {
	f.Helper()
	keys, err := vault.New(key)
	if err != nil {
		f.Fatal(err)
	}
	c.Status = desk.New
	c.History = []desk.Event{{At: c.Opened, Status: desk.New}}
	record, err := desk.Book{Keys: keys}.Encode(c)
	if err != nil {
		f.Fatal(err)
	}
	opening, err := f.store.Begin(f.Context(), c.Worker, c.Ticket, session.NoWindow)
	if err != nil {
		f.Fatal(err)
	}
	if _, err := f.store.Commit(f.Context(), opening, session.Outcome{Records: []session.Record{record}}); err != nil {
		f.Fatal(err)
	}
}

func ticketOf(nine string) string { return nine + string(slot.TicketCheck(nine)) }

var (
	wageTicket = ticketOf("483715926")
	callTicket = ticketOf("100000001")
)

// two registers a claim for wages and, an hour later, a call back.
func (f *deskFixture) two() {
	opened := time.Date(2026, 11, 23, 1, 30, 0, 0, time.UTC)
	f.put(deskKey, desk.Case{
		Ticket: wageTicket, Flow: "wage_claim", Title: "欠薪情况登记", Opened: opened, Worker: session.Worker{Account: "city", OpenID: "oMason"},
		Fields: []desk.Field{
			{Slot: "district", Label: "区县", Value: "南明"},
			{Slot: "employer", Label: "单位", Value: "=某某\x1b[31m工地", Personal: true},
			{Slot: "phone", Label: "电话", Value: "13885123456", Personal: true},
		},
	})
	f.put(deskKey, desk.Case{
		Ticket: callTicket, Flow: "callback", Title: "请人工回电", Opened: opened.Add(time.Hour), Worker: session.Worker{Account: "county", OpenID: "oCook"},
		Fields: []desk.Field{{Slot: "topic", Label: "事情", Value: "入会"}, {Slot: "name", Label: "称呼", Value: "李师傅", Personal: true}},
	})
}

// run runs a command with the configuration and checks how it ends.
func (f *deskFixture) run(code int, arguments ...string) (out, told string) {
	f.Helper()
	var stdout, stderr bytes.Buffer
	if got := run(append(arguments, "--config", f.path("config.yaml")), streams{strings.NewReader(""), &stdout, &stderr}); got != code {
		f.Errorf("%v: code %d, want %d: %s%s", arguments, got, code, &stdout, &stderr)
	}
	return stdout.String(), stderr.String()
}

func TestCasesList(t *testing.T) {
	f := newDesk(t)
	if out, _ := f.run(fine, "cases", "list"); out != "没有这样的登记。\n" {
		t.Errorf("an empty desk: %q", out)
	}
	if out, _ := f.run(fine, "cases", "list", "--json"); out != "[]\n" {
		t.Errorf("an empty desk as JSON: %q", out)
	}
	f.two()
	const head = "受理号        状态    登记时间          事项          电话         经办人\n"
	wage := desk.Spoken(wageTicket) + "  待受理  2026-11-23 09:30  欠薪情况登记  138****3456\n"
	call := desk.Spoken(callTicket) + "  待受理  2026-11-23 10:30  请人工回电\n"
	tests := []struct {
		arguments string
		want      string
	}{
		{"", head + call + wage + "共 2 件。\n"},
		{"--flow wage_claim", head + wage + "共 1 件。\n"},
		{"--status new --flow callback", strings.Replace(head, "事项          电话         ", "事项        电话  ", 1) + call + "共 1 件。\n"},
		{"--status 办理中", "没有这样的登记。\n"},
		{"--status taken,closed", "没有这样的登记。\n"},
	}
	for _, test := range tests {
		out, told := f.run(fine, append([]string{"cases", "list"}, strings.Fields(test.arguments)...)...)
		if diff := cmp.Diff(test.want, out); diff != "" || told != "" {
			t.Errorf("list %s says %q, prints (-want +got):\n%s", test.arguments, told, diff)
		}
	}
	f.run(misused, "cases", "list", "--status", "open")
}

func TestCasesListJSON(t *testing.T) {
	f := newDesk(t)
	f.two()
	out, _ := f.run(fine, "cases", "list", "--json", "--flow", "wage_claim")
	var got []map[string]any
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	want := []map[string]any{{
		"ticket": wageTicket, "flow": "wage_claim", "title": "欠薪情况登记", "account": "city", "status": "new", "opened": "2026-11-23T01:30:00Z", "by": "",
		"fields": []any{
			map[string]any{"slot": "district", "label": "区县", "value": "南明"},
			map[string]any{"slot": "employer", "label": "单位", "value": "=**"},
			map[string]any{"slot": "phone", "label": "电话", "value": "138****3456"},
		},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("list (-want +got):\n%s", diff)
	}
}

// TestCaseFromNewToClosed does with one case all that can be done, and what cannot.
func TestCaseFromNewToClosed(t *testing.T) {
	f := newDesk(t)
	f.two()
	spoken := desk.Spoken(wageTicket)
	steps := []struct {
		code      int
		arguments []string
		want      string // in what is printed or told
	}{
		{fine, []string{"show", spoken}, "状态      待受理\n"},
		{fine, []string{"take", spoken, "--by", "王芳"}, spoken + "（欠薪情况登记）：办理中。\n"},
		{faulty, []string{"take", wageTicket, "--by", "张强"}, "这件已经由王芳受理"},
		{misused, []string{"answer", spoken, "--by", "王芳"}, "答复要写 --note"},
		{misused, []string{"close", spoken}, "--by"},
		{misused, []string{"close", spoken, "--by", " "}, "--by 要写谁办的"},
		{fine, []string{"answer", spoken, "--by", "王芳", "--note", "已转南明区总工会"}, "已答复"},
		{fine, []string{"close", spoken, "--by", "张强", "--note", "钱拿到了"}, "已办结"},
		{faulty, []string{"answer", spoken, "--by", "王芳", "--note", "再说一句"}, "这件已经办结，不能再答复"},
		{faulty, []string{"show", ticketOf("999999999")}, "没有这个受理号的登记：可能抄错了"},
		{misused, []string{"show", "4837159260"}, "不是受理号"},
		{misused, []string{"show", "欠薪"}, "“欠薪”不是受理号"},
		{fine, []string{"list"}, "已办结  2026-11-23 09:30  欠薪情况登记  138****3456  张强\n"},
	}
	for _, step := range steps {
		out, told := f.run(step.code, append([]string{"cases"}, step.arguments...)...)
		if !strings.Contains(out+told, step.want) {
			t.Errorf("cases %v: no %q in\n%s%s", step.arguments, step.want, out, told)
		}
	}
	out, _ := f.run(fine, "cases", "show", spoken)
	for _, want := range []string{
		"受理号    " + spoken + "\n", "公众号    city\n", "单位      =某某[31m工地\n", "电话      13885123456\n", "答复      已转南明区总工会\n",
		"2026-11-23 09:30  待受理  职工本人\n", "办理中  王芳\n", "已答复  王芳      已转南明区总工会\n", "已办结  张强      钱拿到了\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("show has no %q:\n%s", want, out)
		}
	}
	if strings.Contains(out, "oMason") {
		t.Errorf("show tells who the worker is in WeChat:\n%s", out)
	}
}

func TestCasesExport(t *testing.T) {
	f := newDesk(t)
	f.two()
	f.run(fine, "cases", "answer", callTicket, "--by", "王芳", "--note", "已回电")
	want := [][]string{
		{"受理号", "事项", "公众号", "状态", "登记时间", "事情", "称呼", "区县", "单位", "电话", "答复", "经办人"},
		{desk.Spoken(callTicket), "请人工回电", "county", "已答复", "2026-11-23 10:30", "入会", "李师傅", "", "", "", "已回电", "王芳"},
		{desk.Spoken(wageTicket), "欠薪情况登记", "city", "待受理", "2026-11-23 09:30", "", "", "南明", "=某某[31m工地", "13885123456", "", ""},
	}
	for name, read := range map[string]func(string) ([][]string, error){"登记.xlsx": readXLSX, "登记.csv": readCSV, "没有扩展名": readCSV} {
		f.write(name, "已经有的")
		arguments := []string{"cases", "export", f.path(name)}
		if name == "没有扩展名" {
			f.run(misused, arguments...)
			arguments = append(arguments, "--format", "csv")
		}
		if out, told := f.run(fine, arguments...); out != "" || !strings.Contains(told, "2 件") {
			t.Errorf("export %s prints %q, says %q", name, out, told)
		}
		got, err := read(f.path(name))
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range got {
			got[i] = row[:len(want[0])] // without the history
			got[i][8] = strings.TrimPrefix(row[8], "'")
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if info, err := os.Stat(f.path(name)); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: mode %v, %v, want 0600", name, info.Mode(), err)
		}
	}
	f.run(misused, "cases", "export", f.path("登记.pdf"))
	f.run(misused, "cases", "export", f.path("没有的文件夹/登记.csv"))
	if left, err := filepath.Glob(f.path(".*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func readCSV(name string) ([][]string, error) {
	content, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return csv.NewReader(bytes.NewReader(bytes.TrimPrefix(content, []byte("\uFEFF")))).ReadAll()
}

func readXLSX(name string) ([][]string, error) {
	file, err := excelize.OpenFile(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return file.GetRows(file.GetSheetName(0))
}

// TestDeskInTrouble has what an operator can have forgotten.
func TestDeskInTrouble(t *testing.T) {
	f := newDesk(t)
	f.put(otherKey, desk.Case{Ticket: wageTicket, Flow: "wage_claim", Title: "欠薪情况登记", Opened: time.Now(), Worker: session.Worker{Account: "city", OpenID: "oMason"}})
	if _, told := f.run(faulty, "cases", "show", wageTicket); !strings.Contains(told, "另一把密钥") {
		t.Errorf("a case sealed with another key: %s", told)
	}
	if out, told := f.run(fine, "cases", "list"); out != "没有这样的登记。\n" || !strings.Contains(told, wageTicket) {
		t.Errorf("list of a case sealed with another key: %q, %q", out, told)
	}
	for _, test := range []struct{ config, want string }{
		{"redis:\n  addrs: [" + f.redis.Address + "]\n" + deskAccounts, "没有写 desk.key_files"},
		{deskAccounts, "没有写 redis"},
		{"redis: {addrs: [127.0.0.1:1]}\ndesk:\n  key_files: [key]\n" + deskAccounts, "连不上 Redis"},
		{"redis: [", "config.yaml:1"},
	} {
		f.write("config.yaml", test.config)
		for _, command := range [][]string{{"cases", "list"}, {"cases", "close", wageTicket, "--by", "王芳"}} {
			if out, told := f.run(faulty, command...); out != "" || !strings.Contains(told, test.want) {
				t.Errorf("%v: no %q in %q, %q", command, test.want, out, told)
			}
		}
	}
	var stderr bytes.Buffer
	if code := run([]string{"cases", "list"}, streams{strings.NewReader(""), &stderr, &stderr}); code != misused {
		t.Errorf("without --config: code %d: %s", code, &stderr)
	}
}

func TestMisses(t *testing.T) {
	f := newDesk(t)
	at := time.Date(2026, 11, 23, 1, 30, 0, 0, time.UTC)
	book := misses.Open(f.store.Client(), func() time.Time { return at }, slog.New(slog.DiscardHandler))
	for text, count := range map[string]int{"公积金怎么提取": 3, "公积金咋个提取": 2, "公积金怎么提取啊": 1, "公积金怎么取": 1, "公积金咋提取": 1} {
		for range count {
			book.Note("city", misses.Outside, text)
		}
	}
	book.Note("city", misses.NotUnderstood, "公积金怎么提取")
	book.Note("city", misses.NoneFit, "我电话13885123456")
	book.Close()
	out, told := f.run(fine, "misses")
	const want = `公众号 city：最近 90 天没答上来 10 次，相像的放在一起是 2 组。
次数  最近一次          为什么       说的话
9     2026-11-23 09:30  没听懂 域外  公积金怎么提取
                                     · 公积金咋个提取（2）
                                     · 公积金咋提取（1）
                                     · 公积金怎么取（1）
                                     · 还有 1 种说法
1     2026-11-23 09:30  选项都不对   我电话×

公众号 county：最近 90 天没答上来 0 次，相像的放在一起是 0 组。
`
	if diff := cmp.Diff(want, out); diff != "" || told != "" {
		t.Errorf("says %q, prints (-want +got):\n%s", told, diff)
	}
	out, _ = f.run(fine, "misses", "--account", "city", "--json")
	var got []missesOfAccount
	if err := json.Unmarshal([]byte(out), &got); err != nil || len(got) != 1 || len(got[0].Groups) != 2 {
		t.Fatalf("%v: %s", err, out)
	}
	first := got[0].Groups[0]
	if got[0].Account != "city" || got[0].Count != 10 || first.Text != "公积金怎么提取" || first.Count != 9 || len(first.Texts) != 5 ||
		!first.Last.Equal(at) || fmt.Sprint(first.Kinds) != fmt.Sprint(map[string]int{misses.NotUnderstood: 1, misses.Outside: 8}) || first.Texts[0].Count != 4 {
		t.Errorf("got %+v", got[0])
	}
	if _, told := f.run(misused, "misses", "--account", "village"); !strings.Contains(told, "city、county") {
		t.Errorf("an unknown account: %s", told)
	}
	f.redis.Kill()
	if _, told := f.run(faulty, "misses"); !strings.Contains(told, "连不上 Redis") {
		t.Errorf("without Redis: %s", told)
	}
}
