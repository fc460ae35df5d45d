package config

import (
	"net/url"

	"zhugong/internal/strictyaml"
)

// CaseNotice is how workers are told by WeChat of the progress of their cases; the zero CaseNotice is not at all. The names
// of fields are those of the template; "" is none.
type CaseNotice struct {
	Kind, TemplateID            string
	Ticket, Title, Status, Time string
	URL                         string // what a tap opens
	Ask                         string // where workers ask for notices
}

func (l *loader) caseNotice(f *noticeForm) CaseNotice {
	if f == nil {
		return CaseNotice{}
	}
	n := CaseNotice{
		Kind: f.Kind.Value, TemplateID: f.TemplateID.Value, Ticket: f.Ticket.Value, Title: f.Title.Value, Status: f.Status.Value,
		Time: f.Time.Value, URL: l.webPage(f.URL), Ask: l.webPage(f.Ask),
	}
	if n.Ticket == "" && n.Title == "" && n.Status == "" {
		l.faults = append(l.faults, l.source.Fault(f.Place.Line, f.Place.Column, "case_notice 里没有写模板的项",
			"照公众平台上的模板写 ticket、title、status、time，比如 ticket: character_string1。"))
	}
	l.twoFields(f)
	return n
}

// twoFields reports two values that would stand in one field.
func (l *loader) twoFields(f *noticeForm) {
	seen := map[string]bool{}
	for _, field := range []strictyaml.Text{f.Ticket, f.Title, f.Status, f.Time} {
		if field.Written() && seen[field.Value] {
			l.fault(field, "模板里的 "+field.Value+" 写了两遍", "每一项只放一样。")
		}
		seen[field.Value] = true
	}
}

// webPage checks the address of a page that workers open.
func (l *loader) webPage(t strictyaml.Text) string {
	if !t.Written() {
		return ""
	}
	if u, err := url.Parse(t.Value); err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil {
		l.fault(t, "这不是职工能打开的网址", "写完整的 https:// 开头的网址。")
	}
	return t.Value
}
