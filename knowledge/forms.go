package knowledge

import "zhugong/internal/strictyaml"

// The structs below declare what staff may write in each kind of file. The JSON schemas are drawn from them
// too. They keep the place of every text for the checks; Base holds what the rest of the program needs.

type topicFile struct {
	Title   strictyaml.Text `yaml:"主题" need:"yes" about:"这个文件讲哪一类事"`
	ID      strictyaml.Text `yaml:"编号" need:"yes" like:"^[a-z][a-z0-9_]*$" example:"relief" about:"和文件名相同，不含 .yaml；定下来就不再改"`
	Owner   strictyaml.Text `yaml:"负责人" about:"谁维护"`
	Review  strictyaml.Date `yaml:"复核" about:"哪一天以前要再看一遍；下面每一条没有写的都按它"`
	Entries []entryForm     `yaml:"问答" need:"yes" about:"一条一件事"`
}

type entryForm struct {
	Place      strictyaml.Position
	ID         strictyaml.Text            `yaml:"编号" need:"yes" like:"^[a-z][a-z0-9_]*\\.[a-z0-9_]+$" example:"relief.apply" about:"定下来就不再改"`
	Title      strictyaml.Text            `yaml:"标题" need:"yes" about:"给职工看的选项，最多 14 个字，单独看也明白"`
	Aliases    []strictyaml.Text          `yaml:"别名" about:"单独写出来就是指这一条的短名字"`
	Phrases    []strictyaml.Text          `yaml:"问法" need:"yes" about:"职工真的会写的话，一行一句"`
	Counters   []testForm                 `yaml:"反例" about:"看着像这一条，其实是别的一条"`
	Answer     strictyaml.Text            `yaml:"回答" need:"yes" about:"60 到 180 个字，第一行直接回答，最后一行是下一步"`
	Attributes map[string]strictyaml.Text `yaml:"追问" keys:"材料 地点 电话 时限 费用 对象 金额 时间 入口" about:"接着问到这些时怎么答；不知道的不写"`
	Related    []strictyaml.Text          `yaml:"相关" about:"相近的几条的编号"`
	Sources    []strictyaml.Text          `yaml:"来源" about:"facts.yaml 里来源的编号"`
	Flow       strictyaml.Text            `yaml:"流程" like:"^[a-z][a-z0-9_]*$" example:"wage_claim" about:"引向哪个一步步的办理"`
	Estimates  []strictyaml.Text          `yaml:"估算" one:"拖欠工资 加班费 经济补偿 违法解除赔偿金" about:"职工在话里写清了数，就替他算一算的几种钱"`
	Links      []linkForm                 `yaml:"链接" about:"回答下面可以点的链接"`
	Card       *cardForm                  `yaml:"卡片" about:"代替文字的一张图文卡片"`
	ValidUntil strictyaml.Date            `yaml:"有效期至" about:"到哪一天为止；真的会结束才写"`
	AfterEnd   strictyaml.Text            `yaml:"过期后" about:"过了有效期说什么"`
	Review     strictyaml.Date            `yaml:"复核" about:"哪一天以前要再看一遍"`
	Tests      []testForm                 `yaml:"测试" about:"问法里没有的句子，用来检验认不认得出"`
}

type testForm struct {
	Say      strictyaml.Text `yaml:"说" need:"yes" about:"职工说的话"`
	Want     strictyaml.Text `yaml:"应" about:"应该认成哪一条的编号，或者 域外、危机、辱骂、无"`
	Not      strictyaml.Text `yaml:"不应" about:"不应该认成的编号"`
	Contains strictyaml.Text `yaml:"含" about:"回话里要有的字"`
}

type linkForm struct {
	Text  strictyaml.Text `yaml:"显示" need:"yes" about:"职工看到的字"`
	URL   strictyaml.Text `yaml:"网址" need:"yes" about:"https 开头；有小程序时给打不开小程序的旧手机用"`
	AppID strictyaml.Text `yaml:"小程序" like:"^wx[0-9a-f]{16}$" example:"wx 后面 16 位数字或小写字母" about:"小程序的 AppID"`
	Path  strictyaml.Text `yaml:"页面" about:"小程序里的页面路径"`
}

