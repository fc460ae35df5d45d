package strictyaml

import (
	"fmt"
	"slices"
)

// indentation is the white space before a line.
type indentation struct {
	columns []int // that it may stand for; several when it has tabs
	at      int   // offset of what follows
	odd     int   // offset of the first character that is not a space, -1 for none
}

// home is a level where a line may stand by the form: one that is open, or the one it would open.
type home struct {
	level  int // index of the open level; len(levels) for a new one
	column int
	fit    fit
}

// moved is a line that was misplaced, which the next lines may be by as much.
type moved struct {
	found int // index of the fault, -1 for none
	by    int
}

// place finds the level that a line belongs to, opens one where the line before left room, and reports a line
// whose indentation is not that of its level. It returns the right column; ok is false when there is none.
func (l *linter) place(in indentation, s sign) (column int, ok bool) {
	opened := l.opened
	l.opened = false
	homes := l.homes(in, opened, s)
	h, column, ok := l.exact(in, homes, opened, s)
	if ok && l.isStray(h, opened, s) {
		l.report(in.at, "不认识的项“"+shorten(s.key)+"”，还把没写完的一段内容隔断了", "删掉这一行；如果是项的名字写错了，改对，再和同一层对齐。",
			l.edit(0, len(l.text), ""))
		l.opened = opened
		return 0, false
	}
	if ok && (h.fit == right || l.dropped < 0 || column <= l.dropped) {
		l.dropped = -1
		again := h.fit == unknown && l.again(h, s)
		l.settle(h, s)
		switch {
		case again:
			l.hyphenless(in, h, s)
		case in.odd >= 0 || h.column != column:
			l.misplaced(in, column, h, true)
		default:
			l.moved.found = -1
		}
		return h.column, true
	}
	h, sure := nearest(in.columns, homes)
	if h.fit == wrong || h.fit == unknown && l.dropped >= 0 && in.columns[0] >= l.dropped {
		l.lost(in, s)
		return 0, false
	}
	l.dropped = -1
	l.settle(h, s)
	l.misplaced(in, in.columns[0], h, sure)
	return h.column, true
}

// homes lists where the line may stand, the innermost first.
func (l *linter) homes(in indentation, opened bool, s sign) []home {
	homes := l.places[:0]
	n := len(l.levels)
	if n == 0 || opened {
		next := level{list: s.item, shape: l.below}
		if l.below != nil {
			next.list = l.below.kind == listShape
		}
		if f := next.fit(s); f != wrong {
			homes = append(homes, home{n, l.siblings(in, s), f})
		}
	}
	for i := n - 1; i >= 0; i-- {
		if f := l.levels[i].fit(s); f != wrong {
			homes = append(homes, home{i, l.levels[i].column, f})
		}
	}
	l.places = homes
	return homes
}

// exact returns the home in the column where the line stands. Where the form has none there but one elsewhere, the
// line is misplaced.
func (l *linter) exact(in indentation, homes []home, opened bool, s sign) (_ home, column int, ok bool) {
	for _, column := range in.columns {
		for _, h := range homes {
			if h.level == len(l.levels) && (len(l.levels) == 0 || l.deeper(column, s.item)) || h.level < len(l.levels) && h.column == column {
				return h, column, true
			}
		}
	}
	for _, h := range homes {
		if h.fit == right && (!s.item || l.beginsItem(h, s) && !l.inLine(in, h)) {
			return home{}, 0, false
		}
	}
	column = in.columns[0]
	if len(l.levels) == 0 || opened && l.deeper(column, s.item) {
		return home{len(l.levels), column, unknown}, column, true
	}
	for i := len(l.levels) - 1; i >= 0; i-- {
		if l.levels[i].column == column && l.levels[i].list == s.item {
			return home{i, column, unknown}, column, true
		}
	}
	return home{}, 0, false
}

// inLine reports whether an item stands exactly where those of another open list do, and far from its home: then its key is
// more likely wrong than its indentation, and nothing is to be moved.
func (l *linter) inLine(in indentation, h home) bool {
	const slip = 2 // columns by which a line is out of line by mistake
	column := in.columns[0]
	if in.odd >= 0 || max(column-h.column, h.column-column) <= slip {
		return false
	}
	return slices.ContainsFunc(l.levels, func(level level) bool { return level.list && level.column == column })
}

// deeper reports whether a line at column may open a level below the innermost one.
func (l *linter) deeper(column int, item bool) bool {
	top := l.top()
	return column > top.column || column == top.column && item && !top.list
}

// beginsItem reports whether the line looks like the beginning of an item of the list h: not only has it a key that
// items may have, but the one that comes first.
func (l *linter) beginsItem(h home, s sign) bool {
	list := l.below
	if h.level < len(l.levels) {
		list = l.levels[h.level].shape
	}
	if list == nil || len(list.element.fields) == 0 {
		return true
	}
	return list.element.fields[0].key == s.key
}

