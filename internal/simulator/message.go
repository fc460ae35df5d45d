package simulator

import (
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// order is what the page asks for: a push of the kind that stands in the path.
type order struct {
	Phone  string `json:"phone"`   // the openid
	Copies int    `json:"copies"`  // deliver so many at once, 1 to 3; 0 is 1
	Delay  int    `json:"delay_s"` // how long the first delivery is on its way: 0, 2 or 6 seconds
	Text   string `json:"text"`    // text
	MenuID string `json:"menu_id"` // text: the bizmsgmenuid of a tapped choice
	Button []int  `json:"button"`  // menu: which, and which below it
}

const (
	maxRunes  = 2000 // of one text; WeChat's input takes no more
	maxCopies = maxTries
)

func (o *order) check() error {
	if !isOpenID(o.Phone) {
		return bad("phone 不是 openid")
	}
	if o.Copies < 0 || o.Copies > maxCopies {
		return bad("copies 只能是 1 到 3")
	}
	if o.Delay != 0 && o.Delay != 2 && o.Delay != 6 {
		return bad("delay_s 只能是 0、2、6")
	}
	return nil
}

// isOpenID reports whether s looks as WeChat's openids do.
func isOpenID(s string) bool {
	if len(s) != 28 || s[0] != 'o' {
		return false
	}
	return strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") == ""
}

// message is a push before it is signed.
type message struct {
	fields string // XML behind CreateTime
	event  bool
	silent bool // WeChat tells the user nothing, whatever comes back
}

// message makes what the order asks for.
func (s *simulator) message(kind string, o *order) (message, error) {
	switch kind {
	case "text":
		return s.text(o)
	case "menu":
		return s.tap(o.Button)
	case "subscribe":
		return message{fields: event("subscribe", ""), event: true}, nil
	case "unsubscribe":
		return message{fields: event("unsubscribe", ""), event: true, silent: true}, nil
	case "location":
		return s.sent("location", "<Location_X>26.647003</Location_X>\n<Location_Y>106.630211</Location_Y>\n"+
			"<Scale>15</Scale>\n"+element("Label", "贵州省贵阳市")), nil
	case "image":
		return s.sent("image", element("PicUrl", "https://mmbiz.invalid/demo/picture.jpg")+element("MediaId", "demo-picture")), nil
	case "voice":
		return s.sent("voice", element("MediaId", "demo-voice")+element("Format", "amr")+element("Recognition", "")), nil
	}
	return message{}, problem{http.StatusNotFound, "没有这种消息"}
}

func (s *simulator) text(o *order) (message, error) {
	text := strings.TrimSpace(validXML(o.Text))
	if text == "" {
		return message{}, bad("没有内容")
	}
	if utf8.RuneCountInString(text) > maxRunes || len(o.MenuID) > 256 {
		return message{}, problem{http.StatusRequestEntityTooLarge, "太长了，最多 2000 字"}
	}
	fields := element("Content", text)
	if o.MenuID != "" {
		fields += element("bizmsgmenuid", validXML(o.MenuID))
	}
	return s.sent("text", fields), nil
}

// tap is what WeChat sends when a button of the menu is tapped; a button with others below it sends nothing.
func (s *simulator) tap(path []int) (message, error) {
	buttons, button := s.menu(), Button{}
	for _, i := range path {
		if i < 0 || i >= len(buttons) {
			return message{}, bad("菜单里没有这个按钮")
		}
		button = buttons[i]
		buttons = button.Sub
	}
	switch {
	case len(button.Sub) > 0 || button.Key == "" && button.URL == "" && button.AppID == "":
		return message{}, bad("这个按钮不发消息")
	case button.Key != "":
		return message{fields: event("CLICK", button.Key), event: true}, nil
	}
	if button.AppID != "" {
		return message{fields: event("view_miniprogram", button.Path) + "<MenuId>1</MenuId>\n", event: true, silent: true}, nil
	}
	return message{fields: event("VIEW", button.URL) + "<MenuId>1</MenuId>\n", event: true, silent: true}, nil
}

func (s *simulator) sent(kind, fields string) message {
	return message{fields: element("MsgType", kind) + fields + "<MsgId>" + s.newID() + "</MsgId>\n"}
}

func event(name, key string) string {
	return element("MsgType", "event") + element("Event", name) + element("EventKey", key)
}

// xml is the push as WeChat writes it, a field a line.
func (m message) xml(to, from string, at time.Time) []byte {
	return []byte("<xml>" + element("ToUserName", to) + element("FromUserName", from) +
		"<CreateTime>" + strconv.FormatInt(at.Unix(), 10) + "</CreateTime>\n" + m.fields + "</xml>")
}

func element(name, text string) string {
	text = strings.ReplaceAll(text, "]]>", "]]]]><![CDATA[>") // it would end the CDATA
	return "<" + name + "><![CDATA[" + text + "]]></" + name + ">\n"
}

// validXML drops what XML 1.0 cannot hold, as WeChat's own input does.
func validXML(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, s)
}
