package wechat

import (
	"errors"
	"fmt"
)

// APIError is a call that WeChat refused. Its text holds neither a token nor a secret.
type APIError struct {
	Path    string // of the call: /cgi-bin/message/custom/send
	Code    int    // errcode, never 0
	Message string // errmsg, for operators
}

func (e *APIError) Error() string {
	return fmt.Sprintf("WeChat refused %s: %d %s", e.Path, e.Code, e.Message)
}

// busy is the code of the only refusal after which the same call may succeed.
const busy = -1

// badToken reports whether WeChat does not take the access token, or takes it no longer.
func (e *APIError) badToken() bool { return e.Code == 40001 || e.Code == 40014 || e.Code == 42001 }

// reasons say to staff, in Chinese, why a message did not reach a worker, and what to do.
var reasons = map[int]string{
	busy:  "微信系统繁忙，过几分钟再试",
	40001: "access_token 无效，检查 AppSecret 是不是重置过",
	40013: "AppID 不对",
	40125: "AppSecret 不对，到公众平台重新复制",
	40164: "这台机器的 IP 不在公众平台的 IP 白名单里",
	43004: "这位职工没有关注本号",
	40003: "这位职工的 openid 不属于这个公众号",
	40037: "通知的模板编号不对，到公众平台核对",
	43101: "这位职工没有同意接收这类通知",
	47003: "通知的内容不合模板的要求，核对配置里的 fields",
	45002: "消息太长",
	45009: "今天调用的次数用完了，明天再发",
	45011: "调用太快，过一分钟再发",
	45015: "这位职工超过 48 小时没有来信，现在发不出去",
	45047: "这位职工来信以后能发的条数用完了",
	45080: "职工 30 秒内没有来信，不能显示正在输入",
	48001: "本号没有这个接口的权限，要先认证",
	50005: "这位职工取消关注了",
}

// Reason says to staff, in Chinese, why a call failed and what they can do.
func Reason(err error) string {
	var refused *APIError
	if !errors.As(err, &refused) {
		return "连不上微信，过几分钟再试"
	}
	if reason, known := reasons[refused.Code]; known {
		return reason
	}
	return fmt.Sprintf("微信拒绝了，错误码 %d，到公众平台的错误码说明里查", refused.Code)
}
