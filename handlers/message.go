package handlers

import (
	"zhugong/internal/dialogue"
	"zhugong/internal/wechat"
)

// kinds says what dialogue takes WeChat's message types for. Types that are not here are media nobody can read yet.
var kinds = map[string]dialogue.Kind{
	"text": dialogue.Text, "voice": dialogue.Voice, "image": dialogue.Picture, "video": dialogue.Picture,
	"shortvideo": dialogue.Picture, "location": dialogue.Location, "link": dialogue.OtherMedia, "miniprogrampage": dialogue.OtherMedia,
	"file": dialogue.OtherMedia,
}

// MessageOf takes from a push what dialogue wants to know.
func MessageOf(m *wechat.Message) dialogue.Message {
	if m.IsEvent() {
		return eventOf(m)
	}
	kind, known := kinds[m.Type]
	switch {
	case !known:
		return dialogue.Message{Kind: dialogue.Silent}
	case kind == dialogue.Voice && m.Recognition != "":
		return dialogue.Message{Kind: dialogue.Text, Text: m.Recognition}
	}
	return dialogue.Message{Kind: kind, Text: m.Content}
}

func eventOf(m *wechat.Message) dialogue.Message {
	switch m.Event {
	case "subscribe":
		return dialogue.Message{Kind: dialogue.Subscribe, Key: m.EventKey}
	case "CLICK", "scancode_waitmsg":
		return dialogue.Message{Kind: dialogue.Click, Key: m.EventKey}
	case "user_enter_tempsession": // customer service of a mini program; the page may say which matter it is about
		if m.SessionFrom != "" {
			return dialogue.Message{Kind: dialogue.Click, Key: m.SessionFrom}
		}
		return dialogue.Message{Kind: dialogue.Subscribe}
	case "kf_create_session", "kf_switch_session":
		return dialogue.Message{Kind: dialogue.PersonBegins}
	case "kf_close_session":
		return dialogue.Message{Kind: dialogue.PersonEnds}
	}
	return dialogue.Message{Kind: dialogue.Silent}
}

// typeOf names a push in logs, from a closed set.
func typeOf(m *wechat.Message) string {
	if m.IsEvent() {
		return "event"
	}
	if _, known := kinds[m.Type]; known {
		return m.Type
	}
	return "other"
}
