package wechat

import "testing"

// TestFitField makes values fit the fields of templates.
func TestFitField(t *testing.T) {
	for _, c := range []struct{ name, value, want string }{
		{"thing2", "欠薪情况登记", "欠薪情况登记"},
		{"thing2", "一二三四五六七八九十一二三四五六七八九十", "一二三四五六七八九十一二三四五六七八九十"},
		{"thing2", "一二三四五六七八九十一二三四五六七八九十一", "一二三四五六七八九十一二三四五六七八九…"},
		{"thing2", " 两行\n写的\x00 ", "两行 写的"},
		{"thing2", "", "无"},
		{"phrase3", "办理中", "办理中"},
		{"phrase3", "已答复（2）", "已答复"},
		{"phrase3", "一二三四五六", "一二三四五"},
		{"phrase3", "OK", "无"},
		{"character_string1", "483-715-926", "483-715-926"},
		{"character_string1", "号：483 715", "483715"},
		{"character_string1", "号", "-"},
		{"number5", "约 3 个", "3"},
		{"number5", "没有", "0"},
		{"time4", "2026年11月23日 09:05", "2026年11月23日 09:05"},
		{"name6", "一二三四五六七八九十一", "一二三四五六七八九十"},
		{"first", "不认识的项 不动", "不认识的项 不动"},
	} {
		if got := FitField(c.name, c.value); got != c.want {
			t.Errorf("%s %q becomes %q, want %q", c.name, c.value, got, c.want)
		}
	}
}
