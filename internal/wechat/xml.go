package wechat

import "strings"

// maxDepth bounds nesting; WeChat's deepest push has five levels.
const maxDepth = 16

// xmlScanner reads the XML that WeChat sends, one closing element at a time, without
// copying: encoding/xml costs more than all the rest of a push. It takes the part of XML
// that a push can hold: elements with ASCII names and no prefixes, text, CDATA, the five
// named entities and numeric ones, attributes, comments and processing instructions
// (skipped). It refuses a DOCTYPE and anything not well formed. What both it and
// encoding/xml take, they read alike.
type xmlScanner struct {
	doc    string
	at     int
	depth  int // elements now open
	rooted bool
	names  [maxDepth]string
	texts  [maxDepth]string
	parts  [][]byte // where texts of several parts grow, nil while there are none
	err    error
}

func newXMLScanner(doc string) xmlScanner {
	s := xmlScanner{doc: strings.TrimPrefix(doc, byteOrderMark)}
	if !validText(doc) {
		s.err = errXML
	}
	return s
}

// next goes to where the next element closes and reports false at the end or on an
// error, left in s.err. The element's name is s.names[s.depth], the text directly in it
// s.texts[s.depth]; the names before are those around it, the root first.
func (s *xmlScanner) next() bool {
	for s.err == nil {
		start := strings.IndexByte(s.doc[s.at:], '<')
		if start < 0 {
			s.finish()
			return false
		}
		if start > 0 {
			s.text(s.doc[s.at : s.at+start])
			s.at += start
		}
		if s.at+1 == len(s.doc) {
			break
		}
		switch s.doc[s.at+1] {
		case '/':
			return s.endTag()
		case '!':
			s.declaration()
		case '?':
			s.instruction()
		default:
			if s.startTag() {
				return true
			}
		}
	}
	return s.fail()
}

func (s *xmlScanner) fail() bool {
	s.err = errXML
	return false
}

// finish takes what follows the last tag.
func (s *xmlScanner) finish() {
	if s.depth > 0 || !s.rooted || !blank(s.doc[s.at:]) {
		s.err = errXML
	}
}

// text takes a run of character data, entities and all.
func (s *xmlScanner) text(run string) {
	if s.depth == 0 {
		if !blank(run) {
			s.err = errXML
		}
		return
	}
	if strings.IndexByte(run, ']') >= 0 && strings.Contains(run, "]]>") {
		s.err = errXML
		return
	}
	run = newlines(run)
	if strings.IndexByte(run, '&') < 0 {
		s.add(run)
		return
	}
	unescaped, ok := unescape(run)
	if !ok {
		s.err = errXML
	}
	s.add(unescaped)
}

// add appends to the text of the innermost open element. The root's own text is the
// white space between fields: nobody reads it.
func (s *xmlScanner) add(text string) {
	if s.depth < 2 {
		return
	}
	level := s.depth - 1
	if s.texts[level] == "" {
		s.texts[level] = text
		return
	}
	if s.parts == nil {
		s.parts = make([][]byte, maxDepth)
	}
	if len(s.parts[level]) == 0 {
		s.parts[level] = append(s.parts[level], s.texts[level]...)
	}
	s.parts[level] = append(s.parts[level], text...)
}

// declaration takes CDATA and comments, and refuses all else that begins with <!.
func (s *xmlScanner) declaration() {
	const data, comment = "<![CDATA[", "<!--"
	rest := s.doc[s.at:]
	switch {
	case strings.HasPrefix(rest, data) && s.depth > 0:
		end := strings.Index(rest, "]]>")
		if end < 0 {
			s.err = errXML
			return
		}
		s.add(newlines(rest[len(data):end]))
		s.at += end + len("]]>")
	case strings.HasPrefix(rest, comment):
		end := strings.Index(rest[len(comment):], "--")
		if end < 0 || !strings.HasPrefix(rest[len(comment)+end:], "-->") {
			s.err = errXML
			return
		}
		s.at += len(comment) + end + len("-->")
	default:
		s.err = errXML
	}
}

func (s *xmlScanner) instruction() {
	s.at += len("<?")
	name := s.name()
	end := strings.Index(s.doc[s.at:], "?>")
	if name == "" || end < 0 {
		s.err = errXML
		return
	}
	s.at += end + len("?>")
}

// startTag opens an element and reports whether it closed at once.
func (s *xmlScanner) startTag() (closed bool) {
	s.at++
	name := s.name()
	if name == "" || s.depth == maxDepth || s.depth == 0 && s.rooted {
		return s.fail()
	}
	s.names[s.depth], s.texts[s.depth] = name, ""
	if s.parts != nil {
		s.parts[s.depth] = s.parts[s.depth][:0]
	}
	s.rooted = true
	for {
		s.space()
		switch {
		case s.take(">"):
			s.depth++
			return false
		case s.take("/>"):
			return true
		case !s.attribute():
			return s.fail()
		}
	}
}

// attribute skips one attribute.
func (s *xmlScanner) attribute() bool {
	if s.name() == "" || s.take(":") && s.name() == "" {
		return false
	}
	s.space()
	if !s.take("=") {
		return false
	}
	s.space()
	if s.at == len(s.doc) || s.doc[s.at] != '"' && s.doc[s.at] != '\'' {
		return false
	}
	quote := s.doc[s.at]
	end := strings.IndexByte(s.doc[s.at+1:], quote)
	if end < 0 || strings.IndexByte(s.doc[s.at+1:s.at+1+end], '<') >= 0 {
		return false
	}
	s.at += end + 2
	return true
}

// endTag closes the innermost element.
func (s *xmlScanner) endTag() bool {
	s.at += len("</")
	if s.depth == 0 || !s.take(s.names[s.depth-1]) {
		return s.fail()
	}
	s.space()
	if !s.take(">") {
		return s.fail()
	}
	s.depth--
	if s.parts != nil && len(s.parts[s.depth]) > 0 {
		s.texts[s.depth] = string(s.parts[s.depth])
	}
	return true
}

// name takes a name of ASCII letters, digits and _ - . or nothing.
func (s *xmlScanner) name() string {
	start := s.at
	for s.at < len(s.doc) {
		c := s.doc[s.at]
		if !alphanumeric(c) && c != '_' && (c != '-' && c != '.' || s.at == start) {
			break
		}
		s.at++
	}
	if name := s.doc[start:s.at]; name != "" && (name[0] < '0' || name[0] > '9') {
		return name
	}
	return ""
}

func (s *xmlScanner) space() {
	for s.at < len(s.doc) && isSpace(s.doc[s.at]) {
		s.at++
	}
}

func (s *xmlScanner) take(token string) bool {
	if !strings.HasPrefix(s.doc[s.at:], token) {
		return false
	}
	s.at += len(token)
	return true
}
