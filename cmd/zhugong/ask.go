package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"

	"zhugong/internal/dialogue"
	"zhugong/internal/publish"
	"zhugong/internal/strictyaml"
)

// longestLine bounds a line that ask and chat read.
const longestLine = 1 << 20

type askCommand struct {
	JSON      bool   `name:"json" help:"每句话打印一个 JSON 对象。"`
	Knowledge string `help:"知识文件夹；不写就用内置的。" placeholder:"DIR"`
	Overlay   string `help:"一个公众号自己的文件夹，照它的回答来答。" placeholder:"DIR"`
}

func (c askCommand) Run(s streams) error {
	engine, err := loadEngine(c.Knowledge, c.Overlay, s.err)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(s.out)
	defer out.Flush()
	lines := bufio.NewScanner(s.in)
	lines.Buffer(nil, longestLine)
	for lines.Scan() {
		message := dialogue.Message{Text: strings.TrimSuffix(lines.Text(), "\r")}
		_, reply, decision := engine.Turn(dialogue.State{}, message, dialogue.Trial(time.Now()))
		r := recordOf(engine, message, reply, &decision)
		if c.JSON {
			fmt.Fprintf(out, "%s\n", r.json())
		} else {
			r.print(out)
		}
		if err := out.Flush(); err != nil {
			return fmt.Errorf("write answer: %w", err)
		}
	}
	return lines.Err()
}

// loadEngine loads and trains the folder, or the built-in knowledge for an empty name, with the overlay, if one is named. Faults are
// told on w.
func loadEngine(folder, overlay string, w io.Writer) (*dialogue.Engine, error) {
	engine, faults, err := prepareFor(folder)
	if engine != nil && overlay != "" {
		engine, faults, err = prepareOverlay(engine, overlay)
	}
	if err != nil {
		return nil, err
	}
	if engine == nil {
		printFaults(w, faults, false, "使用")
		return nil, errFaults
	}
	return engine, nil
}

// prepareFor makes an engine that answers. Unlike prepare it does not check the built-in knowledge again.
func prepareFor(folder string) (*dialogue.Engine, []strictyaml.Fault, error) {
	if folder == "" {
		return publish.Builtin(time.Now())
	}
	return prepare(folder)
}
