package misses

import (
	"cmp"
	"slices"

	"zhugong/internal/chinese"
)

// Group is misses that are alike.
type Group struct {
	Text   string // the most frequent
	Count  int    // of all together
	Misses []Miss // the most frequent first
}

// Cluster groups misses that are alike, whatever their kind: those that share half of their pairs of characters with the
// most frequent of the group. The biggest group comes first. The same misses give the same groups in any order.
func Cluster(list []Miss) []Group {
	list = slices.Clone(list)
	slices.SortFunc(list, compare)
	c := clusters{holders: map[pair][]int{}}
	for _, miss := range list {
		pairs := pairsOf(miss.Text)
		i, found := c.nearest(pairs)
		if !found {
			i = c.open(miss.Text, pairs)
		}
		c.groups[i].Count += miss.Count
		c.groups[i].Misses = append(c.groups[i].Misses, miss)
	}
	slices.SortStableFunc(c.groups, func(a, b Group) int { return cmp.Compare(b.Count, a.Count) })
	return c.groups
}

// pair is two characters that follow each other.
type pair [2]rune

// pairsOf returns each pair of a folded text once. A text of one character is a pair with nothing, and one that folds to
// nothing, as emoji do, is compared as it is.
func pairsOf(text string) []pair {
	runes := chinese.AppendFold(nil, text)
	if len(runes) == 0 {
		runes = []rune(text)
	}
	if len(runes) == 1 {
		return []pair{{runes[0]}}
	}
	var pairs []pair
	for i := 1; i < len(runes); i++ {
		pairs = append(pairs, pair{runes[i-1], runes[i]})
	}
	slices.SortFunc(pairs, func(a, b pair) int { return slices.Compare(a[:], b[:]) })
	return slices.Compact(pairs)
}

// clusters are the groups so far.
type clusters struct {
	groups  []Group
	sizes   []int          // how many pairs the first text of each group has
	holders map[pair][]int // the groups whose first text has a pair
	shared  []int          // of each group, in nearest
}

// nearest returns the group that shares the largest part of its pairs, of equal ones the one opened first; not found
// when none shares half.
func (c *clusters) nearest(pairs []pair) (best int, found bool) {
	clear(c.shared)
	for _, p := range pairs {
		for _, i := range c.holders[p] {
			c.shared[i]++
		}
	}
	top, of := 0, 1
	for i, n := range c.shared {
		all := len(pairs) + c.sizes[i]
		if 4*n >= all && n*of > top*all {
			best, top, of, found = i, n, all, true
		}
	}
	return best, found
}

func (c *clusters) open(text string, pairs []pair) int {
	i := len(c.groups)
	c.groups, c.sizes = append(c.groups, Group{Text: text}), append(c.sizes, len(pairs))
	c.shared = append(c.shared, 0)
	for _, p := range pairs {
		c.holders[p] = append(c.holders[p], i)
	}
	return i
}
