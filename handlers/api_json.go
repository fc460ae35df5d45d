package handlers

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"zhugong/internal/dialogue"
	"zhugong/knowledge"
)

// answerJSON is what a mini program gets for a message.
type answerJSON struct {
	Text    string       `json:"text"` // "" is silence
	Choices []choiceJSON `json:"choices,omitempty"`
	Links   []linkJSON   `json:"links,omitempty"`
	Form    *formJSON    `json:"form,omitempty"` // the guided dialogue that is open
}

// choiceJSON is a choice; Send is the text to send when it is tapped.
type choiceJSON struct {
	Label string `json:"label"`
	Send  string `json:"send"`
}

type linkJSON struct {
	Text  string `json:"text"`
	URL   string `json:"url"`
	AppID string `json:"app_id,omitempty"`
	Path  string `json:"path,omitempty"`
}

// formJSON says what a guided dialogue asks, for a native field: Asks is a slot or consent, consent_health, confirm.
type formJSON struct {
	Flow     string   `json:"flow"`
	Title    string   `json:"title"`
	Asks     string   `json:"asks"`
	Kind     string   `json:"kind,omitempty"` // as staff write it: 选一个, 手机号, …
	Options  []string `json:"options,omitempty"`
	Optional bool     `json:"optional,omitempty"`
	At       int      `json:"at,omitempty"` // the at-th of so many steps
	Of       int      `json:"of,omitempty"`
	Waits    bool     `json:"waits,omitempty"` // put aside, as in danger: the text asks something else, and 继续 takes the form up
}

type caseJSON struct {
	Ticket string    `json:"ticket"`
	Title  string    `json:"title"`
	Opened time.Time `json:"opened"`
	Status string    `json:"status"`
	Answer string    `json:"answer,omitempty"`
}

// buttonJSON is a button of the menu: send its Key, open its URL or its page, or show those below it.
type buttonJSON struct {
	Name  string       `json:"name"`
	Key   string       `json:"key,omitempty"`
	URL   string       `json:"url,omitempty"`
	AppID string       `json:"app_id,omitempty"`
	Path  string       `json:"path,omitempty"`
	Sub   []buttonJSON `json:"sub,omitempty"`
}

func buttonsOf(buttons []knowledge.MenuButton) []buttonJSON {
	all := make([]buttonJSON, 0, len(buttons))
	for _, b := range buttons {
		one := buttonJSON{Name: b.Name, Key: b.Key, URL: b.URL, AppID: b.AppID, Path: b.PagePath}
		if len(b.Sub) > 0 {
			one.Sub = buttonsOf(b.Sub)
		}
		all = append(all, one)
	}
	return all
}

// encodeAnswer writes a reply for a mini program. A resend gets the same bytes.
func encodeAnswer(reply dialogue.Reply, decision *dialogue.Decision) []byte {
	answer := answerJSON{Text: reply.Text, Form: formOf(decision)}
	for i, choice := range reply.Choices {
		answer.Choices = append(answer.Choices, choiceJSON{choice.Label, strconv.Itoa(i + 1)})
	}
	for _, link := range reply.Links {
		answer.Links = append(answer.Links, linkJSON{link.Text, link.URL, link.AppID, link.Path})
	}
	if card := reply.Card; card != nil {
		answer.Text = card.Title + "\n" + card.Description
		answer.Links = append(answer.Links, linkJSON{Text: card.Title, URL: card.URL})
	}
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(answer) // strings and numbers always encode
	return buffer.Bytes()
}

func formOf(decision *dialogue.Decision) *formJSON {
	f, flow := &decision.Form, decision.Flow
	if flow == nil {
		return nil
	}
	form := &formJSON{Flow: flow.ID, Title: flow.Title, Asks: f.Question(), Waits: f.Paused}
	for i := range flow.Steps {
		step := &flow.Steps[i]
		if step.Slot != form.Asks {
			continue
		}
		form.Kind, form.Optional = string(step.Kind), step.Optional
		form.At, form.Of = f.Progress(flow, step.Slot)
		for _, option := range step.Options {
			form.Options = append(form.Options, option.Name)
		}
	}
	return form
}

// read reads a call's body into v, and nothing else. It reports false when it has answered that it cannot.
func (a *api) read(c *gin.Context, v any) bool {
	if kind, _, err := mime.ParseMediaType(c.GetHeader("Content-Type")); err != nil || kind != "application/json" {
		a.fail(c, http.StatusUnsupportedMediaType, "只收 application/json")
		return false
	}
	decoder := json.NewDecoder(http.MaxBytesReader(c.Writer, c.Request.Body, mostOrder))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(v)
	if err == nil {
		if _, err = decoder.Token(); errors.Is(err, io.EOF) {
			return true
		}
	}
	if tooLarge := new(http.MaxBytesError); errors.As(err, &tooLarge) {
		a.fail(c, http.StatusRequestEntityTooLarge, "内容太长")
		return false
	}
	a.fail(c, http.StatusBadRequest, "不是要求的 JSON，或者写了没有的项")
	return false
}

// fail answers with a problem (RFC 9457), whose detail is for whoever writes or uses the mini program.
func (a *api) fail(c *gin.Context, status int, detail string) {
	c.Header("Content-Type", "application/problem+json; charset=utf-8")
	c.AbortWithStatusJSON(status, gin.H{"status": status, "title": http.StatusText(status), "detail": detail})
}

// away answers while Redis or WeChat cannot be reached.
func (a *api) away(c *gin.Context, err error) {
	a.Log.Warn("call of a mini program failed", "error", err)
	a.fail(c, http.StatusServiceUnavailable, "系统正在恢复，过几分钟再试；着急就打工会热线 12351")
}
