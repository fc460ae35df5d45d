// Package config reads the settings of the program from one YAML file, with secrets from files or the
// environment, and tells every mistake at once. It knows nothing of what the settings are used for.
package config

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"zhugong/internal/strictyaml"
)

// Config is the settings of one running program.
type Config struct {
	Listen    string // host:port of the webhook
	OpsListen string // host:port for operators: health and metrics
	Redis     Redis
	Knowledge string // folder with knowledge files; "" for those that are part of the program
	WeChatAPI string // base URL without a slash at the end
	Desk      Desk
	Proxies   []string // addresses and networks of reverse proxies; nil: this machine's
	Accounts  []Account
}

// Redis says where conversations are kept. Without Addrs they are kept in the program itself.
type Redis struct {
	Addrs      []string // host:port; several for Sentinel (with MasterName) or Cluster
	MasterName string
	Username   string
	Password   string `json:"-"`
	TLS        bool
}

// Account is one official account.
type Account struct {
	Name            string // stands in the path /wechat/{name}
	OriginalID      string // gh_…, what messages are addressed to
	AppID           string
	Secret          string   `json:"-"` // "" when the account sends nothing on its own
	Token           string   `json:"-"`
	AESKeys         []string `json:"-"` // the current key and, while it is being changed, the one before
	Mode            string   // plain, compat or safe
	CustomerService bool     // messages may be handed over to people at WeChat's customer service
	Hours           []Hours  // when they are there; none: always
	MiniProgram     MiniProgram
	CaseNotice      CaseNotice
	CardPicture     string // media_id of an image; "" for none
	Overlay         string // folder with what the account says otherwise than the knowledge that all share; "" for nothing
}

// MiniProgram is the mini program of an account; the zero MiniProgram is none.
type MiniProgram struct {
	AppID  string
	Secret string `json:"-"`
	// For its customer service, whose pushes are always encrypted; without OriginalID none are taken.
	OriginalID string
	Token      string   `json:"-"`
	AESKeys    []string `json:"-"` // as those of an Account
}

// String names the mini program, without its secret.
func (m MiniProgram) String() string { return "mini program " + m.AppID }

// GoString is String: the secret is never printed.
func (m MiniProgram) GoString() string { return m.String() }

// String names where Redis is, without the password.
func (r Redis) String() string {
	return fmt.Sprintf("redis %v master %q user %q tls %v", r.Addrs, r.MasterName, r.Username, r.TLS)
}

// GoString is String: the password is never printed.
func (r Redis) GoString() string { return r.String() }

// LogValue is String: the password is never logged.
func (r Redis) LogValue() slog.Value { return slog.StringValue(r.String()) }

// String names the account, without its secrets.
func (a Account) String() string {
	return fmt.Sprintf("account %s (%s, %s, %s)", a.Name, a.OriginalID, a.AppID, a.Mode)
}

// GoString is String: secrets are never printed.
func (a Account) GoString() string { return a.String() }

// LogValue is String: secrets are never logged.
func (a Account) LogValue() slog.Value { return slog.StringValue(a.String()) }

// Load reads the settings in the file at path. Files it names are looked for next to it. getenv looks up
// environment variables. The settings are nil when any fault is not a mere warning. No fault shows a
// secret.
func Load(path string, getenv func(string) string) (*Config, []strictyaml.Fault) {
	data, err := readFile(path, strictyaml.MaxBytes)
	if err != nil {
		return nil, []strictyaml.Fault{{File: path, Message: "配置文件读不了：" + reason(err), Mend: "检查路径和权限；可以从 config/example.yaml 抄一份来改。"}}
	}
	form := strictyaml.NewForm[file](strictyaml.Options{Flow: true, Secrets: true})
	written, source, faults := form.Read(path, data)
	if written == nil {
		return nil, faults
	}
	l := &loader{source: source, folder: filepath.Dir(path), getenv: getenv, faults: faults}
	c := l.config(written)
	faults = strictyaml.Sort(l.faults)
	if strictyaml.Broken(faults) {
		return nil, faults
	}
	return c, faults
}

// reason says in Chinese why a file could not be read.
func reason(err error) string {
	switch {
	case os.IsNotExist(err):
		return "没有这个文件"
	case os.IsPermission(err):
		return "没有权限"
	}
	return "不是普通文件，或者太大"
}
