package slot

import (
	"slices"
	"strings"
)

// Words that may stand around the numbers of options.
var ordinalWords = []string{
	"我选", "选择", "选", "我要", "我", "第", "那个", "这个", "个", "项", "号", "条", "种", "就是", "就", "是", "的", "吧", "嘛", "哦", "噻", "呢",
	"啊", "和", "跟", "与", "还有", "以及", "加", "或",
	"有", "都", "嗯", "数字", "回复", "回", "、", ",", ";", " ", ".", "/", "+", "只", "应该", "属于", "咯", "呀", "也",
}

// chooseByNumber reads a message that holds nothing but the numbers of options: 2, 第二个, ②, 1和3, 13, 前两个, 最后一个.
func chooseByNumber(line string, options []Option, many bool) []int {
	if chosen := chooseByPlace(line, len(options), many); chosen != nil {
		return chosen
	}
	if containsAny(line, []string{"个", "种", "条"}) && !containsAny(line, []string{"第", "那", "选", "这"}) {
		return nil // 3个 counts
	}
	var chosen []int
	for rest := line; rest != ""; {
		if word := hasAnyPrefix(rest, ordinalWords); word != "" {
			rest = rest[len(word):]
			continue
		}
		numbers, size := optionNumbers(rest, len(options), many)
		if size == 0 {
			return nil
		}
		chosen = append(chosen, numbers...)
		rest = rest[size:]
	}
	slices.Sort(chosen)
	chosen = slices.Compact(chosen)
	if len(chosen) > 1 && !many {
		return nil
	}
	return chosen
}

// optionNumbers reads a number at the beginning of text, or digits that number one option each.
func optionNumbers(text string, count int, many bool) (numbers []int, size int) {
	d := digitsAt(text)
	if d == 0 {
		run, value := hanDigits(text)
		switch {
		case run == 1 && !strings.HasPrefix(text[len("一"):], "十"):
			numbers, size = []int{int(value)}, len("一")
		case run > 1 && many:
			for _, r := range text[:run*len("一")] {
				numbers = append(numbers, digitOf(r))
			}
			size = run * len("一")
		default:
			n, ok := readNumber(text, 0)
			if !ok || n.start != 0 || n.vague || n.more || n.scaled {
				return nil, 0
			}
			numbers, size = []int{int(n.value)}, n.end
		}
	} else {
		size = d
		if value := int(decimal(text[:min(d, 9)])); value <= count || !many {
			numbers = []int{value}
		} else {
			for i := range min(d, 20) {
				numbers = append(numbers, int(text[i]-'0'))
			}
		}
		if upper, more := rangeEnd(text[size:]); more > 0 && many && len(numbers) == 1 {
			for n := numbers[0] + 1; n <= min(upper, count+1); n++ {
				numbers = append(numbers, n)
			}
			size += more
		}
	}
	for i := range numbers {
		if numbers[i]--; numbers[i] < 0 || numbers[i] >= count {
			return nil, 0
		}
	}
	return numbers, size
}

// rangeEnd reads the upper end of 1到3 and 1-3.
func rangeEnd(text string) (upper, size int) {
	word := hasAnyPrefix(text, []string{"到", "至", "-"})
	d := digitsAt(text[len(word):])
	if word == "" || d == 0 || d > 2 {
		return 0, 0
	}
	return int(decimal(text[len(word) : len(word)+d])), len(word) + d
}

// chooseByPlace reads 最后一个, 倒数第二个 and 前两个.
func chooseByPlace(line string, count int, many bool) []int {
	bare := trimWords(line, ordinalWords[:7], []string{"吧", "嘛", "哦", "的", "了", "噻", "都有", "都是", "有"})
	switch bare {
	case "最后一个", "最后那个", "最后一项", "倒数第一个":
		if count > 0 {
			return []int{count - 1}
		}
	case "倒数第二个", "倒数第二":
		if count > 1 {
			return []int{count - 2}
		}
	}
	rest, ok := strings.CutPrefix(bare, "前")
	if !ok || !many {
		return nil
	}
	n, ok := readNumber(rest, 0)
	if !ok || n.start != 0 || n.vague || n.value < 1 || int(n.value) > count || hasAnyPrefix(rest[n.end:], []string{"个", "项", "条", "样"}) != rest[n.end:] {
		return nil
	}
	chosen := make([]int, int(n.value))
	for i := range chosen {
		chosen[i] = i
	}
	return chosen
}
