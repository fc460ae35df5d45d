package wechat

import (
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// window is how far a push's timestamp may be from our clock, either way: wide enough
// for WeChat's resends and a clock that drifts, narrow enough that a URL seen in some
// log is soon worth nothing.
const window = 10 * time.Minute

// Gate lets in what WeChat sends to one account and nothing else. It never changes
// after NewGate and is safe for concurrent use.
type Gate struct {
	account Account
	keys    []*aesKey
	now     func() time.Time
	random  io.Reader
}

// NewGate checks the account's fields, all at once, and makes its gate. The errors name
// the field that is wrong, never its value. random feeds Push only; nil is crypto/rand.
func NewGate(a Account, now func() time.Time, random io.Reader) (*Gate, error) {
	if random == nil {
		random = rand.Reader
	}
	g := &Gate{account: a, now: now, random: random}
	faults := checkAccount(a)
	for i, encoded := range a.AESKeys {
		key, err := newAESKey(encoded)
		if err != nil {
			faults = append(faults, fmt.Errorf("aes_keys[%d]: %w", i, err))
			continue
		}
		g.keys = append(g.keys, key)
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	return g, nil
}

func checkAccount(a Account) []error {
	var faults []error
	want := func(ok bool, fault string) {
		if !ok {
			faults = append(faults, errors.New(fault))
		}
	}
	want(a.Mode == Plain || a.Mode == Compat || a.Mode == Safe, "mode: want plain, compat or safe")
	want(harmless(a.OriginalID, 64), "original_id: want gh_ and letters or digits")
	want(harmless(a.AppID, 64) || a.AppID == "" && a.Mode == Plain, "app_id: want wx and letters or digits")
	want(printable(a.Token) && len(a.Token) >= 3 && len(a.Token) <= 64, "token: want 3 to 64 letters or digits")
	want(len(a.AESKeys) > 0 || a.Mode == Plain, "aes_keys: want at least one in compat and safe mode")
	return faults
}

// Verify answers WeChat's check of the URL (GET): it returns what to echo, nothing else.
func (g *Gate) Verify(rawQuery string) (echo string, err error) {
	q, err := scanQuery(rawQuery)
	if err != nil {
		return "", err
	}
	if !matches(q.signature, sign(g.account.Token, q.timestamp, q.nonce)) {
		return "", errSignature
	}
	if !g.timely(q.at) {
		return "", ErrStale
	}
	// WeChat's echostr is digits; whatever else is let through must not be able to
	// become markup in a browser that someone sends here.
	if !harmless(q.echo, 128) {
		return "", errEcho
	}
	return q.echo, nil
}

// Open checks a push (POST), decrypts and decodes it. Every error is an ErrForbidden or
// an ErrMalformed; but for a body longer than MaxBody, ErrMalformed comes only after a
// right signature. The Push keeps body in plain mode, so the caller must not write to it
// afterwards.
func (g *Gate) Open(rawQuery string, body []byte) (*Push, error) {
	q, err := scanQuery(rawQuery)
	if err != nil {
		return nil, err
	}
	sealed, err := g.admit(&q)
	if err != nil {
		return nil, err
	}
	if len(body) > MaxBody {
		return nil, errTooLong
	}
	push := &Push{Plain: body}
	if sealed {
		err = g.unseal(push, &q, body)
	}
	if err == nil {
		err = g.decode(push)
	}
	if err != nil {
		return nil, err
	}
	return push, nil
}

// admit decides by the query alone, and reports whether the body must be encrypted. The
// query of an encrypted push may come without the signature that does not cover the
// body; if it is there it must be right too.
func (g *Gate) admit(q *query) (sealed bool, err error) {
	switch q.encryptType {
	case "aes":
		sealed = true
	case "", "raw":
	default:
		return false, errQuery
	}
	if !(sealed && q.signature == "") && !matches(q.signature, sign(g.account.Token, q.timestamp, q.nonce)) {
		return false, errSignature
	}
	if !g.timely(q.at) {
		return false, ErrStale
	}
	if sealed && g.account.Mode == Plain {
		return false, errEncrypted
	}
	if !sealed && g.account.Mode == Safe {
		return false, ErrDowngrade
	}
	return sealed, nil
}

// unseal checks and decrypts the envelope in body. In compat mode the plain fields
// beside the ciphertext are ignored: nothing signs them.
func (g *Gate) unseal(push *Push, q *query, body []byte) error {
	e, err := readEnvelope(string(body))
	if err != nil {
		if q.signature == "" {
			return errSignature // nothing right has been seen yet
		}
		return err
	}
	if e.encrypt == "" {
		return ErrDowngrade
	}
	if !matches(q.msgSignature, sign(g.account.Token, q.timestamp, q.nonce, e.encrypt)) {
		return errSignature
	}
	if e.to != "" && !same(e.to, g.account.OriginalID) {
		return errForeign
	}
	push.Plain, push.key, err = g.decrypt(e.encrypt)
	push.nonce, push.jsonEnvelope = q.nonce, e.json
	return err
}

func (g *Gate) decode(push *Push) error {
	if err := push.Message.decode(string(push.Plain)); err != nil {
		return err
	}
	if !same(push.Message.To, g.account.OriginalID) {
		return errForeign
	}
	return nil
}

func (g *Gate) timely(seconds int64) bool {
	off := seconds - g.now().Unix()
	return off <= int64(window/time.Second) && off >= -int64(window/time.Second)
}

// same compares in constant time, for names that need not be secret but cost nothing to
// treat so.
func same(a, b string) bool {
	return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}

// harmless reports whether s is 1 to limit characters that mean nothing in XML, JSON or
// HTML.
func harmless(s string, limit int) bool {
	const others = "+/=_-"
	for i := range len(s) {
		c := s[i]
		if !alphanumeric(c) && strings.IndexByte(others, c) < 0 {
			return false
		}
	}
	return s != "" && len(s) <= limit
}

func printable(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

func alphanumeric(c byte) bool {
	return '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z'
}
