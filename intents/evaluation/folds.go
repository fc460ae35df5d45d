package evaluation

import (
	"cmp"
	"hash/fnv"
	"math"
	"slices"
)

// slack is how much more than its share of a class a fold may get before a group goes to the next fold. Without any, a
// new way of asking would move many others to other folds; with much, folds would differ in what they ask.
const slack = 1.1

// lot is what is dealt to a fold in one piece.
type lot struct {
	key   string // what its fold is chosen by
	class string // folds get about the same of each
	size  int
}

// deal returns the fold of each lot. It goes by a hash of the key, so that a new lot moves hardly any other.
func deal(lots []lot, folds int) []int {
	total := map[string]int{}
	order := make([]int, len(lots))
	for i, l := range lots {
		total[l.class] += l.size
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(hash(lots[a].key), hash(lots[b].key)), cmp.Compare(lots[a].key, lots[b].key))
	})
	loads := map[string][]int{} // by class, by fold
	result := make([]int, len(lots))
	for _, i := range order {
		l := lots[i]
		if loads[l.class] == nil {
			loads[l.class] = make([]int, folds)
		}
		room := slack * float64(total[l.class]) / float64(folds)
		fold := roomiest(loads[l.class], int(hash(l.key)%uint64(folds)), l.size, int(math.Ceil(room)))
		loads[l.class][fold] += l.size
		result[i] = fold
	}
	return result
}

// roomiest returns the first fold from the preferred one on whose load stays within room, or else the emptiest.
func roomiest(loads []int, preferred, size, room int) int {
	best := preferred
	for step := range loads {
		fold := (preferred + step) % len(loads)
		if loads[fold]+size <= room {
			return fold
		}
		if loads[fold] < loads[best] {
			best = fold
		}
	}
	return best
}

func hash(text string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(text)) // never fails
	return h.Sum64()
}

// deal gives every item its group and its fold, and every outside message the fold of its kind.
func (p *Plan) deal() {
	texts := make([]string, len(p.items))
	for i := range p.items {
		texts[i] = p.items[i].normal
	}
	groups := gather(texts)
	smallest := map[int]int{} // by group, the item that its fold is chosen by
	sizes := map[int]int{}
	for i, group := range groups {
		p.items[i].group = group
		sizes[group]++
		if first, seen := smallest[group]; !seen || texts[i] < texts[first] {
			smallest[group] = i
		}
	}
	var lots []lot
	place := map[int]int{} // by group, its lot
	for i, group := range groups {
		if i == group { // its first item
			place[group] = len(lots)
			first := p.items[smallest[group]]
			lots = append(lots, lot{first.normal, first.Class, sizes[group]})
		}
	}
	folds := deal(lots, p.folds)
	for i, group := range groups {
		p.items[i].fold = folds[place[group]]
	}
	p.dealKinds()
}

func (p *Plan) dealKinds() {
	var lots []lot
	place := map[string]int{}
	for _, it := range p.items {
		if !it.outside {
			continue
		}
		if _, seen := place[it.Class]; !seen {
			place[it.Class] = len(lots)
			lots = append(lots, lot{key: it.Class})
		}
		lots[place[it.Class]].size++
	}
	folds := deal(lots, p.folds)
	for i := range p.items {
		if it := &p.items[i]; it.outside {
			it.kindFold = folds[place[it.Class]]
		}
	}
}
