package wechat

import (
	"context"
	"fmt"
	"unicode/utf8"
)

// mostChecked is how many characters one check takes.
const mostChecked = 2500

// ContentVerdict is what WeChat thinks of a text: Suggest is pass, review or risky, Label says why.
type ContentVerdict struct {
	Suggest string `json:"suggest"`
	Label   int    `json:"label"`
}

// profile is the scene of a check: what somebody tells about himself.
const profile = 1

// CheckText has WeChat look at what a user of the mini program wrote; he must have used it in the last two hours. Of longer
// texts it sees the beginning.
// Source: the page on msgSecCheck, version 2.
func (a *API) CheckText(ctx context.Context, openID, text string) (ContentVerdict, error) {
	if utf8.RuneCountInString(text) > mostChecked {
		text = string([]rune(text)[:mostChecked])
	}
	body := struct {
		Version int    `json:"version"`
		OpenID  string `json:"openid"`
		Scene   int    `json:"scene"`
		Content string `json:"content"`
	}{2, openID, profile, text}
	var answer struct {
		Result ContentVerdict `json:"result"`
	}
	if err := a.Post(ctx, "/wxa/msg_sec_check", body, &answer); err != nil {
		return ContentVerdict{}, fmt.Errorf("check a text: %w", err)
	}
	switch answer.Result.Suggest {
	case "pass", "review", "risky":
		return answer.Result, nil
	}
	return ContentVerdict{}, fmt.Errorf("check a text: WeChat suggests nothing known")
}

// contentLabels are WeChat's reasons.
var contentLabels = map[int]string{
	10001: "广告", 20001: "时政", 20002: "色情", 20003: "辱骂", 20006: "违法犯罪", 20008: "欺诈", 20012: "低俗", 20013: "版权", 21000: "其他",
}

// Reason says to staff why a text is not simply let pass.
func (v ContentVerdict) Reason() string {
	if reason, known := contentLabels[v.Label]; known {
		return reason
	}
	return "其他"
}
