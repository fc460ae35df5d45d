package knowledge

import (
	"fmt"
	"time"

	"zhugong/internal/strictyaml"
)

// noticeDays is how long before a day staff are told of it.
const noticeDays = 30

// dates checks until when an entry holds and when it must be read again.
func (c *checker) dates(t topic, e *entryForm) {
	if e.ValidUntil.Written() {
		c.due(t.name, e.ValidUntil, "“"+e.ID.Value+"”的有效期", "看看还办不办：还办就改日期，不办了就改“过期后”。")
		if !e.AfterEnd.Written() {
			c.fault(t.name, e.ValidUntil.Text, "写了“有效期至”，没有写“过期后”说什么", "加上一行“过期后: …”。")
		}
	} else if e.AfterEnd.Written() {
		c.fault(t.name, e.AfterEnd, "写了“过期后”，没有写“有效期至”", "加上一行“有效期至: \"2027-12-31\"”，或者删掉“过期后”。")
	}
	if e.Review.Written() {
		c.due(t.name, e.Review, "“"+e.ID.Value+"”的复核日期", "再看一遍内容，还对的话把日期往后改。")
		return
	}
	first := len(t.Entries) > 0 && e == &t.Entries[0]
	if first && t.Review.Written() {
		c.due(t.name, t.Review, "这个文件的复核日期", "再看一遍内容，还对的话把日期往后改。")
	}
}

// due warns of a day that is over or near.
func (c *checker) due(file string, date strictyaml.Date, what, mend string) {
	day := inGuiyang(date.Day)
	if day.IsZero() {
		return
	}
	today := c.now.In(guiyang())
	today = time.Date(today.Year(), today.Month(), today.Day(), 0, 0, 0, 0, guiyang())
	days := int(day.Sub(today).Hours() / 24)
	switch {
	case days < 0:
		c.warn(file, date.Text, fmt.Sprintf("%s已经过了 %d 天", what, -days), mend)
	case days <= noticeDays:
		c.warn(file, date.Text, fmt.Sprintf("%s还有 %d 天就到", what, days), mend)
	}
}