type cardForm struct {
	Place       strictyaml.Position
	Title       strictyaml.Text `yaml:"标题" need:"yes" about:"卡片的标题"`
	Description strictyaml.Text `yaml:"说明" about:"标题下面的一两句话"`
	Picture     strictyaml.Text `yaml:"图片" about:"https 开头的图片地址"`
	URL         strictyaml.Text `yaml:"网址" need:"yes" about:"点开以后的网页，https 开头"`
}

type factsFile struct {
	Sources []sourceForm `yaml:"来源" need:"yes" about:"回答从哪里来"`
	Facts   []factForm   `yaml:"事实" need:"yes" about:"报道里的每一件事"`
}

type sourceForm struct {
	ID     strictyaml.Text `yaml:"编号" need:"yes" about:"条目的来源里写的就是它"`
	Name   strictyaml.Text `yaml:"名称" need:"yes" about:"显示给职工看的名字"`
	Date   strictyaml.Date `yaml:"日期" need:"yes" about:"哪一天的"`
	Period strictyaml.Text `yaml:"说明" about:"引用五年累计数时跟在日期后面的话"`
}

type factForm struct {
	Place     strictyaml.Position
	ID        strictyaml.Text `yaml:"编号" need:"yes" like:"^[a-z][a-z0-9_]*(\\.[a-z0-9_-]+)*$" example:"relief.fund" about:"回答里用 {事实:编号} 引用"`
	Topic     strictyaml.Text `yaml:"主题" need:"yes" about:"哪一类"`
	Kind      strictyaml.Text `yaml:"类别" need:"yes" one:"事实 背景 陷阱" about:"陷阱不能引用"`
	Statement strictyaml.Text `yaml:"内容" need:"yes" about:"这件事完整的说法"`
	Quote     strictyaml.Text `yaml:"引用" about:"{事实:编号} 换成的字，带单位和余、多、以上"`
	Value     strictyaml.Text `yaml:"数值" about:"数字本身，加英文引号"`
	Unit      strictyaml.Text `yaml:"单位" about:"元、人、件……"`
	Qualifier strictyaml.Text `yaml:"限定" one:"等于 超过 不少于 连续 等 首创 率先" about:"数字是怎么限定的"`
	Paragraph strictyaml.Text `yaml:"段落" about:"报道的第几段"`
	Period    strictyaml.Text `yaml:"时期" about:"五年、报道日、某一年……"`
	Note      strictyaml.Text `yaml:"注意" about:"引用时要当心什么"`
}

type publicFile struct {
	Public []publicForm `yaml:"公开信息" need:"yes" about:"法律条文、热线、通用口径"`
}

type publicForm struct {
	Place     strictyaml.Position
	ID        strictyaml.Text   `yaml:"编号" need:"yes" like:"^[a-z][a-z0-9_]*(\\.[a-z0-9_-]+)*$" example:"law.wage.30" about:"回答里用 {依据:编号} 引用"`
	Kind      strictyaml.Text   `yaml:"类别" need:"yes" one:"法条 热线 口径 释义 地名" about:"哪一种"`
	Name      strictyaml.Text   `yaml:"称呼" need:"yes" about:"{依据:编号} 换成的字"`
	Numbers   []strictyaml.Text `yaml:"号码" like:"^[0-9][0-9-]*$" example:"12351" about:"电话号码，加英文引号"`
	Statement strictyaml.Text   `yaml:"内容" need:"yes" about:"说了什么"`
	Figures   []strictyaml.Text `yaml:"数字" about:"引用它的回答可以写的数，连单位"`
	Source    strictyaml.Text   `yaml:"来源" about:"从哪里看到的"`
	Unproven  strictyaml.Text   `yaml:"待核" about:"上线前要核实什么"`
}

type outsideFile struct {
	Outside []outsideForm `yaml:"域外" need:"yes" about:"不归工会管的事"`
}

