package wechat

import (
	"encoding/xml"
	"math/rand/v2"
	"strings"
	"testing"
)

// TestAgreesWithEncodingXML builds documents from the pieces that XML parsers get wrong
// and compares as FuzzMessageXML does, which finds its way to such documents slowly.
func TestAgreesWithEncodingXML(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	both := 0
	for range 20_000 {
		doc := randomPush(random)
		var m Message
		var oracle oracleMessage
		if m.decode(doc) != nil || xml.Unmarshal([]byte(doc), &oracle) != nil {
			continue
		}
		both++
		if diff := differ(&oracle, &m); diff != "" {
			t.Fatalf("%q: -encoding/xml +scanner:\n%s", doc, diff)
		}
	}
	if both < 8_000 {
		t.Errorf("only %d documents were taken by both", both)
	}
}

func randomPush(random *rand.Rand) string {
	pick := func(from []string) string { return from[random.IntN(len(from))] }
	var b strings.Builder
	b.WriteString(pick(documentHeads) + "<xml><FromUserName>o</FromUserName>")
	for range random.IntN(5) {
		writeElement(&b, random, 1)
	}
	b.WriteString("</xml>" + pick(documentTails))
	return b.String()
}

func writeElement(b *strings.Builder, random *rand.Rand, depth int) {
	pick := func(from []string) string { return from[random.IntN(len(from))] }
	name := pick(fieldNames)
	b.WriteString("<" + name + pick(attributes))
	if random.IntN(12) == 0 {
		b.WriteString("/>")
		return
	}
	b.WriteString(">")
	for range random.IntN(4) {
		if depth < 5 && random.IntN(3) == 0 {
			writeElement(b, random, depth+1)
		} else {
			b.WriteString(pick(textPieces))
		}
	}
	b.WriteString("</" + name + pick([]string{"", "", "", " ", "\n"}) + ">")
}

var (
	documentHeads = []string{"", "", "", "\n", "<?xml version=\"1.0\"?>\n", "<!-- a -->", "\ufeff"}
	documentTails = []string{"", "", "\n", "<!-- a -->", "<?a b?>"}
	attributes    = []string{"", "", "", "", " ", " a=\"b\"", " a='>'", "\na = \"/>\" b:c='&amp;'", " xmlns=\"x\""}
	fieldNames    = []string{
		"ToUserName", "MsgType", "Content", "CreateTime", "MsgId", "MsgID", "Event", "EventKey", "bizmsgmenuid",
		"ScanCodeInfo", "ScanType", "ScanResult", "SendPicsInfo", "Count", "PicList", "item", "PicMd5Sum",
		"SendLocationInfo", "Location_X", "Poiname", "SubscribeMsgPopupEvent", "SubscribeMsgChangeEvent",
		"SubscribeMsgSentEvent", "List", "TemplateId", "ErrorCode", "content", "unknown", "xml", "_a-b.c",
	}
	textPieces = []string{
		"a", "1", " ", "\n", "\r\n", "\r", "\t", "工会", "😂", "\u00a0", "\u0085", "\ufffd", "]", "]]", ">", "]]>", "'\"",
		"&amp;", "&lt;", "&#13;", "&#x41;", "&#65;", "&#x1F602;", "&#xD800;", "&#0;", "&nbsp;", "&amp", "&",
		"<![CDATA[]]>", "<![CDATA[a]]>", "<![CDATA[<b>&amp;\r\n]]>", "<![CDATA[]]]]>", "<![CDATA[]]]]><![CDATA[>]]>",
		"<!---->", "<!-- <a> -->", "<!--->", "<?a?>", "<?a ?b?>", "\x0b", "\xff", "\uffff",
	}
)
