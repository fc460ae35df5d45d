package wechat

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
)

// MiniProgram asks WeChat who is using a mini program. It is safe for concurrent use.
type MiniProgram struct {
	appID  string
	secret string
	base   string
	client *http.Client
}

// NewMiniProgram returns a mini program whose calls go to base.
func NewMiniProgram(base, appID, secret string) *MiniProgram {
	return &MiniProgram{appID: appID, secret: secret, base: strings.TrimSuffix(base, "/"), client: newClient()}
}

// Login returns the openid of whoever got the code from wx.login. A code is good once, for five minutes.
// Source: the page on code2Session. The session key that comes with it is thrown away: nothing here is encrypted with it.
func (m *MiniProgram) Login(ctx context.Context, code string) (openID string, err error) {
	var answer struct {
		OpenID string `json:"openid"`
	}
	query := url.Values{"appid": {m.appID}, "secret": {m.secret}, "js_code": {code}, "grant_type": {"authorization_code"}}
	if err := exchange(ctx, m.client, http.MethodGet, m.base, "/sns/jscode2session", query, nil, &answer); err != nil {
		return "", err
	}
	if answer.OpenID == "" {
		return "", errors.New("WeChat named nobody")
	}
	return answer.OpenID, nil
}

// badCode are the codes for a code of wx.login that is wrong, used, or of a user who is blocked.
var badCode = map[int]bool{40029: true, 40163: true, 40226: true}

// IsBadCode reports whether a login failed because of the code, not because of us or WeChat.
func IsBadCode(err error) bool {
	refused, ok := errors.AsType[*APIError](err)
	return ok && badCode[refused.Code]
}
