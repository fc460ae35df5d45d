package wechat

import (
	"errors"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"
)

func readText(t *testing.T) []byte {
	t.Helper()
	doc, err := os.ReadFile("testdata/inbound/text.xml")
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// request is a push as it arrives, to be spoilt.
type request struct {
	values url.Values
	body   string
	raw    string // replaces values if set
}

func (r request) query() string {
	if r.raw != "" {
		return r.raw
	}
	return r.values.Encode()
}

// sent is the request that g's account gets for plain, from a WeChat whose clock is off.
func sent(t *testing.T, g *Gate, plain []byte, off time.Duration) request {
	t.Helper()
	sender := gateOf(t, g.account, g.now().Add(off))
	rawQuery, body, err := sender.Push(plain, testNonce, isJSON(string(plain)))
	if err != nil {
		t.Fatal(err)
	}
	values, err := url.ParseQuery(rawQuery)
	if err != nil {
		t.Fatal(err)
	}
	return request{values: values, body: string(body)}
}

// sign again, for a spoilt part that only the right signature lets through to be seen.
func (r request) signed(encrypted ...string) request {
	token, at, nonce := testAccount(Safe).Token, r.values.Get("timestamp"), r.values.Get("nonce")
	signature := sign(token, at, nonce)
	r.values.Set("signature", string(signature[:]))
	if len(encrypted) > 0 {
		signature = sign(token, at, nonce, encrypted[0])
		r.values.Set("msg_signature", string(signature[:]))
	}
	return r
}

// sealedBody is an envelope around encrypted, and r signed for it.
func (r request) sealedBody(encrypted string) request {
	r.body = string(appendField([]byte("<xml><ToUserName>gh_0123456789ab</ToUserName>"), "Encrypt", encrypted)) + "</xml>"
	return r.signed(encrypted)
}

func set(name, value string) func(request) request {
	return func(r request) request { r.values.Set(name, value); return r }
}

func drop(names ...string) func(request) request {
	return func(r request) request {
		for _, name := range names {
			r.values.Del(name)
		}
		return r
	}
}

func repeat(name string) func(request) request {
	return func(r request) request { r.values.Add(name, r.values.Get(name)); return r }
}

func TestOpenRefuses(t *testing.T) {
	text := readText(t)
	key, err := newAESKey(testKey)
	if err != nil {
		t.Fatal(err)
	}
	seal := func(plain, appID string) func(request) request {
		return func(r request) request { return r.sealedBody(key.seal([randomSize]byte{}, []byte(plain), appID)) }
	}
	const appID = "wx0123456789abcdef"
	plainTo := strings.ReplaceAll(string(text), "gh_0123456789ab", "gh_ffffffffffff")
	tests := []struct {
		name  string
		mode  Mode
		spoil func(request) request
		want  error
	}{
		{"plain: no query", Plain, func(r request) request { r.values = nil; return r }, errQuery},
		{"plain: no signature", Plain, drop("signature"), errSignature},
		{"plain: wrong signature", Plain, set("signature", strings.Repeat("0", 40)), errSignature},
		{"plain: uppercase signature", Plain, func(r request) request {
			return set("signature", strings.ToUpper(r.values.Get("signature")))(r)
		}, errSignature},
		{"plain: truncated signature", Plain, func(r request) request {
			return set("signature", r.values.Get("signature")[:39])(r)
		}, errSignature},
		{"plain: longer signature", Plain, func(r request) request {
			return set("signature", r.values.Get("signature")+"0")(r)
		}, errSignature},
		{"plain: another nonce", Plain, set("nonce", "1"), errSignature},
		{"plain: another timestamp", Plain, set("timestamp", "1790000001"), errSignature},
		{"plain: no nonce", Plain, drop("nonce"), errQuery},
		{"plain: nonce with markup", Plain, set("nonce", "<a>"), errQuery},
		{"plain: long nonce", Plain, set("nonce", strings.Repeat("1", 129)), errQuery},
		{"plain: no timestamp", Plain, drop("timestamp"), errQuery},
		{"plain: timestamp with zeros", Plain, set("timestamp", "01790000000"), errQuery},
		{"plain: timestamp with a sign", Plain, set("timestamp", "+1790000000"), errQuery},
		{"plain: timestamp too long", Plain, set("timestamp", strings.Repeat("9", 20)), errQuery},
		{"plain: signature twice", Plain, repeat("signature"), errQuery},
		{"plain: timestamp twice", Plain, repeat("timestamp"), errQuery},
		{"plain: nonce twice", Plain, repeat("nonce"), errQuery},
		{"plain: broken escape", Plain, func(r request) request { r.raw = r.values.Encode() + "&echostr=%zz"; return r }, errQuery},
		{"plain: broken escape in a name", Plain, func(r request) request { r.raw = r.values.Encode() + "&%z=1"; return r }, errQuery},
		{"plain: semicolon", Plain, func(r request) request { r.raw = r.values.Encode() + "&a=1;b=2"; return r }, errQuery},
		{"plain: encrypted", Plain, set("encrypt_type", "aes"), errEncrypted},
		{"plain: encrypted otherwise", Plain, set("encrypt_type", "AES"), errQuery},
		{"plain: body for another account", Plain, func(r request) request { r.body = plainTo; return r }, errForeign},
		{"plain: empty body", Plain, func(r request) request { r.body = ""; return r }, errXML},
		{"plain: body cut", Plain, func(r request) request { r.body = r.body[:len(r.body)/2]; return r }, errXML},
		{"plain: body too long", Plain, func(r request) request {
			r.body = strings.Replace(r.body, "老板", strings.Repeat("老板", MaxBody/6), 1)
			return r
		}, errTooLong},

		{"safe: downgraded by the query", Safe, drop("encrypt_type"), ErrDowngrade},
		{"safe: downgraded to raw", Safe, set("encrypt_type", "raw"), ErrDowngrade},
		{"safe: downgraded whole", Safe, func(r request) request {
			r.body = string(text)
			return drop("encrypt_type", "msg_signature")(r)
		}, ErrDowngrade},
		{"safe: plain body", Safe, func(r request) request { r.body = string(text); return r }, ErrDowngrade},
		{"safe: empty Encrypt", Safe, func(r request) request { return r.sealedBody("") }, ErrDowngrade},
		{"safe: no msg_signature", Safe, drop("msg_signature"), errSignature},
		{"safe: msg_signature twice", Safe, repeat("msg_signature"), errQuery},
		{"safe: encrypt_type twice", Safe, repeat("encrypt_type"), errQuery},
		{"safe: uppercase msg_signature", Safe, func(r request) request {
			return set("msg_signature", strings.ToUpper(r.values.Get("msg_signature")))(r)
		}, errSignature},
		{"safe: signature for msg_signature", Safe, func(r request) request {
			return set("msg_signature", r.values.Get("signature"))(r)
		}, errSignature},
		{"safe: wrong outer signature", Safe, set("signature", strings.Repeat("0", 40)), errSignature},
		{"safe: another body under the same query", Safe, func(r request) request {
			r.body = r.sealedBody(key.seal([randomSize]byte{1}, text, appID)).body
			return set("msg_signature", sent(t, newTestGate(t, Safe), text, 0).values.Get("msg_signature"))(r)
		}, errSignature},
		{"safe: outer addressee", Safe, func(r request) request {
			r.body = strings.Replace(r.body, "gh_0123456789ab", "gh_ffffffffffff", 1)
			return r
		}, errForeign},
		{"safe: inner addressee", Safe, seal(plainTo, appID), errForeign},
		{"safe: foreign AppID", Safe, seal(string(text), "wxffffffffffffffff"), errForeign},
		{"safe: AppID and more", Safe, seal(string(text), appID+"0"), errForeign},
		{"safe: no AppID", Safe, seal(string(text), ""), errCipher},
		{"safe: broken envelope", Safe, func(r request) request { r.body = r.body[:40]; return r }, errXML},
		{"safe: broken envelope, unsigned", Safe, func(r request) request {
			r.body = r.body[:40]
			return drop("signature")(r)
		}, errSignature},
		{"safe: two Encrypts", Safe, func(r request) request {
			r.body = strings.Replace(r.body, "</xml>", "<Encrypt>AAAA</Encrypt></xml>", 1)
			return r
		}, errRepeated},
		{"safe: broken JSON envelope", Safe, func(r request) request { r.body = `{"Encrypt":`; return r }, errJSON},
		{"safe: no base64", Safe, func(r request) request { return r.sealedBody("%%%%") }, errCipher},
		{"safe: no whole blocks", Safe, func(r request) request { return r.sealedBody("AAAAAAAAAAAAAAAAAAAAAA==") }, errCipher},
		{"safe: nothing inside", Safe, func(r request) request { return r.sealedBody(" ") }, errCipher},
		{"safe: random blocks", Safe, func(r request) request { return r.sealedBody(strings.Repeat("AAAA", 16)) }, errCipher},
		{"safe: XML broken inside", Safe, seal(string(text[:60]), appID), errXML},
		{"safe: nobody inside", Safe, seal("", appID), errXML},
		{"compat: wrong msg_signature", Compat, set("msg_signature", strings.Repeat("0", 40)), errSignature},
		{"compat: plain without signature", Compat, drop("signature", "encrypt_type"), errSignature},
	}
	for _, test := range tests {
		g := newTestGate(t, test.mode)
		r := test.spoil(sent(t, g, text, 0))
		push, err := g.Open(r.query(), []byte(r.body))
		if !errors.Is(err, test.want) || push != nil {
			t.Errorf("%s: %v, %v, want %v", test.name, push, err, test.want)
		}
		if errors.Is(err, ErrForbidden) == errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v is not one of ErrForbidden and ErrMalformed", test.name, err)
		}
	}
}
