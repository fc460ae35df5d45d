package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"reflect"
	"time"

	"zhugong/config"
	"zhugong/internal/strictyaml"
	"zhugong/internal/wechat"
	"zhugong/knowledge"
)

// menuTime is how long it may take to put a menu in place of another.
const menuTime = time.Minute

// menuCommand is what staff do with the account's menu, which stands in menu.yaml beside the topics.
type menuCommand struct {
	Check menuCheckCommand `cmd:"" help:"检查 menu.yaml，照微信的限制。"`
	Diff  menuDiffCommand  `cmd:"" help:"比一比公众号现在的菜单和 menu.yaml。"`
	Push  menuPushCommand  `cmd:"" help:"把 menu.yaml 推到公众号上，再读回来核对。"`
}

type menuCheckCommand struct {
	Dir     string `arg:"" optional:"" help:"知识文件夹；不写就检查内置的。"`
	Overlay string `help:"一个公众号自己的文件夹，检查它的菜单。" placeholder:"DIR"`
}

func (c menuCheckCommand) Run(s streams) error {
	engine, faults, err := prepare(c.Dir)
	if engine != nil && c.Overlay != "" {
		engine, faults, err = prepareOverlay(engine, c.Overlay)
	}
	if err != nil {
		return err
	}
	var ofMenu []strictyaml.Fault
	for _, fault := range faults {
		if path.Base(fault.File) == knowledge.MenuFile {
			ofMenu = append(ofMenu, fault)
		}
	}
	printFaults(s.out, ofMenu, true, "推送")
	switch {
	case engine == nil && len(ofMenu) == 0:
		fmt.Fprintln(s.out, "menu.yaml 本身没有毛病，别的知识文件有：用 zhugong check 看。")
		return errFaults
	case engine == nil:
		return errFaults
	case len(engine.Base.Menu.Buttons) == 0:
		fmt.Fprintln(s.out, "没有 menu.yaml，或者里面没有按钮。")
		return errFaults
	}
	printMenu(s.out, flatten(customMenu(&engine.Base.Menu)))
	fmt.Fprintln(s.out, "可以推送。")
	return nil
}

// ofAccount names an account and where its menu stands.
type ofAccount struct {
	Config  string `required:"" help:"配置文件，和 serve 用的是同一个。" placeholder:"FILE"`
	Account string `help:"哪个公众号，写配置里的 name；只有一个就不用写。" placeholder:"NAME"`
	Dir     string `arg:"" optional:"" help:"知识文件夹；不写就用配置里的。"`
}

type (
	menuDiffCommand struct{ ofAccount }
	menuPushCommand struct{ ofAccount }
)

func (c menuDiffCommand) Run(s streams) error {
	return c.work(s, func(ctx context.Context, api *wechat.API, menu wechat.CustomMenu) error {
		live, err := api.Menu(ctx)
		if err != nil {
			return menuFailed(err)
		}
		if printDifference(s.out, flatten(live), flatten(menu)) {
			fmt.Fprintln(s.out, "有不同的：用 zhugong menu push 推上去。")
			return errFaults
		}
		fmt.Fprintln(s.out, "公众号上的菜单和文件一样。")
		return nil
	})
}

func (c menuPushCommand) Run(s streams) error {
	return c.work(s, func(ctx context.Context, api *wechat.API, menu wechat.CustomMenu) error {
		if err := api.SetMenu(ctx, menu); err != nil {
			return menuFailed(err)
		}
		live, err := api.Menu(ctx)
		if err != nil {
			return menuFailed(err)
		}
		if !reflect.DeepEqual(flatten(live), flatten(menu)) {
			printDifference(s.out, flatten(live), flatten(menu))
			return errors.New("推上去了，可是读回来不一样：过一分钟用 zhugong menu diff 再看")
		}
		printMenu(s.out, flatten(menu))
		fmt.Fprintln(s.out, "已经推上去，读回来一样。职工的微信五分钟里会换成新的；取消关注再关注，马上就能看到。")
		return nil
	})
}

// menuFailed says in Chinese why WeChat did not do what was asked.
func menuFailed(err error) error { return fmt.Errorf("%s（%w）", wechat.Reason(err), err) }

