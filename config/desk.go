package config

import (
	"encoding/base64"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"slices"
	"strconv"

	"zhugong/internal/strictyaml"
)

// Desk says how what workers register is kept, and who hears of danger.
type Desk struct {
	Keys     [][]byte `json:"-"` // 32 bytes each, newest first; none: nothing is registered
	KeepDays int
	AlertURL string `json:"-"` // where a crisis is posted; it holds a key; "" for nowhere
}

// String tells what there is, without the keys and the address.
func (d Desk) String() string {
	return fmt.Sprintf("desk with %d keys, kept %d days, alert %v", len(d.Keys), d.KeepDays, d.AlertURL != "")
}

// GoString is String: secrets are never printed.
func (d Desk) GoString() string { return d.String() }

// LogValue is String: secrets are never logged.
func (d Desk) LogValue() slog.Value { return slog.StringValue(d.String()) }

const (
	deskKeyBytes    = 32
	defaultKeepDays = 180
	leastKeepDays   = 7
	mostKeepDays    = 1095
)

func (l *loader) desk(f *deskForm) Desk {
	if f == nil {
		return Desk{KeepDays: defaultKeepDays}
	}
	d := Desk{KeepDays: l.keepDays(f.KeepDays)}
	for _, name := range f.KeyFiles {
		if key := l.deskKey(name, d.Keys); key != nil {
			d.Keys = append(d.Keys, key)
		}
	}
	if f.AlertURLFile.Written() {
		d.AlertURL = l.alertURL(f.AlertURLFile)
	}
	return d
}

func (l *loader) keepDays(t strictyaml.Text) int {
	if !t.Written() {
		return defaultKeepDays
	}
	days, err := strconv.Atoi(t.Value)
	if err != nil || days < leastKeepDays || days > mostKeepDays {
		l.fault(t, "keep_days 不是合适的天数", fmt.Sprintf("写 %d 到 %d 的整数，比如 %d。", leastKeepDays, mostKeepDays, defaultKeepDays))
	}
	return days
}

// deskKey reads one key; nil when it is none. newer are those read before.
func (l *loader) deskKey(t strictyaml.Text, newer [][]byte) []byte {
	written := l.secretFile(t, "登记密钥")
	if written == "" {
		return nil
	}
	key, err := base64.StdEncoding.DecodeString(written)
	switch same := func(other []byte) bool { return string(other) == string(key) }; {
	case err != nil || len(key) != deskKeyBytes:
		l.fault(t, fmt.Sprintf("文件里不是一把登记密钥：要 %d 个字节，写成 base64", deskKeyBytes),
			fmt.Sprintf("用 openssl rand -base64 %d 生成一把，存进这个文件。", deskKeyBytes))
		return nil
	case slices.ContainsFunc(newer, same):
		l.fault(t, "两个 key_files 里是同一把密钥", "只留一个；换密钥时要新生成一把，写在最前面。")
		return nil
	}
	return key
}

// alertURL reads where a crisis is posted. Only what listens on this machine may be without TLS.
func (l *loader) alertURL(t strictyaml.Text) string {
	written := l.secretFile(t, "报警地址")
	if written == "" {
		return ""
	}
	u, err := url.Parse(written)
	switch {
	case err != nil || u.Hostname() == "" || u.User != nil || u.Fragment != "":
		l.fault(t, "放报警地址的文件里不是一个网址", "从企业微信的群机器人那里复制整个 Webhook 地址。")
	case u.Scheme != "https" && !(u.Scheme == "http" && isLoopback(net.JoinHostPort(u.Hostname(), "0"))):
		l.fault(t, "报警地址要以 https:// 开头", "从企业微信的群机器人那里复制整个 Webhook 地址；只有本机的可以用 http。")
	}
	return written
}
