package dialogue

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"zhugong/intents"
	"zhugong/internal/chinese"
	"zhugong/internal/form"
	"zhugong/internal/slot"
	"zhugong/knowledge"
)

const (
	formLasts = 24 * time.Hour   // since the form was last spoken of
	formIdles = 30 * time.Minute // after which the worker is asked whether to go on
	mostWrong = 3                // answers not understood after which any step can be skipped
)

// flowPrefix begins the id of a choice or a menu key that opens a guided dialogue.
const flowPrefix = "flow:"

// open opens a guided dialogue. One that is half filled in is not thrown away without asking.
func (t *turn) open(flow *knowledge.Flow) Reply {
	f := &t.state.Form
	other, known := t.Base.Flow(f.Flow)
	switch {
	case !known || t.now.Sub(f.At) >= formLasts || len(f.Values) == 0:
		return t.start(flow)
	case other.ID == flow.ID:
		return t.askResume(flow)
	}
	return t.askSwitch(other, flow)
}

// start begins a guided dialogue. What the message that led to it already tells is taken.
func (t *turn) start(flow *knowledge.Flow) Reply {
	t.decision.because("开始“%s”", flow.Title, "")
	t.state.Misses, t.state.Offered, t.state.Attribute = 0, nil, ""
	if flow.Registers && t.Ticket == nil {
		t.decision.because("眼下存不了登记", "", "")
		return t.say(Flow, fmt.Sprintf(phraseCannotRegister, flow.Title))
	}
	t.state.Form = form.Form{Flow: flow.ID, At: t.now}
	if entry := t.flows[flow.ID]; entry != "" {
		t.state.Entry = entry
	}
	var said []string
	if t.message.Kind == Text {
		said = t.take(flow, nil)
	}
	return t.ask(flow, append(said, fmt.Sprintf(phraseFlowBegins, flow.Title))...)
}

// ask puts the next question of the open form below what is said first, or finishes the form.
func (t *turn) ask(flow *knowledge.Flow, first ...string) Reply {
	f := &t.state.Form
	f.At, f.Pending, f.Paused = t.now, "", false
	t.decision.Outcome = Flow
	step := f.Next(flow)
	switch {
	case step == nil && !flow.Registers:
		return t.finish(flow, first)
	case step == nil:
		f.Asked = form.Confirm
		return t.page(Reply{Text: lines(append(first, t.summary(flow))...), Choices: t.labels(phraseYesSubmit, phraseWantChange)})
	case !f.Agreed && flow.Notice != "" && (flow.NoticeFirst || step.Personal || step.Health):
		if f.Asked == form.Consent {
			return t.page(Reply{Text: lines(append(first, phraseConsentShort)...), Choices: t.labels(phraseAgree, phraseDisagree)})
		}
		f.Asked = form.Consent
		notice := strings.ReplaceAll(strings.TrimRight(flow.Notice, "\n"), "{保存}", strconv.Itoa(t.KeepDays)+"天")
		return t.page(Reply{Text: lines(append(first, notice)...), Choices: t.labels(phraseAgree, phraseDisagree)})
	case step.Health && !f.Health:
		f.Asked = form.HealthConsent
		return t.page(Reply{Text: lines(append(first, phraseHealth)...), Choices: t.labels(phraseAgree, phraseSkip)})
	}
	f.Asked = step.Slot
	return t.question(flow, step, first)
}

// again repeats what is asked, below an answer to something else.
func (t *turn) again(flow *knowledge.Flow, first ...string) Reply { return t.ask(flow, first...) }

// question asks for one slot.
func (t *turn) question(flow *knowledge.Flow, step *knowledge.Step, first []string) Reply {
	at, of := t.state.Form.Progress(flow, step.Slot)
	ask := step.Ask
	if of > 1 {
		ask = fmt.Sprintf(phraseProgress, at, of) + ask
	}
	text := append(first, ask)
	if lines(first...) != "" {
		text[len(first)] = "\n" + text[len(first)]
	}
	if at == 1 && of > 1 && len(first) > 0 {
		text = append(text, phraseHowTo)
	}
	switch {
	case step.Kind == knowledge.SomeOf:
		text = append(text, phraseSeveral)
	case step.Optional:
		text = append(text, phraseOptional)
	}
	reply := Reply{Text: lines(text...)}
	for _, option := range step.Options {
		reply.Choices = append(reply.Choices, Choice{option.Name, option.Name})
	}
	if step.Kind == knowledge.Ticket {
		reply.Choices = t.ownTickets()
	}
	t.state.Offered = nil
	return t.page(reply)
}

