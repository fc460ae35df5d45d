package main

import (
	"errors"
	"time"

	"zhugong/config"
	"zhugong/internal/accesstoken"
	"zhugong/internal/session"
	"zhugong/internal/wechat"
)

// errNoSecret means that an account may not call WeChat.
var errNoSecret = errors.New("这个公众号没有配 AppSecret，不能主动发消息、改菜单：写 secret_file，或者设环境变量")

// newAPI returns what calls WeChat for an account. The caller closes it.
func newAPI(settings *config.Config, account string, store *session.Store) (*wechat.API, error) {
	for _, a := range settings.Accounts {
		if a.Name == account && a.Secret != "" {
			shared := accesstoken.Open(store.Client(), account, time.Now)
			return wechat.NewAPI(settings.WeChatAPI, wechat.NewTokens(settings.WeChatAPI, a.AppID, a.Secret, shared, time.Now)), nil
		}
	}
	return nil, errNoSecret
}
