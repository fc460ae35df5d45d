package wechat

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"
)

// NoticeKind is how a notice reaches a worker outside of the time in which he may be written to.
type NoticeKind string

// A worker asks for subscription notices, each for one time or for good; template messages go to every follower of a
// certified account whose industry the template belongs to.
const (
	SubscriptionNotice NoticeKind = "subscribe"
	TemplateNotice     NoticeKind = "template"
)

// NotAskedFor is the code for a notice that the worker has not asked for, or refused meanwhile.
const NotAskedFor = 43101

// Notice is a notice made from a template of the account. Fields are the template's, by their names (thing1, phrase2).
type Notice struct {
	Kind       NoticeKind        `json:"kind"`
	TemplateID string            `json:"template_id"`
	Fields     map[string]string `json:"fields"`
	URL        string            `json:"url,omitempty"` // what a tap opens
	ID         string            `json:"id,omitempty"`  // two template messages of one ID within ten minutes are one
}

// noticeValue is a field as WeChat takes it.
type noticeValue struct {
	Value string `json:"value"`
}

// Notify sends a notice to a worker. The values are made to fit their fields, see FitField.
// Source: the pages on subscription notices (bizsend) and template messages of service accounts.
func (a *API) Notify(ctx context.Context, openID string, n Notice) error {
	data := make(map[string]noticeValue, len(n.Fields))
	for name, value := range n.Fields {
		data[name] = noticeValue{FitField(name, value)}
	}
	body := struct {
		To         string                 `json:"touser"`
		TemplateID string                 `json:"template_id"`
		Page       string                 `json:"page,omitempty"` // of a subscription notice
		URL        string                 `json:"url,omitempty"`  // of a template message
		ID         string                 `json:"client_msg_id,omitempty"`
		Data       map[string]noticeValue `json:"data"`
	}{To: openID, TemplateID: n.TemplateID, Data: data}
	path := "/cgi-bin/message/subscribe/bizsend"
	if n.Kind == TemplateNotice {
		path, body.URL, body.ID = "/cgi-bin/message/template/send", n.URL, n.ID
	} else {
		body.Page = n.URL
	}
	if err := a.Post(ctx, path, body, nil); err != nil {
		return fmt.Errorf("send a notice: %w", err)
	}
	return nil
}

// fieldName is the name of a template's field: its type and a number.
var fieldName = regexp.MustCompile(`^([a-z_]+?)([0-9]{1,3})$`)

// fieldLimits are how many characters a type of field takes.
// Source: the table of parameter types on the page on subscription notices.
var fieldLimits = map[string]int{
	"thing": 20, "character_string": 32, "phrase": 5, "name": 10, "number": 32, "letter": 32, "symbol": 5, "const": 20,
	"phone_number": 17, "car_number": 8, "time": 32, "date": 32, "amount": 11,
}

// FieldType returns the type of a template's field by its name, and false when WeChat has no such type.
func FieldType(name string) (string, bool) {
	parts := fieldName.FindStringSubmatch(name)
	if parts == nil {
		return "", false
	}
	_, known := fieldLimits[parts[1]]
	return parts[1], known
}

var (
	notHan       = regexp.MustCompile(`[^\p{Han}]+`)
	notInString  = regexp.MustCompile(`[^\x21-\x7e]+`)
	notInNumber  = regexp.MustCompile(`[^0-9.]+`)
	emptyOf      = map[string]string{"number": "0", "character_string": "-"}
	fieldTimeFmt = "2006年1月2日 15:04"
)

// FieldTime writes a time as fields of the type time take it, in China's time.
func FieldTime(t time.Time) string {
	return t.In(time.FixedZone("Asia/Shanghai", 8*60*60)).Format(fieldTimeFmt)
}

// FitField makes a value fit the field of that name: one that does not makes WeChat refuse the notice with 47003. What is
// cut ends in an ellipsis.
func FitField(name, value string) string {
	kind, known := FieldType(name)
	value = strings.Join(strings.Fields(clean(value)), " ")
	if !known {
		return value
	}
	switch kind {
	case "phrase":
		value = notHan.ReplaceAllString(value, "")
	case "character_string":
		value = notInString.ReplaceAllString(value, "")
	case "number":
		value = notInNumber.ReplaceAllString(value, "")
	}
	limit := fieldLimits[kind]
	if utf8.RuneCountInString(value) > limit {
		runes := []rune(value)
		if kind == "thing" || kind == "const" {
			value = string(runes[:limit-1]) + "…"
		} else {
			value = string(runes[:limit])
		}
	}
	if value == "" {
		return emptyField(kind)
	}
	return value
}

// emptyField stands for a value that is missing: WeChat takes no empty one.
func emptyField(kind string) string {
	if value, known := emptyOf[kind]; known {
		return value
	}
	return "无"
}
