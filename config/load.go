package config

import (
	"net"
	"net/netip"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"

	"zhugong/internal/strictyaml"
)

const (
	defaultListen    = "127.0.0.1:8080"
	defaultOpsListen = "127.0.0.1:9090"
	defaultAPI       = "https://api.weixin.qq.com"
	safeMode         = "safe"
	plainMode        = "plain"
)

// loader turns what was written into settings and notes the faults.
type loader struct {
	source *strictyaml.Source
	folder string
	getenv func(string) string
	faults []strictyaml.Fault
}

func (l *loader) fault(t strictyaml.Text, message, mend string) {
	l.faults = append(l.faults, l.source.Fault(t.Line, t.Column, message, mend))
}

func (l *loader) warn(t strictyaml.Text, message, mend string) {
	l.faults = append(l.faults, l.source.Warn(t.Line, t.Column, message, mend))
}

func (l *loader) config(f *file) *Config {
	c := &Config{
		Listen:    l.address(f.Listen, defaultListen),
		OpsListen: l.address(f.OpsListen, defaultOpsListen),
		Redis:     l.redis(f.Redis),
		WeChatAPI: l.api(f.WeChatAPI),
		Desk:      l.desk(f.Desk),
		Proxies:   l.proxies(f.Proxies),
		Accounts:  l.accounts(f.Accounts),
	}
	if f.Knowledge.Written() {
		c.Knowledge = l.path(f.Knowledge.Value)
		if !isFolder(c.Knowledge) {
			l.fault(f.Knowledge, "找不到 knowledge 这个文件夹", "写对路径（从配置文件所在的文件夹算起），或者删掉这一行，用自带的知识。")
		}
	}
	if c.Listen == c.OpsListen {
		at := f.OpsListen
		if !at.Written() {
			at = f.Listen
		}
		l.fault(at, "listen 和 ops_listen 不能是同一个地址", "换一个端口。")
	}
	return c
}

// proxies checks the addresses of reverse proxies.
func (l *loader) proxies(written []strictyaml.Text) []string {
	var all []string
	for _, t := range written {
		_, err := netip.ParseAddr(t.Value)
		network, notNetwork := netip.ParsePrefix(t.Value)
		switch {
		case err != nil && notNetwork != nil:
			l.fault(t, "这不是反向代理的地址", "写 IP 地址或者网段，比如 10.0.0.5 或 10.0.0.0/24。")
		case notNetwork == nil && network.Bits() == 0:
			l.fault(t, "这样写，谁说自己是谁都信", "只写反向代理的地址。")
		}
		all = append(all, t.Value)
	}
	return all
}

// path returns a path of the configuration file as the program must use it.
func (l *loader) path(written string) string {
	if filepath.IsAbs(written) {
		return written
	}
	return filepath.Join(l.folder, written)
}

// address checks a host:port to listen on.
func (l *loader) address(t strictyaml.Text, otherwise string) string {
	if !t.Written() {
		return otherwise
	}
	if !isAddress(t.Value, true) {
		l.fault(t, "地址写得不对", "写成 host:port，比如 "+otherwise+"；只在本机听写 127.0.0.1，所有网卡写 0.0.0.0。")
	}
	return t.Value
}

func isAddress(s string, emptyHost bool) bool {
	host, port, err := net.SplitHostPort(s)
	if err != nil || host == "" && !emptyHost || strings.ContainsAny(host, " /@") {
		return false
	}
	n, err := strconv.ParseUint(port, 10, 16)
	return err == nil && n > 0
}

func (l *loader) redis(f *redisForm) Redis {
	if f == nil {
		return Redis{}
	}
	r := Redis{MasterName: f.MasterName.Value, Username: f.Username.Value, TLS: f.TLS.True}
	local := true
	for _, addr := range f.Addrs {
		if !isAddress(addr.Value, false) {
			l.fault(addr, "Redis 的地址写得不对", "写成 host:port，比如 127.0.0.1:6379。")
		}
		local = local && isLoopback(addr.Value)
		r.Addrs = append(r.Addrs, addr.Value)
	}
	if len(r.Addrs) == 0 {
		l.noAddrs(f)
		return r
	}
	if f.PasswordFile.Written() {
		r.Password = l.secretFile(f.PasswordFile, "Redis 密码")
	} else if !local {
		l.warn(f.Addrs[0], "Redis 不在本机，又没有密码", "给 Redis 设密码，写进一个文件，用 password_file 指到它。")
	}
	if f.Username.Written() && !f.PasswordFile.Written() {
		l.fault(f.Username, "写了 username，没有写 password_file", "加上 password_file，或者去掉 username。")
	}
	return r
}

// noAddrs reports settings of Redis that have no effect without an address.
func (l *loader) noAddrs(f *redisForm) {
	for _, t := range []strictyaml.Text{f.MasterName, f.Username, f.PasswordFile, f.TLS.Text} {
		if t.Written() {
			l.fault(t, "写了 Redis 的其他设置，没有写 addrs", "加上 addrs，比如 [127.0.0.1:6379]；不用 Redis 就删掉整个 redis。")
			return
		}
	}
}

// isLoopback reports whether an address is on this machine.
func isLoopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return true // reported already
	}
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// api checks the base URL of WeChat's interface. Only a stand-in on this machine may be without TLS.
func (l *loader) api(t strictyaml.Text) string {
	if !t.Written() {
		return defaultAPI
	}
	u, err := url.Parse(t.Value)
	switch {
	case err != nil || u.Host == "" || u.Opaque != "":
		l.fault(t, "wechat_api 不是一个网址", "写成 "+defaultAPI+" 。")
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		l.fault(t, "wechat_api 里只能有域名和路径", "去掉 @、? 和 # 的部分。")
	case u.Scheme != "https" && !(u.Scheme == "http" && isLoopback(net.JoinHostPort(u.Hostname(), "0"))):
		l.fault(t, "wechat_api 要以 https:// 开头", "写成 "+defaultAPI+" ；只有本机的模拟可以用 http。")
	}
	return strings.TrimRight(t.Value, "/")
}
