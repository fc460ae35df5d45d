package strictyaml

// Most lines are plain items: they follow each other in a list of sentences and have no character that means
// anything to YAML. The parser takes far longer to read a line than all that comes before it, so of each run of plain
// items it gets to see the first only. What the others say is known already.

// withoutPlain returns the text for the parser: plain items that follow another one are empty lines.
func (s *Source) withoutPlain() []byte {
	text := make([]byte, 0, len(s.text)+1)
	for n := 1; n <= len(s.lines); n++ {
		text = append(text, s.text[s.lines[n-1].start:s.lines[n-1].end]...)
		text = append(text, '\n')
		for range s.plain[n] {
			text = append(text, '\n')
			n++
		}
	}
	return text
}

// plainText returns the sentence of a plain item, which begins at column.
func (s *Source) plainText(line, column int) Text {
	return Text{Value: s.Line(line)[column-1:], Line: line, Column: column, first: line, indent: column - 1}
}
