package knowledge

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"go.yaml.in/yaml/v4"
	"golang.org/x/tools/txtar"

	"zhugong/internal/strictyaml"
)

// goodShared is the small knowledge that overlays of tests lie upon.
func goodShared(t testing.TB) *Base {
	t.Helper()
	base, faults := Load(good(t), today())
	if base == nil {
		t.Fatal(faults)
	}
	return base
}

// goodOverlay returns the files of an account that have no fault.
func goodOverlay(t testing.TB) fstest.MapFS {
	t.Helper()
	folder := fstest.MapFS{}
	for _, name := range []string{AnswersFile, MenuFile} {
		data, err := os.ReadFile(filepath.Join("testdata/overlay/good", name))
		if err != nil {
			t.Fatal(err)
		}
		folder[name] = &fstest.MapFile{Data: data}
	}
	return folder
}

// TestOverlayFaults loads the good overlay with the mistake of each testdata/overlay/faults/*.txtar in it. What must be found stands
// in the section "faults"; a section "remove FILE" takes a file away.
func TestOverlayFaults(t *testing.T) {
	files, err := filepath.Glob("testdata/overlay/faults/*.txtar")
	if err != nil || len(files) < 25 {
		t.Fatalf("got %d files (%v), want at least 25", len(files), err)
	}
	shared := goodShared(t)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			folder, want := goodOverlay(t), ""
			for _, section := range archive.Files {
				removed, remove := strings.CutPrefix(section.Name, "remove ")
				switch {
				case section.Name == "faults":
					want = string(section.Data)
				case remove:
					delete(folder, removed)
				case strings.HasPrefix(section.Name, "change "):
					change(t, folder, section)
				default:
					folder[section.Name] = &fstest.MapFile{Data: section.Data}
				}
			}
			base, faults := LoadOverlay(shared, folder, "jia", today())
			if (base == nil) != strictyaml.Broken(faults) {
				t.Errorf("got base %v with broken %v", base != nil, strictyaml.Broken(faults))
			}
			if *update {
				writeFaults(t, file, archive, faults)
				return
			}
			if diff := cmp.Diff(want, heads(faults)); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
			for _, fault := range faults {
				if fault.Mend == "" {
					t.Errorf("%s: does not say how to mend it", fault)
				}
			}
			checkOverlayMends(t, folder, faults)
		})
	}
}

// checkOverlayMends checks that FixOverlay mends exactly what it is said to mend.
func checkOverlayMends(t *testing.T, folder fstest.MapFS, faults []strictyaml.Fault) {
	t.Helper()
	mendable := false
	for _, fault := range faults {
		mendable = mendable || fault.Mendable
	}
	mended, err := FixOverlay(folder, "jia", func(name string, data []byte) error {
		folder[name] = &fstest.MapFile{Data: data}
		return nil
	})
	if err != nil || mendable != (len(mended) > 0) {
		t.Fatalf("mended %v (%v), want anything to be mended: %v", mended, err, mendable)
	}
	if _, left := LoadOverlay(goodShared(t), folder, "jia", today()); mendable && len(left) > 0 {
		t.Errorf("after FixOverlay: %v", left)
	}
}

func TestLoadOverlay(t *testing.T) {
	shared := goodShared(t)
	base, faults := LoadOverlay(shared, goodOverlay(t), "jia", today())
	if base == nil || len(faults) > 0 {
		t.Fatal(faults)
	}
	before, _ := shared.Entry("relief.apply")
	got, _ := base.Entry("relief.apply")
	for _, part := range []struct{ name, got, want string }{
		{"answer", got.Answer, "家里有难处，可以向甲区总工会申请帮扶。\n打 甲区总工会 0851-55550000，工作日 3 个人接电话。\n去年帮了40余人。\n下一步：打 12351，说清单位和区县。"},
		{"own attribute", got.Attributes["电话"], "打甲区总工会 0851-55550000，或者 12351。"},
		{"shared attribute", got.Attributes["费用"], before.Attributes["费用"]},
		{"sources", strings.Join(got.Sources, " "), "甲区"},
		{"source of own attribute", strings.Join(got.SourcesOf("电话"), " "), "甲区"},
		{"source of shared attribute", strings.Join(got.SourcesOf("费用"), " "), "报道"},
		{"link", got.Links[0].URL, "https://www.example.org/jia"},
		{"name of source", base.Sources["甲区"].Name, "甲区总工会"},
		{"menu", base.Menu.Buttons[0].Name, "甲区帮扶"},
		{"unproven", base.Unproven()[len(base.Unproven())-1].ID, "office.jia"},
		{"entry in order", base.Entries()[indexOf(base, "relief.apply")].Answer, got.Answer},
		{"place", base.Public["office.jia"].Place.File, "jia/answers.yaml"},
	} {
		if part.got != part.want {
			t.Errorf("%s: got %q, want %q", part.name, part.got, part.want)
		}
	}
	if got.QuotesPeriod || !before.QuotesPeriod {
		t.Errorf("quotes the five years: %v, before %v", got.QuotesPeriod, before.QuotesPeriod)
	}
	if base.Version == shared.Version || base.Excerpt(base.Public["office.jia"].Place) == "" {
		t.Errorf("version %s, excerpt %q", base.Version, base.Excerpt(base.Public["office.jia"].Place))
	}
	if diff := cmp.Diff(before.Phrases, got.Phrases); diff != "" {
		t.Errorf("the ways of asking differ:\n%s", diff)
	}
	again := goodShared(t)
	if entry, _ := again.Entry("relief.apply"); !cmp.Equal(entry, before) || !cmp.Equal(again.Menu, shared.Menu) {
		t.Error("the shared base is not what it was")
	}
}

