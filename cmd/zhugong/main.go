// Command zhugong is the backend of the WeChat official account of the Guiyang trade union. `zhugong demo` shows
// everything on one machine without any configuration.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/alecthomas/kong"
)

// commands are the subcommands; each stands in a file of its own.
type commands struct {
	Demo    demoCommand    `cmd:"" help:"在本机演示全部功能，不用任何配置：打印一个网址，用浏览器打开。"`
	Serve   serveCommand   `cmd:"" help:"正式运行，按配置文件。"`
	Check   checkCommand   `cmd:"" help:"检查知识文件，一次说出所有毛病；--fix 改掉能自动改的。"`
	Ask     askCommand     `cmd:"" help:"从标准输入每行读一句话，回答它；句与句之间没有记忆。"`
	Chat    chatCommand    `cmd:"" help:"一场对话；--json 时每行读一个 JSON 对象。"`
	Eval    evalCommand    `cmd:"" help:"量一量知识被认得有多准：轮流留一份来问，说出容易混的是哪几行。"`
	Cases   casesCommand   `cmd:"" help:"职工登记的事：看、受理、答复、办结、导出。"`
	Outbox  outboxCommand  `cmd:"" help:"没发出去的消息：看、再发、删掉。"`
	Misses  missesCommand  `cmd:"" help:"没答上来的话，相像的放在一起，好补知识。"`
	Menu    menuCommand    `cmd:"" help:"公众号下面的菜单：检查、比较、推上去。"`
	Version versionCommand `cmd:"" help:"打印版本、提交和知识版本。"`
}

// Exit codes: fine, faults were found, the command was misused.
const (
	fine    = 0
	faulty  = 1
	misused = 2
)

var (
	// errFaults is returned by commands that have already told what is wrong.
	errFaults = errors.New("faults found")
	// errMisused is in the errors of commands that were called wrongly.
	errMisused = errors.New("用法不对")
)

// streams are a command's standard streams.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

func main() { os.Exit(run(os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr})) }

func run(arguments []string, s streams) int {
	var c commands
	help := -1
	parser, err := kong.New(&c, kong.Name("zhugong"), kong.Description("贵阳市总工会公众号后台。"),
		kong.Writers(s.out, s.err), kong.Exit(func(code int) { help = code }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}), kong.ValueFormatter(helpText))
	if err != nil {
		fmt.Fprintln(s.err, err)
		return misused
	}
	context, err := parser.Parse(arguments)
	if help >= 0 {
		return help
	}
	if err != nil {
		fmt.Fprintf(s.err, "zhugong: %s\n用 zhugong -h 看有哪些命令，用 zhugong 命令 -h 看怎么用。\n", err)
		return misused
	}
	switch err := context.Run(s); {
	case errors.Is(err, errFaults):
		return faulty
	case errors.Is(err, errMisused):
		fmt.Fprintln(s.err, "zhugong:", err)
		return misused
	case err != nil:
		fmt.Fprintln(s.err, "zhugong:", err)
		return faulty
	}
	return fine
}

// helpText says in Chinese what kong says in English.
func helpText(value *kong.Value) string {
	if value.Name == "help" {
		return "看怎么用。"
	}
	return kong.DefaultHelpValueFormatter(value)
}
