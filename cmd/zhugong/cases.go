package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"zhugong/internal/desk"
	"zhugong/internal/sheet"
	"zhugong/internal/slot"
)

// casesCommand is what staff do with cases; its parts stand here and in the files named cases_….go.
type casesCommand struct {
	List   casesListCommand   `cmd:"" help:"列出登记的事，新的在前；电话遮住中间。"`
	Show   casesShowCommand   `cmd:"" help:"看一件的全部内容。"`
	Take   casesTakeCommand   `cmd:"" help:"受理一件。"`
	Answer casesAnswerCommand `cmd:"" help:"答复一件，职工查进度时看得到。"`
	Close  casesCloseCommand  `cmd:"" help:"办结一件。"`
	Export casesExportCommand `cmd:"" help:"导出成 Excel 或者 CSV 文件，电话是全的。"`
}

// casesFilter says which cases are meant.
type casesFilter struct {
	Status []string `help:"只要这些状态：new 待受理、taken 办理中、answered 已答复、closed 已办结。" placeholder:"STATUS"`
	Flow   string   `help:"只要这一种，写流程的编号，比如 wage_claim。" placeholder:"ID"`
}

func (f casesFilter) filter() (desk.Filter, error) {
	filter := desk.Filter{Flow: f.Flow}
	for _, written := range f.Status {
		status, known := statusOf(written)
		if !known {
			return filter, fmt.Errorf("%w：没有“%s”这个状态，有 new 待受理、taken 办理中、answered 已答复、closed 已办结", errMisused, written)
		}
		filter.Statuses = append(filter.Statuses, status)
	}
	return filter, nil
}

func statusOf(written string) (desk.Status, bool) {
	for _, status := range []desk.Status{desk.New, desk.Taken, desk.Answered, desk.Closed} {
		if written == string(status) || written == status.Name() {
			return status, true
		}
	}
	return "", false
}

// oneCase names a case.
type oneCase struct {
	Ticket string `arg:"" name:"受理号" help:"十位数字，有没有横线都行。"`
}

func (c oneCase) ticket() (string, error) {
	ticket, ok := slot.Ticket(c.Ticket, true)
	if !ok {
		return "", fmt.Errorf("%w：“%s”不是受理号，要十位数字，可能抄错了一位", errMisused, sheet.Line(c.Ticket))
	}
	return ticket, nil
}

type casesListCommand struct {
	atDesk
	casesFilter
	JSON bool `name:"json" help:"打印一个 JSON 数组。"`
}

func (c casesListCommand) Run(s streams) error {
	filter, err := c.filter()
	if err != nil {
		return err
	}
	return c.work(s, func(ctx context.Context, d office) error {
		cases, err := d.List(ctx, filter)
		if err != nil {
			return err
		}
		if c.JSON {
			return printCasesJSON(s.out, cases)
		}
		return printCases(s.out, cases)
	})
}

func printCases(w io.Writer, cases []desk.Case) error {
	if len(cases) == 0 {
		fmt.Fprintln(w, "没有这样的登记。")
		return nil
	}
	rows := make([][]string, 0, len(cases))
	for _, c := range cases {
		rows = append(rows, []string{desk.Spoken(c.Ticket), c.Status.Name(), inGuiyang(c.Opened), c.Title, phoneOf(c), handler(c)})
	}
	if err := sheet.Align(w, []string{"受理号", "状态", "登记时间", "事项", "电话", "经办人"}, rows); err != nil {
		return err
	}
	fmt.Fprintf(w, "共 %d 件。\n", len(cases))
	return nil
}

// listedCase is a case in the list as JSON: what is personal is masked.
type listedCase struct {
	Ticket  string        `json:"ticket"`
	Flow    string        `json:"flow"`
	Title   string        `json:"title"`
	Account string        `json:"account"`
	Status  desk.Status   `json:"status"`
	Opened  time.Time     `json:"opened"`
	By      string        `json:"by"`
	Fields  []listedField `json:"fields"`
}

