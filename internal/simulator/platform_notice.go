package simulator

import (
	"encoding/json"
	"slices"
	"time"
	"unicode/utf8"

	"zhugong/internal/wechat"
)

// The codes that the platform gives for notices and for typing.
const (
	notAskedFor   = 43101
	badTemplate   = 40037
	badField      = 47003
	badCommand    = 45072
	noInteraction = 45080
	isTyping      = 45081
)

// Line is a line of a notice.
type Line struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// The sign that an answer is being written lasts so long, and may be shown so long after the worker did something.
const (
	typingLasts = 15 * time.Second
	typingAfter = 30 * time.Second
)

// AddTemplate has the account own a template with these fields.
func (p *Platform) AddTemplate(id string, fields ...string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.templates[id] = fields
}

// Subscribed has a worker ask for so many notices of a template.
func (p *Platform) Subscribed(openID, template string, times int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	f := p.follower(openID)
	if f.asked == nil {
		f.asked = map[string]int{}
	}
	f.asked[template] += times
}

// notify sends a notice: a subscription notice takes one that the worker has asked for.
func (p *Platform) notify(body []byte, subscription bool) int {
	var asked struct {
		To       string `json:"touser"`
		Template string `json:"template_id"`
		Page     string `json:"page"`
		URL      string `json:"url"`
		ID       string `json:"client_msg_id"`
		Data     map[string]struct {
			Value string `json:"value"`
		} `json:"data"`
	}
	if json.Unmarshal(body, &asked) != nil {
		return badBody
	}
	fields, known := p.templates[asked.Template]
	if !known {
		return badTemplate
	}
	f, known := p.workers[asked.To]
	switch {
	case !known || f.gone:
		return noFollower
	case subscription && f.asked[asked.Template] == 0:
		return notAskedFor
	}
	arrival := Arrival{Kind: "notice", Title: asked.Template, URL: asked.Page + asked.URL}
	for _, name := range fields {
		given, there := asked.Data[name]
		if !there || !fits(name, given.Value) {
			return badField
		}
		arrival.Lines = append(arrival.Lines, Line{name, given.Value})
	}
	if subscription {
		f.asked[asked.Template]--
	} else if asked.ID != "" {
		if slices.Contains(f.notices, asked.ID) {
			return 0 // WeChat says that it was sent, and was
		}
		f.notices = append(f.notices, asked.ID)
	}
	f.arrive(arrival)
	return 0
}

// longest are the characters that fields take, as WeChat's table of types has them: apart from what package wechat makes
// of it.
var longest = map[string]int{"thing": 20, "character_string": 32, "phrase": 5, "time": 32, "const": 20, "number": 32, "name": 10}

func fits(name, value string) bool {
	kind, known := wechat.FieldType(name)
	return known && value != "" && (longest[kind] == 0 || utf8.RuneCountInString(value) <= longest[kind])
}

// typing shows or ends the sign that an answer is being written.
func (p *Platform) typing(body []byte) int {
	var asked struct {
		To      string `json:"touser"`
		Command string `json:"command"`
	}
	if json.Unmarshal(body, &asked) != nil {
		return badBody
	}
	f, known := p.workers[asked.To]
	now := p.now()
	switch {
	case !known || f.gone:
		return noFollower
	case asked.Command != "Typing" && asked.Command != "CancelTyping":
		return badCommand
	case now.Sub(f.wrote) > typingAfter && now.Sub(f.tapped) > typingAfter:
		return noInteraction
	case asked.Command == "CancelTyping":
		f.typing = now
	case now.Before(f.typing):
		return isTyping
	default:
		f.typing = now.Add(typingLasts)
		f.arrive(Arrival{Kind: "typing"})
	}
	return 0
}
