package knowledge

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"zhugong/internal/strictyaml"
)

var update = flag.Bool("update", false, "write what was found into testdata/faults")

// today is the day on which all tests load knowledge.
func today() time.Time { return time.Date(2026, 11, 22, 9, 0, 0, 0, guiyang()) }

// good returns the small knowledge folder that has no fault.
func good(t testing.TB) fstest.MapFS {
	t.Helper()
	folder := fstest.MapFS{}
	root := os.DirFS("testdata/good")
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, name)
		folder[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

// change carries out a section "change FILE" of a test: its first line, with escapes, becomes its second.
func change(t *testing.T, folder fstest.MapFS, section txtar.File) {
	t.Helper()
	unescape := strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\t`, "\t", `\u3000`, "\u3000", `\u00a0`, "\u00a0", `\u200b`, "\u200b",
		`\u0007`, "\a", `\u0008`, "\b", `\ufeff`, "\ufeff")
	file := strings.TrimPrefix(section.Name, "change ")
	before, after, _ := strings.Cut(strings.TrimSuffix(string(section.Data), "\n"), "\n")
	before, after = unescape.Replace(before), unescape.Replace(after)
	data := string(folder[file].Data)
	if !strings.Contains(data, before) {
		t.Fatalf("%s has no %q", file, before)
	}
	folder[file] = &fstest.MapFile{Data: []byte(strings.Replace(data, before, after, 1))}
}

// TestFaults loads the good folder with the mistake of each testdata/faults/*.txtar in it. What must be
// found stands in the section "faults".
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
			folder, want := good(t), ""
			for _, section := range archive.Files {
				switch {
				case section.Name == "faults":
					want = string(section.Data)
				case strings.HasPrefix(section.Name, "change "):
					change(t, folder, section)
				default:
					folder[section.Name] = &fstest.MapFile{Data: section.Data}
				}
			}
			base, faults := Load(folder, today())
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
			checkMends(t, folder, faults)
		})
	}
}

// heads returns the first line of each fault.
func heads(faults []strictyaml.Fault) string {
	var b strings.Builder
	for _, fault := range faults {
		head, _, _ := strings.Cut(fault.String(), "\n")
		b.WriteString(head)
		if fault.Mendable {
			b.WriteString(" [自动]")
		}
		b.WriteString("\n")
	}
	return b.String()
}

func writeFaults(t *testing.T, file string, archive *txtar.Archive, faults []strictyaml.Fault) {
	t.Helper()
	found := txtar.File{Name: "faults", Data: []byte(heads(faults))}
	if last := len(archive.Files) - 1; archive.Files[last].Name == "faults" {
		archive.Files = archive.Files[:last]
	}
	archive.Files = append(archive.Files, found)
	if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
		t.Fatal(err)
	}
}

// checkMends checks that every fault says how to mend it, and that Fix mends those that it is said to mend.
func checkMends(t *testing.T, folder fstest.MapFS, faults []strictyaml.Fault) {
	t.Helper()
	if len(faults) == 0 {
		t.Error("nothing was found")
	}
	left := ""
	for _, fault := range faults {
		if fault.Mend == "" {
			t.Errorf("%s: does not say how to mend it", fault)
		}
		if fault.Line > 0 && !strings.HasSuffix(fault.Excerpt, "^") {
			t.Errorf("%s: has no caret", fault)
		}
		if !fault.Mendable {
			left += fault.Message + "\n"
		}
	}
	mended := fstest.MapFS{}
	for name, file := range folder {
		mended[name] = file
	}
	_, err := Fix(folder, func(name string, data []byte) error {
		mended[name] = &fstest.MapFile{Data: data}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	_, faults = Load(mended, today())
	got := ""
	for _, fault := range faults {
		got += fault.Message + "\n"
	}
	if diff := cmp.Diff(left, got); diff != "" {
		t.Errorf("after Fix (-want +got):\n%s", diff)
	}
}