// labels makes choices that are answers to the form and no entries.
func (t *turn) labels(labels ...string) []Choice {
	t.state.Offered = nil
	choices := make([]Choice, len(labels))
	for i, label := range labels {
		choices[i] = Choice{label, label}
	}
	return choices
}

// lines joins what is said, a paragraph a line.
func lines(text ...string) string {
	var b strings.Builder
	for _, l := range text {
		if l = strings.TrimRight(l, "\n"); l != "" {
			line(&b, l)
		}
	}
	return b.String()
}

// inForm answers a message while a form is open. It reports false when the form has nothing to do with it.
func (t *turn) inForm(folded string) (Reply, bool) {
	f := &t.state.Form
	flow, known := t.Base.Flow(f.Flow)
	if !known || t.now.Sub(f.At) >= formLasts {
		t.decision.because("上次的登记没办完，已经过了一天", "", "")
		t.state.Form = form.Form{}
		t.gone = known
		return Reply{}, false
	}
	switch {
	case f.Pending == form.Resume:
		return t.resumes(flow, folded)
	case strings.HasPrefix(f.Pending, form.Switch):
		return t.switches(flow, folded)
	case f.Paused:
		return t.whilePaused(flow, folded)
	case t.now.Sub(f.At) >= formIdles:
		return t.comesBack(flow, folded)
	}
	if reply, ok := t.commanded(flow, folded); ok {
		return reply, true
	}
	switch f.Asked {
	case form.Consent, form.HealthConsent:
		return t.consents(flow, folded), true
	case form.Confirm:
		return t.confirms(flow, folded), true
	}
	if reply, ok := t.corrects(flow, folded); ok {
		return reply, true
	}
	return t.fill(flow, folded), true
}

// answersStep reports whether the message holds a value for what the open form asks.
func (t *turn) answersStep() bool {
	f := &t.state.Form
	flow, known := t.Base.Flow(f.Flow)
	if !known || f.Paused || f.Pending != "" {
		return false
	}
	step := stepOf(flow, f.Asked)
	return step != nil && t.reader.Read(step, t.message.Text, t.now, true).Value != ""
}

// answersForm reports whether the message is a short answer to what the open form asks: 就我一个 is a number of people
// there, and nothing to worry about. A worker's own words may tell of anything.
func (t *turn) answersForm(folded string) bool {
	f := &t.state.Form
	flow, known := t.Base.Flow(f.Flow)
	if !known || f.Paused || f.Pending != "" || utf8.RuneCountInString(t.message.Text) > shortAnswer {
		return false
	}
	step := stepOf(flow, f.Asked)
	if commandOf(folded, step) != noCommand {
		return true
	}
	if step == nil {
		if _, clear := answerTo(t.message.Text, folded, phraseAgree); clear {
			return true
		}
	} else if step.Kind != knowledge.Free && t.reader.Read(step, t.message.Text, t.now, true).Value != "" {
		return true
	}
	return t.match().Danger < surelyDanger
}

// surelyDanger is how sure the second net must be to take a short answer to a question for danger.
const surelyDanger = 0.85

// fill takes the answer to the step that is asked, serves a question that came instead, or explains the step once more.
func (t *turn) fill(flow *knowledge.Flow, folded string) Reply {
	f := &t.state.Form
	step := stepOf(flow, f.Asked)
	if step == nil { // the flow was changed by staff meanwhile
		return t.ask(flow)
	}
	reading := t.reader.Read(step, t.message.Text, t.now, true)
	if own := t.cases(); step.Kind == knowledge.Ticket {
		if place, ok := placeOf(folded); ok && 0 < place && place <= len(own) {
			reading.Value = digits(own[place-1].Ticket)
		}
	}
	if reply, ok := t.interrupted(flow, folded, step, reading); ok {
		return reply
	}
	if reading.Value == "" && reading.Say != "" {
		t.decision.because("“%s”说得不明确，再问一句", step.Label, "")
		return t.question(flow, step, append(t.take(flow, step), reading.Say))
	}
	if reading.Value == "" {
		if said := t.take(flow, step); len(said) > 0 {
			return t.ask(flow, said...)
		}
		return t.wrong(flow, step, folded)
	}
	return t.ask(flow, t.set(flow, step, reading)...)
}

