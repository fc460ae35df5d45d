package knowledge

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"zhugong/internal/strictyaml"
)

// TestBuiltin checks the files that are part of the program.
func TestBuiltin(t *testing.T) {
	base, faults := Load(Builtin(), today())
	for _, fault := range faults {
		if fault.Warning {
			t.Logf("%s", fault)
			continue
		}
		t.Errorf("%s", fault)
	}
	if base == nil {
		t.Fatal("the files cannot be used")
	}
	for _, e := range base.Entries() {
		if strings.ContainsAny(e.Answer, "{}") {
			t.Errorf("%s: the answer has braces left: %s", e.ID, e.Answer)
		}
		if _, ok := base.Flow(e.Flow); e.Flow != "" && !ok {
			t.Errorf("%s: there is no flow %s", e.ID, e.Flow)
		}
	}
}

func TestLoadGood(t *testing.T) {
	base, faults := Load(good(t), today())
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	e, ok := base.Entry("union.join")
	if !ok {
		t.Fatal("union.join is missing")
	}
	got := *e
	got.Phrases, got.Aliases, got.Tests = nil, nil, nil
	day := func(year int) time.Time { return time.Date(year, 12, 31, 0, 0, 0, 0, guiyang()) }
	want := Entry{ID: "union.join", Title: "怎么加入工会",
		Answer: "可以。靠工资生活的劳动者都有权加入工会（《工会法》第3条）。\n" +
			"单位有工会的，找单位工会报名；没有的，找所在街道总工会。\n" +
			"会员满25人的单位应当建工会（《工会法》第11条）。\n下一步：打 12351，问您该找哪一家。",
		Attributes: map[string]string{}, Sources: []string{"法规"},
		Links: []Link{{Text: "工会介绍", URL: "https://example.org/union"},
			{Text: "网上办事", URL: "https://example.org/online", AppID: "wx0123456789abcdef", Path: "pages/index"}},
		Card: &Card{Title: "加入工会", Description: "三步就好", Picture: "https://example.org/card.png",
			URL: "https://example.org/card"},
		ValidUntil: day(2028), AfterEnd: "入会的办法变了，打 12351 问。", Review: day(2027),
		Place: Place{"topics/union.yaml", 5, 5}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("union.join (-want +got):\n%s", diff)
	}
	if len(e.Phrases) != 40 || e.Phrases[3] != (Phrase{"gonghui zenme jiaru", Place{"topics/union.yaml", 14, 9}}) {
		t.Errorf("got %d phrases, the fourth %v", len(e.Phrases), e.Phrases[3])
	}
	relief, _ := base.Entry("relief.apply")
	if !relief.QuotesPeriod || e.QuotesPeriod {
		t.Errorf("QuotesPeriod: got relief.apply %v, union.join %v", relief.QuotesPeriod, e.QuotesPeriod)
	}
	if want := day(2027).AddDate(0, -6, -1); !relief.Review.Equal(want) {
		t.Errorf("relief.apply: got review %v, want the file's %v", relief.Review, want)
	}
	if got := relief.Counters; len(got) != 1 || got[0].Want != "union.join" {
		t.Errorf("relief.apply: got counters %v", got)
	}
	if _, ok := base.Entry("relief.none"); ok || len(base.Entries()) != 3 || len(base.Topics) != 2 {
		t.Errorf("got %d entries in %d topics", len(base.Entries()), len(base.Topics))
	}
	if base.Words.Dialect["啷个"] != "怎么" || len(base.Words.Fillers) != 1 || len(base.FollowUps) != 9 {
		t.Errorf("got words %v, follow-ups %v", base.Words, base.FollowUps)
	}
	if base.Facts["card.count"].Quote != "40余万张" || base.Public["hotline.12351"].Numbers[1] != "0851-12351" ||
		base.Sources["报道"] != (Source{"报道", "中工网", "2019-12-30", "近五年累计"}) {
		t.Errorf("got facts %v, public %v, sources %v", base.Facts, base.Public, base.Sources)
	}
}

