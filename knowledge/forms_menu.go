package knowledge

import "zhugong/internal/strictyaml"

type menuFile struct {
	Buttons []buttonForm `yaml:"按钮" need:"yes" about:"公众号下面的一排按钮，最多 3 个"`
	Tagged  []taggedForm `yaml:"个性化菜单" about:"带某个标签的人看到的另一份菜单"`
}

type taggedForm struct {
	Place   strictyaml.Position
	TagID   strictyaml.Text `yaml:"标签" need:"yes" like:"^[1-9][0-9]{0,8}$" example:"101" about:"公众平台用户标签的编号"`
	About   strictyaml.Text `yaml:"说明" about:"给谁看的，只给工作人员自己看"`
	Buttons []buttonForm    `yaml:"按钮" need:"yes" about:"这些人看到的按钮，最多 3 个"`
}

// buttonForm is a button of the bottom row, and subButtonForm one above it. Their names have different keys, so that one which is
// indented wrongly cannot pass for the other.
type buttonForm struct {
	Place strictyaml.Position
	Name  strictyaml.Text `yaml:"名称" need:"yes" about:"按钮上的字，最多 5 个，4 个以内才显示得全"`
	Key   strictyaml.Text `yaml:"点击" example:"relief.apply" about:"点了回哪一条：问答的编号，或者 flow: 加流程的编号"`
	URL   strictyaml.Text `yaml:"网址" about:"点了打开哪个网页，https 开头；有小程序时给打不开小程序的旧手机用"`
	AppID strictyaml.Text `yaml:"小程序" like:"^wx[0-9a-f]{16}$" example:"wx 后面 16 位数字或小写字母" about:"点了打开的小程序，写它的 AppID；要先和公众号关联"`
	Path  strictyaml.Text `yaml:"页面" about:"小程序里的页面路径，前面不加斜杠"`
	Sub   []subButtonForm `yaml:"子按钮" about:"点了弹出来的按钮，1 到 5 个；有它就不写上面三样"`
}

type subButtonForm struct {
	Place strictyaml.Position
	Name  strictyaml.Text `yaml:"显示" need:"yes" about:"按钮上的字，最多 20 个，7 个以内才显示得全"`
	Key   strictyaml.Text `yaml:"点击" example:"flow:wage_claim" about:"点了回哪一条：问答的编号，或者 flow: 加流程的编号"`
	URL   strictyaml.Text `yaml:"网址" about:"点了打开哪个网页，https 开头；有小程序时给打不开小程序的旧手机用"`
	AppID strictyaml.Text `yaml:"小程序" like:"^wx[0-9a-f]{16}$" example:"wx 后面 16 位数字或小写字母" about:"点了打开的小程序，写它的 AppID；要先和公众号关联"`
	Path  strictyaml.Text `yaml:"页面" about:"小程序里的页面路径，前面不加斜杠"`
}
