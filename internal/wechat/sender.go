package wechat

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"
)

// Push makes a request as WeChat sends plain (a message in XML or, if asJSON, in JSON)
// to the account, now: signed, in compat and safe mode with the first key encrypted, in
// compat mode with the plain fields too.
func (g *Gate) Push(plain []byte, nonce string, asJSON bool) (rawQuery string, body []byte, err error) {
	timestamp := strconv.FormatInt(g.now().Unix(), 10)
	signature := sign(g.account.Token, timestamp, nonce)
	parameters := []string{"signature", string(signature[:]), "timestamp", timestamp, "nonce", nonce}
	var m Message
	if m.decode(string(plain)) == nil {
		parameters = append(parameters, "openid", m.From)
	}
	if g.account.Mode == Plain {
		return rawQueryOf(parameters), plain, nil
	}
	var random [randomSize]byte
	if _, err := io.ReadFull(g.random, random[:]); err != nil {
		return "", nil, fmt.Errorf("read random bytes: %w", err)
	}
	encrypted := g.keys[0].seal(random, plain, g.account.AppID)
	signature = sign(g.account.Token, timestamp, nonce, encrypted)
	parameters = append(parameters, "encrypt_type", "aes", "msg_signature", string(signature[:]))
	if body, err = g.wrap(plain, encrypted, asJSON); err != nil {
		return "", nil, err
	}
	return rawQueryOf(parameters), body, nil
}

// rawQueryOf joins names and values in the order given, as WeChat orders them.
func rawQueryOf(parameters []string) string {
	var b strings.Builder
	for i := 0; i < len(parameters); i += 2 {
		if i > 0 {
			b.WriteByte('&')
		}
		b.WriteString(parameters[i] + "=" + url.QueryEscape(parameters[i+1]))
	}
	return b.String()
}

// wrap makes the body of a push: beside the encrypted text stand all plain fields in
// compat mode, else the addressee alone.
func (g *Gate) wrap(plain []byte, encrypted string, asJSON bool) ([]byte, error) {
	var open, end, field []byte
	if asJSON {
		to, err := json.Marshal(g.account.OriginalID)
		if err != nil {
			return nil, err
		}
		open, end = []byte(`{"ToUserName":`+string(to)), []byte("}")
		field = []byte(`,"Encrypt":"` + encrypted + `"`)
	} else {
		open, end = appendField([]byte("<xml>"), "ToUserName", g.account.OriginalID), []byte("</xml>")
		field = appendField(nil, "Encrypt", encrypted)
	}
	if g.account.Mode == Compat {
		closing := bytes.LastIndex(plain, end[:1])
		if closing < 0 {
			return nil, errors.New("push to a compat account: no place for the encrypted field")
		}
		open, end = plain[:closing], plain[closing:]
	}
	return bytes.Join([][]byte{open, field, end}, nil), nil
}

// OpenReply reads the account's answer to a push as WeChat does: an envelope is checked
// and decrypted; a plain reply, `success` and an empty body come back as they are.
func (g *Gate) OpenReply(rawBody []byte) ([]byte, error) {
	body := bytes.TrimSpace(rawBody)
	if len(body) == 0 || body[0] != '<' && body[0] != '{' {
		return rawBody, nil
	}
	e, err := readEnvelope(string(body))
	if err != nil {
		return nil, err
	}
	if e.encrypt == "" {
		return rawBody, nil
	}
	if !matches(e.signature, sign(g.account.Token, e.timestamp, e.nonce, e.encrypt)) {
		return nil, errSignature
	}
	plain, _, err := g.decrypt(e.encrypt)
	return plain, err
}