func indexOf(base *Base, id string) int {
	for i, e := range base.Entries() {
		if e.ID == id {
			return i
		}
	}
	return -1
}

// TestOverlayParts replaces a part of an entry alone: the answer stays, with its sources.
func TestOverlayParts(t *testing.T) {
	shared := goodShared(t)
	base, faults := LoadOverlay(shared, goodOverlay(t), "jia", today())
	if base == nil {
		t.Fatal(faults)
	}
	before, _ := shared.Entry("union.join")
	got, _ := base.Entry("union.join")
	if got.Answer != before.Answer || !cmp.Equal(got.Sources, before.Sources) || !got.Review.Equal(before.Review) {
		t.Errorf("got %q of %v, want the shared answer %q of %v", got.Answer, got.Sources, before.Answer, before.Sources)
	}
	if got.Attributes["地点"] != "到甲区职工服务中心办。" || got.SourcesOf("地点")[0] != "甲区" {
		t.Errorf("got %q of %v", got.Attributes["地点"], got.SourcesOf("地点"))
	}
}

// TestOverlayAnswerAlone leaves nothing of the shared answer beside the account's own, and all of it where there is none.
func TestOverlayAnswerAlone(t *testing.T) {
	folder := good(t)
	const beside = `    链接:\n      - 显示: 市总\n        网址: https://www.example.org/\n    卡片:\n      标题: 市总\n      网址: https://www.example.org/\n` +
		`    有效期至: "2027-12-31"\n    过期后: 办完了。\n    复核: "2027-01-31"\n`
	change(t, folder, txtar.File{Name: "change topics/relief.yaml", Data: []byte("    流程: relief_precheck\n" + beside + `    流程: relief_precheck` + "\n")})
	shared, faults := Load(folder, today())
	if shared == nil {
		t.Fatal(faults)
	}
	whole, files := goodOverlay(t), goodOverlay(t)
	change(t, files, txtar.File{Name: "change answers.yaml", Data: []byte(`    回答: |\n      家里有难处，可以向甲区总工会申请帮扶。\n      打 {依据:office.jia}，工作日 3 个人接电话。\n` +
		`      去年帮了{事实:jia.helped}。\n      下一步：打 12351，说清单位和区县。\n` + "\n\n")})
	own, faults := LoadOverlay(shared, whole, "jia", today())
	if own == nil {
		t.Fatal(faults)
	}
	part, faults := LoadOverlay(shared, files, "jia", today())
	if part == nil {
		t.Fatal(faults)
	}
	before, _ := shared.Entry("relief.apply")
	if got, _ := own.Entry("relief.apply"); got.Card != nil || len(got.Links) != 1 || got.Links[0].Text != "甲区总工会" || got.AfterEnd != "" ||
		!got.ValidUntil.IsZero() || got.Review.Equal(before.Review) {
		t.Errorf("beside the account's own answer stands something of the shared one: %+v", got)
	}
	if got, _ := part.Entry("relief.apply"); got.Card != before.Card || got.Links[0].Text != "甲区总工会" || got.AfterEnd != before.AfterEnd ||
		!got.ValidUntil.Equal(before.ValidUntil) || !got.Review.Equal(before.Review) || got.Answer != before.Answer {
		t.Errorf("without an answer of the account's own the shared one is not whole: %+v", got)
	}
}

