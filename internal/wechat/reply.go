package wechat

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"
)

// MaxText is how many bytes of UTF-8, links and all, WeChat takes as one text.
const MaxText = 2048

// ReplyKind is a kind of answer to a push.
type ReplyKind int

// The kinds of answers.
const (
	ReplyText     ReplyKind = iota // Reply.Text
	ReplyNews                      // Reply.Card; WeChat takes one only
	ReplyTransfer                  // to customer service, to Reply.KfAccount or to anyone free
)

// Reply is what to answer to one push.
type Reply struct {
	Kind      ReplyKind
	Text      string // at most MaxText bytes; made of plain text and of what TextLink and its like return
	Card      Card
	KfAccount string // may be empty
}

// Card is the one article of a news reply.
type Card struct {
	Title       string
	Description string
	PicURL      string
	URL         string
}

// EncodeReply writes r as the answer to m, as it was said at at, in the format that m
// came in. It is nil when there is nothing to say, which Seal turns into `success`: a
// text or a card's title with nothing to see in it (WeChat would tell the user that the
// account is out of order), or a transfer in answer to an event (WeChat takes one only
// in answer to a message). Whatever the reply holds, the result is valid, and a text
// longer than MaxText is cut: whoever has more to say must divide it before.
func EncodeReply(r Reply, m *Message, at time.Time) []byte {
	r = r.cleaned()
	switch {
	case r.Kind == ReplyText && strings.TrimSpace(r.Text) == "",
		r.Kind == ReplyNews && strings.TrimSpace(r.Card.Title) == "",
		r.Kind == ReplyTransfer && m.IsEvent():
		return nil
	}
	if m.JSON {
		return r.json(m, at)
	}
	return r.xml(m, at)
}

func (r Reply) cleaned() Reply {
	r.Text = cut(clean(r.Text), MaxText)
	r.KfAccount = clean(r.KfAccount)
	r.Card = Card{clean(r.Card.Title), clean(r.Card.Description), clean(r.Card.PicURL), clean(r.Card.URL)}
	return r
}

// String is WeChat's name for the kind.
func (k ReplyKind) String() string {
	switch k {
	case ReplyNews:
		return "news"
	case ReplyTransfer:
		return "transfer_customer_service"
	default:
		return "text"
	}
}

func (r *Reply) xml(m *Message, at time.Time) []byte {
	c := &r.Card
	size := len(r.Text) + len(c.Title) + len(c.Description) + len(c.PicURL) + len(c.URL) + len(r.KfAccount)
	b := make([]byte, 0, size+512)
	b = append(b, "<xml>"...)
	b = appendField(b, "ToUserName", clean(m.From))
	b = appendField(b, "FromUserName", clean(m.To))
	b = appendSeconds(b, "CreateTime", at.Unix())
	b = appendField(b, "MsgType", r.Kind.String())
	switch r.Kind {
	case ReplyNews:
		b = append(b, "<ArticleCount>1</ArticleCount><Articles><item>"...)
		b = appendField(b, "Title", c.Title)
		b = appendField(b, "Description", c.Description)
		b = appendField(b, "PicUrl", c.PicURL)
		b = appendField(b, "Url", c.URL)
		b = append(b, "</item></Articles>"...)
	case ReplyTransfer:
		if r.KfAccount != "" {
			b = append(b, "<TransInfo>"...)
			b = appendField(b, "KfAccount", r.KfAccount)
			b = append(b, "</TransInfo>"...)
		}
	default:
		b = appendField(b, "Content", r.Text)
	}
	return append(b, "</xml>"...)
}

// jsonReply is a reply in JSON, which has the XML's names.
type jsonReply struct {
	ToUserName   string
	FromUserName string
	CreateTime   int64
	MsgType      string
	Content      string         `json:",omitempty"`
	ArticleCount int            `json:",omitempty"`
	Articles     []jsonArticle  `json:",omitempty"`
	TransInfo    *jsonTransInfo `json:",omitempty"`
}

type jsonArticle struct {
	Title, Description string
	PicURL             string `json:"PicUrl"`
	URL                string `json:"Url"`
}

type jsonTransInfo struct{ KfAccount string }

func (r *Reply) json(m *Message, at time.Time) []byte {
	out := jsonReply{
		ToUserName:   clean(m.From),
		FromUserName: clean(m.To),
		CreateTime:   at.Unix(),
		MsgType:      r.Kind.String(),
	}
	switch r.Kind {
	case ReplyNews:
		out.ArticleCount, out.Articles = 1, []jsonArticle{jsonArticle(r.Card)}
	case ReplyTransfer:
		if r.KfAccount != "" {
			out.TransInfo = &jsonTransInfo{r.KfAccount}
		}
	default:
		out.Content = r.Text
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false) // WeChat shows \u003c as it stands
	if err := e.Encode(out); err != nil {
		return nil // strings and numbers only: cannot happen
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
