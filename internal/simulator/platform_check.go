package simulator

import (
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// The words by which whoever tries a program against the simulator has a text found unfit, or doubtful.
const (
	RiskyWord  = "【不合适】"
	ReviewWord = "【拿不准】"
)

// notActive is the code for somebody who has not used the mini program for two hours.
const notActive = 61010

// check looks at what a user of the mini program wrote.
func (p *Platform) check(body []byte) (any, int) {
	var asked struct {
		Version int    `json:"version"`
		OpenID  string `json:"openid"`
		Scene   int    `json:"scene"`
		Content string `json:"content"`
	}
	switch err := json.Unmarshal(body, &asked); {
	case err != nil || asked.Version != 2 || asked.Content == "" || utf8.RuneCountInString(asked.Content) > 2500:
		return nil, badBody
	case asked.Scene < 1 || asked.Scene > 4:
		return nil, 40129
	case p.workers[asked.OpenID] == nil:
		return nil, notActive
	}
	suggest, label := "pass", 100
	switch {
	case strings.Contains(asked.Content, RiskyWord):
		suggest, label = "risky", 20003
	case strings.Contains(asked.Content, ReviewWord):
		suggest, label = "review", 20012
	}
	return map[string]any{"errcode": 0, "result": map[string]any{"suggest": suggest, "label": label}}, 0
}
