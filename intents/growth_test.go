package intents

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// BenchmarkGrowth trains on made-up entries, ever more of them, and asks about them: each has five words of its own, and
// says three of them beside two of anybody's.
func BenchmarkGrowth(b *testing.B) {
	for _, entries := range []int{100, 300, 1000, 3000} {
		random := rand.New(rand.NewPCG(7, 7))
		words := make([]string, 4000)
		for i := range words {
			words[i] = string([]rune{0x4e00 + random.Int32N(3000), 0x4e00 + random.Int32N(3000)})
		}
		var corpus Corpus
		var asked []string
		for e := range entries {
			name := fmt.Sprint("made.up", e)
			var own [5]string
			for i := range own {
				own[i] = words[random.IntN(len(words))]
			}
			for n := range 9 {
				text := ""
				for range 3 {
					text += own[random.IntN(len(own))]
				}
				text += words[random.IntN(len(words))] + words[random.IntN(len(words))]
				if n == 8 {
					asked = append(asked, text)
					continue
				}
				corpus.Inside = append(corpus.Inside, Example{Class: name, Text: text})
			}
		}
		b.Run(fmt.Sprint(entries), func(b *testing.B) {
			matcher, err := Train(corpus)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				matcher.Match(asked[i%len(asked)])
			}
		})
	}
}
