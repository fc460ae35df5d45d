package dialogue

import (
	"strings"

	"zhugong/internal/chinese"
	"zhugong/knowledge"
)

// district is the slot of guided dialogues that asks for the district.
const district = "district"

// where is the attribute that says where to go.
const where = "地点"

// districtsOf collects what districts, and places in them, are called, folded.
func districtsOf(flows []knowledge.Flow) map[string]bool {
	names := map[string]bool{}
	for i := range flows {
		for _, step := range flows[i].Steps {
			if step.Slot != district {
				continue
			}
			for _, option := range step.Options {
				if vague[option.Name] {
					continue
				}
				names[chinese.Fold(option.Name)] = true
				for _, word := range option.Words {
					names[chinese.Fold(word.Text)] = true
				}
			}
		}
	}
	return names
}

// What may stand around the name of a district where nothing else is said: 我在花溪上班的, 那南明这边呢.
var (
	beforePlace = []string{"那", "我们", "我", "是", "人", "就", "住", "在", "到", "要是", "如果", "贵阳市", "贵阳"}
	behindPlace = []string{"的", "呢", "嘞", "喃", "啊", "哦", "吗", "嘛", "哈", "这边", "那边", "这点", "那点", "这里", "那里", "这头", "那头", "上班", "干活", "打工", "做工", "工地上", "工地", "人"}
)

// tellsDistrict reports whether a folded message does nothing but name a district.
func (e *Engine) tellsDistrict(folded string) bool {
	for cut := true; cut; {
		if e.districts[folded] {
			return true
		}
		cut = false
		for _, word := range beforePlace {
			if rest, ok := strings.CutPrefix(folded, word); ok {
				folded, cut = rest, true
			}
		}
		for _, word := range behindPlace {
			if e.districts[folded] {
				return true
			}
			if rest, ok := strings.CutSuffix(folded, word); ok {
				folded, cut = rest, true
			}
		}
	}
	return false
}
