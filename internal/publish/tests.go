package publish

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"zhugong/internal/dialogue"
	"zhugong/internal/strictyaml"
	"zhugong/knowledge"
)

// outside is how a test names what is not the union's business.
const outside = "域外"

// runTests asks the engine what the files say it must be able to answer.
func runTests(engine *dialogue.Engine, now time.Time) []strictyaml.Fault {
	var faults []strictyaml.Fault
	for _, entry := range engine.Base.Entries() {
		for _, test := range entry.Tests {
			faults = appendFault(faults, engine, test, now)
		}
	}
	for _, kind := range engine.Base.Outside {
		for _, test := range kind.Tests {
			test.Want = outside
			faults = appendFault(faults, engine, test, now)
		}
	}
	return faults
}

func appendFault(faults []strictyaml.Fault, engine *dialogue.Engine, test knowledge.Test, now time.Time) []strictyaml.Fault {
	place := test.Say.Place
	_, reply, decision := engine.Turn(dialogue.State{}, dialogue.Message{Text: test.Say.Text}, dialogue.Trial(now))
	verdict, warning := judge(test, reply, decision)
	if verdict == "" {
		return faults
	}
	return append(faults, strictyaml.Fault{
		File: place.File, Line: place.Line, Column: place.Column, Excerpt: engine.Base.Excerpt(place), Warning: warning,
		Message: fmt.Sprintf("测试没有通过：“%s”%s", test.Say.Text, verdict),
		Mend:    "给应该回答它的那一条补几句差不多的问法，或者改掉写错的测试。",
	})
}

// judge says what is wrong with how a test came out, "" when nothing is. A question back is a nuisance and worth a
// warning; a wrong answer or sending the worker away keeps the files from being published.
func judge(test knowledge.Test, reply dialogue.Reply, decision dialogue.Decision) (verdict string, warning bool) {
	got := decision.Intent
	switch decision.Outcome {
	case dialogue.Outside:
		got = outside
	case dialogue.Crisis:
		got = "危机"
	case dialogue.Abuse:
		got = "辱骂"
	}
	switch {
	case test.Not != "" && got == test.Not:
		return fmt.Sprintf("不该由 %s 回答", test.Not), false
	case test.Contains != "" && !strings.Contains(reply.Plain(), test.Contains):
		return fmt.Sprintf("的回答里没有“%s”", test.Contains), false
	case test.Want == "" || got == test.Want:
		return "", false
	}
	if decision.Outcome != dialogue.Clarified {
		return fmt.Sprintf("应由 %s 回答，现在是 %s", test.Want, got), false
	}
	offered := func(choice dialogue.Choice) bool { return choice.ID == test.Want }
	if test.Want == outside || slices.ContainsFunc(reply.Choices, offered) {
		return fmt.Sprintf("应由 %s 回答，现在要先反问一句", test.Want), true
	}
	return fmt.Sprintf("应由 %s 回答，现在反问，选项里还没有它", test.Want), true
}