type listedField struct {
	Slot  string `json:"slot"`
	Label string `json:"label"`
	Value string `json:"value"`
}

func printCasesJSON(w io.Writer, cases []desk.Case) error {
	listed := make([]listedCase, 0, len(cases))
	for _, c := range cases {
		l := listedCase{
			Ticket: c.Ticket, Flow: c.Flow, Title: c.Title, Account: c.Worker.Account, Status: c.Status, Opened: c.Opened, By: handler(c),
			Fields: []listedField{},
		}
		for _, field := range c.Fields {
			value := field.Value
			if field.Personal {
				value = masked(value)
			}
			l.Fields = append(l.Fields, listedField{field.Slot, field.Label, value})
		}
		listed = append(listed, l)
	}
	return json.NewEncoder(w).Encode(listed)
}

// phoneOf is the masked number to call back, "" when there is none.
func phoneOf(c desk.Case) string {
	for _, field := range c.Fields {
		if field.Slot == "phone" {
			return masked(field.Value)
		}
	}
	return ""
}

// masked leaves of a number its beginning and its end, and of other words the first.
func masked(value string) string {
	runes := []rune(value)
	switch {
	case len(runes) == 0:
		return ""
	case len(runes) == 11 && strings.Trim(value, "0123456789") == "":
		return value[:3] + "****" + value[7:]
	}
	return string(runes[:1]) + "**"
}

// handler is who last did something to a case, "" when nobody has.
func handler(c desk.Case) string {
	by := ""
	for _, event := range c.History {
		if event.By != "" {
			by = event.By
		}
	}
	return by
}

type casesShowCommand struct {
	atDesk
	oneCase
	All bool `help:"连微信说不合适的话也看。"`
}

func (c casesShowCommand) Run(s streams) error {
	ticket, err := c.ticket()
	if err != nil {
		return err
	}
	return c.work(s, func(ctx context.Context, d office) error {
		found, err := d.Find(ctx, ticket)
		if err != nil {
			return err
		}
		return printCase(s.out, found, c.All)
	})
}

// printCase tells everything about a case but who the worker is in WeChat; with all also what WeChat's check would hide.
func printCase(w io.Writer, c desk.Case, all bool) error {
	rows := [][]string{{"事项", c.Title}, {"状态", c.Status.Name()}, {"登记时间", inGuiyang(c.Opened)}, {"公众号", c.Worker.Account}}
	for _, field := range c.Fields {
		rows = append(rows, []string{field.Label, shownValue(c, field, all)})
	}
	if told := checkTold(c.Check); told != "" {
		rows = append(rows, []string{"内容检查", told})
	}
	if c.Answer != "" {
		rows = append(rows, []string{"答复", c.Answer})
	}
	if err := sheet.Align(w, []string{"受理号", desk.Spoken(c.Ticket)}, rows); err != nil {
		return err
	}
	var history [][]string
	for _, event := range c.History {
		history = append(history, []string{inGuiyang(event.At), event.Status.Name(), by(event), event.Note})
	}
	if len(history) == 0 {
		return nil
	}
	fmt.Fprintln(w)
	return sheet.Align(w, []string{"经过", "状态", "谁", "说明"}, history)
}

// shownValue is what staff see of a field.
func shownValue(c desk.Case, field desk.Field, all bool) string {
	if field.Free && c.Check.Hidden() && !all {
		return "（微信说可能不合适，没有显示；要看加 --all）"
	}
	return field.Value
}

// checkTold says what WeChat said of the worker's own words; "" when there is nothing to say.
func checkTold(c desk.Check) string {
	switch c.Suggest {
	case "review":
		return "微信拿不准：" + c.Reason
	case "risky":
		return "微信说不合适：" + c.Reason + "。事情照样办"
	case notChecked:
		return "没有检查成，微信没有回音"
	}
	return ""
}

func by(event desk.Event) string {
	if event.By == "" {
		return "职工本人"
	}
	return event.By
}
