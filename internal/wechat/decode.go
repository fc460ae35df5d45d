package wechat

import (
	"encoding/json"
	"strconv"
	"strings"
)

// decoder fills a Message field by field, from XML or from JSON: WeChat uses the same
// names in both.
type decoder struct {
	m          *Message
	createTime string
	msgID      string       // MsgID, as some kinds spell MsgId
	item       Subscription // the List being read
	picture    string       // the PicMd5Sum being read
}

// decode reads doc into m, which must be empty.
func (m *Message) decode(doc string) error {
	d := decoder{m: m}
	m.JSON = isJSON(doc)
	var err error
	if m.JSON {
		err = d.json(doc)
	} else {
		err = d.xml(doc)
	}
	if err != nil {
		return err
	}
	if m.ID == "" {
		m.ID = d.msgID
	}
	if m.From == "" {
		return errSender
	}
	if at := strings.TrimSpace(d.createTime); at != "" {
		if m.CreateTime, err = strconv.ParseInt(at, 10, 64); err != nil {
			return errTime
		}
	}
	return nil
}

func isJSON(doc string) bool {
	doc = strings.TrimLeft(strings.TrimPrefix(doc, byteOrderMark), " \t\r\n")
	return strings.HasPrefix(doc, "{")
}

// xml reads a document whose root may have any name.
func (d *decoder) xml(doc string) error {
	s := newXMLScanner(doc)
	for s.next() {
		var field *string
		switch s.depth {
		case 1:
			field = d.field(s.names[1])
		case 2:
			field = d.nested(s.names[1], s.names[2])
			if s.names[2] == "List" && isSubscription(s.names[1]) {
				d.m.Subscribed = append(d.m.Subscribed, d.item)
				d.item = Subscription{}
			}
		case 3:
			if s.names[2] == "List" && isSubscription(s.names[1]) {
				field = d.item.field(s.names[3])
			}
			if d.inPictures(&s) && s.names[3] == "item" {
				d.m.PicMD5 = append(d.m.PicMD5, d.picture)
				d.picture = ""
			}
		case 4:
			if d.inPictures(&s) && s.names[3] == "item" && s.names[4] == "PicMd5Sum" {
				field = &d.picture
			}
		}
		if field == nil {
			continue
		}
		// A field that comes twice is the mark of text that broke out of its own:
		// refuse it rather than choose.
		if *field != "" {
			return errRepeated
		}
		*field = s.texts[s.depth]
	}
	return s.err
}

func (d *decoder) inPictures(s *xmlScanner) bool {
	return s.names[1] == "SendPicsInfo" && s.names[2] == "PicList"
}

func isSubscription(name string) bool {
	switch name {
	case "SubscribeMsgPopupEvent", "SubscribeMsgChangeEvent", "SubscribeMsgSentEvent":
		return true
	}
	return false
}

// json reads an object. The subscription events' List stands in it directly; it is an
// array, or the one object itself.
func (d *decoder) json(doc string) error {
	var object map[string]json.RawMessage
	if err := json.Unmarshal([]byte(strings.TrimPrefix(doc, byteOrderMark)), &object); err != nil {
		return errJSON
	}
	for name, value := range object {
		if field := d.field(name); field != nil {
			*field = scalar(value)
			continue
		}
		inner := members(value)
		for child, text := range inner {
			if field := d.nested(name, child); field != nil {
				*field = scalar(text)
			}
		}
		switch {
		case name == "List":
			d.subscriptions(value)
		case isSubscription(name):
			d.subscriptions(inner["List"])
		case name == "SendPicsInfo":
			d.pictures(inner["PicList"])
		}
	}
	return nil
}

func (d *decoder) subscriptions(list json.RawMessage) {
	for _, element := range elements(list) {
		var item Subscription
		for name, value := range members(element) {
			if field := item.field(name); field != nil {
				*field = scalar(value)
			}
		}
		d.m.Subscribed = append(d.m.Subscribed, item)
	}
}

// pictures reads a PicList, with the item of the XML form around each or without.
func (d *decoder) pictures(list json.RawMessage) {
	for _, element := range elements(list) {
		inner := members(element)
		if items, wrapped := inner["item"]; wrapped {
			d.pictures(items)
			continue
		}
		d.m.PicMD5 = append(d.m.PicMD5, scalar(inner["PicMd5Sum"]))
	}
}

// scalar is a string's text or a number as it is written; nothing for all else.
func scalar(value json.RawMessage) string {
	if len(value) == 0 {
		return ""
	}
	switch value[0] {
	case '"':
		var text string
		if json.Unmarshal(value, &text) != nil {
			return ""
		}
		return text
	case '{', '[', 'n':
		return ""
	}
	return string(value)
}

// elements are those of an array, or the one value that stands in its place.
func elements(value json.RawMessage) []json.RawMessage {
	var list []json.RawMessage
	if len(value) > 0 && value[0] == '{' {
		return []json.RawMessage{value}
	}
	if json.Unmarshal(value, &list) != nil {
		return nil
	}
	return list
}

// members are those of an object, none for any other value.
func members(value json.RawMessage) map[string]json.RawMessage {
	var object map[string]json.RawMessage
	if len(value) == 0 || value[0] != '{' || json.Unmarshal(value, &object) != nil {
		return nil
	}
	return object
}
