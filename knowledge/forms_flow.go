package knowledge

import "zhugong/internal/strictyaml"

type flowFile struct {
	ID         strictyaml.Text   `yaml:"编号" need:"yes" like:"^[a-z][a-z0-9_]*$" example:"wage_claim" about:"和文件名相同，不含 .yaml；定下来就不再改"`
	Title      strictyaml.Text   `yaml:"标题" need:"yes" about:"给职工看的选项，最多 14 个字，单独看也明白"`
	Starts     []strictyaml.Text `yaml:"开始" need:"yes" about:"单独写出来就是要办这件事的话，一行一句，至少 5 句"`
	NoticeTime strictyaml.Text   `yaml:"告知时间" one:"开始 要个人信息时" about:"什么时候说“告知”；不写就是要个人信息时"`
	Notice     strictyaml.Text   `yaml:"告知" about:"谁收、收什么、做什么用、存多久（{保存}）、怎么删；问个人信息的都要写"`
	Steps      []stepForm        `yaml:"步骤" need:"yes" about:"一步问一件事"`
	Deadlines  []deadlineForm    `yaml:"时限" about:"从哪一步说的日子算起，法律给多久"`
	Ends       []endForm         `yaml:"结束" need:"yes" about:"办完以后说什么；合条件的都说"`
	Registers  strictyaml.Bool   `yaml:"登记" about:"写“是”，办完就有受理号，转给工作人员"`
}

type stepForm struct {
	Place     strictyaml.Position
	Slot      strictyaml.Text   `yaml:"项" need:"yes" like:"^[a-z][a-z0-9_]*$" example:"district" about:"这一步的编号，小写字母；定下来就不再改"`
	Label     strictyaml.Text   `yaml:"名称" need:"yes" about:"核对时怎么叫它，最多 6 个字"`
	Names     []strictyaml.Text `yaml:"也叫" about:"职工改这一项时还会怎么说它，比如“公司”“老板”"`
	Ask       strictyaml.Text   `yaml:"问" need:"yes" about:"问职工的话，最多 60 个字"`
	Why       strictyaml.Text   `yaml:"为什么" about:"为什么要问，一句话"`
	Kind      strictyaml.Text   `yaml:"类型" need:"yes" one:"选一个 选几个 手机号 金额 人数 日期 年月 文字 受理号" about:"要的是哪一种回答"`
	Use       strictyaml.Text   `yaml:"用选项" about:"用 choices.yaml 里的哪一组选项"`
	Options   []optionForm      `yaml:"选项" about:"让职工选的，写在这里或者用 choices.yaml 里的"`
	Unclear   []unclearForm     `yaml:"再问" about:"一个说法可能是几个选项时，再问一句"`
	Retry     strictyaml.Text   `yaml:"没听懂" about:"没听懂时说什么，举个例子；不写就由程序说"`
	Optional  strictyaml.Bool   `yaml:"可跳过" about:"写“是”，职工可以不答"`
	Personal  strictyaml.Bool   `yaml:"个人信息" about:"写“是”，同意了告知才问；手机号总是"`
	Questions strictyaml.Bool   `yaml:"问句也算" about:"写“是”，职工写的问题就是这一步的答案，不再解释"`
	Health    strictyaml.Bool   `yaml:"健康信息" about:"写“是”，另外同意一次才问"`
	When      []conditionForm   `yaml:"只在" about:"几个条件都合才问这一步"`
}

type optionForm struct {
	Name  strictyaml.Text   `yaml:"名称" need:"yes" about:"选项的名字"`
	Words []strictyaml.Text `yaml:"说法" about:"职工还会怎么说它"`
	Notes []noteForm        `yaml:"提示" about:"用了某个说法时，多说一句"`
}

type noteForm struct {
	Word strictyaml.Text `yaml:"说法" need:"yes" about:"用了哪个说法"`
	Say  strictyaml.Text `yaml:"说" need:"yes" about:"多说的那一句"`
}

type unclearForm struct {
	Words []strictyaml.Text `yaml:"说法" need:"yes" about:"哪些说法分不清是哪个选项"`
	Say   strictyaml.Text   `yaml:"说" need:"yes" about:"再问的那一句"`
	Guess strictyaml.Text   `yaml:"像是" about:"这一问猜的是哪个选项；职工回“是”就算选了它"`
}

type conditionForm struct {
	Slot strictyaml.Text   `yaml:"项" need:"yes" like:"^[a-z][a-z0-9_]*$" example:"district" about:"前面哪一步"`
	Any  []strictyaml.Text `yaml:"是" need:"yes" about:"选了其中一个就算"`
}

type deadlineForm struct {
	Slot    strictyaml.Text `yaml:"项" need:"yes" like:"^[a-z][a-z0-9_]*$" example:"left_job" about:"从哪一步说的日子算起"`
	Near    strictyaml.Text `yaml:"快到" need:"yes" like:"^[1-9][0-9]{0,2}$" example:"10" about:"过了几个月开始提醒"`
	Over    strictyaml.Text `yaml:"过了" need:"yes" like:"^[1-9][0-9]{0,2}$" example:"12" about:"几个月以后就过了"`
	SayNear strictyaml.Text `yaml:"快到时" need:"yes" about:"快到的时候说什么；{截止} 是最后一天"`
	SayOver strictyaml.Text `yaml:"过了时" need:"yes" about:"过了以后说什么"`
	Ask     strictyaml.Text `yaml:"没说多久时" about:"只说不在了、没说多久的，再问哪一句；文字的步骤才用得上"`
}

type endForm struct {
	Place strictyaml.Position
	When  []conditionForm `yaml:"只在" about:"几个条件都合才说这一段"`
	Say   strictyaml.Text `yaml:"说" need:"yes" about:"最多 300 个字；{填:项} 是职工填的"`
}

type choicesFile struct {
	Groups []groupForm `yaml:"选项组" need:"yes" about:"几个办理共用的选项"`
}

type groupForm struct {
	Name    strictyaml.Text `yaml:"名称" need:"yes" example:"区县" about:"“用选项”里写的就是它"`
	Options []optionForm    `yaml:"选项" need:"yes" about:"让职工选的"`
	Unclear []unclearForm   `yaml:"再问" about:"一个说法可能是几个选项时，再问一句"`
}