// set fills a step and what else the message tells, and returns what is to be said about it.
func (t *turn) set(flow *knowledge.Flow, step *knowledge.Step, reading form.Reading) []string {
	f := &t.state.Form
	f.Set(step.Slot, reading.Value)
	f.Wrong = 0
	f.Prune(flow)
	t.decision.because("“%s”填上了", step.Label, "")
	said := []string{reading.Say, form.Warning(flow, step, reading.Value, t.now)}
	taken := t.heard(step, reading.Value)
	if step.Kind == knowledge.Free && slot.LongNumber(t.message.Text) {
		said = append(said, phraseLongNumber)
	}
	return append(t.take(flow, step, taken...), said...)
}

// heard repeats a value that was said in other words than it is kept in: 花果园 is in 南明.
func (t *turn) heard(step *knowledge.Step, value string) []string {
	shown := form.Show(step.Kind, value)
	if step.Kind == knowledge.Free || step.Kind == knowledge.Mobile || step.Kind == knowledge.Ticket || strings.Contains(t.message.Text, value) {
		return nil
	}
	if _, byPlace := placeOf(chinese.Fold(t.message.Text)); byPlace && step.Kind == knowledge.OneOf {
		return nil
	}
	return []string{step.Label + " " + shown}
}

// take fills the open steps that the message unmistakably tells, but for the one asked, and returns what is to be said
// about it and about what was taken before. Nothing personal is taken before the worker agreed.
func (t *turn) take(flow *knowledge.Flow, asked *knowledge.Step, taken ...string) []string {
	f := &t.state.Form
	var said []string
	for _, step := range f.Steps(flow) {
		if asked != nil && asked.Kind == knowledge.Free && step.Kind != knowledge.Mobile && t.state.Form.Get(asked.Slot) != "" {
			continue // a worker's own words may name anything
		}
		if step == asked || f.Done(step.Slot) || step.Personal && !f.Agreed || step.Health && !f.Health {
			continue
		}
		reading := t.reader.Read(step, t.message.Text, t.now, false)
		if reading.Value == "" {
			continue
		}
		f.Set(step.Slot, reading.Value)
		t.decision.because("话里还说了“%s”", step.Label, "")
		taken = append(taken, step.Label+" "+form.Show(step.Kind, reading.Value))
		said = append(said, reading.Say, form.Warning(flow, step, reading.Value, t.now))
	}
	if len(taken) > 0 {
		said = append([]string{fmt.Sprintf(phraseTaken, strings.Join(taken, "，"))}, said...)
	}
	return said
}

// wrong explains a step whose answer was not understood: once with an example, then with the ways out.
func (t *turn) wrong(flow *knowledge.Flow, step *knowledge.Step, folded string) Reply {
	if t.fearful(folded) {
		return t.answerInForm(flow, aboutData)
	}
	f := &t.state.Form
	f.Wrong++
	t.decision.because("没听出“%s”", step.Label, "")
	hint := cmp.Or(step.Retry, retries[step.Kind])
	switch written := len(digits(chinese.Fold(t.message.Text))); {
	case step.Kind == knowledge.Mobile && written == 0:
		f.Wrong = mostWrong // it was no try at a number
		hint = phraseNeededPhone
	case step.Kind == knowledge.Ticket && written == ticketDigits:
		hint = phraseWrongTicket
	case step.Kind == knowledge.Ticket && f.Wrong >= mostWrong:
		t.state.Form = form.Form{}
		return t.say(Flow, phraseNoTicket)
	case f.Wrong >= mostWrong:
		hint = phraseMaySkip
	}
	return t.question(flow, step, []string{hint})
}

// ticketDigits is how many digits the number of a case has.
const ticketDigits = 10

// stepOf returns the step of a slot.
func stepOf(flow *knowledge.Flow, slot string) *knowledge.Step {
	for i := range flow.Steps {
		if flow.Steps[i].Slot == slot {
			return &flow.Steps[i]
		}
	}
	return nil
}

