package dialogue

import (
	"strconv"
	"strings"

	"zhugong/knowledge"
)

// Reply is what the worker gets. The zero Reply is silence.
type Reply struct {
	Text    string
	Choices []Choice         // tappable, numbered from 1
	Links   []knowledge.Link // tappable lines below the text
	Card    *knowledge.Card  // instead of text, where the entry has one
	Human   bool             // hand the worker over to customer service, where the account has it
}

// Choice is a matter the worker can choose by tapping, by number or by name.
type Choice struct {
	ID    string // entry id
	Label string
}

// Empty reports whether there is nothing to say.
func (r Reply) Empty() bool { return r.Text == "" && r.Card == nil }

// Plain writes the reply as text without markup, choices and links as lines.
func (r Reply) Plain() string {
	if len(r.Choices) == 0 && len(r.Links) == 0 && r.Card == nil {
		return r.Text
	}
	var b strings.Builder
	b.WriteString(r.Text)
	if r.Card != nil {
		line(&b, "【"+r.Card.Title+"】"+r.Card.Description+" "+r.Card.URL)
	}
	for _, link := range r.Links {
		line(&b, link.Text+"："+link.URL)
	}
	for i, choice := range r.Choices {
		line(&b, strconv.Itoa(i+1)+" "+choice.Label)
	}
	return b.String()
}

func line(b *strings.Builder, text string) {
	if b.Len() > 0 {
		b.WriteByte('\n')
	}
	b.WriteString(text)
}
