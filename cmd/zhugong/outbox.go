package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"time"

	"zhugong/internal/desk"
	"zhugong/internal/outbox"
	"zhugong/internal/sheet"
)

// outboxCommand is what staff do with messages to workers that were not sent.
type outboxCommand struct {
	List  outboxListCommand  `cmd:"" help:"列出还没有发出去的：在等什么，为什么。"`
	Retry outboxRetryCommand `cmd:"" help:"再发一条：毛病已经改好的时候用。"`
	Drop  outboxDropCommand  `cmd:"" help:"不发了，删掉一条。"`
}

// stateNames are what staff call what became of a message.
var stateNames = map[outbox.State]string{
	outbox.Queued: "还会再发", outbox.Waiting: "等他来信", outbox.Failed: "发不了",
}

type outboxListCommand struct {
	atDesk
	JSON bool `name:"json" help:"打印一个 JSON 数组。"`
}

func (c outboxListCommand) Run(s streams) error {
	return c.work(s, func(ctx context.Context, d office) error {
		items, err := d.outbox.List(ctx)
		if err != nil {
			return err
		}
		if c.JSON {
			return printOutboxJSON(s.out, items)
		}
		return printOutbox(s.out, items)
	})
}

func printOutbox(w io.Writer, items []outbox.Item) error {
	if len(items) == 0 {
		fmt.Fprintln(w, "没有要发的消息。")
		return nil
	}
	rows := make([][]string, 0, len(items))
	for _, item := range items {
		next := ""
		if item.State == outbox.Queued {
			next = inGuiyang(item.Due)
		}
		about := "回复"
		if item.Ticket != "" {
			about = desk.Spoken(item.Ticket)
		}
		reason := item.Reason
		if item.Noticed {
			reason += "（已发通知）"
		}
		rows = append(rows, []string{item.ID, item.Account, about, inGuiyang(item.Made), stateNames[item.State], strconv.Itoa(item.Tries), next, reason})
	}
	if err := sheet.Align(w, []string{"编号", "公众号", "受理号", "什么时候的", "怎么样了", "发了几次", "下次", "为什么"}, rows); err != nil {
		return err
	}
	fmt.Fprintf(w, "共 %d 条。发不了的，改好以后用 zhugong outbox retry 再发，或者打电话告诉他，再用 zhugong outbox drop 删掉。\n", len(items))
	return nil
}

// listedMessage is a message in the list as JSON.
type listedMessage struct {
	ID      string       `json:"id"`
	Account string       `json:"account"`
	Ticket  string       `json:"ticket"`
	State   outbox.State `json:"state"`
	Made    time.Time    `json:"made"`
	Next    *time.Time   `json:"next"`
	Tries   int          `json:"tries"`
	Reason  string       `json:"reason"`
	Noticed bool         `json:"noticed"`
}

func printOutboxJSON(w io.Writer, items []outbox.Item) error {
	listed := make([]listedMessage, 0, len(items))
	for _, item := range items {
		one := listedMessage{
			ID: item.ID, Account: item.Account, Ticket: item.Ticket, State: item.State, Made: item.Made, Tries: item.Tries,
			Reason: item.Reason, Noticed: item.Noticed,
		}
		if item.State == outbox.Queued {
			one.Next = &item.Due
		}
		listed = append(listed, one)
	}
	return json.NewEncoder(w).Encode(listed)
}

// oneMessage names a message.
type oneMessage struct {
	atDesk
	ID string `arg:"" name:"编号" help:"zhugong outbox list 里的编号。"`
}

type (
	outboxRetryCommand struct{ oneMessage }
	outboxDropCommand  struct{ oneMessage }
)

func (c outboxRetryCommand) Run(s streams) error {
	return c.work(s, func(ctx context.Context, d office) error {
		if err := d.outbox.Retry(ctx, c.ID); err != nil {
			return err
		}
		fmt.Fprintln(s.out, "程序马上再发一次，过一会儿用 zhugong outbox list 看。")
		return nil
	})
}

func (c outboxDropCommand) Run(s streams) error {
	return c.work(s, func(ctx context.Context, d office) error {
		if err := d.outbox.Drop(ctx, c.ID); err != nil {
			return err
		}
		fmt.Fprintln(s.out, "删掉了，不会再发。")
		return nil
	})
}
