package main

import (
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"zhugong/internal/simulator"
	"zhugong/internal/testenv"
)

const testSecret = "0123456789abcdef0123456789abcdef"

// playWeChat returns a stand-in for WeChat that knows an app, where it can be called, and the file with the app's secret.
func playWeChat(t *testing.T, appID string) (platform *simulator.Platform, address, secretFile string) {
	t.Helper()
	platform = simulator.NewPlatform(appID, testSecret, time.Now)
	server := httptest.NewServer(platform)
	t.Cleanup(server.Close)
	secretFile = filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secretFile, []byte(testSecret), 0o600); err != nil {
		t.Fatal(err)
	}
	return platform, server.URL, secretFile
}

// withPlatform gives the account city an AppSecret, and a stand-in for WeChat to call.
func (f *deskFixture) withPlatform() *simulator.Platform {
	f.Helper()
	platform, address, secret := playWeChat(f.T, "wx1234567890abcdef")
	accounts := strings.Replace(deskAccounts, "app_id: wx1234567890abcdef,", "app_id: wx1234567890abcdef, secret_file: "+secret+",", 1)
	f.write("config.yaml", "wechat_api: "+address+"\nredis:\n  addrs: ["+f.redis.Address+"]\ndesk:\n  key_files: [key]\n"+accounts)
	return platform
}

// TestAnswerReachesWorker sends what staff answer to the worker's phone, and says so; where WeChat does not let it through,
// staff learn why and what to do.
func TestAnswerReachesWorker(t *testing.T) {
	f := newDesk(t)
	f.two()
	platform := f.withPlatform()
	answer := func(ticket, note string) string {
		out, told := f.run(fine, "cases", "answer", ticket, "--by", "王芳", "--note", note)
		if strings.Contains(out+told, testSecret) {
			t.Fatalf("the secret is told: %s%s", out, told)
		}
		return out
	}
	if out := answer(wageTicket, "已转南明区总工会"); !strings.Contains(out, "没有发到职工微信：这位职工没有关注本号") {
		t.Errorf("to nobody: %s", out)
	}
	platform.Noticed("oMason", "text")
	if out := answer(wageTicket, "请带合同来"); !strings.Contains(out, "已经发到职工微信") {
		t.Errorf("%s", out)
	}
	platform.Fail("/cgi-bin/message/custom/send", 45015, 1)
	if out := answer(wageTicket, "再说一句"); !strings.Contains(out, "超过 48 小时") || !strings.Contains(out, "他一来信就把答复发给他") {
		t.Errorf("too late: %s", out)
	}
	if out := answer(callTicket, "已回电"); !strings.Contains(out, "没有配 AppSecret") {
		t.Errorf("an account without secret: %s", out)
	}
	arrived := platform.Arrivals("oMason", 0)
	if len(arrived) != 1 || !strings.Contains(arrived[0].Text, "请带合同来") || !strings.Contains(arrived[0].Text, "483-715-926") {
		t.Errorf("the phone shows %+v", arrived)
	}
}

// TestHandOver hands a worker over to customer service: the answer does so without a word, and the words come beside it.
func TestHandOver(t *testing.T) {
	platform, address, secret := playWeChat(t, "wx1234567890abcdef")
	p := serveFor(t, testenv.StartRedis(t).Address, "    secret_file: "+secret+"\n    customer_service: true\nwechat_api: "+address+"\n")
	platform.Noticed("mason", "text")
	for _, delivery := range []string{"the first", "a resend"} {
		answer, _, err := p.say("mason", "1", "转人工")
		if err != nil || !strings.Contains(answer, "transfer_customer_service") {
			t.Fatalf("%s is answered %q, %v", delivery, answer, err)
		}
	}
	p.webhook.Close() // waits until all that belongs to an answer is done
	if arrived := platform.Arrivals("mason", 0); len(arrived) != 1 || !strings.Contains(arrived[0].Text, "已经转给人工") {
		t.Errorf("the phone shows %+v", arrived)
	}
}

// TestAnswerWaitsForWorker is a staff's answer of days later: WeChat lets only a notice through, which the worker asked for;
// when he writes, the answer follows what he is answered.
func TestAnswerWaitsForWorker(t *testing.T) {
	f := newDesk(t)
	f.two()
	platform, address, secret := playWeChat(t, "wx1234567890abcdef")
	const template = "abcdefghijklmnopqrstuvwxyz"
	platform.AddTemplate(template, "character_string1", "thing2", "phrase3", "time4")
	p := serveFor(t, f.redis.Address, "    secret_file: "+secret+"\n    case_notice:\n      kind: subscribe\n      template_id: "+template+
		"\n      ticket: character_string1\n      title: thing2\n      status: phrase3\n      time: time4\nwechat_api: "+address+
		"\ndesk:\n  key_files: ["+filepath.Join(f.folder, "key")+"]\n")
	text, err := os.ReadFile(p.config)
	if err != nil {
		t.Fatal(err)
	}
	f.write("config.yaml", string(text))
	run := func(want string, arguments ...string) string {
		t.Helper()
		out, told := f.run(fine, arguments...)
		if !strings.Contains(out, want) {
			t.Fatalf("%v: %s%s, want %s", arguments, out, told, want)
		}
		return out
	}
	dispatch := func() {
		t.Helper()
		if err := p.outbox.Dispatch(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	platform.Subscribed("oMason", template, 2)
	for i := range 2 { // each acceptance is an event of its own
		answer, err := p.push(fmt.Appendf(nil, "<xml><ToUserName>gh_city</ToUserName><FromUserName>oMason</FromUserName><CreateTime>%d</CreateTime>"+
			"<MsgType>event</MsgType><Event>subscribe_msg_popup_event</Event><SubscribeMsgPopupEvent><List><TemplateId>%s</TemplateId>"+
			"<SubscribeStatusString>accept</SubscribeStatusString><PopupScene>1</PopupScene></List></SubscribeMsgPopupEvent></xml>",
			time.Now().Unix()-int64(i), template), fmt.Sprint("consent", i))
		if err != nil || answer != "success" {
			t.Fatalf("the event is answered %q, %v", answer, err)
		}
	}
	p.settle()
	run("已经用微信通知职工", "cases", "take", wageTicket, "--by", "王芳")
	platform.Fail("/cgi-bin/message/custom/send", 45015, 1)
	run("已经发了通知，他一来信就把答复发给他", "cases", "answer", wageTicket, "--by", "王芳", "--note", "请带合同来")
	out := run("等他来信", "outbox", "list")
	if !strings.Contains(out, "483-715-926") || !strings.Contains(out, "超过 48 小时没有来信") || strings.Contains(out, "请带合同来") {
		t.Errorf("staff see %s", out)
	}
	dispatch()
	platform.Noticed("oMason", "text")
	if _, _, err := p.say("oMason", "7", "在吗"); err != nil {
		t.Fatal(err)
	}
	p.settle()
	dispatch()
	var kinds []string
	for _, a := range platform.Arrivals("oMason", 0) {
		kinds = append(kinds, a.Kind)
		if a.Kind == "notice" && (a.Lines[0].Value != "483-715-9268" || a.Lines[1].Value != "欠薪情况登记") {
			t.Errorf("the notice says %+v", a.Lines)
		}
		if a.Kind == "text" && !strings.Contains(a.Text, "请带合同来") {
			t.Errorf("the phone shows %s", a.Text)
		}
	}
	if !slices.Equal(kinds, []string{"notice", "notice", "text"}) {
		t.Errorf("the phone shows %v", kinds)
	}
	run("没有要发的消息", "outbox", "list")
}
