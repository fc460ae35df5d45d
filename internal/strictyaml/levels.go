package strictyaml

import (
	"fmt"
	"slices"
	"strings"
)

// level is a list or a group of keys that is open at the line now checked.
type level struct {
	column int // from 0
	list   bool
	line   int // where it began
}

// push opens a level below the innermost one.
func (l *linter) push(column int, list bool) {
	l.levels = append(l.levels, level{column, list, l.number})
}

// place finds the level that a line at column belongs to, opens one where the line before left room, and
// reports a line that belongs to none. at is the offset of the line's first character.
func (l *linter) place(column int, list bool, at int) {
	opened, wrong := l.opened, l.wrong
	l.opened, l.wrong = false, -1
	if len(l.levels) == 0 {
		l.push(column, list)
		return
	}
	top := l.levels[len(l.levels)-1]
	if opened && (column > top.column || column == top.column && list && !top.list) {
		l.push(column, list)
		return
	}
	if column > top.column {
		if wrong != column {
			l.misplaced(at, fmt.Sprintf("这一行缩进了 %d 格，比上面的第 %d 行（%d 格）还深，可上面那行下面不该再有内容",
				column, top.line, top.column), deeperMend(list), top.column)
		}
		l.wrong = column
		return
	}
	kept := closeTo(l.levels, column, list)
	if n := len(kept); n > 0 && kept[n-1].column == column {
		l.levels = kept
		if kept[n-1].list != list {
			l.report(at, mixed(list, kept[n-1].line), "看一看上面同一列的写法，照着改缩进或者补上 - 。")
		}
		return
	}
	if wrong != column {
		l.misplaced(at, fmt.Sprintf("缩进对不上：这一行前面是 %d 个空格，%s", column, nearby(l.levels, len(kept))),
			"和同一层的上一行对齐；每深一层多两个空格。", l.levels[len(kept)].column)
	}
	l.levels = l.levels[:len(kept)+1]
	l.wrong = column
}

// misplaced reports a line that is not indented like any before it. To go on, it is read as if it stood at
// column right.
func (l *linter) misplaced(at int, message, mend string, right int) {
	l.report(at, message, mend, l.edit(0, at, strings.Repeat(" ", right)))
}

// fits reports whether a line may stand at column.
func (l *linter) fits(column int, list bool) bool {
	n := len(l.levels)
	if n == 0 || l.opened && column > l.levels[n-1].column {
		return true
	}
	return slices.ContainsFunc(l.levels, func(level level) bool { return level.column == column && level.list == list })
}

// closeTo drops the levels that a line at column ends.
func closeTo(levels []level, column int, list bool) []level {
	for n := len(levels); n > 0; n = len(levels) {
		top := levels[n-1]
		compact := n > 1 && top.list && !list && top.column == column &&
			!levels[n-2].list && levels[n-2].column == column
		if top.column <= column && !compact {
			break
		}
		levels = levels[:n-1]
	}
	return levels
}

func deeperMend(list bool) string {
	if list {
		return "列表的每一项要对齐；如果这是新的一组，上面一行要以冒号结尾。"
	}
	return "如果是同一层的内容，和上一行对齐；如果是上一行没写完的话，写成一行，或者用 | 写多行。"
}

// nearby names the indentations that would have been right: of the first level that the line would close,
// and of the one outside of it.
func nearby(levels []level, first int) string {
	inner := levels[first]
	if first == 0 {
		return fmt.Sprintf("上面的第 %d 行是 %d 个", inner.line, inner.column)
	}
	return fmt.Sprintf("上面各层有 %d 个的，也有 %d 个的", levels[first-1].column, inner.column)
}

func mixed(list bool, line int) string {
	if list {
		return fmt.Sprintf("这一行是列表的一项（以 - 开头），可同一列的第 %d 行是“项: 内容”", line)
	}
	return fmt.Sprintf("这一行是“项: 内容”，可同一列的第 %d 行是列表的一项（以 - 开头）", line)
}
