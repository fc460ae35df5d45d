package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
)

// floors are the packages from the ground up: a package imports only packages of lower floors.
var floors = [][]string{
	{"internal/chinese", "internal/strictyaml", "internal/vault", "internal/alert", "internal/sheet"},
	{"internal/slot"},
	{"config", "knowledge", "internal/estimate"},
	{"intents", "internal/form"},
	{"internal/dialogue", "internal/session", "internal/wechat"},
	{"internal/desk", "internal/misses", "internal/accesstoken", "internal/login", "internal/outbox"},
	{"internal/turn", "internal/publish", "internal/simulator"},
	{"handlers", "intents/evaluation"},
	{"cmd/zhugong"},
	{"internal/testenv"}, // stands above all, so that only test files can import it
}

// reserved says which packages alone may import a module.
var reserved = map[string][]string{
	"github.com/gin-gonic/gin":        {"handlers", "cmd/zhugong"},
	"github.com/silenceper/wechat/v2": {"internal/wechat", "cmd/zhugong"},
	"github.com/redis/go-redis/v9":    {"internal/session", "internal/desk", "internal/misses", "internal/accesstoken", "internal/login", "internal/outbox", "cmd/zhugong", "internal/testenv"},
}

// TestImports parses the files itself: what `go list` prints would come from the test cache.
func TestImports(t *testing.T) {
	root := os.DirFS("../..")
	floor := map[string]int{}
	for i, packages := range floors {
		for _, p := range packages {
			floor[p] = i
		}
	}
	files := 0
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (name == "tools" || name == "bench" || strings.HasPrefix(path.Base(name), ".") && name != "."):
			return fs.SkipDir
		case entry.IsDir() || path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		files++
		own, known := floor[path.Dir(name)], slices.ContainsFunc(floors, func(f []string) bool { return slices.Contains(f, path.Dir(name)) })
		if !known {
			t.Errorf("%s stands in a package that has no floor", name)
		}
		for _, imported := range imports(t, root, name) {
			if inner, ok := strings.CutPrefix(imported, "zhugong/"); ok && floor[inner] >= own {
				t.Errorf("%s imports %s, which does not stand below it", name, inner)
			}
			for module, allowed := range reserved {
				if (imported == module || strings.HasPrefix(imported, module+"/")) && !slices.Contains(allowed, path.Dir(name)) {
					t.Errorf("%s imports %s, which is for %v alone", name, imported, allowed)
				}
			}
		}
		return nil
	})
	if err != nil || files < 50 {
		t.Errorf("looked at %d files: %v", files, err)
	}
}

func imports(t *testing.T, root fs.FS, name string) (paths []string) {
	t.Helper()
	source, err := fs.ReadFile(root, name)
	if err != nil {
		t.Fatal(err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), name, source, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	for _, spec := range file.Imports {
		paths = append(paths, strings.Trim(spec.Path.Value, `"`))
	}
	return paths
}
