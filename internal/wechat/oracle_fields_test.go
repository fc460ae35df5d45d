package wechat

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/silenceper/wechat/v2/officialaccount/message"
)

// faults are where the reference says that the SDK is wrong; the SDK's part of the
// comparison is left out there, or its refusal expected.
var faults = map[string]struct {
	refuses bool
	fields  string // not compared
}{
	"text_choice.xml":                   {refuses: true},        // bizmsgmenuid must be a number
	"text_choice.json":                  {refuses: true},        // CreateTime and ids must not be strings
	"odd_markup.xml":                    {refuses: true},        // the root must be called xml
	"location.json":                     {refuses: true},        // ids must not be strings
	"subscribe_msg_popup.xml":           {fields: "Subscribed"}, // the last of several List only
	"subscribe_msg_popup.json":          {refuses: true},        // PopupScene must be a string
	"subscribe_msg_change_own_name.xml": {fields: "Subscribed"}, // reads one event of the three
	"subscribe_msg_sent.xml":            {fields: "Subscribed"},
	"subscribe_msg_sent.json":           {fields: "Subscribed"},
	"pic_photo_or_album.json":           {fields: "PicMD5"}, // JSON names are Go's, not WeChat's
	"location_select.json":              {fields: "SendLocation"},
}

// fieldsOf is what both sides know of a push, numbers as numbers.
func fieldsOf(m *Message) map[string]string {
	number := func(s string) string {
		n, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return "0"
		}
		return strconv.FormatFloat(n, 'g', -1, 64)
	}
	var templates []string
	for _, s := range m.Subscribed {
		templates = append(templates, s.TemplateID+" "+s.Status+" "+number(s.PopupScene))
	}
	return map[string]string{
		"To": m.To, "From": m.From, "CreateTime": fmt.Sprint(m.CreateTime), "Type": m.Type, "ID": m.ID,
		"Content": m.Content, "BizMsgMenuID": number(m.BizMsgMenuID), "Recognition": m.Recognition,
		"PicURL": m.PicURL, "MediaID": m.MediaID, "Format": m.Format, "ThumbMediaID": m.ThumbMediaID,
		"Location": number(m.Location.X) + " " + number(m.Location.Y) + " " + number(m.Location.Scale) + m.Location.Label,
		"Title":    m.Title, "Description": m.Description, "URL": m.URL, "AppID": m.AppID,
		"Event": m.Event, "EventKey": m.EventKey, "Ticket": m.Ticket, "MenuID": m.MenuID,
		"Report": m.Latitude + " " + m.Longitude + " " + m.Precision, "Status": m.Status,
		"Counts": number(m.TotalCount) + " " + number(m.FilterCount) + " " + number(m.SentCount) + " " + number(m.ErrorCount),
		"Scan":   m.ScanType + " " + m.ScanResult, "PicMD5": number(m.PicCount) + fmt.Sprint(m.PicMD5),
		"SendLocation": number(m.SendLocation.X) + " " + number(m.SendLocation.Y) + " " + number(m.SendLocation.Scale) +
			m.SendLocation.Label + m.SendLocation.Name,
		"SessionFrom": m.SessionFrom, "Subscribed": strings.Join(templates, "\n"),
	}
}

// ours turns the SDK's message into our own.
func ours(m *message.MixMessage) *Message {
	of := func(n any) string { return fmt.Sprint(n) }
	out := &Message{
		To: string(m.ToUserName), From: string(m.FromUserName), CreateTime: m.CreateTime, Type: string(m.MsgType),
		Content: m.Content, BizMsgMenuID: of(m.BizMsgMenuID), Recognition: m.Recognition, PicURL: m.PicURL,
		MediaID: m.MediaID, Format: m.Format, ThumbMediaID: m.ThumbMediaID, Title: m.Title, Description: m.Description,
		URL: m.URL, AppID: m.AppID, Event: string(m.Event), EventKey: m.EventKey, Ticket: m.Ticket, MenuID: m.MenuID,
		Location: Place{X: of(m.LocationX), Y: of(m.LocationY), Scale: of(m.Scale), Label: m.Label},
		Latitude: m.Latitude, Longitude: m.Longitude, Precision: m.Precision, Status: m.Status, SessionFrom: m.SessionFrom,
		TotalCount: of(m.TotalCount), FilterCount: of(m.FilterCount), SentCount: of(m.SentCount), ErrorCount: of(m.ErrorCount),
		ScanType: m.ScanCodeInfo.ScanType, ScanResult: m.ScanCodeInfo.ScanResult, PicCount: of(m.SendPicsInfo.Count),
		SendLocation: Place{of(m.SendLocationInfo.LocationX), of(m.SendLocationInfo.LocationY),
			of(m.SendLocationInfo.Scale), m.SendLocationInfo.Label, m.SendLocationInfo.Poiname},
	}
	if id := m.MsgID + m.TemplateMsgID; id != 0 { // one of the two is 0
		out.ID = of(id)
	}
	for _, pic := range m.SendPicsInfo.PicList {
		out.PicMD5 = append(out.PicMD5, pic.PicMd5Sum)
	}
	for _, s := range m.GetSubscribeMsgPopupEvents() {
		out.Subscribed = append(out.Subscribed, Subscription{TemplateID: s.TemplateID, Status: s.SubscribeStatusString,
			PopupScene: of(s.PopupScene)})
	}
	return out
}
