package chinese

// longestSyllable is the length of zhuang, chuang, shuang.
const longestSyllable = 6

// AppendLatin appends the syllables that a run of lower-case letters spells (gonghuizenmejiaru) to dst. It reports
// whether the whole run can be read so; if not, dst comes back as it was. Of several readings the one with the
// fewest syllables is taken, which is how people leave out the spaces.
func AppendLatin(dst []Syllable, letters []rune) ([]Syllable, bool) {
	const most = 128
	n := len(letters)
	if n == 0 || n > most {
		return dst, false
	}
	t := table()
	var (
		best [most + 1]uint8 // fewest syllables that spell letters[i:], 0 when none do
		step [most]uint8     // length of the first of them
		word [longestSyllable]byte
	)
	for i := n - 1; i >= 0; i-- {
		for length := 1; length <= min(longestSyllable, n-i); length++ {
			if letters[i+length-1] > 'z' {
				return dst, false
			}
			word[length-1] = byte(letters[i+length-1])
			rest := best[i+length]
			if i+length < n && rest == 0 || t.byName[string(word[:length])] == 0 {
				continue
			}
			if best[i] == 0 || rest+1 <= best[i] {
				best[i], step[i] = rest+1, uint8(length)
			}
		}
	}
	if best[0] == 0 {
		return dst, false
	}
	for i := 0; i < n; i += int(step[i]) {
		length := int(step[i])
		for k := range length {
			word[k] = byte(letters[i+k])
		}
		dst = append(dst, t.byName[string(word[:length])])
	}
	return dst, true
}
