package evaluation

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"unicode"
)

// What workers put before a question. The greetings stand in the knowledge as well, for everybody greets so; the names,
// firms and homes do not.
var (
	openings = []string{"", "", "你好，", "您好！", "工会的同志你们好，", "在吗，"}
	people   = []string{"蒋世平", "欧阳倩", "陆正云", "石开兰", "覃小英", "冉茂林"}
	firms    = []string{"云上纺织厂", "城投劳务公司", "大兴机械厂", "美家装饰", "福满楼酒楼", "新天药业的车间"}
	homes    = []string{"息烽县小寨坝镇", "清镇市站街镇", "白云区艳山红镇", "开阳县冯三镇", "修文县龙场镇", "花溪区燕楼镇"}
	kin      = []string{"老公", "表妹", "堂哥", "公公", "侄儿", "嫂子"}
)

// told puts before a text who asks, where he works or lives and since when: one or two of these.
func (d *distorter) told(text string) string {
	const seed = 3
	random := source(text, seed)
	tellings := []string{
		fmt.Sprintf("我叫%s，", among(random, people)),
		fmt.Sprintf("我是%s，手机199%08d，", among(random, people), random.IntN(1e8)),
		fmt.Sprintf("我在%s上班，", among(random, firms)),
		fmt.Sprintf("我家在%s，", among(random, homes)),
		fmt.Sprintf("我%d年%d月进的%s，", 2012+random.IntN(12), 1+random.IntN(12), among(random, firms)),
		fmt.Sprintf("我%s在%s做活路，", among(random, kin), among(random, firms)),
		fmt.Sprintf("帮我%s问的，", among(random, kin)),
	}
	random.Shuffle(len(tellings), func(i, j int) { tellings[i], tellings[j] = tellings[j], tellings[i] })
	return among(random, openings) + strings.Join(tellings[:1+random.IntN(2)], "") + text
}

// unpunctuated tells in one breath, as speech is written down: nothing stands between what is told and what is asked.
func (d *distorter) unpunctuated(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPunct(r) || unicode.IsSpace(r) {
			return -1
		}
		return r
	}, d.told(text))
}

func among(random *rand.Rand, list []string) string { return list[random.IntN(len(list))] }
