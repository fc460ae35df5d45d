package main

import (
	"fmt"
	"runtime/debug"
	"time"

	"zhugong/knowledge"
)

// version is set by the linker when a release is built.
var version = "dev"

type versionCommand struct{}

func (versionCommand) Run(s streams) error {
	base, faults := knowledge.Load(knowledge.Builtin(), time.Now())
	if base == nil {
		printFaults(s.err, faults, false, "使用")
		return errFaults
	}
	fmt.Fprintf(s.out, "zhugong %s\n提交 %s\n知识 %s（%d 条）\n", version, commit(), base.Version, len(base.Entries()))
	return nil
}

// commit returns the commit that the program was built from, as the Go tool noted it.
func commit() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "未知"
	}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" {
			return setting.Value
		}
	}
	return "未知"
}
