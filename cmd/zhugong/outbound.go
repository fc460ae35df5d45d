package main

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"zhugong/config"
	"zhugong/handlers"
	"zhugong/internal/accesstoken"
	"zhugong/internal/desk"
	"zhugong/internal/outbox"
	"zhugong/internal/session"
	"zhugong/internal/vault"
	"zhugong/internal/wechat"
)

// errNoSecret means that an account may not call WeChat.
var errNoSecret = errors.New("这个公众号没有配 AppSecret，不能主动发消息、改菜单：写 secret_file，或者设环境变量")

// newAPI returns what calls WeChat for an account. The caller closes it.
func newAPI(settings *config.Config, account string, store *session.Store) (*wechat.API, error) {
	for _, a := range settings.Accounts {
		appID, secret := a.AppID, a.Secret
		if account == a.Name+handlers.MiniSuffix {
			appID, secret = a.MiniProgram.AppID, a.MiniProgram.Secret
		} else if account != a.Name {
			continue
		}
		if secret != "" {
			shared := accesstoken.Open(store.Client(), account, time.Now)
			return wechat.NewAPI(settings.WeChatAPI, wechat.NewTokens(settings.WeChatAPI, appID, secret, shared, time.Now)), nil
		}
	}
	return nil, errNoSecret
}

// isMini reports whether a worker's account is that of a mini program.
func isMini(account string) bool { return strings.HasSuffix(account, handlers.MiniSuffix) }

// callers are what call WeChat, by account; one without an AppSecret has none.
type callers map[string]*wechat.API

// newCallers returns the callers of all accounts. The caller closes them.
func newCallers(settings *config.Config, store *session.Store) callers {
	all := callers{}
	for _, a := range settings.Accounts {
		for _, name := range []string{a.Name, a.Name + handlers.MiniSuffix} {
			if api, err := newAPI(settings, name, store); err == nil {
				all[name] = api
			}
		}
	}
	return all
}

func (c callers) close() {
	for _, api := range c {
		api.Close()
	}
}

// outbox returns what keeps and sends messages beside replies; count may be nil.
func (c callers) outbox(store *session.Store, keys *vault.Keyring, log *slog.Logger, now func() time.Time, count func(outbox.State)) *outbox.Outbox {
	senders := make(map[string]outbox.Sender, len(c))
	for name, api := range c {
		senders[name] = api
	}
	return outbox.Open(outbox.Options{Store: store, Keys: keys, Senders: senders, Now: now, Log: log, Count: count})
}

// openKeys returns what seals cases and messages to workers; nil when the settings name no key.
func openKeys(settings *config.Config) (*vault.Keyring, error) {
	if len(settings.Desk.Keys) == 0 {
		return nil, nil
	}
	keys, err := vault.New(settings.Desk.Keys...)
	if err != nil {
		return nil, fmt.Errorf("desk keys: %w", err)
	}
	return keys, nil
}

// caseNotice tells a worker how far his case is, by the template of his account; nil when that has none.
func caseNotice(settings *config.Config, c desk.Case) *wechat.Notice {
	for _, a := range settings.Accounts {
		n := a.CaseNotice
		if a.Name != c.Worker.Account || n.TemplateID == "" {
			continue
		}
		event := c.History[len(c.History)-1]
		notice := &wechat.Notice{
			Kind: wechat.NoticeKind(n.Kind), TemplateID: n.TemplateID, URL: n.URL, Fields: map[string]string{},
			ID: fmt.Sprintf("%s-%d", c.Ticket, len(c.History)),
		}
		for name, value := range map[string]string{
			n.Ticket: desk.Spoken(c.Ticket), n.Title: c.Title, n.Status: c.Status.Name(), n.Time: wechat.FieldTime(event.At),
		} {
			if name != "" {
				notice.Fields[name] = value
			}
		}
		return notice
	}
	return nil
}
