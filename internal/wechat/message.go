package wechat

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
)

// Message is one push decoded: a message of a user or an event. One struct holds the
// fields of all kinds; those a kind does not have are empty. Everything but CreateTime
// is kept as the text that came, because WeChat has sent numbers as strings and strings
// as numbers before, and a field that nobody reads must not cost a message.
type Message struct {
	To, From   string // the account's OriginalID and the user's OpenID
	CreateTime int64  // seconds, by WeChat's clock
	Type       string // MsgType: text, image, …, event; kinds unknown here are kept
	ID         string // MsgId, or MsgID where the kind spells it so
	JSON       bool   // the push came as JSON, so the reply goes as JSON

	Content      string // text
	BizMsgMenuID string // text: the id of the ChoiceLink tapped. A hint: WeChat may leave it out or send 0
	PicURL       string // image
	MediaID      string // image, voice, video, shortvideo
	MediaID16K   string // voice
	Format       string // voice
	Recognition  string // voice: what was said, if WeChat recognised it; empty since it stopped doing so
	ThumbMediaID string // video, shortvideo, miniprogrampage
	ThumbURL     string // miniprogrampage
	Location     Place  // location
	Title        string // link, miniprogrampage
	Description  string // link
	URL          string // link
	AppID        string // miniprogrampage
	PagePath     string // miniprogrampage
	MsgDataID    string // written under an article
	Idx          string // written under an article: which of several

	Event        string // event: subscribe, CLICK, …; those unknown here are kept
	EventKey     string // menus: the key or URL; subscribe: qrscene_ and the scene; SCAN: the scene
	Ticket       string // subscribe and SCAN by QR code
	MenuID       string // VIEW, view_miniprogram
	Latitude     string // LOCATION
	Longitude    string // LOCATION
	Precision    string // LOCATION
	ScanType     string // scancode_push, scancode_waitmsg
	ScanResult   string // scancode_push, scancode_waitmsg
	SendLocation Place  // location_select
	PicCount     string // pic_sysphoto, pic_photo_or_album, pic_weixin
	PicMD5       []string
	Status       string // TEMPLATESENDJOBFINISH, MASSSENDJOBFINISH
	TotalCount   string // MASSSENDJOBFINISH
	FilterCount  string
	SentCount    string
	ErrorCount   string
	SessionFrom  string         // user_enter_tempsession
	Subscribed   []Subscription // subscribe_msg_popup_event, subscribe_msg_change_event, subscribe_msg_sent_event
}

// Place is a point that a user sent.
type Place struct {
	X, Y  string // latitude and longitude
	Scale string
	Label string
	Name  string // the point of interest, location_select only
}

// Subscription is what a user decided about one template, or what became of a
// notification sent with it.
type Subscription struct {
	TemplateID string
	Status     string // SubscribeStatusString: accept, reject
	PopupScene string // 1 a web page, 2 an article
	MsgID      string // sent: the notification
	ErrorCode  string // sent
	ErrorText  string // sent
}

// IsEvent reports whether the push is an event, not something that the user wrote or sent.
func (m *Message) IsEvent() bool { return m.Type == "event" }

// Key is what WeChat's resends of one push have in common and two pushes of one user
// have not: the id of a message; of an event, which has none, time, kind and key, since
// two menu taps in one second are two. It is unique for one account and user, and short.
func (m *Message) Key() string {
	if m.ID != "" && !m.IsEvent() {
		return m.ID
	}
	kind, key, id := m.Event, m.EventKey, m.ID
	if !m.IsEvent() {
		kind, key = m.Type, m.Content
	}
	if id == "" && len(m.Subscribed) > 0 {
		id = m.Subscribed[0].MsgID // of the notification sent
	}
	space := make([]byte, 0, 128)
	space = append(space, 'e')
	space = strconv.AppendInt(space, m.CreateTime, 10)
	for _, part := range [...]string{kind, key, id} {
		space = append(space, ':')
		space = append(space, short(part)...)
	}
	return string(space)
}

// short is s, or a digest of it where it is as long as a VIEW event's URL may be.
func short(s string) string {
	if len(s) <= 64 {
		return s
	}
	digest := sha256.Sum256([]byte(s))
	return hex.EncodeToString(digest[:16])
}
