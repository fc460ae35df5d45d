package wechat

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/silenceper/wechat/v2/officialaccount/config"
	"github.com/silenceper/wechat/v2/officialaccount/context"
	"github.com/silenceper/wechat/v2/officialaccount/message"
	"github.com/silenceper/wechat/v2/officialaccount/server"
	"github.com/silenceper/wechat/v2/util"
	"github.com/sirupsen/logrus"
)

// The SDK logs refused pushes and, at its debug level, messages.
func TestMain(m *testing.M) {
	logrus.SetOutput(io.Discard)
	logrus.SetLevel(logrus.PanicLevel)
	os.Exit(m.Run())
}

// theirs is what silenceper's server made of a push.
type theirs struct {
	message *message.MixMessage
	body    string
	err     error
}

// recorder is the least http.ResponseWriter.
type recorder struct {
	bytes.Buffer
	header http.Header
}

func (r *recorder) Header() http.Header { return r.header }
func (r *recorder) WriteHeader(int)     {}

// silenceper gives a push to the SDK's server, which answers it with reply.
func silenceper(a Account, rawQuery string, body []byte, reply string) (got theirs) {
	settings := &config.Config{AppID: a.AppID, Token: a.Token}
	if len(a.AESKeys) > 0 {
		settings.EncodingAESKey = a.AESKeys[0]
	}
	w := &recorder{header: http.Header{}}
	s := server.NewServer(&context.Context{Config: settings})
	s.Writer = w
	s.Request = &http.Request{
		Method: http.MethodPost, URL: &url.URL{Path: "/wechat/union", RawQuery: rawQuery},
		Header: http.Header{"Content-Type": {"text/xml"}}, Body: io.NopCloser(bytes.NewReader(body)),
	}
	if isJSON(string(body)) {
		s.Request.Header.Set("Content-Type", "application/json")
	}
	s.SetMessageHandler(func(m *message.MixMessage) *message.Reply {
		got.message = m
		if reply == "" {
			return nil
		}
		return &message.Reply{MsgType: message.MsgTypeText, MsgData: message.NewText(reply)}
	})
	if got.err = s.Serve(); got.err == nil {
		got.err = s.Send()
	}
	got.body = w.String()
	return got
}

// corpus is every kind of push, and texts of all sorts.
func corpus(t *testing.T) map[string][]byte {
	t.Helper()
	docs := map[string][]byte{}
	for _, pattern := range []string{"testdata/inbound/*.xml", "testdata/inbound/*.json"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if docs[filepath.Base(file)], err = os.ReadFile(file); err != nil {
				t.Fatal(err)
			}
		}
	}
	random := rand.New(rand.NewPCG(7, 8))
	m := Message{To: "oZhuGongTest0000000000000001", From: "gh_0123456789ab"}
	for i := range 100 {
		text := oddText(random)
		doc := EncodeReply(Reply{Text: "a" + text}, &m, testNow) // a reply reads as a push the other way round
		if i%4 == 0 {
			doc = []byte(strings.Replace(string(doc), "<![CDATA[a", "<![CDATA[a"+text, 1)) // as it is
		}
		docs[fmt.Sprintf("odd text %d", i)] = doc
	}
	return docs
}

// TestAgainstSilenceper: the SDK's server takes what we take and sees the same fields,
// but for its known faults; each side reads the other's encrypted answer.
func TestAgainstSilenceper(t *testing.T) {
	pushes, taken := 0, 0
	for name, doc := range corpus(t) {
		for _, mode := range []Mode{Plain, Compat, Safe} {
			g := newTestGate(t, mode)
			rawQuery, body, err := g.Push(doc, testNonce, isJSON(string(doc)))
			if err != nil {
				t.Fatal(err)
			}
			pushes++
			push, err := g.Open(rawQuery, body)
			their := silenceper(g.account, rawQuery, body, "好的")
			fault := faults[name]
			if (err != nil) != (their.err != nil) && !fault.refuses {
				t.Errorf("%s, %s: we say %v, they say %v", name, mode, err, their.err)
			}
			if err != nil || their.err != nil {
				if fault.refuses && (err != nil || their.err == nil) {
					t.Errorf("%s, %s: we say %v, they say %v", name, mode, err, their.err)
				}
				continue
			}
			taken++
			got, want := fieldsOf(&push.Message), fieldsOf(ours(their.message))
			if fault.fields != "" {
				if got[fault.fields] == want[fault.fields] {
					t.Errorf("%s, %s: the SDK reads %s now", name, mode, fault.fields)
				}
				delete(got, fault.fields)
				delete(want, fault.fields)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s, %s: -silenceper +ours:\n%s", name, mode, diff)
			}
			checkAnswers(t, g, push, their.body, isJSON(string(doc)))
		}
	}
	if pushes < 300 || taken < 250 {
		t.Errorf("%d pushes, %d taken by both", pushes, taken)
	}
}

