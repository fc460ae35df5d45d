package wechat

import (
	"net/url"
	"strconv"
	"strings"
)

// query is what WeChat says in a push's URL.
type query struct {
	signature, timestamp, nonce string
	encryptType, msgSignature   string
	echo                        string
	at                          int64 // timestamp as seconds
}

// scanQuery reads the parameters that the gate acts on. A parameter given twice is
// refused rather than resolved: WeChat never does it, and somebody between us and
// WeChat could resolve it the other way.
func scanQuery(raw string) (query, error) {
	var q query
	var seen uint
	for raw != "" {
		var pair string
		pair, raw, _ = strings.Cut(raw, "&")
		name, value, _ := strings.Cut(pair, "=")
		name, err := url.QueryUnescape(name)
		if err != nil || strings.IndexByte(pair, ';') >= 0 {
			return query{}, errQuery
		}
		field, bit := q.parameter(name)
		if field == nil {
			continue
		}
		if *field, err = url.QueryUnescape(value); err != nil || seen&bit != 0 {
			return query{}, errQuery
		}
		seen |= bit
	}
	if !harmless(q.nonce, 128) {
		return query{}, errQuery
	}
	var ok bool
	if q.at, ok = seconds(q.timestamp); !ok {
		return query{}, errQuery
	}
	return q, nil
}

func (q *query) parameter(name string) (field *string, bit uint) {
	switch name {
	case "signature":
		return &q.signature, 1
	case "timestamp":
		return &q.timestamp, 2
	case "nonce":
		return &q.nonce, 4
	case "encrypt_type":
		return &q.encryptType, 8
	case "msg_signature":
		return &q.msgSignature, 16
	case "echostr":
		return &q.echo, 32
	}
	return nil, 0
}

// seconds reads a timestamp written the one way that WeChat writes it. The signature is
// over timestamp and nonce run together, so a sign or leading zeros would let the same
// signature stand for another time.
func seconds(timestamp string) (int64, bool) {
	for i := range len(timestamp) {
		if timestamp[i] < '0' || timestamp[i] > '9' {
			return 0, false
		}
	}
	if timestamp == "" || timestamp[0] == '0' {
		return 0, false
	}
	at, err := strconv.ParseInt(timestamp, 10, 64)
	return at, err == nil
}