// TestOverlaySharedBeside warns where the shared knowledge goes on saying where to go below an answer of the account's own.
func TestOverlaySharedBeside(t *testing.T) {
	folder := good(t)
	change(t, folder, txtar.File{Name: "change topics/relief.yaml", Data: []byte("      费用:\n      地点:\n")})
	shared, faults := Load(folder, today())
	if shared == nil {
		t.Fatal(faults)
	}
	_, faults = LoadOverlay(shared, goodOverlay(t), "jia", today())
	want := "jia/answers.yaml:5:9: 提醒：换了“回答”，问到地点时还是照大家共用的“追问”答\n"
	if diff := cmp.Diff(want, heads(faults)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

// TestOverlayMenuAlone keeps the shared answers, and without its own menu an account keeps the shared one.
func TestOverlayMenuAlone(t *testing.T) {
	shared := goodShared(t)
	files := goodOverlay(t)
	alone, faults := LoadOverlay(shared, fstest.MapFS{MenuFile: files[MenuFile]}, "jia", today())
	if alone == nil {
		t.Fatal(faults)
	}
	if diff := cmp.Diff(shared.Entries(), alone.Entries()); diff != "" || len(alone.Menu.Buttons) != 2 || alone.Menu.Buttons[0].Key != "relief.apply" {
		t.Errorf("menu %v, answers differ: %s", alone.Menu, diff)
	}
	delete(files, MenuFile)
	without, faults := LoadOverlay(shared, files, "jia", today())
	if without == nil {
		t.Fatal(faults)
	}
	if diff := cmp.Diff(shared.Menu, without.Menu); diff != "" {
		t.Errorf("without a menu of its own:\n%s", diff)
	}
}

// TestOverlaySchema holds what the program takes against what editors are told.
func TestOverlaySchema(t *testing.T) {
	schema := schemaOf(t, AnswersFile)
	text := string(goodOverlay(t)[AnswersFile].Data)
	for _, test := range []struct {
		before, after string
		valid         bool
	}{{"", "", true}, {"    链接:", "    问法:", false}, {"编号: relief.apply", "编号: 困难", false}, {"      地点:", "      位置:", false}} {
		var value any
		if err := yaml.Unmarshal([]byte(strings.Replace(text, test.before, test.after, 1)), &value); err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(value); (err == nil) != test.valid {
			t.Errorf("with %q: %v", test.after, err)
		}
	}
}

// TestBrokenOverlays checks that a spoiled overlay is refused, or means what the good one means.
func TestBrokenOverlays(t *testing.T) {
	shared := goodShared(t)
	want, _ := LoadOverlay(shared, goodOverlay(t), "jia", today())
	all := variants(goodOverlay(t))
	if len(all) < 60 {
		t.Errorf("got %d variants, want at least 60", len(all))
	}
	for label, folder := range all {
		got, faults := LoadOverlay(shared, folder, "jia", today())
		if got == nil {
			if !strictyaml.Broken(faults) {
				t.Errorf("%s: refused without a fault", label)
			}
			continue
		}
		same := cmp.Diff(want, got, cmpopts.IgnoreFields(Base{}, "Version", "sources"), cmp.AllowUnexported(Base{}), cmpopts.IgnoreTypes(Place{}))
		if same != "" {
			t.Errorf("%s: loaded and means something else (-want +got):\n%s", label, same)
		}
	}
}

// TestOverlayMissing says that a folder is not there, with the name that staff know it by.
func TestOverlayMissing(t *testing.T) {
	base, faults := LoadOverlay(goodShared(t), broken{}, "jia", today())
	if base != nil || len(faults) != 1 || faults[0].File != "jia" {
		t.Errorf("got %v, %v", base, faults)
	}
}

// broken is a file system that can open nothing.
type broken struct{}

func (broken) Open(string) (fs.File, error) { return nil, errors.New("gone") }

// TestManualOverlay lays the example of docs/staff.md over the built-in files.
func TestManualOverlay(t *testing.T) {
	manual, err := os.ReadFile("../docs/staff.md")
	if err != nil {
		t.Fatal(err)
	}
	_, example, _ := strings.Cut(string(manual), "```yaml\n# 甲区")
	example, _, found := strings.Cut(example, "```")
	if !found {
		t.Fatal("docs/staff.md has no example of answers.yaml")
	}
	shared, faults := Load(Builtin(), today())
	if shared == nil {
		t.Fatal(faults)
	}
	base, faults := LoadOverlay(shared, fstest.MapFS{AnswersFile: {Data: []byte("# 甲区" + example)}}, "jia", today())
	if base == nil || len(faults) > 0 {
		t.Fatal(heads(faults))
	}
	if entry, _ := base.Entry("relief.apply"); !strings.Contains(entry.Answer, "打 甲区总工会 0851-55550000") {
		t.Errorf("answers %q", entry.Answer)
	}
}