// interrupted answers a question in the middle of a form, after which the step is asked again, and asks before it
// changes to another matter. What can be an answer to the step is one, unless it plainly asks.
func (t *turn) interrupted(flow *knowledge.Flow, folded string, step *knowledge.Step, reading form.Reading) (Reply, bool) {
	if other, ok := t.starts[folded]; ok && other.ID != flow.ID {
		return t.askSwitch(flow, other), true
	}
	named := reading.Value != "" || reading.Say != "" || form.Mentions(step, folded)
	asks := asksPlainly(t.message.Text, folded) || !named && questioning(folded)
	if !asks && named {
		return Reply{}, false
	}
	match := t.match()
	best := match.Best()
	exact := match.Exact.Text != "" && step.Kind != knowledge.Free
	if match.Decide() != intents.Answer || !asks && !exact && !wishes(folded) {
		return t.followedUp(flow, match, reading, asks)
	}
	if isAct(best.Intent) {
		return t.actInForm(flow, best.Intent)
	}
	entry, known := t.Base.Entry(best.Intent)
	if !known || !asks && step.Kind == knowledge.Free && match.Exact.Text == "" {
		return Reply{}, false
	}
	if other, ok := t.Base.Flow(entry.Flow); ok && other.ID != flow.ID && !asks {
		return t.askSwitch(flow, other), true
	}
	return t.answerInForm(flow, best.Intent), true
}

// followedUp answers a bare follow-up (要带什么) about the matter of the form.
func (t *turn) followedUp(flow *knowledge.Flow, match *intents.Match, reading form.Reading, asks bool) (Reply, bool) {
	entry, known := t.Base.Entry(t.flows[flow.ID])
	if !known || !asks || reading.Value != "" || !match.BareFollowUp(true) {
		return Reply{}, false
	}
	reply := t.attribute(entry, match.Attribute)
	return t.below(flow, reply), true
}

// answerInForm answers with an entry and asks the open step again.
func (t *turn) answerInForm(flow *knowledge.Flow, id string) Reply {
	t.decision.because("中间插问一句，答了再接着办", "", "")
	return t.below(flow, t.enter(id))
}

// below asks the open step again below a reply.
func (t *turn) below(flow *knowledge.Flow, reply Reply) Reply {
	outcome := t.decision.Outcome
	if t.state.Rest != "" {
		reply.Text = strings.TrimSuffix(reply.Text, "\n"+phraseMore) // the open step comes before the rest
	}
	next := t.again(flow, reply.Text, phraseBackToForm)
	t.decision.Outcome = outcome
	next.Links, next.Human = reply.Links, reply.Human
	return next
}

// actInForm answers a greeting, thanks, a question about the program and the like in the middle of a form.
func (t *turn) actInForm(flow *knowledge.Flow, act string) (Reply, bool) {
	switch act {
	case "sys.human":
		t.state.Form.Paused = true
		return t.enter(act), true
	case "sys.thanks":
		return t.again(flow, phraseGoOn), true
	case "sys.greeting":
		return t.again(flow, phraseHello), true
	case "sys.bye", "sys.cancel":
		if t.match().Best().Probability < sureToEnd {
			return Reply{}, false
		}
		return t.pause(flow), true
	}
	return t.answerInForm(flow, act), true
}

// fearful reports whether a folded message is afraid of who may learn what is told here.
func (t *turn) fearful(folded string) bool {
	return containsAny(folded, []string{"老板", "厂里", "单位", "公司", "包工头", "工头"}) && containsAny(folded, []string{"晓得", "知道", "告诉", "报复", "找麻烦", "打到", "泄露", "查到", "让"}) ||
		containsAny(folded, []string{"泄露", "谁看得到", "哪个看得到", "哪些人看"})
}

// questioning reports whether a folded message asks something.
func questioning(folded string) bool {
	for _, end := range asking.ends {
		if strings.HasSuffix(folded, end) {
			return true
		}
	}
	for _, word := range asking.words {
		if strings.Contains(folded, word) {
			return true
		}
	}
	return false
}

// asksPlainly reports whether a message can be nothing but a question.
func asksPlainly(text, folded string) bool {
	return strings.ContainsAny(text, "?？") || strings.HasSuffix(folded, "吗") || containsAny(folded, asking.words)
}

// wishes reports whether a folded message says what somebody wants to have done.
func wishes(folded string) bool {
	return containsAny(folded, []string{"我要", "我想", "帮我", "想要", "申请", "给我"})
}

// asking is what questions end with or hold.
var asking = struct{ ends, words []string }{
	[]string{"吗", "不", "没", "呢", "么", "没得", "嘛"},
	[]string{"怎么", "咋", "哪里", "哪个", "哪儿", "哪些", "什么", "啥", "多久", "好久", "为什么", "凭什么", "要不要", "能不能", "可不可以", "得不得", "是不是", "有没有", "有没得", "找谁", "啷个", "多少", "有几天", "几点", "好多钱", "好多天"},
}
