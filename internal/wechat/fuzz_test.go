package wechat

import (
	"cmp"
	"encoding/xml"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// oracleMessage reads the fields of a push with encoding/xml.
type oracleMessage struct {
	To           string `xml:"ToUserName"`
	From         string `xml:"FromUserName"`
	CreateTime   int64  `xml:"CreateTime"`
	Type         string `xml:"MsgType"`
	MsgId        string `xml:"MsgId"`
	MsgID        string `xml:"MsgID"`
	Content      string
	BizMsgMenuID string `xml:"bizmsgmenuid"`
	PicURL       string `xml:"PicUrl"`
	MediaID      string `xml:"MediaId"`
	MediaID16K   string `xml:"MediaId16K"`
	Format       string
	Recognition  string
	ThumbMediaID string `xml:"ThumbMediaId"`
	ThumbURL     string `xml:"ThumbUrl"`
	X            string `xml:"Location_X"`
	Y            string `xml:"Location_Y"`
	Scale        string
	Label        string
	Title        string
	Description  string
	URL          string `xml:"Url"`
	AppID        string `xml:"AppId"`
	PagePath     string
	MsgDataID    string `xml:"MsgDataId"`
	Idx          string
	Event        string
	EventKey     string
	Ticket       string
	MenuID       string `xml:"MenuId"`
	Latitude     string
	Longitude    string
	Precision    string
	Status       string
	TotalCount   string
	FilterCount  string
	SentCount    string
	ErrorCount   string
	SessionFrom  string
	ScanCodeInfo struct{ ScanType, ScanResult string }
	SendPicsInfo struct {
		Count string
		Items []struct{ PicMd5Sum string } `xml:"PicList>item"`
	}
	SendLocationInfo struct {
		X     string `xml:"Location_X"`
		Y     string `xml:"Location_Y"`
		Scale string
		Label string
		Name  string `xml:"Poiname"`
	}
	Popup  []oracleLists `xml:"SubscribeMsgPopupEvent"`
	Change []oracleLists `xml:"SubscribeMsgChangeEvent"`
	Sent   []oracleLists `xml:"SubscribeMsgSentEvent"`
}

type oracleLists struct {
	List []struct {
		TemplateId, SubscribeStatusString, PopupScene string
		MsgID, ErrorCode, ErrorStatus                 string
	}
}

func (o *oracleMessage) message() Message {
	m := Message{
		To: o.To, From: o.From, CreateTime: o.CreateTime, Type: o.Type, ID: cmp.Or(o.MsgId, o.MsgID),
		Content: o.Content, BizMsgMenuID: o.BizMsgMenuID, PicURL: o.PicURL, MediaID: o.MediaID,
		MediaID16K: o.MediaID16K, Format: o.Format, Recognition: o.Recognition, ThumbMediaID: o.ThumbMediaID,
		ThumbURL: o.ThumbURL, Location: Place{X: o.X, Y: o.Y, Scale: o.Scale, Label: o.Label},
		Title: o.Title, Description: o.Description, URL: o.URL, AppID: o.AppID, PagePath: o.PagePath,
		MsgDataID: o.MsgDataID, Idx: o.Idx, Event: o.Event, EventKey: o.EventKey, Ticket: o.Ticket, MenuID: o.MenuID,
		Latitude: o.Latitude, Longitude: o.Longitude, Precision: o.Precision, Status: o.Status,
		ScanType: o.ScanCodeInfo.ScanType, ScanResult: o.ScanCodeInfo.ScanResult, PicCount: o.SendPicsInfo.Count,
		SendLocation: Place(o.SendLocationInfo), SessionFrom: o.SessionFrom,
		TotalCount: o.TotalCount, FilterCount: o.FilterCount, SentCount: o.SentCount, ErrorCount: o.ErrorCount,
	}
	for _, item := range o.SendPicsInfo.Items {
		m.PicMD5 = append(m.PicMD5, item.PicMd5Sum)
	}
	for _, lists := range slices.Concat(o.Popup, o.Change, o.Sent) {
		for _, item := range lists.List {
			m.Subscribed = append(m.Subscribed, Subscription{item.TemplateId, item.SubscribeStatusString,
				item.PopupScene, item.MsgID, item.ErrorCode, item.ErrorStatus})
		}
	}
	return m
}

func addSeeds(f *testing.F) {
	files, err := filepath.Glob("testdata/inbound/*.xml")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		doc, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(doc))
	}
}

// FuzzMessageXML: what both the scanner and encoding/xml take, they read alike.
func FuzzMessageXML(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, doc string) {
		var got Message
		var oracle oracleMessage
		if isJSON(doc) || got.decode(doc) != nil || xml.Unmarshal([]byte(doc), &oracle) != nil {
			return
		}
		if diff := differ(&oracle, &got); diff != "" {
			t.Errorf("-encoding/xml +scanner:\n%s", diff)
		}
	})
}

// differ compares, but for the order of subscriptions from elements of different names,
// which the oracle does not see.
func differ(oracle *oracleMessage, m *Message) string {
	return gocmp.Diff(oracle.message(), *m, cmpopts.SortSlices(func(a, b Subscription) bool {
		return slices.Compare(a.texts(), b.texts()) < 0
	}))
}

func (s Subscription) texts() []string {
	return []string{s.TemplateID, s.Status, s.PopupScene, s.MsgID, s.ErrorCode, s.ErrorText}
}

// TestOracleTakes: the comparison means something only if encoding/xml reads what the
// scanner does.
func TestOracleTakes(t *testing.T) {
	files, err := filepath.Glob("testdata/inbound/*.xml")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		doc, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var oracle oracleMessage
		if err := xml.Unmarshal(doc, &oracle); err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		if diff := differ(&oracle, decodeFile(t, file)); diff != "" {
			t.Errorf("%s: -encoding/xml +scanner:\n%s", file, diff)
		}
	}
}

// FuzzOpen: whatever comes as a body or inside a ciphertext, XML or JSON, is read or
// refused with one of the two errors, and what is read can be answered.
func FuzzOpen(f *testing.F) {
	addSeeds(f)
	twins, err := filepath.Glob("testdata/inbound/*.json")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range twins {
		doc, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(doc))
	}
	plain, safe := newTestGate(f, Plain), newTestGate(f, Safe)
	f.Fuzz(func(t *testing.T, doc string) {
		plainQuery, _, err := plain.Push([]byte(doc), testNonce, isJSON(doc))
		if err != nil {
			t.Fatal(err)
		}
		safeQuery, sealed, err := safe.Push([]byte(doc), testNonce, isJSON(doc))
		if err != nil {
			t.Fatal(err)
		}
		fuzzOpen(t, plain, plainQuery, []byte(doc))
		fuzzOpen(t, safe, safeQuery, []byte(doc))
		fuzzOpen(t, safe, safeQuery, sealed)
		fuzzOpen(t, safe, doc, sealed)
	})
}

func fuzzOpen(t *testing.T, g *Gate, rawQuery string, body []byte) {
	t.Helper()
	push, err := g.Open(rawQuery, body)
	if err != nil {
		if errors.Is(err, ErrForbidden) == errors.Is(err, ErrMalformed) {
			t.Errorf("%v is not one of ErrForbidden and ErrMalformed", err)
		}
		return
	}
	reply := push.Encode(Reply{Text: "a" + push.Message.Content}, testNow)
	if got, err := g.OpenReply(g.Seal(push, reply)); err != nil || string(got) != string(reply) {
		t.Errorf("answer opens to %q, %v, want %q", got, err, reply)
	}
}
