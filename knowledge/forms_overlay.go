package knowledge

import "zhugong/internal/strictyaml"

// answersFile is what one account says otherwise than the others. How a matter is asked for and which matters there are is not
// its business, so it has no keys for that.
type answersFile struct {
	Owner   strictyaml.Text `yaml:"负责人" about:"谁维护"`
	Review  strictyaml.Date `yaml:"复核" about:"哪一天以前要再看一遍；下面每一条没有写的都按它"`
	Entries []answerForm    `yaml:"问答" need:"yes" about:"这个公众号自己的回答，一条一件事"`
	Public  []publicForm    `yaml:"公开信息" about:"自己的电话、地点、规定，写法和 public.yaml 一样"`
	Sources []sourceForm    `yaml:"来源" about:"自己的回答从哪里来，写法和 facts.yaml 一样"`
	Facts   []factForm      `yaml:"事实" about:"自己的报道里的事，写法和 facts.yaml 一样"`
}

type answerForm struct {
	Place      strictyaml.Position
	ID         strictyaml.Text            `yaml:"编号" need:"yes" like:"^[a-z][a-z0-9_]*\\.[a-z0-9_]+$" example:"relief.apply" about:"换哪一条：共用的知识里它的编号"`
	Answer     strictyaml.Text            `yaml:"回答" about:"写了就整段换掉，连来源、链接、卡片、有效期"`
	Attributes map[string]strictyaml.Text `yaml:"追问" keys:"材料 地点 电话 时限 费用 对象 金额 时间 入口" about:"写了的换掉，没写的照旧"`
	Sources    []strictyaml.Text          `yaml:"来源" about:"这里写的话从哪里来，写来源的编号"`
	Links      []linkForm                 `yaml:"链接" about:"回答下面可以点的链接"`
	Card       *cardForm                  `yaml:"卡片" about:"代替文字的一张图文卡片"`
	ValidUntil strictyaml.Date            `yaml:"有效期至" about:"到哪一天为止；真的会结束才写"`
	AfterEnd   strictyaml.Text            `yaml:"过期后" about:"过了有效期说什么"`
	Review     strictyaml.Date            `yaml:"复核" about:"哪一天以前要再看一遍"`
}

// entry is the entry that has these parts and no others.
func (a *answerForm) entry() entryForm {
	return entryForm{Place: a.Place, ID: a.ID, Answer: a.Answer, Attributes: a.Attributes, Sources: a.Sources, Links: a.Links, Card: a.Card,
		ValidUntil: a.ValidUntil, AfterEnd: a.AfterEnd, Review: a.Review}
}

// overlayForms are the forms of the files of an overlay.
type overlayForms struct {
	answers *strictyaml.Form[answersFile]
	menu    *strictyaml.Form[menuFile]
}

func newOverlayForms() overlayForms {
	var block strictyaml.Options
	return overlayForms{strictyaml.NewForm[answersFile](block), strictyaml.NewForm[menuFile](block)}
}
