package simulator

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"zhugong/internal/wechat"
)

// outOfOrder is what WeChat itself tells the user when an account does not answer, or not as it should.
const outOfOrder = "该公众号提供的服务出现故障，请稍后再试"

const unreadable = "回复不是 XML，或者 XML、密文写坏了"

// shown is what appears on the phone.
type shown struct {
	Kind  string `json:"kind"` // text, card, media, transfer, none, broken
	Parts []part `json:"parts,omitempty"`
	Card  *card  `json:"card,omitempty"`
	Text  string `json:"text,omitempty"`  // media: what kind; broken: what WeChat says
	Fault string `json:"fault,omitempty"` // broken: why
}

type card struct {
	Title       string `json:"title"`
	Description string `json:"description"`
	URL         string `json:"url,omitempty"`
}

// replyXML is a reply as WeChat reads it.
type replyXML struct {
	XMLName      xml.Name `xml:"xml"`
	ToUserName   string
	FromUserName string
	CreateTime   string
	MsgType      string
	Content      string
	Articles     []struct {
		Title       string
		Description string
		URL         string `xml:"Url"`
	} `xml:"Articles>item"`
}

var media = map[string]string{"image": "图片", "voice": "语音", "video": "视频", "music": "音乐"}

// read looks at the reply of one try as WeChat does. It leaves what was decrypted in t.
func (s *simulator) read(t *try, openID string, m message) shown {
	if t.code != 200 {
		return broken("状态码是 " + strconv.Itoa(t.code) + "，不是 200")
	}
	if t.Reply == "" || t.Reply == "success" {
		t.Opened = t.Reply
		return shown{Kind: "none"}
	}
	opened, err := s.gate.OpenReply([]byte(t.Reply))
	if errors.Is(err, wechat.ErrForbidden) {
		return broken("回复的签名或 AppID 不对")
	}
	if err != nil {
		return broken(unreadable)
	}
	t.Opened = fieldLines(opened)
	if s.Account.Mode == wechat.Safe && string(opened) == t.Reply {
		return broken("安全模式下回复没有加密")
	}
	reply, err := parse(opened)
	if err != nil {
		return broken(unreadable)
	}
	if fault := s.fault(reply, openID, m); fault != "" {
		return broken(fault)
	}
	return show(reply)
}

// broken is what the user sees of a reply that WeChat does not take.
func broken(fault string) shown { return shown{Kind: "broken", Text: outOfOrder, Fault: fault} }

func parse(opened []byte) (*replyXML, error) {
	decoder := xml.NewDecoder(bytes.NewReader(opened))
	var reply replyXML
	if err := decoder.Decode(&reply); err != nil {
		return nil, err
	}
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return &reply, nil
		}
		if space, ok := token.(xml.CharData); err != nil || !ok || len(bytes.TrimSpace(space)) > 0 {
			return nil, errors.New("more than one element")
		}
	}
}

// fault says what WeChat does not take about a reply that can be read, "" if nothing.
func (s *simulator) fault(reply *replyXML, openID string, m message) string {
	_, err := strconv.ParseInt(reply.CreateTime, 10, 64)
	switch {
	case reply.ToUserName != openID:
		return "ToUserName 不是这位用户"
	case reply.FromUserName != s.Account.OriginalID:
		return "FromUserName 不是这个公众号"
	case err != nil:
		return "CreateTime 不是整数"
	case reply.MsgType == "text" && strings.TrimSpace(reply.Content) == "":
		return "文字回复是空的"
	case reply.MsgType == "text" && len(reply.Content) > wechat.MaxText:
		return "文字超过 " + strconv.Itoa(wechat.MaxText) + " 字节，有 " + strconv.Itoa(len(reply.Content)) + " 字节"
	case reply.MsgType == "news" && len(reply.Articles) == 0:
		return "图文回复里没有图文"
	case reply.MsgType == "transfer_customer_service" && m.event:
		return "事件不能转给人工客服，只有用户发的消息能转"
	}
	return ""
}

func show(reply *replyXML) shown {
	switch reply.MsgType {
	case "text":
		return shown{Kind: "text", Parts: split(reply.Content)}
	case "news":
		first := reply.Articles[0] // WeChat shows no more
		c := &card{Title: first.Title, Description: first.Description}
		if isWebAddress(first.URL) {
			c.URL = first.URL
		}
		return shown{Kind: "card", Card: c}
	case "transfer_customer_service":
		return shown{Kind: "transfer"}
	}
	if name, ok := media[reply.MsgType]; ok {
		return shown{Kind: "media", Text: name}
	}
	return broken("没有这种回复：MsgType 不认识")
}

// fieldLines puts each field of a reply on its own line, for reading. What is no XML stays as it is.
func fieldLines(document []byte) string {
	decoder := xml.NewDecoder(bytes.NewReader(document))
	var b strings.Builder
	written, depth := int64(0), 0
	for {
		before := decoder.InputOffset()
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			b.Write(document[written:])
			return b.String()
		}
		if err != nil {
			return string(document)
		}
		_, opens := token.(xml.StartElement)
		_, closes := token.(xml.EndElement)
		if opens {
			depth++
		}
		if closes {
			depth--
		}
		if int(before) < len(document) && (opens && depth == 2 || closes && depth == 0) {
			b.Write(bytes.TrimRight(document[written:before], "\n"))
			b.WriteByte('\n')
			written = before
		}
	}
}