// TestUnproven has three things that are not verified, of which the answers cite the last two: one by its
// number, one by its id in an attribute.
func TestUnproven(t *testing.T) {
	folder := good(t)
	edit := func(file, before, after string) {
		text := string(folder[file].Data)
		if !strings.Contains(text, before) {
			t.Fatalf("%s has no %q", file, before)
		}
		folder[file] = &fstest.MapFile{Data: []byte(strings.Replace(text, before, after, 1))}
	}
	edit("public.yaml", "    来源: 《工会法》\n", "    来源: 《工会法》\n    待核: 条号\n")
	edit("public.yaml", "公开信息:\n", "公开信息:\n  - 编号: geo.x\n    类别: 地名\n    称呼: 某地\n    内容: 没有人引用\n    待核: 全部\n")
	edit("topics/union.yaml", "靠工资生活的劳动者都有权加入工会（{依据:law.union.3}）。", "靠工资生活的劳动者都有权加入工会。")
	edit("topics/relief.yaml", "打听和申请都不用交钱。", "打听和申请都不用交钱（{依据:law.union.3}）。")
	base, faults := Load(folder, today())
	if base == nil {
		t.Fatal(faults)
	}
	var got []string
	for _, p := range base.Unproven() {
		got = append(got, p.ID+" "+p.Unproven)
	}
	if diff := cmp.Diff([]string{"law.union.3 条号", "hotline.12351 人工时段要核实。"}, got); diff != "" {
		t.Errorf("Unproven (-want +got):\n%s", diff)
	}
}

func TestBaseExcerpt(t *testing.T) {
	base, _ := Load(good(t), today())
	e, _ := base.Entry("union.join")
	tests := []struct {
		place Place
		want  string
	}{
		{e.Phrases[3].Place, "      - gonghui zenme jiaru\n        ^"},
		{base.Public["law.union.11"].Place, "  - 编号: law.union.11\n    ^"},
		{Place{"topics/none.yaml", 1, 1}, ""},
		{Place{"topics/union.yaml", 9999, 1}, ""},
		{Place{}, ""},
	}
	for _, test := range tests {
		if got := base.Excerpt(test.place); got != test.want {
			t.Errorf("Excerpt(%v) = %q, want %q", test.place, got, test.want)
		}
	}
}

// TestLeftovers puts files next to the topics that editors, the publisher and copying leave behind.
func TestLeftovers(t *testing.T) {
	folder := good(t)
	for _, name := range []string{".last-good.zip", "topics/.relief.yaml.swp", "topics/.#relief.yaml", "topics/.yaml", "topics/.git/x.yaml",
		"topics/relief.yaml~", "topics/~$relief.yaml", "topics/#relief.yaml#", "topics/relief.yaml.new", "relief.yaml.new", "topics/relief.yaml.bak",
		"topics/._relief.yaml", "topics/.txt"} {
		folder[name] = &fstest.MapFile{Data: []byte("half a fi")}
	}
	base, faults := Load(folder, today())
	if base == nil || len(faults) > 0 {
		t.Errorf("got base %v, faults %s", base != nil, heads(faults))
	}
}

func TestExpired(t *testing.T) {
	base, _ := Load(good(t), today())
	e, _ := base.Entry("union.join")
	for _, test := range []struct {
		now             string
		expired, review bool
	}{
		{"2027-12-31T23:59:59+08:00", false, false},
		{"2027-12-31T16:00:00Z", false, true},
		{"2028-12-31T15:59:59Z", false, true},
		{"2029-01-01T00:00:00+08:00", true, true},
	} {
		now, err := time.Parse(time.RFC3339, test.now)
		if err != nil {
			t.Fatal(err)
		}
		if got := e.Expired(now); got != test.expired {
			t.Errorf("Expired(%s) = %v, want %v", test.now, got, test.expired)
		}
		if got := e.ReviewDue(now); got != test.review {
			t.Errorf("ReviewDue(%s) = %v, want %v", test.now, got, test.review)
		}
	}
}

func TestVersion(t *testing.T) {
	first, _ := Load(good(t), today())
	again, _ := Load(good(t), today().AddDate(0, 0, 1))
	folder := good(t)
	folder["words.yaml"].Data = append(folder["words.yaml"].Data, "  - 那个\n"...)
	changed, _ := Load(folder, today())
	for _, name := range []string{choicesName, "flows/wage_claim.yaml"} {
		folder := good(t)
		folder[name].Data = append(folder[name].Data, "# 注释\n"...)
		if other, _ := Load(folder, today()); other == nil || other.Version == first.Version {
			t.Errorf("%s does not count for the version", name)
		}
	}
	if len(first.Version) != 12 || first.Version != again.Version || first.Version == changed.Version {
		t.Errorf("got versions %s, %s and, after a change, %s", first.Version, again.Version, changed.Version)
	}
}

