package knowledge

import "strings"

// template is an answer cut into plain text and placeholders. Nothing that a placeholder expands to is
// looked at a second time.
type template []part

// part is a piece of a template. The kind of a placeholder is 事实, 依据 or what else stands before the colon.
type part struct {
	placeholder bool
	kind        string
	text        string // the plain text, or the id of the placeholder
	source      string // as it was written
	start       int    // byte offset in the template
	end         int
	open        bool // a brace that is not closed, or closed and never opened
}

// parseTemplate cuts text at its placeholders, {事实:id} and {依据:id}.
func parseTemplate(text string) template {
	var t template
	done := 0
	plain := func(to int) {
		if to > done {
			t = append(t, part{text: text[done:to], source: text[done:to], start: done, end: to})
		}
	}
	for done < len(text) {
		brace := strings.IndexAny(text[done:], "{}")
		if brace < 0 {
			break
		}
		start := done + brace
		plain(start)
		length := strings.IndexAny(text[start+1:], "{}\n")
		if text[start] == '}' || length < 0 || text[start+1+length] != '}' {
			t = append(t, part{text: text[start : start+1], source: text[start : start+1], start: start, end: start + 1, open: true})
			done = start + 1
			continue
		}
		end := start + 1 + length + 1
		kind, id, _ := strings.Cut(text[start+1:end-1], ":")
		t = append(t, part{placeholder: true, kind: kind, text: id, source: text[start:end], start: start, end: end})
		done = end
	}
	plain(len(text))
	return t
}

const (
	factPlaceholder   = "事实"
	lawPlaceholder    = "依据"
	filledPlaceholder = "填" // {填:slot}: what was filled in
	lastPlaceholder   = "截止"
	keptPlaceholder   = "保存" // how many days what is filled in is kept
)

// expand returns the text to be shown. What only the dialogue can fill in stays as it is.
func (t template) expand(b *Base) string {
	var text strings.Builder
	for _, p := range t {
		switch p.kind {
		case factPlaceholder:
			text.WriteString(b.Facts[p.text].Quote)
		case lawPlaceholder:
			text.WriteString(b.Public[p.text].Name)
		default:
			text.WriteString(p.source)
		}
	}
	return text.String()
}

// quotesPeriod reports whether a fact of the five years' report is quoted.
func (t template) quotesPeriod(b *Base) bool {
	for _, p := range t {
		if p.kind == factPlaceholder && b.Facts[p.text].Period == "五年" {
			return true
		}
	}
	return false
}
