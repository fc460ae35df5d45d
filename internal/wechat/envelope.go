package wechat

import (
	"encoding/json"
	"strconv"
	"strings"
)

// envelope is what WeChat puts around encrypted text: to, encrypt in a push; encrypt,
// signature, timestamp, nonce in a reply.
type envelope struct {
	to        string
	encrypt   string
	signature string
	timestamp string
	nonce     string
	json      bool
}

// readEnvelope reads the outer fields of body. encrypt is empty if body is no envelope.
func readEnvelope(body string) (envelope, error) {
	e := envelope{json: isJSON(body)}
	if e.json {
		var object map[string]json.RawMessage
		if err := json.Unmarshal([]byte(strings.TrimPrefix(body, byteOrderMark)), &object); err != nil {
			return envelope{}, errJSON
		}
		for name, value := range object {
			if field := e.field(name); field != nil {
				*field = scalar(value)
			}
		}
		return e, nil
	}
	s := newXMLScanner(body)
	for s.next() {
		if s.depth != 1 {
			continue
		}
		if field := e.field(s.names[1]); field != nil {
			if *field != "" {
				return envelope{}, errRepeated
			}
			*field = s.texts[1]
		}
	}
	return e, s.err
}

func (e *envelope) field(name string) *string {
	switch name {
	case "ToUserName":
		return &e.to
	case "Encrypt":
		return &e.encrypt
	case "MsgSignature":
		return &e.signature
	case "TimeStamp":
		return &e.timestamp
	case "Nonce":
		return &e.nonce
	}
	return nil
}

// bytes writes a reply's envelope. No field can hold anything that XML or JSON would
// have to escape.
func (e *envelope) bytes() []byte {
	b := make([]byte, 0, len(e.encrypt)+len(e.nonce)+256)
	if e.json {
		b = append(b, `{"Encrypt":"`...)
		b = append(b, e.encrypt...)
		b = append(b, `","MsgSignature":"`...)
		b = append(b, e.signature...)
		b = append(b, `","TimeStamp":`...)
		b = append(b, e.timestamp...)
		b = append(b, `,"Nonce":"`...)
		b = append(b, e.nonce...)
		return append(b, `"}`...)
	}
	b = append(b, "<xml>"...)
	b = appendField(b, "Encrypt", e.encrypt)
	b = appendField(b, "MsgSignature", e.signature)
	b = append(b, "<TimeStamp>"...)
	b = append(b, e.timestamp...)
	b = append(b, "</TimeStamp>"...)
	b = appendField(b, "Nonce", e.nonce)
	return append(b, "</xml>"...)
}

// appendField writes an element that holds text, which must be clean, as CDATA.
func appendField(b []byte, name, text string) []byte {
	b = append(b, '<')
	b = append(b, name...)
	b = append(b, "><![CDATA["...)
	for {
		// ]]> would end the CDATA, so it is divided between two.
		before, after, found := strings.Cut(text, "]]>")
		b = append(b, before...)
		if !found {
			break
		}
		b = append(b, "]]]]><![CDATA[>"...)
		text = after
	}
	b = append(b, "]]></"...)
	b = append(b, name...)
	return append(b, '>')
}

func appendSeconds(b []byte, name string, at int64) []byte {
	b = append(b, '<')
	b = append(b, name...)
	b = append(b, '>')
	b = strconv.AppendInt(b, at, 10)
	b = append(b, "</"...)
	b = append(b, name...)
	return append(b, '>')
}
