package knowledge

import (
	"slices"
	"strings"
	"unicode/utf8"

	"zhugong/internal/chinese"
	"zhugong/internal/strictyaml"
)

// selfHarm is the rule for people who want to die.
const selfHarm = "self_harm"

// rules returns the safety rules of both kinds.
func (c *checker) rules() []safetyForm { return slices.Concat(c.safety.Crisis, c.safety.Abuse) }

// safetyRules checks the phrases of the rules and runs the rules' own tests.
func (c *checker) safetyRules() {
	for _, rule := range c.rules() {
		for i := range rule.Clauses {
			c.rulePhrases(&rule.Clauses[i])
			c.ruleWithout(rule.ID.Value, &rule.Clauses[i])
		}
		for _, phrase := range rule.Unless {
			if chinese.Fold(phrase.Value) == "" {
				c.fault(safetyName, phrase, "这里没有字，只有符号", "删掉这一行。")
			}
		}
		if len(rule.Tests) == 0 && rule.ID.Written() {
			c.fault(safetyName, rule.ID, "规则“"+rule.ID.Value+"”没有测试", "在“测试”里写几句该命中的，也写几句不该命中的（应: 无）。")
		}
	}
	crisis := NewSafetyIndex(c.crisis)
	c.ruleTests(c.safety.Crisis, crisis, wantCrisis)
	abuse := NewSafetyIndex(c.abuse)
	c.ruleTests(c.safety.Abuse, abuse, wantAbuse)
	c.everydayTalk(crisis)
	c.safeStarts(crisis, abuse)
	for _, o := range c.outside.Outside {
		if len(o.Tests) == 0 && o.ID.Written() {
			c.fault(outsideName, o.ID, "“"+o.ID.Value+"”没有测试", "在“测试”里写几句说法里没有的话。")
		}
	}
}

// rulePhrases reports phrases that are found in every other message. Two together may be short.
func (c *checker) rulePhrases(clause *clauseForm) {
	for _, phrases := range [][]strictyaml.Text{clause.Any, clause.With} {
		for _, phrase := range phrases {
			length := utf8.RuneCountInString(chinese.Fold(phrase.Value))
			if length == 0 || length == 1 && len(clause.With) == 0 {
				c.fault(safetyName, phrase, "“"+phrase.Value+"”太短，平常说话也会碰上", "至少写两个字，或者加上“同时”。")
			}
		}
	}
}

// ruleWithout checks what forbids a clause: it must not forbid it for good, and never for someone who wants
// to die, whose past and whose questions are part of the danger.
func (c *checker) ruleWithout(id string, clause *clauseForm) {
	var any []string // folded
	if len(clause.Without) > 0 {
		any = foldTexts(clause.Any)
	}
	for _, phrase := range clause.Without {
		forbids := chinese.Fold(phrase.Value)
		if forbids == "" {
			c.fault(safetyName, phrase, "这里没有字，只有符号", "删掉这一行。")
			continue
		}
		if id == selfHarm {
			c.fault(safetyName, phrase, "“"+selfHarm+"”不能写“不含”：想不开的人也会讲以前的事、问赔偿", "删掉“不含”；平常话写进“除非”。")
		}
		for i, wanted := range clause.Any {
			if strings.Contains(any[i], forbids) {
				c.fault(safetyName, wanted, "“"+wanted.Value+"”里有“不含”的“"+phrase.Value+"”，永远不会命中", "两处删掉一处。")
			}
		}
	}
}

func foldTexts(texts []strictyaml.Text) []string {
	folded := make([]string, len(texts))
	for i, text := range texts {
		folded[i] = chinese.Fold(text.Value)
	}
	return folded
}

// ruleTests runs the tests of one kind of rules. all is what a test may expect to mean any of them.
func (c *checker) ruleTests(forms []safetyForm, index *SafetyIndex, all string) {
	for _, form := range forms {
		for _, test := range form.Tests {
			want := test.Want.Value
			if want == "" || want == all {
				want = form.ID.Value
			}
			folded := chinese.Fold(test.Say.Value)
			rule, phrase, ok := index.Find(folded)
			switch {
			case want == wantNothing && ok:
				c.fault(safetyName, test.Say, "这句不该命中，却命中了“"+rule.ID+"”的“"+phrase+"”", "把“命中”写得更准，或者在“除非”里加上这种平常话。")
			case want == wantNothing:
			case !ok:
				c.fault(safetyName, test.Say, "这句应该命中“"+want+"”，却什么都没有命中", "在“命中”里加上这句话里的词组。")
			case rule.ID != want && !index.hits(want, folded):
				c.fault(safetyName, test.Say, "这句应该命中“"+want+"”，却只命中了“"+rule.ID+"”的“"+phrase+"”",
					"在“"+want+"”的“命中”里加上这句话里的词组；如果就该是“"+rule.ID+"”，写上“应: "+rule.ID+"”。")
			}
		}
	}
}

// safeStarts reports starts of guided dialogues that the safety rules answer, so that they never start anything.
func (c *checker) safeStarts(indexes ...*SafetyIndex) {
	for _, t := range c.flows {
		for i := range t.spoken {
			for _, index := range indexes {
				if rule, phrase, ok := index.Find(t.spoken[i].folded); ok {
					c.fault(t.name, *t.spoken[i].text, "这句会先碰上安全规则（“"+rule.ID+"”的“"+phrase+"”），开始不了这个办理", "换一种说法，或者删掉这一行。")
				}
			}
		}
	}
}

// everydayTalk warns of ways of asking that are answered as an emergency.
func (c *checker) everydayTalk(crisis *SafetyIndex) {
	for _, spoken := range c.spoken {
		if isFlow(spoken.file) {
			continue // told as a fault
		}
		if rule, phrase, ok := crisis.Find(spoken.folded); ok {
			c.warn(spoken.file, *spoken.text, "这句会先当作危机（“"+rule.ID+"”的“"+phrase+"”），到不了这一条",
				"不是危机就改 safety.yaml 的规则；真是危机就删掉这一句。")
		}
	}
}
