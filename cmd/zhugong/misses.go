package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"time"

	"zhugong/config"
	"zhugong/internal/misses"
	"zhugong/internal/sheet"
)

type missesCommand struct {
	atDesk
	Account string `help:"只看这个公众号，写它在配置里的名字。" placeholder:"NAME"`
	JSON    bool   `name:"json" help:"打印一个 JSON 数组，每个公众号一项。"`
}

// missesOfAccount is what the program did not understand in one account.
type missesOfAccount struct {
	Account string      `json:"account"`
	Count   int         `json:"count"`
	Groups  []missGroup `json:"groups"`
}

type missGroup struct {
	Text  string         `json:"text"` // the most frequent
	Count int            `json:"count"`
	Kinds map[string]int `json:"kinds"`
	Last  time.Time      `json:"last"`
	Texts []missText     `json:"texts"` // each once, whatever its kind; the most frequent first
}

type missText struct {
	Text  string `json:"text"`
	Count int    `json:"count"`
}

func (c missesCommand) Run(s streams) error {
	settings, store, err := c.open(s)
	if err != nil {
		return err
	}
	defer store.Close()
	names, err := c.accounts(settings)
	if err != nil {
		return err
	}
	book := misses.Open(store.Client(), time.Now, slog.New(slog.DiscardHandler))
	defer book.Close()
	ctx, cancel := context.WithTimeout(context.Background(), deskTime)
	defer cancel()
	all := make([]missesOfAccount, 0, len(names))
	for _, name := range names {
		list, err := book.List(ctx, name)
		if err != nil {
			return redisAway(err)
		}
		all = append(all, groupMisses(name, list))
	}
	if c.JSON {
		return json.NewEncoder(s.out).Encode(all)
	}
	return printMisses(s.out, all)
}

// accounts are the names of those to look at.
func (c missesCommand) accounts(settings *config.Config) (names []string, err error) {
	for _, account := range settings.Accounts {
		names = append(names, account.Name)
	}
	switch {
	case c.Account == "":
		return names, nil
	case slices.Contains(names, c.Account):
		return []string{c.Account}, nil
	}
	return nil, fmt.Errorf("%w：配置里没有叫 %s 的公众号，有 %s", errMisused, c.Account, strings.Join(names, "、"))
}

func groupMisses(account string, list []misses.Miss) missesOfAccount {
	of := missesOfAccount{Account: account, Groups: []missGroup{}}
	for _, group := range misses.Cluster(list) {
		of.Count += group.Count
		of.Groups = append(of.Groups, groupOf(group))
	}
	return of
}

func groupOf(group misses.Group) missGroup {
	g := missGroup{Text: group.Text, Count: group.Count, Kinds: map[string]int{}}
	places := map[string]int{}
	for _, miss := range group.Misses {
		g.Kinds[miss.Kind] += miss.Count
		if miss.Last.After(g.Last) {
			g.Last = miss.Last
		}
		at, seen := places[miss.Text]
		if !seen {
			at = len(g.Texts)
			places[miss.Text] = at
			g.Texts = append(g.Texts, missText{Text: miss.Text})
		}
		g.Texts[at].Count += miss.Count
	}
	slices.SortStableFunc(g.Texts, func(a, b missText) int { return b.Count - a.Count })
	return g
}

// shownTexts is how many texts of a group are printed.
const shownTexts = 4

func printMisses(w io.Writer, all []missesOfAccount) error {
	for i, of := range all {
		if i > 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintf(w, "公众号 %s：最近 90 天没答上来 %d 次，相像的放在一起是 %d 组。\n", of.Account, of.Count, len(of.Groups))
		if len(of.Groups) == 0 {
			continue
		}
		var rows [][]string
		for _, group := range of.Groups {
			rows = append(rows, group.rows()...)
		}
		if err := sheet.Align(w, []string{"次数", "最近一次", "为什么", "说的话"}, rows); err != nil {
			return err
		}
	}
	return nil
}

// rows are the lines of one group: what was written most, and below it the next.
func (g missGroup) rows() [][]string {
	var kinds []string
	for _, kind := range []string{misses.NotUnderstood, misses.NoneFit, misses.Outside, misses.Unhelpful} {
		if g.Kinds[kind] > 0 {
			kinds = append(kinds, kind)
		}
	}
	rows := [][]string{{strconv.Itoa(g.Count), inGuiyang(g.Last), strings.Join(kinds, " "), g.Texts[0].Text}}
	for _, text := range g.Texts[1:min(len(g.Texts), shownTexts)] {
		rows = append(rows, []string{"", "", "", fmt.Sprintf("· %s（%d）", text.Text, text.Count)})
	}
	if more := len(g.Texts) - shownTexts; more > 0 {
		rows = append(rows, []string{"", "", "", fmt.Sprintf("· 还有 %d 种说法", more)})
	}
	return rows
}
