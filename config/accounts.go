package config

import (
	"fmt"
	"strings"

	"zhugong/internal/strictyaml"
)

// maxKeys is how many AES keys an account may have at a time.
const maxKeys = 2

func (l *loader) accounts(forms []accountForm) []Account {
	names, ids := map[string]int{}, map[string]int{}
	var accounts []Account
	for i := range forms {
		f := &forms[i]
		l.twice(names, f.Name, variable(f.Name.Value), "name")
		l.twice(ids, f.OriginalID, f.OriginalID.Value, "original_id")
		accounts = append(accounts, l.account(f))
	}
	return accounts
}

// twice reports what two accounts must not share. key is what is compared.
func (l *loader) twice(seen map[string]int, t strictyaml.Text, key, what string) {
	if !t.Written() {
		return
	}
	if line, ok := seen[key]; ok {
		l.fault(t, fmt.Sprintf("%s 和第 %d 行的重复了", what, line), "每个公众号的 "+what+" 都要不一样（- 和 _ 算一样）。")
		return
	}
	seen[key] = t.Line
}

func (l *loader) account(f *accountForm) Account {
	a := Account{Name: f.Name.Value, OriginalID: f.OriginalID.Value, AppID: f.AppID.Value, Token: f.Token.Value,
		Mode: f.Mode.Value, CustomerService: f.CustomerService.True}
	if a.Mode == "" {
		a.Mode = safeMode
	}
	for _, key := range f.AESKeys {
		a.AESKeys = append(a.AESKeys, key.Value)
	}
	l.keys(f, a)
	l.notExamples(f.Token, f.AESKeys)
	a.Hours = l.hours(f)
	a.Secret = l.secret(f)
	if f.MiniProgram != nil {
		a.MiniProgram = l.miniProgram(f.MiniProgram)
	}
	a.CardPicture = f.CardPicture.Value
	a.Overlay = l.overlay(f.Overlay)
	a.CaseNotice = l.caseNotice(f.CaseNotice)
	if f.CaseNotice != nil && a.Secret == "" {
		l.warn(f.CaseNotice.Kind, "没有 AppSecret，通知发不出去", "写 secret_file。")
	}
	return a
}

func (l *loader) miniProgram(f *miniForm) MiniProgram {
	m := MiniProgram{AppID: f.AppID.Value, Secret: l.secretFile(f.SecretFile, "小程序的 AppSecret"), OriginalID: f.OriginalID.Value, Token: f.Token.Value}
	for _, key := range f.AESKeys {
		m.AESKeys = append(m.AESKeys, key.Value)
	}
	service, whole := m.OriginalID != "" || m.Token != "" || len(m.AESKeys) > 0, m.OriginalID != "" && m.Token != "" && len(m.AESKeys) > 0
	if service && !whole {
		l.faults = append(l.faults, l.source.Fault(f.Place.Line, f.Place.Column, "接小程序客服要 original_id、token、aes_keys 三样，这里没有写全",
			"写全，从小程序后台的“消息推送”里抄；不接就都不写。"))
	}
	l.keysOf(f.AESKeys)
	l.notExamples(f.Token, f.AESKeys)
	return m
}

// overlay returns the folder of an account's own answers.
func (l *loader) overlay(t strictyaml.Text) string {
	if !t.Written() {
		return ""
	}
	folder := l.path(t.Value)
	if !isFolder(folder) {
		l.fault(t, "找不到 overlay 这个文件夹", "写对路径（从配置文件所在的文件夹算起），或者删掉这一行，和别的公众号答得一样。")
	}
	return folder
}

func (l *loader) keys(f *accountForm, a Account) {
	if len(a.AESKeys) == 0 && a.Mode != plainMode {
		l.faults = append(l.faults, l.source.Fault(f.Place.Line, f.Place.Column, "mode 是 "+a.Mode+"，却没有写 aes_keys",
			"加上 aes_keys，从公众平台的“基本配置”里抄 EncodingAESKey。"))
	}
	l.keysOf(f.AESKeys)
}

func (l *loader) keysOf(keys []strictyaml.Text) {
	switch {
	case len(keys) > maxKeys:
		l.fault(keys[maxKeys], fmt.Sprintf("aes_keys 最多 %d 个，这里有 %d 个", maxKeys, len(keys)), "只留现在的和上一个。")
	case len(keys) == maxKeys && keys[0].Value == keys[1].Value:
		l.fault(keys[1], "两个 aes_keys 一模一样", "只留一个。")
	}
}

// The token and the key of example.yaml, which everybody can read.
const (
	exampleToken = "ExampleToken"
	exampleKey   = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
)

// notExamples refuses secrets that are none: whoever has read example.yaml could forge messages.
func (l *loader) notExamples(token strictyaml.Text, keys []strictyaml.Text) {
	if token.Value == exampleToken {
		l.fault(token, "token 还是例子里的，谁都知道", "换成随机的，公众平台上也改成一样的。")
	}
	for _, key := range keys {
		if key.Value == exampleKey {
			l.fault(key, "aes_keys 还是例子里的，谁都知道", "在公众平台上随机生成一个，抄过来。")
		}
	}
}

// secret returns the app secret, from a file or from the environment; "" when there is none.
func (l *loader) secret(f *accountForm) string {
	name := variable(f.Name.Value)
	fromEnvironment := strings.TrimSpace(l.getenv(name))
	if !f.SecretFile.Written() {
		if strings.ContainsAny(fromEnvironment, " \t\r\n") {
			l.fault(f.Name, "环境变量 "+name+" 里有空格或者换行", "只放 AppSecret。")
		}
		return fromEnvironment
	}
	if fromEnvironment != "" {
		l.fault(f.SecretFile, "AppSecret 给了两处：secret_file 和环境变量 "+name, "只留一处。")
	}
	return l.secretFile(f.SecretFile, "AppSecret")
}

// variable returns the environment variable that may hold the app secret of an account.
func variable(name string) string {
	return "ZHUGONG_SECRET_" + strings.ReplaceAll(strings.ToUpper(name), "-", "_")
}
