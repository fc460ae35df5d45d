package knowledge

import (
	"maps"
	"slices"
	"strings"
	"time"

	"zhugong/internal/strictyaml"
)

// checkOverlay returns the faults of what an account says otherwise: what holds for the shared texts holds for its own.
func checkOverlay(o *overlay, now time.Time) []strictyaml.Fault {
	c := &checker{folder: o.folder, now: now, ledger: o.ledger(), markups: markups(), numbers: map[string]bool{},
		lacks: " 和 " + AnswersFile + " 里都没有"}
	var facts, public []strictyaml.Text
	for _, x := range o.answers.Facts {
		facts = append(facts, x.ID)
	}
	for _, p := range o.answers.Public {
		public = slices.Concat(public, []strictyaml.Text{p.ID}, p.Figures, p.Numbers)
	}
	plain := len(o.doubtful[o.file]) == 0 // what is not there may have been lost by a fault of writing
	c.sureOfFacts = c.sure(o.file, facts) && (plain || len(facts) > 0)
	c.sureOfPublic = c.sure(o.file, public) && (plain || len(public) > 0)
	for _, p := range c.ledger.Public {
		for _, number := range p.Numbers {
			c.numbers[number] = true
		}
	}
	c.privacy()
	c.ownLedger(o)
	c.ownAnswers(o)
	c.menuThatOpens(o.buttonKeys())
	return c.found
}

// buttonKeys returns what a button can open.
func (o *overlay) buttonKeys() []string {
	all := keys(o.shared.entries)
	for i := range o.shared.Flows {
		all = append(all, FlowKey+o.shared.Flows[i].ID)
	}
	return all
}

// ownLedger checks the account's own facts, public information and sources: none has the id of another or of a shared one, and
// what is public is used.
func (c *checker) ownLedger(o *overlay) {
	taken := map[string]Place{}
	for id := range o.shared.Sources {
		taken[id] = Place{File: factsName}
	}
	sources := c.uniqueBeside("来源", taken)
	for _, s := range o.answers.Sources {
		sources(o.file, s.ID)
	}
	taken = map[string]Place{}
	for id, x := range o.shared.Facts {
		taken[id] = x.Place
	}
	facts := c.uniqueBeside("事实", taken)
	for _, x := range o.answers.Facts {
		facts(o.file, x.ID)
	}
	c.ledgerQuotes(o.file)
	taken = map[string]Place{}
	for id, p := range o.shared.Public {
		taken[id] = p.Place
	}
	public, cited := c.uniqueBeside("公开信息", taken), citedIn(o.texts())
	for i := range o.answers.Public {
		form := &o.answers.Public[i]
		public(o.file, form.ID)
		if p := form.public(o.file); form.ID.Written() && !cited(&p) {
			c.warn(o.file, form.ID, "“"+p.ID+"”没有一条回答用到", "在回答里写 {依据:"+p.ID+"} 或者它的号码；用不着就删掉。")
		}
	}
}

// ownAnswers checks the account's own answers.
func (c *checker) ownAnswers(o *overlay) {
	t := topic{name: o.file, topicFile: &topicFile{Review: o.answers.Review, Entries: o.entries}}
	seen := map[string]int{}
	for i := range o.entries {
		e := &o.entries[i]
		if e.ID.Written() {
			c.exists(o.file, e.ID, keys(o.shared.entries), "共用的知识里没有编号是“"+e.ID.Value+"”的条目")
			if first, twice := seen[e.ID.Value]; twice {
				c.fault(o.file, e.ID, "“"+e.ID.Value+"”换了两遍，"+where(o.file, first)+"已经有了", "合成一条。")
			}
			seen[e.ID.Value] = e.ID.Line
		}
		c.replaces(o.file, e)
		c.sharedBeside(o, e)
		c.answers(o.file, e)
		c.ownSources(o, e)
		c.links(o.file, e)
		c.dates(t, e)
	}
}

// replaces checks that something is put in place of the shared entry, and whole.
func (c *checker) replaces(file string, e *entryForm) {
	if e.Answer.Written() {
		return
	}
	if e.ID.Written() && len(e.Attributes)+len(e.Links) == 0 && e.Card == nil {
		c.fault(file, e.ID, "这一条什么都没有换", "写上“回答”“追问”“链接”或者“卡片”；和大家一样的就整条删掉。")
	}
	for _, text := range []strictyaml.Text{e.ValidUntil.Text, e.AfterEnd} {
		if text.Written() {
			c.fault(file, text, "写了有效期，没有写“回答”", "有效期是“回答”的：把“回答”也写上，或者删掉有效期。")
			return
		}
	}
}

// sharedBeside warns of what differs from place to place and still is the shared one below an answer of the account's own: somebody
// who asks how to apply is answered by 入口 alone.
func (c *checker) sharedBeside(o *overlay, e *entryForm) {
	shared, known := o.shared.entries[e.ID.Value]
	if !known || !e.Answer.Written() {
		return
	}
	var left []string
	for _, name := range []string{"地点", "电话", "时间", "入口"} {
		if _, own := e.Attributes[name]; !own && shared.Attributes[name] != "" {
			left = append(left, name)
		}
	}
	if len(left) > 0 {
		c.warn(o.file, e.ID, "换了“回答”，问到"+strings.Join(left, "、")+"时还是照大家共用的“追问”答",
			"在“追问”里也写上自己的；共用的没有错，抄过来就不再提醒。")
	}
}

// ownSources checks that sources exist, and that what quotes something says where it is from.
func (c *checker) ownSources(o *overlay, e *entryForm) {
	var ids []strictyaml.Text
	for _, s := range o.answers.Sources {
		ids = append(ids, s.ID)
	}
	for _, source := range e.Sources {
		if !c.sure(o.file, ids) {
			break
		}
		c.exists(o.file, source, keys(c.ledger.Sources), factsName+c.lacks+"“"+source.Value+"”这个来源")
	}
	if c.sourced(o.file, e); e.Answer.Written() || len(e.Sources) > 0 {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(e.Attributes)) {
		text := e.Attributes[name]
		if slices.ContainsFunc(parseTemplate(text.Value), func(p part) bool { return p.placeholder }) {
			c.fault(o.file, text, "这里引用了事实或依据，却没有写“来源”", "加上“来源”，写来源的编号。")
			return
		}
	}
}
