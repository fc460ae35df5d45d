package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"zhugong/intents"
	"zhugong/intents/evaluation"
	"zhugong/internal/strictyaml"
	"zhugong/knowledge"
)

type evalCommand struct {
	Dir    string `arg:"" optional:"" help:"知识文件夹；不写就量内置的。"`
	Folds  int    `default:"5" help:"分成几份，轮流留一份来问。"`
	JSON   bool   `name:"json" help:"打印一个 JSON 对象。"`
	HTML   string `name:"html" help:"另写一页带图的网页。" placeholder:"FILE"`
	Export string `help:"只把分好的份写进这个文件夹的 folds.tsv，给别的引擎量。" placeholder:"DIR"`
	Train  string `help:"只量引擎：用这个文件学，每行是标签、Tab、句子；要和 --test 一起写。" placeholder:"FILE"`
	Test   string `help:"只量引擎：问这个文件里的句子。" placeholder:"FILE"`
}

func (c evalCommand) Run(s streams) error {
	if err := c.misuse(); err != nil {
		return err
	}
	if c.Train != "" {
		return c.split(s)
	}
	base, err := loadBase(c.Dir, s.err)
	if err != nil {
		return err
	}
	plan := evaluation.NewPlan(base, c.Folds)
	if c.Export != "" {
		return c.export(plan, s.err)
	}
	fmt.Fprintln(s.err, "正在轮流学和问，要十几秒……")
	report, err := plan.Evaluate()
	if err != nil {
		return told(err)
	}
	if c.HTML != "" {
		if err := create(c.HTML, report.WriteHTML); err != nil {
			return err
		}
	}
	if c.JSON {
		return report.WriteJSON(s.out)
	}
	return report.WriteText(s.out)
}

// misuse says what does not go together.
func (c evalCommand) misuse() error {
	switch {
	case (c.Train == "") != (c.Test == ""):
		return fmt.Errorf("%w：--train 和 --test 要一起写", errMisused)
	case c.Train != "" && (c.Dir != "" || c.HTML != "" || c.Export != ""):
		return fmt.Errorf("%w：--train 和 --test 只量引擎，不能再写知识文件夹、--html、--export", errMisused)
	case c.Export != "" && (c.JSON || c.HTML != ""):
		return fmt.Errorf("%w：--export 只写文件，不能再写 --json、--html", errMisused)
	case c.Folds < evaluation.LeastFolds:
		return fmt.Errorf("%w：--folds 至少是 %d", errMisused, evaluation.LeastFolds)
	}
	return nil
}

// loadBase loads the folder, or the built-in knowledge for an empty name. The files' own tests need not pass: how far
// they are from passing is what an evaluation is for.
func loadBase(folder string, w io.Writer) (*knowledge.Base, error) {
	files := knowledge.Builtin()
	if folder != "" {
		root, err := os.OpenRoot(folder)
		if err != nil {
			return nil, fmt.Errorf("%w：打不开文件夹 %s", errMisused, folder)
		}
		defer root.Close()
		files = root.FS()
	}
	base, faults := knowledge.Load(files, time.Now())
	if base == nil {
		printFaults(w, faults, false, "使用")
		return nil, errFaults
	}
	return base, nil
}

func (c evalCommand) export(plan *evaluation.Plan, w io.Writer) error {
	if err := os.MkdirAll(c.Export, 0o755); err != nil {
		return fmt.Errorf("%w：建不了文件夹 %s", errMisused, c.Export)
	}
	name := filepath.Join(c.Export, evaluation.ExportName)
	if err := create(name, plan.WriteFolds); err != nil {
		return err
	}
	fmt.Fprintf(w, "写好了 %s。\n", name)
	return nil
}

func (c evalCommand) split(s streams) error {
	train, trainFaults, err := readLabelled(c.Train)
	if err != nil {
		return err
	}
	test, testFaults, err := readLabelled(c.Test)
	if err != nil {
		return err
	}
	if faults := append(trainFaults, testFaults...); len(faults) > 0 {
		printFaults(s.err, faults, false, "使用")
		return errFaults
	}
	report, err := evaluation.Split(train, test, time.Now)
	if err != nil {
		return told(err)
	}
	if c.JSON {
		return report.WriteJSON(s.out)
	}
	return report.WriteText(s.out)
}

func readLabelled(name string) ([]intents.Example, []strictyaml.Fault, error) {
	content, err := os.ReadFile(name)
	if err != nil {
		return nil, nil, fmt.Errorf("%w：打不开文件 %s", errMisused, name)
	}
	examples, faults := evaluation.ReadLabelled(name, string(content))
	return examples, faults, nil
}

// told says in Chinese what an evaluation may fail with.
func told(err error) error {
	if errors.Is(err, intents.ErrTooLittle) {
		return errors.New("句子太少，学不了：至少要有两条（两个标签），每条有几句")
	}
	return err
}

// create writes a file.
func create(name string, write func(io.Writer) error) error {
	file, err := os.Create(name)
	if err != nil {
		return fmt.Errorf("%w：写不了文件 %s（%w）", errMisused, name, reason(err))
	}
	if err := errors.Join(write(file), file.Close()); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

// reason is why a file operation failed, without the name.
func reason(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}