// work does something with the menu in the file and the account it is for.
func (c ofAccount) work(s streams, do func(context.Context, *wechat.API, wechat.CustomMenu) error) error {
	settings, err := loadSettings(c.Config, s)
	if err != nil {
		return err
	}
	account, err := c.account(settings)
	if err != nil {
		return err
	}
	folder := c.Dir
	if folder == "" {
		folder = settings.Knowledge
	}
	engine, err := loadEngine(folder, overlays(settings.Accounts)[account], s.err)
	if err != nil {
		return err
	}
	if len(engine.Base.Menu.Buttons) == 0 {
		return errors.New("没有 menu.yaml，或者里面没有按钮")
	}
	store, err := openQuietly(settings, s)
	if err != nil {
		return err
	}
	defer store.Close()
	api, err := newAPI(settings, account, store)
	if err != nil {
		return err
	}
	defer api.Close()
	ctx, cancel := context.WithTimeout(context.Background(), menuTime)
	defer cancel()
	return do(ctx, api, customMenu(&engine.Base.Menu))
}

// account returns the name of the account that is meant.
func (c ofAccount) account(settings *config.Config) (string, error) {
	var names string
	for _, a := range settings.Accounts {
		if a.Name == c.Account || c.Account == "" && len(settings.Accounts) == 1 {
			return a.Name, nil
		}
		names += "、" + a.Name
	}
	return "", fmt.Errorf("%w：--account 要写哪个公众号，配置里有%s", errMisused, names[len("、"):])
}

// customMenu writes a menu as the API takes it.
func customMenu(m *knowledge.Menu) wechat.CustomMenu {
	menu := wechat.CustomMenu{Buttons: menuButtons(m.Buttons)}
	for _, one := range m.Conditional {
		menu.Tagged = append(menu.Tagged, wechat.TaggedMenu{TagID: one.TagID, Buttons: menuButtons(one.Buttons)})
	}
	return menu
}

func menuButtons(buttons []knowledge.MenuButton) []wechat.MenuButton {
	var all []wechat.MenuButton
	for _, b := range buttons {
		button := wechat.MenuButton{Name: b.Name, Key: b.Key, URL: b.URL, AppID: b.AppID, PagePath: b.PagePath, Sub: menuButtons(b.Sub)}
		switch {
		case b.Key != "":
			button.Type = "click"
		case b.AppID != "":
			button.Type = "miniprogram"
		case b.URL != "":
			button.Type = "view"
		}
		all = append(all, button)
	}
	return all
}

// menuLine is one button of a menu, named by its way from the top, and what it does.
type menuLine struct{ way, does string }

// flatten writes a menu as lines, that of everybody first.
func flatten(menu wechat.CustomMenu) []menuLine {
	lines := flattenButtons("", menu.Buttons)
	for _, one := range menu.Tagged {
		lines = append(lines, flattenButtons(fmt.Sprintf("［标签 %d］", one.TagID), one.Buttons)...)
	}
	return lines
}

func flattenButtons(above string, buttons []wechat.MenuButton) []menuLine {
	var lines []menuLine
	for _, b := range buttons {
		line := menuLine{way: above + b.Name}
		switch b.Type {
		case "":
		case "click":
			line.does = "点击 " + b.Key
		case "view":
			line.does = "网址 " + b.URL
		case "miniprogram":
			line.does = "小程序 " + b.AppID + " " + b.PagePath + "，打不开时 " + b.URL
		default:
			line.does = b.Type + " " + b.Key
		}
		lines = append(lines, line)
		lines = append(lines, flattenButtons(line.way+" > ", b.Sub)...)
	}
	return lines
}

func printMenu(w io.Writer, lines []menuLine) {
	for _, l := range lines {
		fmt.Fprintln(w, "  "+l.String())
	}
}

func (l menuLine) String() string {
	if l.does == "" {
		return l.way
	}
	return l.way + "：" + l.does
}

// printDifference shows two menus, line by line, and reports whether they differ: - is only live, + only in the file.
func printDifference(w io.Writer, live, file []menuLine) (differ bool) {
	// The longest common subsequence, for a few dozen lines.
	longest := make([][]int, len(live)+1)
	for i := range longest {
		longest[i] = make([]int, len(file)+1)
	}
	for i := len(live) - 1; i >= 0; i-- {
		for j := len(file) - 1; j >= 0; j-- {
			if longest[i][j] = max(longest[i+1][j], longest[i][j+1]); live[i] == file[j] {
				longest[i][j] = longest[i+1][j+1] + 1
			}
		}
	}
	i, j := 0, 0
	for i < len(live) || j < len(file) {
		switch {
		case i < len(live) && j < len(file) && live[i] == file[j]:
			fmt.Fprintln(w, "  "+file[j].String())
			i, j = i+1, j+1
			continue
		case j == len(file) || i < len(live) && longest[i+1][j] >= longest[i][j+1]:
			fmt.Fprintln(w, "- "+live[i].String())
			i++
		default:
			fmt.Fprintln(w, "+ "+file[j].String())
			j++
		}
		differ = true
	}
	return differ
}