// TestUnreadable breaks a folder on disk in ways that have nothing to do with YAML.
func TestUnreadable(t *testing.T) {
	tests := []struct {
		name  string
		spoil func(folder string) error
		want  string
	}{
		{"missing", func(f string) error { return os.Remove(f + "/safety.yaml") }, "safety.yaml: 找不到这个文件"},
		{"no topics", func(f string) error { return os.RemoveAll(f + "/topics") }, "topics: 找不到 topics 文件夹，或者打不开"},
		{"topic missing", func(f string) error { return os.Remove(f + "/topics/union.yaml") }, "topics/relief.yaml:65:9: 没有编号是“union.join”的条目"},
		{"flows is a file", func(f string) error {
			return errors.Join(os.RemoveAll(f+"/flows"), os.WriteFile(f+"/flows", nil, 0o600))
		}, "flows: flows 打不开，或者不是文件夹"},
		{"no choices", func(f string) error { return os.Remove(f + "/choices.yaml") },
			"flows/wage_claim.yaml:15:10: choices.yaml 里没有“区县”这组选项"},
		{"folder", func(f string) error {
			os.Remove(f + "/words.yaml")
			return os.Mkdir(f+"/words.yaml", 0o700)
		}, "words.yaml: 这不是一个普通的文件"},
		{"pipe", func(f string) error {
			os.Remove(f + "/words.yaml")
			return syscall.Mkfifo(f+"/words.yaml", 0o600)
		}, "words.yaml: 这不是一个普通的文件"},
		{"link out of the folder", func(f string) error {
			os.Remove(f + "/words.yaml")
			return os.Symlink("/etc/passwd", f+"/words.yaml")
		}, "words.yaml: 打不开这个文件"},
		{"too large", func(f string) error { return os.Truncate(f+"/words.yaml", 100<<20) }, "words.yaml: 文件太大：102400 KB，最多 1024 KB"},
		{"GBK", func(f string) error {
			return os.WriteFile(f+"/words.yaml", []byte("\xb7\xbd\xd1\xd4:\n"), 0o600)
		}, "words.yaml:1:1: 文件不是 UTF-8 编码，多半是记事本或 Excel 存成了 GBK（也叫 ANSI）"},
		{"UTF-16", func(f string) error {
			return os.WriteFile(f+"/words.yaml", []byte("\xff\xfe\xb9\x65\x00\x8a"), 0o600)
		}, "words.yaml:1:1: 文件存成了 UTF-16（记事本里叫“Unicode”），读不了"},
		{"zeros", func(f string) error {
			return os.WriteFile(f+"/words.yaml", make([]byte, 4096), 0o600)
		}, "words.yaml:1:1: 文件存成了 UTF-16（记事本里叫“Unicode”），读不了"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			folder := t.TempDir()
			if err := os.CopyFS(folder, os.DirFS("testdata/good")); err != nil {
				t.Fatal(err)
			}
			if err := test.spoil(folder); err != nil {
				t.Fatal(err)
			}
			root, err := os.OpenRoot(folder)
			if err != nil {
				t.Fatal(err)
			}
			defer root.Close()
			base, faults := Load(root.FS(), today())
			if base != nil || !strings.Contains(heads(faults), test.want) {
				t.Errorf("got base %v, faults:\n%swant %s", base != nil, heads(faults), test.want)
			}
		})
	}
}

// vanishing is a folder whose files can be seen and not read.
type vanishing struct{ fstest.MapFS }

func (v vanishing) Open(name string) (fs.File, error) {
	if strings.HasSuffix(name, ".yaml") {
		return nil, fs.ErrNotExist
	}
	return v.MapFS.Open(name)
}

func TestVanishedFiles(t *testing.T) {
	base, faults := Load(vanishing{good(t)}, today())
	if base != nil || strings.Count(heads(faults), "读这个文件的时候出错了") != 13 {
		t.Errorf("got base %v, faults:\n%s", base != nil, heads(faults))
	}
}

// TestCaret checks that the caret stands below the fault though Chinese characters are two cells wide.
func TestCaret(t *testing.T) {
	folder := good(t)
	file := folder["topics/relief.yaml"]
	file.Data = []byte(strings.Replace(string(file.Data), "测试:", "测试：", 1))
	_, faults := Load(folder, today())
	want := strings.Join([]string{
		"topics/relief.yaml:69:7: “测试”后面是全角冒号",
		"        测试：",
		"            ^",
		"    改法：改成英文冒号加一个空格。"}, "\n")
	if len(faults) == 0 || faults[0].String() != want {
		t.Errorf("got\n%v\nwant\n%s", faults, want)
	}
}

func TestFixWritesNothingGood(t *testing.T) {
	for _, folder := range []fs.FS{good(t), Builtin()} {
		mended, err := Fix(folder, func(name string, _ []byte) error {
			t.Errorf("%s was written", name)
			return nil
		})
		if err != nil || len(mended) > 0 {
			t.Errorf("got %v, %v", mended, err)
		}
	}
}

// BenchmarkLoad loads and checks the built-in files.
func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, faults := Load(Builtin(), today()); strictyaml.Broken(faults) {
			b.Fatal(faults)
		}
	}
}
