package slot

import (
	"strings"
	"time"
)

// Words about leaving work.
var (
	stayWords  = []string{"还在", "没走", "没离", "没有走", "没有离", "没辞", "在职", "一直在", "还干着", "没不干", "还没走", "仍在", "依然在", "目前在", "一直到现在", "干到现在", "做到现在"}
	leaveWords = []string{
		"离开", "离职", "走了", "走的", "走", "不干", "没干", "没在", "辞", "出来", "被开", "开除", "没做", "不做", "回来", "回家", "撤", "炒", "没上班", "解除", "不在",
	}
	workedWords = []string{"干了", "做了", "上了", "打了", "待了", "呆了", "干过", "做过", "欠", "没发", "没给", "拖", "拖了"}
)

// Since reads from when somebody is gone, or something is over: 离开11个月了, 去年3月走的, 走了快一年, 三个月前. Of a month
// the first day is taken: of a limit that runs from it, the earlier end is the safe one. Who is still there is not gone.
func Since(text string, now time.Time) (from time.Time, ok bool) {
	text, c := plain(text), newClock(now)
	if rest, found := corrected(text); found {
		if from, ok = c.since(rest); ok {
			return from, true
		}
	}
	return c.since(text)
}

func (c clock) since(text string) (from time.Time, ok bool) {
	if containsAny(text, stayWords) && !containsAny(text, []string{"不在干", "没在干", "到", "后来"}) {
		return time.Time{}, false
	}
	best := 0
	for i := 0; i < len(text); {
		end, day, grain := c.sinceAt(text, i)
		if end == i {
			i += skipAt(text, i)
			continue
		}
		if grain != 0 {
			rank := rankSince(text[:i], text[end:])
			if rank > best {
				best, from = rank, day
			}
		}
		i = end
	}
	if best > 0 {
		return from, true
	}
	if containsAny(text, []string{"刚走", "刚离", "刚辞", "刚不干", "才走", "才离开", "刚被"}) {
		return c.today, true
	}
	return time.Time{}, false
}

// sinceAt reads a moment or a span at a place in the text. The end is the place when there is neither; the grain is 0 for
// what was read and cannot be counted from.
func (c clock) sinceAt(text string, at int) (end int, day time.Time, g grain) {
	if m, ok := c.readMoment(text, at); ok || m.end > at {
		switch {
		case !ok || m.day.After(c.today) || isToCome(text[:at]):
			return m.end, m.day, 0
		case m.grain != yearGrain:
			return m.end, m.day, m.grain
		case m.day.Year() < c.today.Year()-1: // over a year ago, whatever the day was
			return m.end, m.day.AddDate(1, 0, -1), m.grain
		}
		return m.end, m.day, 0
	}
	s, ok := readSpan(text, at)
	if !ok {
		return at, day, 0
	}
	if s.vague && s.months < 12 {
		return s.end, day, 0
	}
	return s.end, c.before(s), roughGrain
}

// rankSince weighs what stands around a moment or a span: 0 it is not when somebody left, 1 perhaps, 2 surely.
func rankSince(before, after string) int {
	near := clauseBefore(before, 18)
	rest := clauseAfter(after)
	if len(rest) > 18 {
		rest = rest[:18]
	}
	switch {
	case hasAnySuffix(near, []string{"走了", "离开了", "离职了", "辞了", "走", "离开", "离职", "不干了", "没干了", "辞职", "不做了", "出来", "出来了", "回来", "回家", "到", "没在那", "没在那里"}) != "":
		return 2
	case hasAnyPrefix(strings.TrimLeft(rest, " 的就份左右"), leaveWords) != "", containsAny(rest, leaveWords) && !containsAny(rest, workedWords):
		return 2
	case containsAny(near, workedWords), containsAny(rest, []string{"没发", "没给", "工资", "进厂", "入职", "来的", "没结"}):
		return 0
	}
	return 1
}
