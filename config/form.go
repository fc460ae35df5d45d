package config

import "zhugong/internal/strictyaml"

// file declares what may stand in the configuration file.
type file struct {
	Listen    strictyaml.Text   `yaml:"listen" about:"微信推送进来的地址，host:port"`
	OpsListen strictyaml.Text   `yaml:"ops_listen" about:"运维地址：/livez /readyz /metrics，host:port"`
	Redis     *redisForm        `yaml:"redis" about:"会话存在哪里"`
	Knowledge strictyaml.Text   `yaml:"knowledge" about:"知识文件夹；不写就用程序自带的"`
	WeChatAPI strictyaml.Text   `yaml:"wechat_api" about:"微信接口的地址"`
	Desk      *deskForm         `yaml:"desk" about:"登记的事怎么保存，有危险告诉谁"`
	Proxies   []strictyaml.Text `yaml:"trusted_proxies" about:"反向代理的地址，从它们转来的才信 X-Forwarded-For"`
	Accounts  []accountForm     `yaml:"accounts" need:"yes" about:"公众号"`
}

type redisForm struct {
	Addrs        []strictyaml.Text `yaml:"addrs" about:"host:port，可以有几个"`
	MasterName   strictyaml.Text   `yaml:"master_name" about:"哨兵模式的主库名字"`
	Username     strictyaml.Text   `yaml:"username" about:"用户名"`
	PasswordFile strictyaml.Text   `yaml:"password_file" about:"写着密码的文件"`
	TLS          strictyaml.Bool   `yaml:"tls" about:"是否加密连接"`
}

type deskForm struct {
	KeyFiles     []strictyaml.Text `yaml:"key_files" about:"写着登记密钥的文件，新的在前"`
	KeepDays     strictyaml.Text   `yaml:"keep_days" about:"登记保存多少天"`
	AlertURLFile strictyaml.Text   `yaml:"alert_url_file" about:"写着企业微信群机器人地址的文件"`
}

type miniForm struct {
	AppID      strictyaml.Text `yaml:"app_id" need:"yes" like:"^wx[0-9a-f]{16}$" example:"wx 后面 16 位数字或小写字母 a 到 f" about:"小程序的 AppID"`
	Place      strictyaml.Position
	SecretFile strictyaml.Text   `yaml:"secret_file" need:"yes" about:"写着小程序 AppSecret 的文件"`
	OriginalID strictyaml.Text   `yaml:"original_id" like:"^[A-Za-z0-9_-]{3,64}$" example:"gh_0123456789ab" about:"小程序的原始 ID，接小程序客服才写"`
	Token      strictyaml.Text   `yaml:"token" secret:"yes" like:"^[A-Za-z0-9]{3,32}$" example:"3 到 32 位字母或数字，和小程序后台上填的一样" about:"小程序客服的令牌"`
	AESKeys    []strictyaml.Text `yaml:"aes_keys" secret:"yes" like:"^[A-Za-z0-9]{43}$" example:"43 位字母或数字，和小程序后台上的 EncodingAESKey 一样" about:"小程序客服的消息加解密密钥"`
}

type noticeForm struct {
	Place      strictyaml.Position
	Kind       strictyaml.Text `yaml:"kind" need:"yes" one:"subscribe template" about:"subscribe 订阅通知，template 模板消息"`
	TemplateID strictyaml.Text `yaml:"template_id" need:"yes" like:"^[A-Za-z0-9_-]{20,64}$" example:"公众平台上模板的 ID，一长串" about:"模板 ID"`
	Ticket     strictyaml.Text `yaml:"ticket" like:"^(character_string|number|thing|const)[0-9]{1,3}$" example:"character_string1" about:"受理号是模板里的哪一项"`
	Title      strictyaml.Text `yaml:"title" like:"^(thing|const|name)[0-9]{1,3}$" example:"thing2" about:"事项是模板里的哪一项"`
	Status     strictyaml.Text `yaml:"status" like:"^(phrase|thing|const)[0-9]{1,3}$" example:"phrase3" about:"进度是模板里的哪一项"`
	Time       strictyaml.Text `yaml:"time" like:"^(time|date|thing)[0-9]{1,3}$" example:"time4" about:"时间是模板里的哪一项"`
	URL        strictyaml.Text `yaml:"url" about:"点通知打开的网页"`
	Ask        strictyaml.Text `yaml:"ask" about:"有订阅按钮的文章，登记以后给职工看"`
}

type accountForm struct {
	Place           strictyaml.Position
	Name            strictyaml.Text   `yaml:"name" need:"yes" like:"^[a-z0-9_-]+$" example:"guiyang（小写字母、数字、_、-，会出现在网址里）" about:"出现在 /wechat/{name} 里"`
	OriginalID      strictyaml.Text   `yaml:"original_id" need:"yes" like:"^[A-Za-z0-9_-]{3,64}$" example:"gh_0123456789ab" about:"公众号的原始 ID"`
	AppID           strictyaml.Text   `yaml:"app_id" need:"yes" like:"^wx[0-9a-f]{16}$" example:"wx 后面 16 位数字或小写字母 a 到 f" about:"AppID"`
	SecretFile      strictyaml.Text   `yaml:"secret_file" about:"写着 AppSecret 的文件"`
	Token           strictyaml.Text   `yaml:"token" need:"yes" secret:"yes" like:"^[A-Za-z0-9]{3,32}$" example:"3 到 32 位字母或数字，和公众平台上填的一样" about:"令牌"`
	AESKeys         []strictyaml.Text `yaml:"aes_keys" secret:"yes" like:"^[A-Za-z0-9]{43}$" example:"43 位字母或数字，和公众平台上的 EncodingAESKey 一样" about:"消息加解密密钥：现在的，以及换密钥期间的上一个"`
	Mode            strictyaml.Text   `yaml:"mode" one:"plain compat safe" about:"加密方式"`
	CustomerService strictyaml.Bool   `yaml:"customer_service" about:"能不能转给微信客服"`
	MiniProgram     *miniForm         `yaml:"mini_program" about:"这个公众号的小程序，用 /api/v1/{name}"`
	Overlay         strictyaml.Text   `yaml:"overlay" about:"文件夹：这个公众号自己的答案、联系方式、菜单"`
	CardPicture     strictyaml.Text   `yaml:"card_picture" like:"^[A-Za-z0-9_-]{20,128}$" example:"素材库里图片的 media_id，一长串" about:"小程序卡片上的图片"`
	CaseNotice      *noticeForm       `yaml:"case_notice" about:"职工登记的事有进展时，用微信通知他"`
	Hours           []strictyaml.Text `yaml:"hours" example:"周一至周五 09:00-12:00" about:"客服什么时候有人，北京时间"`
}
