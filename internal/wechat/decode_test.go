package wechat

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite testdata/inbound/*.golden")

// TestInbound decodes every kind of push. An XML file and a JSON file of one name are
// the same push in both formats and must read alike; the golden file holds the fields
// that are not empty and the key.
func TestInbound(t *testing.T) {
	files, err := filepath.Glob("testdata/inbound/*.*ml")
	if err != nil || len(files) < 30 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	twins, _ := filepath.Glob("testdata/inbound/*.json")
	for _, file := range append(files, twins...) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			m := decodeFile(t, file)
			if want := strings.HasSuffix(file, ".json"); m.JSON != want {
				t.Errorf("JSON is %t, want %t", m.JSON, want)
			}
			golden := strings.TrimSuffix(file, filepath.Ext(file)) + ".golden"
			got := goldenOf(t, m)
			if *update && !m.JSON {
				if err := os.WriteFile(golden, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func decodeFile(t *testing.T, file string) *Message {
	t.Helper()
	doc, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var m Message
	if err := m.decode(string(doc)); err != nil {
		t.Fatal(err)
	}
	return &m
}

func goldenOf(t *testing.T, m *Message) []byte {
	t.Helper()
	fields := map[string]any{"(Key)": m.Key()}
	v := reflect.ValueOf(*m)
	for i := range v.NumField() {
		if name := v.Type().Field(i).Name; name != "JSON" && !v.Field(i).IsZero() {
			fields[name] = v.Field(i).Interface()
		}
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(fields); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestDecodeRefuses holds what must not be read, each with why.
func TestDecodeRefuses(t *testing.T) {
	const head = "<xml><ToUserName>gh</ToUserName><FromUserName>o</FromUserName>"
	tests := []struct {
		name, doc string
		want      error
	}{
		{"empty", "", errXML},
		{"no root", "  \n", errXML},
		{"text only", "success", errXML},
		{"not closed", head, errXML},
		{"cut in a tag", head + "<MsgType", errXML},
		{"cut before a tag", head + "<", errXML},
		{"cut in CDATA", head + "<MsgType><![CDATA[text]]", errXML},
		{"cut in a comment", head + "<!-- ", errXML},
		{"wrong end", head + "<MsgType>text</MsgTyp></xml>", errXML},
		{"longer end", head + "<Msg>text</MsgType></xml>", errXML},
		{"two roots", head + "</xml><xml></xml>", errXML},
		{"text after", head + "</xml>more", errXML},
		{"end after", head + "</xml></xml>", errXML},
		{"text before", "more" + head + "</xml>", errXML},
		{"CDATA before", "<![CDATA[ ]]>" + head + "</xml>", errXML},
		{"doctype", "<!DOCTYPE xml [<!ENTITY a 'b'>]>" + head + "</xml>", errXML},
		{"doctype within", head + "<!DOCTYPE xml></xml>", errXML},
		{"unknown entity", head + "<Content>&nbsp;</Content></xml>", errXML},
		{"open entity", head + "<Content>&amp</Content></xml>", errXML},
		{"entity of nothing", head + "<Content>&#;</Content></xml>", errXML},
		{"entity of a control character", head + "<Content>&#8;</Content></xml>", errXML},
		{"entity of half a pair", head + "<Content>&#xD83D;</Content></xml>", errXML},
		{"entity out of Unicode", head + "<Content>&#x110000;</Content></xml>", errXML},
		{"entity with a sign", head + "<Content>&#+65;</Content></xml>", errXML},
		{"control character", head + "<Content><![CDATA[a\x0bb]]></Content></xml>", errXML},
		{"not UTF-8", head + "<Content><![CDATA[\xc4\xe3]]></Content></xml>", errXML},
		{"not a character", head + "<Content>\ufffe</Content></xml>", errXML},
		{"CDATA end in text", head + "<Content>a]]>b</Content></xml>", errXML},
		{"prefix", head + "<a:Content>x</a:Content></xml>", errXML},
		{"attribute without quotes", head + "<Content a=b>x</Content></xml>", errXML},
		{"attribute without value", head + "<Content a>x</Content></xml>", errXML},
		{"attribute without name", head + `<Content ="b">x</Content></xml>`, errXML},
		{"attribute holding a tag", head + `<Content a="<b>">x</Content></xml>`, errXML},
		{"nameless instruction", head + "<? x ?></xml>", errXML},
		{"comment in a comment", head + "<!-- a -- b --></xml>", errXML},
		{"too deep", head + strings.Repeat("<a>", maxDepth) + strings.Repeat("</a>", maxDepth) + "</xml>", errXML},
		{"field twice", head + "<MsgType>text</MsgType><Content>a</Content><MsgType>event</MsgType></xml>", errRepeated},
		{"no sender", "<xml><ToUserName>gh</ToUserName><MsgType>text</MsgType></xml>", errSender},
		{"CreateTime no number", head + "<CreateTime>now</CreateTime></xml>", errTime},
		{"JSON cut", `{"ToUserName":"gh","FromUserName":"o"`, errJSON},
		{"JSON and more", `{"FromUserName":"o"}{}`, errJSON},
		{"JSON no sender", `{"ToUserName":"gh"}`, errSender},
		{"JSON sender no text", `{"ToUserName":"gh","FromUserName":{"a":1}}`, errSender},
		{"JSON CreateTime no number", `{"FromUserName":"o","CreateTime":"now"}`, errTime},
		{"JSON array", `[{"FromUserName":"o"}]`, errXML},
	}
	for _, test := range tests {
		var m Message
		err := m.decode(test.doc)
		if !errors.Is(err, test.want) || !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v, want %v", test.name, err, test.want)
		}
	}
}

// TestDecodeTakes holds what must be read though WeChat does not send it so.
func TestDecodeTakes(t *testing.T) {
	tests := []struct {
		name, doc, content string
	}{
		{"byte order mark", "\ufeff<xml><FromUserName>o</FromUserName><Content>a</Content></xml>", "a"},
		{"byte order mark, JSON", "\ufeff {\"FromUserName\":\"o\",\"Content\":\"a\"}", "a"},
		{"line ends", "<xml><FromUserName>o</FromUserName><Content>a\r\nb\r<![CDATA[\r\n]]>c&#13;</Content></xml>", "a\nb\n\nc\r"},
		{"divided CDATA", "<xml><FromUserName>o</FromUserName><Content><![CDATA[a]]]]><![CDATA[>b]]></Content></xml>", "a]]>b"},
		{"empty element", "<xml><FromUserName>o</FromUserName><Content/><Content>a</Content></xml>", "a"},
		{"element in text", "<xml><FromUserName>o</FromUserName><Content>a<Content>x</Content>b</Content></xml>", "ab"},
		{"comment after the end", "<xml><FromUserName>o</FromUserName></xml>\n<!-- a -->\n", ""},
		{"JSON field of another type", `{"FromUserName":"o","Content":["a"],"ScanCodeInfo":"none","List":7}`, ""},
	}
	for _, test := range tests {
		var m Message
		if err := m.decode(test.doc); err != nil || m.From != "o" || m.Content != test.content {
			t.Errorf("%s: %q, %q, %v, want %q", test.name, m.From, m.Content, err, test.content)
		}
	}
}

// TestKey: pushes that differ have different keys, as long as they need and no longer.
func TestKey(t *testing.T) {
	pushes := []Message{
		{Type: "text", ID: "1", CreateTime: 5, Content: "a"},
		{Type: "text", ID: "2", CreateTime: 5, Content: "a"},
		{Type: "text", CreateTime: 5, Content: "a"},
		{Type: "text", CreateTime: 5, Content: "b"},
		{Type: "event", Event: "CLICK", EventKey: "a", CreateTime: 5},
		{Type: "event", Event: "CLICK", EventKey: "b", CreateTime: 5},
		{Type: "event", Event: "CLICK", EventKey: "a", CreateTime: 6},
		{Type: "event", Event: "VIEW", EventKey: "a", CreateTime: 5},
		{Type: "event", Event: "VIEW", EventKey: strings.Repeat("a", 1024), CreateTime: 5},
		{Type: "event", Event: "VIEW", EventKey: strings.Repeat("a", 1023) + "b", CreateTime: 5},
		{Type: "event", Event: "TEMPLATESENDJOBFINISH", ID: "1", CreateTime: 5},
		{Type: "event", Event: "TEMPLATESENDJOBFINISH", ID: "2", CreateTime: 5},
		{Type: "event", Event: "subscribe_msg_sent_event", CreateTime: 5, Subscribed: []Subscription{{MsgID: "1"}}},
		{Type: "event", Event: "subscribe_msg_sent_event", CreateTime: 5, Subscribed: []Subscription{{MsgID: "2"}}},
	}
	seen := map[string]int{}
	for i := range pushes {
		key := pushes[i].Key()
		if other, taken := seen[key]; taken || len(key) > 128 {
			t.Errorf("push %d has key %q, %d bytes, push %d's: %t", i, key, len(key), other, taken)
		}
		seen[key] = i
	}
	resend := pushes[0]
	resend.CreateTime = 9
	if resend.Key() != pushes[0].Key() {
		t.Errorf("a message's key %q depends on more than its id", resend.Key())
	}
}
