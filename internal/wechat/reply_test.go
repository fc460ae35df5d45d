package wechat

import (
	"encoding/json"
	"encoding/xml"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// readReply is a reply as WeChat may read it, in either format.
type readReply struct {
	ToUserName, FromUserName string
	CreateTime               int64
	MsgType                  string
	Content                  string
	ArticleCount             int
	Articles                 struct{ Item []readArticle }
	TransInfo                struct{ KfAccount string }
}

type readArticle struct{ Title, Description, PicUrl, Url string }

func (r *readReply) UnmarshalXML(d *xml.Decoder, start xml.StartElement) error {
	type plain readReply
	var out struct {
		plain
		Items []readArticle `xml:"Articles>item"`
	}
	err := d.DecodeElement(&out, &start)
	*r = readReply(out.plain)
	r.Articles.Item = out.Items
	return err
}

func (r *readReply) UnmarshalJSON(data []byte) error {
	type plain readReply
	var out struct {
		plain
		Articles []readArticle
	}
	err := json.Unmarshal(data, &out)
	*r = readReply(out.plain)
	r.Articles.Item = out.Articles
	return err
}

func TestEncodeReply(t *testing.T) {
	card := Card{Title: "入会指南", Description: "三步", PicURL: "https://example.com/a.jpg?x=1&y=2", URL: "https://example.com/"}
	message, event := Message{To: "gh_1", From: "o1", Type: "text"}, Message{To: "gh_1", From: "o1", Type: "event"}
	base := readReply{ToUserName: "o1", FromUserName: "gh_1", CreateTime: testNow.Unix()}
	as := func(fill func(*readReply)) *readReply {
		r := base
		fill(&r)
		return &r
	}
	tests := []struct {
		name  string
		reply Reply
		to    Message
		want  *readReply // nil: nothing to say
	}{
		{"text", Reply{Text: "您好\n<工会>&"}, message, as(func(r *readReply) { r.MsgType, r.Content = "text", "您好\n<工会>&" })},
		{"text to an event", Reply{Text: "您好"}, event, as(func(r *readReply) { r.MsgType, r.Content = "text", "您好" })},
		{"empty text", Reply{}, message, nil},
		{"white text", Reply{Text: " \r\n\t\u3000"}, message, nil},
		{"text of nothing that may be sent", Reply{Text: "\x00\xff\ufffe"}, message, nil},
		{"card", Reply{Kind: ReplyNews, Card: card}, message, as(func(r *readReply) {
			r.MsgType, r.ArticleCount = "news", 1
			r.Articles.Item = []readArticle{{"入会指南", "三步", "https://example.com/a.jpg?x=1&y=2", "https://example.com/"}}
		})},
		{"card without a title", Reply{Kind: ReplyNews, Card: Card{URL: "https://example.com/"}}, message, nil},
		{"transfer", Reply{Kind: ReplyTransfer, Text: "ignored"}, message, as(func(r *readReply) {
			r.MsgType = "transfer_customer_service"
		})},
		{"transfer to one", Reply{Kind: ReplyTransfer, KfAccount: "a@b"}, message, as(func(r *readReply) {
			r.MsgType, r.TransInfo.KfAccount = "transfer_customer_service", "a@b"
		})},
		{"transfer of an event", Reply{Kind: ReplyTransfer}, event, nil},
	}
	for _, test := range tests {
		for _, asJSON := range []bool{false, true} {
			test.to.JSON = asJSON
			doc := EncodeReply(test.reply, &test.to, testNow)
			if test.want == nil || doc == nil {
				if test.want != nil || doc != nil {
					t.Errorf("%s, JSON %t: %s, want %+v", test.name, asJSON, doc, test.want)
				}
				continue
			}
			var got readReply
			read := xml.Unmarshal
			if asJSON {
				read = json.Unmarshal
			}
			if err := read(doc, &got); err != nil {
				t.Errorf("%s, JSON %t: %v in %s", test.name, asJSON, err, doc)
			}
			if diff := cmp.Diff(*test.want, got); diff != "" {
				t.Errorf("%s, JSON %t: -want +got:\n%s", test.name, asJSON, diff)
			}
		}
	}
}

// oddPieces are what texts break on.
var oddPieces = []string{
	"工会", "hello", "12351", "]]>", "]]", ">", "<![CDATA[", "</Content>", "<xml>", "&", "&amp;", "&#0;", "<!--", "-->", "<?",
	"\x00", "\x01", "\x08", "\x0b", "\x0c", "\x0e", "\x1b", "\x1f", "\x7f", "\u0085", "\t", "\n", "\r", "\r\n",
	"\xff", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe5\xb7", "\ufffd", "\ufffe", "\uffff", "\ufdd0", "\U0001fffe",
	"😂", "👨‍👩‍👧", "\u200b", "\u202e", "\u2028", "\ufeff", "e\u0301", "{{", "${x}", `"`, "'", "\\", "\\u003c",
	TextLink("办事指南", "https://example.com/?a=1&b=\"2\""), ChoiceLink("入会 <要> 带\"什么\"", "join:1"),
	MiniProgramLink("我的", "wx1", "pages/a?b=1", "https://example.com/"), "<a ", "<a href=\"x\">", "</a>",
}

func oddText(random *rand.Rand) string {
	var b strings.Builder
	for range 1 + random.IntN(12) {
		piece := oddPieces[random.IntN(len(oddPieces))]
		b.WriteString(strings.Repeat(piece, 1+random.IntN(3)*random.IntN(60)))
	}
	return b.String()
}

// sendable is what of s XML 1.0 can carry, worked out the slow way.
func sendable(s string) string {
	var b strings.Builder
	for i, size := 0, 0; i < len(s); i += size {
		var r rune
		r, size = utf8.DecodeRuneInString(s[i:])
		invalid := r == utf8.RuneError && size == 1
		allowed := r == 0x9 || r == 0xA || r == 0xD || 0x20 <= r && r <= 0xD7FF ||
			0xE000 <= r && r <= 0xFFFD || 0x10000 <= r && r <= 0x10FFFF
		if !invalid && allowed {
			b.WriteRune(r)
		}
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(b.String())
}

// TestOddTexts: a reply with any text in any place is valid XML 1.0 and JSON, and is
// read back as the text, cut at MaxText.
func TestOddTexts(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 600 {
		text := oddText(random)
		m := Message{To: "gh_1", From: "o" + text, Type: "text", JSON: random.IntN(3) == 0}
		replies := []Reply{
			{Text: text},
			{Kind: ReplyNews, Card: Card{text, text, text, text}},
			{Kind: ReplyTransfer, KfAccount: text},
		}
		for _, reply := range replies {
			checkOddReply(t, text, EncodeReply(reply, &m, testNow), reply.Kind, m.JSON)
		}
	}
}

func checkOddReply(t *testing.T, text string, doc []byte, kind ReplyKind, asJSON bool) {
	t.Helper()
	want := sendable(text)
	if doc == nil {
		if strings.TrimSpace(want) != "" && kind != ReplyText {
			t.Fatalf("%s of %q is not sent", kind, text)
		}
		return
	}
	if sendable(string(doc)) != string(doc) {
		t.Fatalf("%s of %q has bytes that XML forbids: %q", kind, text, doc)
	}
	if asJSON && strings.Count(string(doc), `\u003c`) != strings.Count(string(doc), `\\u003c`) {
		t.Fatalf("%s of %q has < escaped: %s", kind, text, doc)
	}
	var got readReply
	read := xml.Unmarshal
	if asJSON {
		read = json.Unmarshal
	}
	if err := read(doc, &got); err != nil {
		t.Fatalf("%s of %q: %v in %s", kind, text, err, doc)
	}
	switch kind {
	case ReplyText:
		if !strings.HasPrefix(want, got.Content) || len(got.Content) > MaxText {
			t.Fatalf("text %q is read as %q", want, got.Content)
		}
		if len(want) <= MaxText && got.Content != want {
			t.Fatalf("text %q of %d bytes is cut to %q", want, len(want), got.Content)
		}
	case ReplyNews:
		article := readArticle{want, want, want, want}
		if len(got.Articles.Item) != 1 || got.Articles.Item[0] != article {
			t.Fatalf("card of %q is read as %+v", want, got)
		}
	case ReplyTransfer:
		if got.TransInfo.KfAccount != want {
			t.Fatalf("transfer to %q is read as %+v", want, got)
		}
	}
	if got.ToUserName != "o"+want || got.MsgType != kind.String() {
		t.Fatalf("%s to %q is read as %+v", kind, want, got)
	}
}