// nearest returns the home nearest to where the line stands, and whether no other is as near. Its fit is wrong when
// there is none.
func nearest(columns []int, homes []home) (best home, sure bool) {
	least := -1
	for _, h := range homes {
		distance := -1
		for _, column := range columns {
			if d := max(column-h.column, h.column-column); distance < 0 || d < distance {
				distance = d
			}
		}
		better := least < 0 || h.fit > best.fit || h.fit == best.fit && distance < least
		if better {
			best, least, sure = h, distance, h.fit == right || distance == 1
		} else if h.fit == best.fit && distance == least {
			sure = false
		}
	}
	return best, sure
}

// isStray reports whether a line with an unknown key stands in the middle of something deeper.
func (l *linter) isStray(h home, opened bool, s sign) bool {
	return !s.item && !s.known && h.fit == unknown && h.level < len(l.levels) && (opened || h.level+1 < len(l.levels)) &&
		!l.rows[l.number].opens && l.goesOn(h.column)
}

// again reports whether the line begins a group a second time: an item that has lost its hyphen.
func (l *linter) again(h home, s sign) bool {
	if s.item || h.level < 1 || h.level >= len(l.levels) || !l.levels[h.level-1].list {
		return false
	}
	return l.levels[h.level].first == s.key && l.levels[h.level].seen[s.key]
}

// hyphenless reports an item without hyphen, and reads it as if it had one.
func (l *linter) hyphenless(in indentation, h home, s sign) {
	list := l.levels[h.level-1].column
	l.report(in.at, "又写了一遍“"+s.key+"”：新的一项前面少了“- ”", "在这一项的第一行前面加“- ”，其余各行照旧。",
		l.edit(0, in.at, spaces(list)+"-"+spaces(h.column-list-1)))
	group := l.top()
	l.levels = l.levels[:h.level]
	l.push(group.column, false, group.shape)
}

// settle closes the levels that the line ends, or opens its own.
func (l *linter) settle(h home, s sign) {
	if h.level == len(l.levels) {
		l.push(h.column, s.item, l.below)
		return
	}
	l.levels = l.levels[:h.level+1]
}

// misplaced reports a line that must stand at another column, or whose indentation has other characters than
// spaces. Lines that follow and are wrong by as much belong to the same mistake.
func (l *linter) misplaced(in indentation, column int, h home, sure bool) {
	mended := l.edit(0, in.at, spaces(h.column))
	if in.odd >= 0 {
		l.moved.found = -1
		l.mend(in.odd, "行首的缩进里有"+oddName(firstOdd(l.text[in.odd:in.at])),
			fmt.Sprintf("缩进只用英文空格，这一行要 %d 个。", h.column), mended)
		return
	}
	if l.moved.found >= 0 && l.moved.by == column-h.column {
		l.also(l.moved.found, mended)
		return
	}
	l.moved = moved{len(l.found), column - h.column}
	message := fmt.Sprintf("缩进不对：这一行前面是 %d 个空格，应该是 %d 个", column, h.column)
	if line := l.levels[min(h.level, len(l.levels)-1)].line; line != l.number {
		message += fmt.Sprintf("，和第 %d 行对齐", line)
	}
	l.reportOrMend(sure, in.at, message, "照前后同一层的写法对齐；每深一层多两个空格。", mended)
}

// lost reports a line that belongs to no level. To go on, it is read as if it were not there, and so is what stands
// below it.
func (l *linter) lost(in indentation, s sign) {
	column := in.columns[0]
	gone := l.edit(0, len(l.text), "")
	if l.dropped >= 0 {
		l.also(l.droppedBy, gone)
		return
	}
	l.dropped, l.droppedBy = column, len(l.found)
	mend := "如果是同一层的内容，和上一行对齐；如果是上一行没写完的话，写成一行，或者用 | 写多行。"
	if s.item {
		mend = "列表的每一项要对齐；如果这是新的一组，上面一行要以冒号结尾。"
	}
	l.report(in.at, l.lostWhy(column, s.item), mend, gone)
}

func (l *linter) lostWhy(column int, item bool) string {
	for _, level := range l.levels {
		switch {
		case level.column != column:
		case item:
			return fmt.Sprintf("这一行是列表的一项（以 - 开头），可同一列的第 %d 行是“项: 内容”", level.line)
		default:
			return fmt.Sprintf("这一行是“项: 内容”，可同一列的第 %d 行是列表的一项（以 - 开头）", level.line)
		}
	}
	return fmt.Sprintf("这一行缩进了 %d 格，可上面没有它能接上的内容", column)
}
