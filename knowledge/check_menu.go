package knowledge

import (
	"fmt"
	"strings"

	"zhugong/internal/strictyaml"
)

// What WeChat takes. Source: the page on creating a custom menu of service accounts.
const (
	mostButtons    = 3
	mostSubButtons = 5
	mostTopName    = 16 // bytes
	mostSubName    = 60
	mostKey        = 128
	mostAddress    = 1024
	mostTagged     = 5 // ours: more nobody can keep apart
)

// customMenu checks the menu of the account.
func (c *checker) customMenu() { c.menuThatOpens(c.buttonKeys()) }

// menuThatOpens checks the menu. keys are what a button can open; none when that cannot be told.
func (c *checker) menuThatOpens(keys []string) {
	c.buttons(c.menu.Buttons, keys)
	if len(c.menu.Tagged) > mostTagged {
		c.fault(MenuFile, c.menu.Tagged[mostTagged].TagID, fmt.Sprintf("个性化菜单有 %d 份，最多 %d 份", len(c.menu.Tagged), mostTagged), "只留用得上的。")
	}
	seen := map[string]int{}
	for i := range c.menu.Tagged {
		t := &c.menu.Tagged[i]
		if first, twice := seen[t.TagID.Value]; twice {
			c.fault(MenuFile, t.TagID, fmt.Sprintf("标签 %s 写了两份菜单，第 %d 行已经有了", t.TagID.Value, first), "合成一份。")
		}
		seen[t.TagID.Value] = t.TagID.Line
		c.buttons(t.Buttons, keys)
	}
}

// buttons checks one menu. keys are what a button can open; none when that cannot be told.
func (c *checker) buttons(written []buttonForm, keys []string) {
	if len(written) > mostButtons {
		c.fault(MenuFile, written[mostButtons].Name, fmt.Sprintf("按钮有 %d 个，微信最多放 %d 个", len(written), mostButtons), "把相近的放到一个按钮的“子按钮”里。")
	}
	var names []strictyaml.Text
	for i := range written {
		b := &written[i]
		names = append(names, b.Name)
		c.buttonName(b.Name, mostTopName, 5)
		c.action(b, len(b.Sub) > 0, keys)
		if len(b.Sub) > mostSubButtons {
			c.fault(MenuFile, b.Sub[mostSubButtons].Name, fmt.Sprintf("子按钮有 %d 个，微信最多放 %d 个", len(b.Sub), mostSubButtons), "只留问得最多的。")
		}
		var below []strictyaml.Text
		for j := range b.Sub {
			sub := b.Sub[j].asTop()
			below = append(below, sub.Name)
			c.buttonName(sub.Name, mostSubName, 20)
			c.action(sub, false, keys)
		}
		c.sameNames(below)
	}
	c.sameNames(names)
}

// sameNames finds two buttons side by side that say the same.
func (c *checker) sameNames(names []strictyaml.Text) {
	seen := map[string]int{}
	for _, name := range names {
		if first, twice := seen[name.Value]; twice && name.Written() {
			c.fault(MenuFile, name, fmt.Sprintf("两个按钮都叫“%s”，第 %d 行已经有了", name.Value, first), "换一个名称。")
		}
		seen[name.Value] = name.Line
	}
}

func (c *checker) buttonName(name strictyaml.Text, most, characters int) {
	if len(name.Value) > most {
		c.fault(MenuFile, name, fmt.Sprintf("名称太长，微信最多收 %d 个汉字", characters), "写短一点，让人一眼看懂。")
	}
	c.plainName(MenuFile, name)
}

// action checks that a button does one thing, and that it can be done.
func (c *checker) action(b *buttonForm, opens bool, keys []string) {
	does := 0
	for _, written := range []bool{b.Key.Written(), b.URL.Written() || b.AppID.Written(), opens} {
		if written {
			does++
		}
	}
	switch {
	case does == 0:
		c.fault(MenuFile, b.Name, "按钮“"+b.Name.Value+"”点了什么都不做", "加上一行“点击”“网址”“小程序”或者“子按钮”。")
	case does > 1:
		c.fault(MenuFile, b.Name, "按钮“"+b.Name.Value+"”写了不止一样：点击、网址（或者小程序）、子按钮只能有一样", "只留一样。")
	}
	c.buttonKey(b.Key, keys)
	c.buttonAddress(b.URL)
	c.miniProgram(b)
}

// miniProgram checks that a button into a mini program has all that WeChat asks for.
func (c *checker) miniProgram(b *buttonForm) {
	if b.AppID.Written() && !b.Path.Written() {
		c.fault(MenuFile, b.AppID, "写了小程序，没有写页面", "加上一行“页面: …”。")
	}
	if b.AppID.Written() && !b.URL.Written() {
		c.fault(MenuFile, b.AppID, "写了小程序，没有写网址", "加上一行“网址: https://…”，打不开小程序的旧手机用。")
	}
	if b.Path.Written() && !b.AppID.Written() {
		c.fault(MenuFile, b.Path, "写了小程序的页面，没有写是哪个小程序", "加上一行“小程序: wx…”。")
	}
	if strings.HasPrefix(b.Path.Value, "/") {
		c.fault(MenuFile, b.Path, "页面前面多了斜杠", "去掉最前面的 /。")
	}
}

func (c *checker) buttonAddress(address strictyaml.Text) {
	c.address(MenuFile, address)
	if len(address.Value) > mostAddress {
		c.fault(MenuFile, address, fmt.Sprintf("网址有 %d 个字符，最多 %d 个", len(address.Value), mostAddress), "换一个短的。")
	}
}

// buttonKey checks that there is what a button opens.
func (c *checker) buttonKey(key strictyaml.Text, keys []string) {
	if len(key.Value) > mostKey {
		c.fault(MenuFile, key, fmt.Sprintf("“点击”有 %d 个字符，最多 %d 个", len(key.Value), mostKey), "写问答或者流程的编号。")
	}
	if key.Written() && len(keys) > 0 {
		c.exists(MenuFile, key, keys, "没有“"+key.Value+"”这条问答或者流程")
	}
}

// buttonKeys returns what a button can open, nothing when it cannot be told what there is not.
func (c *checker) buttonKeys() []string {
	var keys []string
	for i := range c.topics {
		t := &c.topics[i]
		var ids []strictyaml.Text
		for j := range t.Entries {
			ids = append(ids, t.Entries[j].ID)
		}
		if !c.sure(t.name, ids) {
			return nil
		}
		keys = append(keys, values(ids)...)
	}
	for i := range c.flows {
		t := &c.flows[i]
		if !c.sure(t.name, []strictyaml.Text{t.ID}) || t.name != flowsName+"/"+t.ID.Value+".yaml" {
			return nil
		}
		keys = append(keys, FlowKey+t.ID.Value)
	}
	return keys
}
