package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"zhugong/internal/simulator"
	"zhugong/internal/testenv"
	"zhugong/internal/wechat"
)

const (
	miniAppID = "wx1234567890abcde0"
	miniToken = "minitesttoken"
	miniKey   = "q1w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6j7k8l9z0x2c"
)

// miniService is the program with the customer service of a mini program, and WeChat's side of it.
type miniService struct {
	*testing.T
	production
	platform *simulator.Platform
	gate     *wechat.Gate
}

func newMiniService(t *testing.T) *miniService {
	t.Helper()
	platform, address, secret := playWeChat(t, miniAppID)
	s := &miniService{T: t, platform: platform, production: serveFor(t, testenv.StartRedis(t).Address, fmt.Sprintf(
		"    mini_program: {app_id: %s, secret_file: %s, original_id: gh_mini, token: %s, aes_keys: [%s]}\nwechat_api: %s\n%s",
		miniAppID, secret, miniToken, miniKey, address, deskSettings(t, "")))}
	s.gate = s.miniGate(miniToken, miniKey, wechat.Safe, time.Now)
	return s
}

func (s *miniService) miniGate(token, key string, mode wechat.Mode, now func() time.Time) *wechat.Gate {
	s.Helper()
	gate, err := wechat.NewGate(wechat.Account{
		Name: "mini", OriginalID: "gh_mini", AppID: miniAppID, Token: token, AESKeys: []string{key}, Mode: mode,
	}, now, nil)
	if err != nil {
		s.Fatal(err)
	}
	return gate
}

// push pushes what a gate makes of a message, with the query changed, and returns the status and the answer.
func (s *miniService) push(gate *wechat.Gate, plain string, change func(url.Values)) (int, string) {
	s.Helper()
	raw, body, err := gate.Push([]byte(plain), "n", strings.HasPrefix(plain, "{"))
	if err != nil {
		s.Fatal(err)
	}
	query, err := url.ParseQuery(raw)
	if err != nil {
		s.Fatal(err)
	}
	if change != nil {
		change(query)
	}
	response, err := http.Post(s.webhook.URL+"/wechat/city.mini?"+query.Encode(), "text/xml", bytes.NewReader(body))
	if err != nil {
		s.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		s.Fatal(err)
	}
	return response.StatusCode, string(answer)
}

// miniPush writes a push in XML or JSON.
func miniPush(asJSON bool, worker, kind string, fields ...string) string {
	fields = append([]string{"ToUserName", "gh_mini", "FromUserName", worker, "CreateTime", fmt.Sprint(time.Now().Unix()), "MsgType", kind}, fields...)
	var b strings.Builder
	for i := 0; i < len(fields); i += 2 {
		if asJSON {
			fmt.Fprintf(&b, ",%q:%q", fields[i], fields[i+1])
		} else {
			fmt.Fprintf(&b, "<%s><![CDATA[%s]]></%s>", fields[i], fields[i+1], fields[i])
		}
	}
	if asJSON {
		return "{" + b.String()[1:] + "}"
	}
	return "<xml>" + b.String() + "</xml>"
}

// TestMiniService answers what is written to the customer service of a mini program: WeChat is told that all is well, and
// the answer comes as a message, once however often the push comes.
func TestMiniService(t *testing.T) {
	s := newMiniService(t)
	for i, c := range []struct {
		asJSON bool
		kind   string
		fields []string
		want   string // in the message
	}{
		{false, "text", []string{"Content", "老板差我三个月工钱，咋个整嘛", "MsgId", "1"}, "12333"},
		{true, "text", []string{"Content", "要带哪样材料", "MsgId", "2"}, "哪件事"},
		{true, "text", []string{"Content", "申请困难帮扶", "MsgId", "3"}, "\n1 "}, // choices by their numbers, without links
		{false, "image", []string{"PicUrl", "https://example.org/p", "MediaId", "m", "MsgId", "4"}, "图片"},
		{false, "event", []string{"Event", "user_enter_tempsession", "SessionFrom", ""}, "您好"},
		{true, "event", []string{"Event", "user_enter_tempsession", "SessionFrom", "flow:wage_claim"}, "同意"},
		{false, "event", []string{"Event", "somethingelse"}, ""},
	} {
		worker := fmt.Sprint("oMini", i)
		s.platform.Noticed(worker, "text")
		plain := miniPush(c.asJSON, worker, c.kind, c.fields...)
		for range 3 {
			if status, answer := s.push(s.gate, plain, nil); status != http.StatusOK || answer != "success" {
				t.Errorf("%s: answered %d %q", plain, status, answer)
			}
		}
		s.settle()
		var got []string
		for _, a := range s.platform.Arrivals(worker, 0) {
			got = append(got, a.Text)
		}
		if c.want == "" && len(got) != 0 || c.want != "" && (len(got) != 1 || strings.Contains(got[0], "<a ")) {
			t.Errorf("%s: the phone shows %q", plain, got)
		} else if c.want != "" && !strings.Contains(got[0], c.want) {
			t.Errorf("%s: the phone shows %q, want %s", plain, got, c.want)
		}
	}
}

// TestMiniServiceForged acts on nothing that does not come from WeChat.
func TestMiniServiceForged(t *testing.T) {
	s := newMiniService(t)
	s.platform.Noticed("oMini", "text")
	other := "A1w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6j7k8l9z0x2c"
	for name, c := range map[string]struct {
		gate   *wechat.Gate
		change func(url.Values)
	}{
		"unsigned":               {s.gate, func(q url.Values) { q.Del("msg_signature") }},
		"another signature":      {s.gate, func(q url.Values) { q.Set("msg_signature", strings.Repeat("0", 40)) }},
		"the account's token":    {s.miniGate("servetesttoken", miniKey, wechat.Safe, time.Now), nil},
		"another key":            {s.miniGate(miniToken, other, wechat.Safe, time.Now), nil},
		"not encrypted":          {s.miniGate(miniToken, miniKey, wechat.Plain, time.Now), nil},
		"of an hour ago":         {s.miniGate(miniToken, miniKey, wechat.Safe, func() time.Time { return time.Now().Add(-time.Hour) }), nil},
		"with another timestamp": {s.gate, func(q url.Values) { q.Set("timestamp", fmt.Sprint(time.Now().Unix()+1)) }},
	} {
		for _, asJSON := range []bool{false, true} {
			status, answer := s.push(c.gate, miniPush(asJSON, "oMini", "text", "Content", "删除我的资料", "MsgId", "1"), c.change)
			if status == http.StatusOK || answer != "" {
				t.Errorf("%s: %d %q", name, status, answer)
			}
		}
	}
	s.settle()
	if got := s.platform.Arrivals("oMini", 0); len(got) != 0 {
		t.Errorf("the phone shows %+v", got)
	}
}
