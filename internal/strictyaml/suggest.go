package strictyaml

// Nearest returns the name that was most likely meant by word, "" when none is near. The nearest must be
// nearer than half of the word's length.
func Nearest(word string, names []string) string {
	best, least := "", len([]rune(word))/2+1
	for _, name := range names {
		if len(word) > 8*len(name) {
			continue // too long to be compared, and never near
		}
		if d := distance([]rune(word), []rune(name)); d < least && d < len([]rune(name)) {
			best, least = name, d
		}
	}
	return best
}

// distance returns how many characters must be added, dropped, replaced or swapped with the next to make b
// of a.
func distance(a, b []rune) int {
	before, last, next := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range a {
		next[0] = i + 1
		for j := range b {
			change := last[j]
			if a[i] != b[j] {
				change++
			}
			next[j+1] = min(change, last[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, last, next = last, next, before
	}
	return last[len(b)]
}
