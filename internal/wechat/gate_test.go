package wechat

import (
	"bytes"
	"errors"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestWindow(t *testing.T) {
	text := readText(t)
	tests := []struct {
		off  time.Duration
		want error
	}{
		{0, nil}, {10 * time.Minute, nil}, {-10 * time.Minute, nil},
		{10*time.Minute + time.Second, ErrStale}, {-10*time.Minute - time.Second, ErrStale},
		{24 * time.Hour, ErrStale}, {-12 * 365 * 24 * time.Hour, ErrStale}, {200 * 365 * 24 * time.Hour, ErrStale},
	}
	for _, mode := range []Mode{Plain, Compat, Safe} {
		g := newTestGate(t, mode)
		for _, test := range tests {
			r := sent(t, g, text, test.off)
			if _, err := g.Open(r.query(), []byte(r.body)); !errors.Is(err, test.want) {
				t.Errorf("%s, off by %v: %v, want %v", mode, test.off, err, test.want)
			}
			if _, err := g.Verify(r.query() + "&echostr=1"); !errors.Is(err, test.want) {
				t.Errorf("verify in %s, off by %v: %v, want %v", mode, test.off, err, test.want)
			}
		}
	}
}

func TestVerify(t *testing.T) {
	const signed = "signature=f464b24fc39322e44b38aa78f5edd27bd1441696&timestamp=1714036504&nonce=1514711492"
	tests := []struct {
		name, query, echo string
		want              error
	}{
		{"WeChat's own (V1)", signed + "&echostr=4375120948345356249", "4375120948345356249", nil},
		{"letters", "echostr=aZ%2B%2F%3D_-9&" + signed, "aZ+/=_-9", nil},
		{"no echostr", signed, "", errEcho},
		{"markup", signed + "&echostr=%3Cscript%3E", "", errEcho},
		{"line end", signed + "&echostr=1%0A2", "", errEcho},
		{"too long", signed + "&echostr=" + strings.Repeat("1", 129), "", errEcho},
		{"echostr twice", signed + "&echostr=1&echostr=1", "", errQuery},
		{"wrong signature", strings.Replace(signed, "=f", "=0", 1) + "&echostr=1", "", errSignature},
		{"no query", "", "", errQuery},
	}
	a := testAccount(Safe)
	a.Token = "AAAAA"
	g := gateOf(t, a, time.Unix(1714036504, 0))
	for _, test := range tests {
		if echo, err := g.Verify(test.query); echo != test.echo || !errors.Is(err, test.want) {
			t.Errorf("%s: %q, %v, want %q, %v", test.name, echo, err, test.echo, test.want)
		}
	}
}

// TestModes: what WeChat may send to an account in a mode is read, in both formats, and
// answered as the mode says.
func TestModes(t *testing.T) {
	tests := []struct {
		account, sender Mode
		sealed          bool
	}{
		{Plain, Plain, false},
		{Compat, Compat, true},
		{Compat, Safe, true},
		{Compat, Plain, false},
		{Safe, Safe, true},
		{Safe, Compat, true},
	}
	for _, test := range tests {
		for _, format := range []string{".xml", ".json"} {
			t.Run(string(test.account)+" from "+string(test.sender)+format, func(t *testing.T) {
				plain, err := os.ReadFile("testdata/inbound/text" + format)
				if err != nil {
					t.Fatal(err)
				}
				r := sent(t, newTestGate(t, test.sender), plain, 0)
				g := newTestGate(t, test.account)
				push, err := g.Open(r.query(), []byte(r.body))
				if err != nil {
					t.Fatal(err)
				}
				if push.Message.ID != "24800000000000001" || !bytes.Equal(push.Plain, plain) {
					t.Errorf("read %+v from %s", push.Message, push.Plain)
				}
				checkAnswer(t, g, push, test.sealed, format == ".json")
			})
		}
	}
}

func checkAnswer(t *testing.T, g *Gate, push *Push, sealed, asJSON bool) {
	t.Helper()
	if got := string(g.Seal(push, nil)); got != "success" {
		t.Errorf("nothing to say is %q", got)
	}
	reply := push.Encode(Reply{Text: "好的"}, testNow)
	body := g.Seal(push, reply)
	if got := bytes.Contains(body, []byte("Encrypt")); got != sealed {
		t.Errorf("answer sealed: %t, want %t: %s", got, sealed, body)
	}
	if isJSON(string(body)) != asJSON || strings.Contains(push.ContentType(), "json") != asJSON {
		t.Errorf("answer is %s, %s, want JSON: %t", push.ContentType(), body, asJSON)
	}
	plain, err := g.OpenReply(body)
	if err != nil || !bytes.Equal(plain, reply) {
		t.Errorf("answer opens to %s, %v, want %s", plain, err, reply)
	}
	if !sealed {
		return
	}
	e, err := readEnvelope(string(body))
	if err != nil || e.nonce != testNonce || e.timestamp != strconv.FormatInt(testNow.Unix(), 10) {
		t.Errorf("envelope is %+v, %v", e, err)
	}
	spoilt := bytes.Replace(body, []byte(testNonce), []byte("1"), 1)
	if _, err := g.OpenReply(spoilt); !errors.Is(err, ErrForbidden) {
		t.Errorf("spoilt answer opens: %v", err)
	}
}

// TestOpenReplyPlain: what is no envelope comes back as it is.
func TestOpenReplyPlain(t *testing.T) {
	g := newTestGate(t, Safe)
	for _, body := range []string{"", "success", "<xml><Content>Encrypt</Content></xml>", `{"a":1}`, "not found"} {
		if got, err := g.OpenReply([]byte(body)); err != nil || string(got) != body {
			t.Errorf("%q opens to %q, %v", body, got, err)
		}
	}
	if _, err := g.OpenReply([]byte("<xml><Encrypt>")); !errors.Is(err, ErrMalformed) {
		t.Errorf("broken envelope: %v", err)
	}
}

// TestQuery: what the gate reads of a query is what net/url reads.
func TestQuery(t *testing.T) {
	raw := "a=b&&signature=%61b+c&&time%73tamp=17&=&nonce=1%2B2%3d&encrypt_type=a%65s&msg_signature=&echostr=x=y&openid=o&openid=p"
	got, err := scanQuery(raw)
	if err != nil {
		t.Fatal(err)
	}
	values, err := url.ParseQuery(raw)
	if err != nil {
		t.Fatal(err)
	}
	want := query{
		signature: values.Get("signature"), timestamp: values.Get("timestamp"), nonce: values.Get("nonce"),
		encryptType: values.Get("encrypt_type"), msgSignature: values.Get("msg_signature"), echo: values.Get("echostr"), at: 17,
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(query{})); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
