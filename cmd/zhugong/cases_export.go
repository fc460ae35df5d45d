package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"zhugong/internal/desk"
	"zhugong/internal/sheet"
)

type casesExportCommand struct {
	atDesk
	casesFilter
	All    bool   `help:"连微信说不合适的话也导出。"`
	Format string `help:"csv 或者 xlsx；不写就看文件名的结尾。" placeholder:"FORMAT"`
	File   string `arg:"" help:"写进这个文件；已经有的会换掉。"`
}

func (c casesExportCommand) Run(s streams) error {
	filter, err := c.filter()
	if err != nil {
		return err
	}
	format := c.Format
	if format == "" {
		format = strings.TrimPrefix(strings.ToLower(filepath.Ext(c.File)), ".")
	}
	if format != sheet.CSV && format != sheet.XLSX {
		return fmt.Errorf("%w：--format 写 csv 或者 xlsx", errMisused)
	}
	return c.work(s, func(ctx context.Context, d office) error {
		cases, err := d.List(ctx, filter)
		if err != nil {
			return err
		}
		header, rows := tableOf(cases, c.All)
		if err := createPrivate(c.File, func(file *os.File) error { return sheet.Write(file, format, header, rows) }); err != nil {
			return err
		}
		fmt.Fprintf(s.err, "写好了 %s，%d 件，里面有电话和姓名：只给该看的人，用完删掉。\n", c.File, len(cases))
		return nil
	})
}

// tableOf puts cases below each other. What they were asked has a column each, in the order in which it first comes up.
func tableOf(cases []desk.Case, all bool) (header []string, rows [][]string) {
	var labels []string
	for _, c := range cases {
		for _, field := range c.Fields {
			if !slices.Contains(labels, field.Label) {
				labels = append(labels, field.Label)
			}
		}
	}
	header = slices.Concat([]string{"受理号", "事项", "公众号", "状态", "登记时间"}, labels, []string{"答复", "经办人", "经过"})
	for _, c := range cases {
		row := []string{desk.Spoken(c.Ticket), c.Title, c.Worker.Account, c.Status.Name(), inGuiyang(c.Opened)}
		for _, label := range labels {
			row = append(row, valueOf(c, label, all))
		}
		rows = append(rows, append(row, c.Answer, handler(c), historyOf(c)))
	}
	return header, rows
}

func valueOf(c desk.Case, label string, all bool) string {
	var values []string
	for _, field := range c.Fields {
		if field.Label == label {
			values = append(values, shownValue(c, field, all))
		}
	}
	return strings.Join(values, "；")
}

func historyOf(c desk.Case) string {
	var lines []string
	for _, event := range c.History {
		line := inGuiyang(event.At) + " " + by(event) + " " + event.Status.Name()
		if event.Note != "" {
			line += "：" + event.Note
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// createPrivate writes a file that nobody else can read. It is there as a whole or not at all.
func createPrivate(name string, write func(*os.File) error) error {
	file, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return fmt.Errorf("%w：写不了文件 %s（%w）", errMisused, name, reason(err))
	}
	err = errors.Join(write(file), file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), name)
	}
	if err != nil {
		_ = os.Remove(file.Name()) // what went wrong before is told
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}
