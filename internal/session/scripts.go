package session

import (
	"crypto/sha1"
	_ "embed"
	"encoding/hex"
	"strings"
)

//go:embed read.lua
var readLua string

//go:embed begin.lua
var beginLua string

//go:embed commit.lua
var commitLua string

//go:embed write.lua
var writeLua string

//go:embed purge.lua
var purgeLua string

//go:embed amend.lua
var amendLua string

//go:embed replace.lua
var replaceLua string

//go:embed allowance.lua
var allowanceLua string

// script is a Lua script and the digest that Redis knows it by.
type script struct {
	source, digest string
}

type scripts struct {
	begin, commit, purge, amend, replace, allowance script
}

func loadScripts() scripts {
	return scripts{
		begin:     newScript(readLua, beginLua, writeLua),
		commit:    newScript(readLua, commitLua, writeLua),
		purge:     newScript(readLua, purgeLua),
		amend:     newScript(amendLua),
		replace:   newScript(replaceLua),
		allowance: newScript(allowanceLua),
	}
}

func newScript(parts ...string) script {
	source := strings.Join(parts, "")
	sum := sha1.Sum([]byte(source))
	return script{source: source, digest: hex.EncodeToString(sum[:])}
}
