package strictyaml

import "strings"

// Lines that are no item and no key, and what they may have been meant for.

// headless reports text of several lines below a key that has no | behind it, and reads it as if it had.
func (l *linter) headless(in indentation) bool {
	last := l.number - 1
	for last > 0 && l.rows[last].blank {
		last--
	}
	if !l.opened || l.openedBy != last || in.columns[0] <= l.top().column || l.below == nil || l.below.kind != textShape {
		return false
	}
	number, text := l.number, l.text
	l.number, l.text = l.openedBy, l.src.Line(l.openedBy)
	end := len(strings.TrimRight(l.text, " "))
	l.mend(end, "下面的文字另起了一行，这里却没有 | ", "冒号后面空一格，加一个 | 。", l.edit(end, len(l.text), " |"))
	l.number, l.text = number, text
	l.opened = false
	l.block = &block{parent: l.top().column, loose: -1, short: -1}
	l.blockLine()
	return true
}

// unreadable reports a line without key. To go on, it is read as if it were not there.
func (l *linter) unreadable(in indentation) {
	gone := l.edit(0, len(l.text), "")
	if l.colonless(in) {
		return
	}
	if l.dropped >= 0 && in.columns[0] >= l.dropped {
		l.also(l.droppedBy, gone)
		return
	}
	l.dropped, l.droppedBy = in.columns[0], len(l.found)
	l.report(in.at, "看不出这一行是什么：没有“项: 内容”的英文冒号，也没有列表的“- ”",
		"如果是上一行没写完的话，写成一行，或者用 | 写多行；如果是列表的一项，前面加“- ”。", gone)
	if len(l.levels) > 0 && in.columns[0] > l.top().column {
		l.found[len(l.found)-1].above = l.number - 1
	}
}

// colonless reports a line that would be a key with its value if it had a colon, or an item if it had a hyphen.
func (l *linter) colonless(in indentation) bool {
	if len(l.levels) == 0 && in.columns[0] == 0 {
		l.push(0, false, l.below)
	}
	for i := len(l.levels) - 1; i >= 0; i-- {
		level := l.levels[i]
		switch {
		case level.column != in.columns[0] || level.shape == nil:
			continue
		case level.list && level.shape.element.kind == textShape:
			l.levels = l.levels[:i+1]
			l.report(in.at, "列表的这一项前面少了“- ”", "前面加“- ”；如果是上一行没写完的话，写成一行。", l.edit(in.at, in.at, "- "))
			return true
		case level.list:
			continue
		}
		for _, name := range level.shape.names {
			rest, ok := strings.CutPrefix(l.text[in.at:], name)
			if !ok || level.seen[name] || rest == "" && !l.goesOn(level.column) {
				continue
			}
			value := len(l.text) - len(strings.TrimLeftFunc(rest, isLead))
			l.levels, l.opened = l.levels[:i+1], rest == ""
			l.note(name)
			l.reportOrMend(value > in.at+len(name), in.at+len(name), "“"+name+"”后面少了英文冒号", "写成“"+name+": 内容”。",
				l.edit(in.at+len(name), value, colonFor(rest)))
			return true
		}
	}
	return false
}

// names returns the keys that may stand in the levels now open.
func (l *linter) names() []string {
	var names []string
	for _, level := range l.levels {
		if level.shape != nil {
			names = append(names, level.shape.names...)
		}
	}
	return names
}
