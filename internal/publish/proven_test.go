package publish

import (
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"zhugong/knowledge"
)

var update = flag.Bool("update", false, "write down the version of the built-in knowledge that is proven here")

// TestProven puts the built-in knowledge through every check and its own tests, and sees that it is this version that the
// program takes for proven, and that it comes out the same as when it is checked.
func TestProven(t *testing.T) {
	const file = "../../knowledge/proven.txt"
	engine, faults, err := Prepare(knowledge.Builtin(), time.Now())
	if err != nil || engine == nil {
		t.Fatalf("built-in knowledge: %v %v", faults, err)
	}
	if *update {
		if err := os.WriteFile(file, []byte(engine.Base.Version+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	written, err := os.ReadFile(file)
	if err != nil || strings.TrimSpace(string(written)) != engine.Base.Version {
		t.Fatalf("proven is %q, the knowledge %s: run go test ./internal/publish -run Proven -update", written, engine.Base.Version)
	}
	if diff := cmp.Diff(engine.Base, knowledge.Proven(), cmpopts.IgnoreUnexported(knowledge.Base{})); diff != "" {
		t.Errorf("unchecked it differs:\n%s", diff)
	}
}