// checkAnswers opens the SDK's answer with ours and our answer with the SDK's primitives.
// The SDK answers a JSON push in XML.
func checkAnswers(t *testing.T, g *Gate, push *Push, theirBody string, asJSON bool) {
	t.Helper()
	plain, err := g.OpenReply([]byte(theirBody))
	if err != nil || !strings.Contains(string(plain), "<![CDATA[好的]]>") {
		t.Errorf("their answer %q opens to %q, %v", theirBody, plain, err)
	}
	reply := push.Encode(Reply{Text: "好的"}, testNow)
	body := g.Seal(push, reply)
	if g.account.Mode == Plain {
		return
	}
	e, err := readEnvelope(string(body))
	if err != nil || e.json != asJSON {
		t.Fatalf("our envelope is %+v, %v", e, err)
	}
	if want := util.Signature(g.account.Token, e.timestamp, e.nonce, e.encrypt); e.signature != want {
		t.Errorf("our signature is %s, theirs %s", e.signature, want)
	}
	_, opened, err := util.DecryptMsg(g.account.AppID, e.encrypt, g.account.AESKeys[0])
	if err != nil || !bytes.Equal(opened, reply) {
		t.Errorf("they open our answer to %q, %v, want %q", opened, err, reply)
	}
}

// TestSilenceperRefuses: what the SDK refuses we refuse; where it lets in what the
// reference says must not come in, the case says so.
func TestSilenceperRefuses(t *testing.T) {
	text := readText(t)
	encrypted := base64.StdEncoding.EncodeToString(make([]byte, 64))
	tests := []struct {
		name  string
		mode  Mode
		spoil func(request) request
		fault bool // they take it
	}{
		{"wrong signature", Plain, set("signature", strings.Repeat("0", 40)), false},
		{"uppercase signature", Plain, func(r request) request {
			return set("signature", strings.ToUpper(r.values.Get("signature")))(r)
		}, false},
		{"no signature", Plain, drop("signature"), false},
		{"another nonce", Plain, set("nonce", "1"), false},
		{"body cut", Plain, func(r request) request { r.body = r.body[:80]; return r }, false},
		{"no body", Plain, func(r request) request { r.body = ""; return r }, false},
		{"encrypt_type of plain", Plain, set("encrypt_type", "aes"), false},
		{"stale", Plain, func(request) request { return sent(t, newTestGate(t, Plain), text, -time.Hour) }, true},
		{"addressee", Plain, func(r request) request {
			r.body = strings.ReplaceAll(r.body, "gh_0123456789ab", "gh_ffffffffffff")
			return r
		}, true},
		{"signature twice", Plain, repeat("signature"), true},
		{"wrong msg_signature", Safe, set("msg_signature", strings.Repeat("0", 40)), false},
		{"no msg_signature", Safe, drop("msg_signature"), false},
		{"body cut in safe mode", Safe, func(r request) request { r.body = r.body[:80]; return r }, false},
		{"no ciphertext", Safe, func(r request) request { return r.sealedBody(encrypted) }, false},
		{"no base64", Safe, func(r request) request { return r.sealedBody("%%") }, false},
		{"downgrade", Safe, func(r request) request {
			r.body = string(text)
			return drop("encrypt_type", "msg_signature")(r)
		}, true},
		{"encrypted for another AppID", Safe, func(r request) request {
			a := testAccount(Safe)
			a.AppID = "wxffffffffffffffff"
			return sent(t, gateOf(t, a, testNow), text, 0)
		}, false},
	}
	for _, test := range tests {
		g := newTestGate(t, test.mode)
		r := test.spoil(sent(t, g, text, 0))
		_, err := g.Open(r.query(), []byte(r.body))
		if !errors.Is(err, ErrForbidden) && !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: we say %v", test.name, err)
		}
		if their := silenceper(g.account, r.query(), []byte(r.body), "好的"); (their.err == nil) != test.fault {
			t.Errorf("%s: they say %v, a fault of theirs: %t", test.name, their.err, test.fault)
		}
	}
}
