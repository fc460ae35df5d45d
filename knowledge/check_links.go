package knowledge

import (
	"net/netip"
	"net/url"
	"strings"

	"zhugong/internal/strictyaml"
)

const maxLinks = 7

// links checks the links and the card of an entry.
func (c *checker) links(file string, e *entryForm) {
	if len(e.Links) > maxLinks {
		c.fault(file, e.Links[maxLinks].Text, "链接太多了，最多 7 个", "留下最有用的几个。")
	}
	for _, link := range e.Links {
		c.address(file, link.URL)
		switch {
		case link.AppID.Written() && !link.Path.Written():
			c.fault(file, link.AppID, "写了小程序，没有写页面", "加上一行“页面: …”。")
		case link.Path.Written() && !link.AppID.Written():
			c.fault(file, link.Path, "写了小程序的页面，没有写是哪个小程序", "加上一行“小程序: wx…”。")
		}
		if strings.ContainsAny(link.Text.Value, "<>{}") {
			c.fault(file, link.Text, "链接的字里不能有尖括号和花括号", "只写字。")
		}
	}
	if e.Card != nil {
		c.address(file, e.Card.URL)
		c.address(file, e.Card.Picture)
	}
}

// address checks a web address that workers are sent to.
func (c *checker) address(file string, text strictyaml.Text) {
	if !text.Written() {
		return
	}
	u, err := url.Parse(text.Value)
	switch {
	case err != nil || strings.ContainsAny(text.Value, " <>\"'{}|\\^`"):
		c.fault(file, text, "网址写得不对", "从浏览器的地址栏整段复制。")
	case u.Scheme != "https":
		c.fault(file, text, "网址要以 https:// 开头", "换成 https 的网址；只有 http 的不能放进来。")
	case u.User != nil:
		c.fault(file, text, "网址里不能带用户名和密码", "去掉 @ 前面的部分。")
	case isNumeric(u.Hostname()) || !strings.Contains(u.Hostname(), "."):
		c.fault(file, text, "网址里没有正式的域名", "用单位正式的域名，不用数字地址。")
	}
}

// isNumeric reports whether a host is an IP address in any spelling.
func isNumeric(host string) bool {
	_, err := netip.ParseAddr(host)
	return err == nil || strings.Trim(host, "0123456789.xX") == ""
}
