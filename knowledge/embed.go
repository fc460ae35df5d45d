package knowledge

import (
	"embed"
	"io/fs"
)

//go:embed *.yaml topics/*.yaml flows/*.yaml
var builtin embed.FS

// Builtin returns the knowledge files that are part of the program.
func Builtin() fs.FS { return builtin }
