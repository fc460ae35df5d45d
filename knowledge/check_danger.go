package knowledge

import (
	"strings"

	"zhugong/internal/chinese"
	"zhugong/internal/strictyaml"
)

// worry checks the second net: its reply must name help, and no message may be both dangerous and harmless.
func (c *checker) worry() {
	for _, number := range []string{"110", "120", "12356"} {
		if c.danger.Reply.Written() && !strings.Contains(c.danger.Reply.Value, number) {
			c.fault(dangerName, c.danger.Reply, "回话里没有"+number, "报警 110、急救 120、心理援助 12356 都要写上。")
		}
	}
	dangerous := map[string]strictyaml.Text{}
	for _, kind := range c.danger.Danger {
		for _, phrase := range kind.Phrases {
			dangerous[chinese.Fold(phrase.Value)] = phrase
		}
	}
	both := func(file string, text strictyaml.Text, folded string) {
		if other, ok := dangerous[folded]; ok {
			c.fault(file, text, "“"+text.Value+"”在“危险”里也有（"+where(dangerName, other.Line)+"）", "两处只能留一处。")
		}
	}
	for _, phrase := range c.danger.Harmless {
		both(dangerName, phrase, chinese.Fold(phrase.Value))
	}
	for _, spoken := range c.spoken {
		both(spoken.file, *spoken.text, spoken.folded)
	}
}