type outsideForm struct {
	Place    strictyaml.Position
	ID       strictyaml.Text   `yaml:"编号" need:"yes" like:"^[a-z][a-z0-9_]*(\\.[a-z0-9_-]+)*$" example:"housing_fund" about:"定下来就不再改"`
	Title    strictyaml.Text   `yaml:"类别" need:"yes" about:"职工怎么叫这类事"`
	Signpost strictyaml.Text   `yaml:"指路" about:"该找谁"`
	Manner   strictyaml.Text   `yaml:"回法" one:"应一声 没听懂" about:"不是问事情的话怎么回；问事情的不写"`
	Phrases  []strictyaml.Text `yaml:"说法" need:"yes" about:"职工会怎么说，一行一句"`
	Tests    []testForm        `yaml:"测试" about:"说法里没有的句子"`
}

type safetyFile struct {
	Crisis []safetyForm `yaml:"危机" need:"yes" about:"要马上给求助电话的话"`
	Abuse  []safetyForm `yaml:"辱骂" need:"yes" about:"骂人、广告、套话"`
}

type safetyForm struct {
	Place   strictyaml.Position
	ID      strictyaml.Text   `yaml:"编号" need:"yes" like:"^[a-z][a-z0-9_]*(\\.[a-z0-9_-]+)*$" example:"self_harm" about:"定下来就不再改"`
	About   strictyaml.Text   `yaml:"说明" about:"给人看的说明"`
	Clauses []clauseForm      `yaml:"规则" need:"yes" about:"合一条就算"`
	Unless  []strictyaml.Text `yaml:"除非" about:"先从消息里去掉的平常话"`
	Reply   strictyaml.Text   `yaml:"回答" need:"yes" about:"人审过的回话"`
	Tests   []testForm        `yaml:"测试" about:"要命中的句子；应写 无 的是不该命中的"`
}

type clauseForm struct {
	Place   strictyaml.Position
	Any     []strictyaml.Text `yaml:"命中" need:"yes" about:"消息里有其中一个"`
	With    []strictyaml.Text `yaml:"同时" about:"还要有其中一个"`
	Without []strictyaml.Text `yaml:"不含" about:"消息里任何地方有其中一个，这一条就不算；用来放过以前的事和问法律的话"`
}

type dangerFile struct {
	Reply    strictyaml.Text   `yaml:"回答" need:"yes" about:"人审过的回话：先轻轻问一句，再给求助电话"`
	Danger   []dangerForm      `yaml:"危险" need:"yes" about:"可能要出事的话"`
	Harmless []strictyaml.Text `yaml:"平常" need:"yes" about:"听着像、其实没有事的话，一行一句"`
}

type dangerForm struct {
	Place   strictyaml.Position
	ID      strictyaml.Text   `yaml:"编号" need:"yes" like:"^[a-z][a-z0-9_]*(\\.[a-z0-9_-]+)*$" example:"self_harm" about:"定下来就不再改"`
	About   strictyaml.Text   `yaml:"说明" about:"给人看的说明"`
	Phrases []strictyaml.Text `yaml:"说法" need:"yes" about:"职工会怎么说，一行一句"`
}

type followUpsFile struct {
	FollowUps []followUpForm `yaml:"追问" need:"yes" about:"接着问材料、地点这些时怎么说"`
}

type followUpForm struct {
	Place     strictyaml.Position
	Attribute strictyaml.Text   `yaml:"属性" need:"yes" one:"材料 地点 电话 时限 费用 对象 金额 时间 入口" about:"问的是什么"`
	Question  strictyaml.Text   `yaml:"问" need:"yes" about:"放在句子里怎么称呼它"`
	Phrases   []strictyaml.Text `yaml:"说法" need:"yes" about:"职工会怎么问，一行一句"`
}

type wordsFile struct {
	Dialect   []dialectForm     `yaml:"方言" about:"方言和普通话"`
	Fillers   []strictyaml.Text `yaml:"口头语" about:"去掉也不影响意思的话"`
	Greetings []strictyaml.Text `yaml:"招呼" about:"放在话最前头的招呼"`
	Asides    []strictyaml.Text `yaml:"自报家门" about:"职工先说的自己的情况，和要问哪件事没有关系"`
}

type dialectForm struct {
	Standard strictyaml.Text   `yaml:"普通话" need:"yes" about:"普通话怎么说"`
	Phrases  []strictyaml.Text `yaml:"说法" need:"yes" about:"方言怎么说"`
}
