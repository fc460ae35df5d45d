package main

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"time"

	"zhugong/internal/dialogue"
	"zhugong/internal/publish"
	"zhugong/internal/strictyaml"
	"zhugong/knowledge"
)

type checkCommand struct {
	Dir     string   `arg:"" optional:"" help:"知识文件夹；不写就检查内置的。"`
	Overlay []string `sep:"none" help:"一个公众号自己的文件夹，照着知识文件夹检查；几个公众号就写几遍。" placeholder:"DIR"`
	Fix     bool     `help:"先改掉能自动改的毛病（全角冒号、制表符、看不见的字符……），再检查。"`
	Quiet   bool     `short:"q" help:"只说错误，不说提醒。"`
}

func (c checkCommand) Run(s streams) error {
	if c.Fix {
		if err := c.fix(s.out); err != nil {
			return err
		}
	}
	engine, faults, err := prepare(c.Dir)
	if err != nil {
		return err
	}
	printFaults(s.out, faults, !c.Quiet, "发布")
	if engine == nil {
		return errFaults
	}
	if !c.Quiet {
		printUnproven(s.out, engine.Base.Unproven())
	}
	fmt.Fprintf(s.out, "可以发布：%d 条问答，知识版本 %s。\n", len(engine.Base.Entries()), engine.Base.Version)
	return c.overlays(s, engine)
}

// overlays checks the folders of accounts, all of them even when one has faults.
func (c checkCommand) overlays(s streams, shared *dialogue.Engine) error {
	var failed error
	for _, folder := range c.Overlay {
		engine, faults, err := prepareOverlay(shared, folder)
		if err != nil {
			return err
		}
		printFaults(s.out, faults, !c.Quiet, "发布")
		if engine == nil {
			failed = errFaults
			continue
		}
		if !c.Quiet {
			printUnproven(s.out, engine.Base.Unproven()[len(shared.Base.Unproven()):])
		}
		fmt.Fprintf(s.out, "%s 可以发布：知识版本 %s。\n", folder, engine.Base.Version)
	}
	return failed
}

// prepareOverlay makes an engine of shared and the folder of an account. It is nil with faults.
func prepareOverlay(shared *dialogue.Engine, folder string) (*dialogue.Engine, []strictyaml.Fault, error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, nil, fmt.Errorf("%w：打不开文件夹 %s", errMisused, folder)
	}
	defer root.Close()
	engine, faults := publish.PrepareOverlay(shared, root.FS(), publish.OverlayName(folder), time.Now())
	return engine, faults, nil
}

// prepare makes an engine of a folder, or of the built-in knowledge for an empty name. It is nil with faults.
func prepare(folder string) (*dialogue.Engine, []strictyaml.Fault, error) {
	if folder == "" {
		return publish.Prepare(knowledge.Builtin(), time.Now())
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, nil, fmt.Errorf("%w：打不开文件夹 %s", errMisused, folder)
	}
	defer root.Close()
	return publish.Prepare(root.FS(), time.Now())
}

// printFaults tells first what may stay, if wanted, and last what must be mended, and counts both. consequence is
// what the errors keep from happening.
func printFaults(w io.Writer, faults []strictyaml.Fault, warnings bool, consequence string) {
	var serious, mild int
	for _, fault := range faults {
		if !fault.Warning {
			serious++
			continue
		}
		mild++
		if warnings {
			fmt.Fprintln(w, fault)
		}
	}
	for _, fault := range faults {
		if !fault.Warning {
			fmt.Fprintln(w, fault)
		}
	}
	switch {
	case serious > 0:
		fmt.Fprintf(w, "有 %d 处错误，%d 处提醒；错误改好之前不能%s。\n", serious, mild, consequence)
	case mild > 0 && warnings:
		fmt.Fprintf(w, "没有错误，有 %d 处提醒。\n", mild)
	}
}

// printUnproven lists what answers rely on and the union must verify before going live.
func printUnproven(w io.Writer, items []knowledge.Public) {
	if len(items) == 0 {
		return
	}
	fmt.Fprintf(w, "上线前要核实 %d 样（%s 里的“待核”）：\n", len(items), path.Base(items[0].Place.File))
	for _, item := range items {
		fmt.Fprintf(w, "    %s：%s\n", item.Name, strings.TrimSpace(item.Unproven))
	}
}

// fix mends what can be mended without knowing what was meant.
func (c checkCommand) fix(w io.Writer) error {
	if c.Dir == "" && len(c.Overlay) == 0 {
		return fmt.Errorf("%w：--fix 要写明改哪个文件夹", errMisused)
	}
	if c.Dir != "" {
		if err := fix(c.Dir, w, knowledge.Fix); err != nil {
			return err
		}
	}
	for _, folder := range c.Overlay {
		name := publish.OverlayName(folder)
		err := fix(folder, w, func(files fs.FS, write func(string, []byte) error) ([]strictyaml.Fault, error) {
			return knowledge.FixOverlay(files, name, write)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// fix has the files of a folder mended.
func fix(folder string, w io.Writer, mend func(fs.FS, func(string, []byte) error) ([]strictyaml.Fault, error)) error {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return fmt.Errorf("%w：打不开文件夹 %s", errMisused, folder)
	}
	defer root.Close()
	mended, err := mend(root.FS(), func(name string, data []byte) error { return writeFile(root, name, data) })
	for _, fault := range mended {
		fmt.Fprintln(w, "已改：", fault)
	}
	return err
}

// writeFile replaces a file of the folder, whole or not at all.
func writeFile(root *os.Root, name string, data []byte) error {
	mode := fs.FileMode(0o644)
	if info, err := root.Stat(name); err == nil {
		mode = info.Mode().Perm()
	}
	temporary := name + ".new"
	if err := root.WriteFile(temporary, data, mode); err != nil {
		return err
	}
	return root.Rename(temporary, name)
}
