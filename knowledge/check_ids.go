package knowledge

import (
	"path"
	"slices"
	"strings"

	"zhugong/internal/strictyaml"
)

// entryIDs returns the ids of all entries. sound is false when some are missing or not as they must be, so
// that it cannot be told what does not exist.
func (f *folder) entryIDs() (ids []string, sound bool) {
	sound = f.whole
	for _, t := range f.topics {
		for i := range t.Entries {
			id := t.Entries[i].ID
			sound = sound && f.sure(t.name, []strictyaml.Text{id}) && strings.Contains(id.Value, ".") && !slices.Contains(ids, id.Value)
			ids = append(ids, id.Value)
		}
	}
	return ids, sound
}

// flowIDs returns the ids of all guided dialogues. sure is false when what they do not have may exist, or when there
// are none at all, as in a folder of somebody who does not use them.
func (f *folder) flowIDs() (ids []string, sure bool) {
	var texts []strictyaml.Text
	sure = len(f.flows) > 0
	for _, t := range f.flows {
		sure = sure && f.sure(t.name, []strictyaml.Text{t.ID})
		texts = append(texts, t.ID)
	}
	return values(texts), sure
}

// ids checks that ids are unique and that a topic's id is its file's name.
func (c *checker) ids() {
	entries, topics := c.unique("条目"), c.unique("主题")
	for _, t := range c.topics {
		c.namedAfter(t.name, t.ID)
		topics(t.name, t.ID)
		for i := range t.Entries {
			entries(t.name, t.Entries[i].ID)
		}
	}
	facts, public, sources := c.unique("事实"), c.unique("公开信息"), c.unique("来源")
	for _, s := range c.facts.Sources {
		sources(factsName, s.ID)
	}
	for _, f := range c.facts.Facts {
		facts(factsName, f.ID)
	}
	for _, p := range c.public.Public {
		public(publicName, p.ID)
	}
	outside, rules, danger, attributes := c.unique("域外"), c.unique("规则"), c.unique("危险"), c.unique("追问")
	for _, o := range c.outside.Outside {
		outside(outsideName, o.ID)
	}
	for _, s := range slices.Concat(c.safety.Crisis, c.safety.Abuse) {
		rules(safetyName, s.ID)
	}
	for _, d := range c.danger.Danger {
		danger(dangerName, d.ID)
	}
	for _, u := range c.followUps.FollowUps {
		attributes(followUpsName, u.Attribute)
	}
}

// namedAfter checks that an id is the name of its file.
func (c *checker) namedAfter(file string, id strictyaml.Text) {
	if want := strings.TrimSuffix(path.Base(file), ".yaml"); id.Written() && id.Value != want {
		c.fault(file, id, "编号“"+id.Value+"”和文件名“"+want+".yaml”不一样",
			"改成一样的；已经发布过的编号不要改，改文件名。")
	}
}

// unique returns a function that reports an id which it has been given before.
func (c *checker) unique(kind string) func(file string, id strictyaml.Text) {
	return c.uniqueBeside(kind, map[string]Place{})
}

// uniqueBeside is unique for ids some of which have been seen already.
func (c *checker) uniqueBeside(kind string, seen map[string]Place) func(file string, id strictyaml.Text) {
	return func(file string, id strictyaml.Text) {
		first, twice := seen[id.Value]
		if twice && id.Written() {
			c.fault(file, id, kind+"的编号“"+id.Value+"”用了两遍，"+where(first.File, first.Line)+"已经有了",
				"换一个编号；如果是同一件事，合成一条。")
			return
		}
		seen[id.Value] = Place{file, id.Line, id.Column}
	}
}

// targets checks that what is named by id exists.
func (c *checker) targets() {
	entries, sound := c.entryIDs()
	if !sound {
		return
	}
	var sources []strictyaml.Text
	for _, s := range c.facts.Sources {
		sources = append(sources, s.ID)
	}
	sourcesSure := c.sure(factsName, sources) && len(sources) > 0
	flows, flowsSure := c.flowIDs()
	wanted := append([]string{wantOutside, wantCrisis, wantAbuse, wantNothing}, entries...)
	for _, t := range c.topics {
		for i := range t.Entries {
			e := &t.Entries[i]
			c.related(t.name, e, entries)
			if e.Flow.Written() && flowsSure {
				c.exists(t.name, e.Flow, flows, "flows 里没有“"+e.Flow.Value+"”这个办理")
			}
			for _, source := range e.Sources {
				if !sourcesSure {
					break
				}
				c.exists(t.name, source, values(sources), "facts.yaml 里没有“"+source.Value+"”这个来源")
			}
			for _, test := range slices.Concat(e.Counters, e.Tests) {
				c.testTarget(t.name, test, wanted, entries)
			}
		}
	}
	for _, o := range c.outside.Outside {
		for _, test := range o.Tests {
			c.testTarget(outsideName, test, wanted, entries)
		}
	}
}

// maxRelated is how many choices a reply may offer.
const maxRelated = 7

func (c *checker) related(file string, e *entryForm, entries []string) {
	seen := map[string]bool{e.ID.Value: true}
	for _, id := range e.Related {
		switch {
		case id.Value == e.ID.Value:
			c.fault(file, id, "“相关”里写了这一条自己", "删掉这一行。")
		case seen[id.Value]:
			c.fault(file, id, "“相关”里“"+id.Value+"”写了两遍", "删掉一个。")
		default:
			c.exists(file, id, entries, "没有编号是“"+id.Value+"”的条目")
		}
		seen[id.Value] = true
	}
	if len(e.Related) > maxRelated {
		c.fault(file, e.Related[maxRelated], "“相关”写得太多了，最多 7 个", "留下职工最可能接着问的 2 到 4 个。")
	}
}

// exists reports an id that is not among ids.
func (c *checker) exists(file string, id strictyaml.Text, ids []string, message string) {
	if slices.Contains(ids, id.Value) {
		return
	}
	c.fault(file, id, message, didYouMean(id.Value, ids))
}

// didYouMean suggests the id that was meant.
func didYouMean(word string, ids []string) string {
	if near := strictyaml.Nearest(word, ids); near != "" {
		return "是不是想写“" + near + "”？"
	}
	return "写一个已经有的编号，或者删掉。"
}

// Words that a test may expect instead of an entry's id.
const (
	wantOutside = "域外"
	wantCrisis  = "危机"
	wantAbuse   = "辱骂"
	wantNothing = "无"
)

// testTarget checks what a test expects, which may be one of the wanted words and ids.
func (c *checker) testTarget(file string, test testForm, wanted, entries []string) {
	if !test.Want.Written() && !test.Not.Written() && !test.Contains.Written() {
		c.fault(file, test.Say, "这句测试没有写应该认成哪一条", "下面加一行“应: 编号”。")
	}
	if want := test.Want; want.Written() {
		c.exists(file, want, wanted, "没有编号是“"+want.Value+"”的条目")
	}
	if test.Not.Written() {
		c.exists(file, test.Not, entries, "没有编号是“"+test.Not.Value+"”的条目")
	}
}
