package slot

import "time"

// clock is the day from which relative days count, in the time of China.
type clock struct{ today time.Time }

// newClock takes the day that now falls on in China, where it is UTC+8 all the year round.
func newClock(now time.Time) clock {
	china := time.FixedZone("Asia/Shanghai", 8*60*60)
	year, month, day := now.In(china).Date()
	return clock{time.Date(year, month, day, 0, 0, 0, 0, china)}
}

// day returns a day of the calendar, false where there is no such day.
func (c clock) day(year, month, day int) (time.Time, bool) {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, c.today.Location())
	return t, t.Day() == day && int(t.Month()) == month
}

// past gives back a day that is not to come.
func (c clock) past(t time.Time) (time.Time, bool) {
	if t.After(c.today) {
		return time.Time{}, false
	}
	return t, true
}

func (c clock) firstOf(year, month int) time.Time {
	return time.Date(year, time.Month(month), 1, 0, 0, 0, 0, c.today.Location())
}

// monthsAgo goes back whole months: of a day that the month has not got, the last that it has.
func (c clock) monthsAgo(months int) time.Time {
	first := c.firstOf(c.today.Year(), int(c.today.Month())-months)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(c.today.Day(), last)-1)
}

// firstNewYear is the first year of newYears.
const firstNewYear = 2015

// newYears are the days of the lunar new year from 2015 to 2035, as month*100+day: those that the Purple Mountain
// Observatory publishes and any Chinese calendar prints. In 2027 and 2030 the new moon comes within minutes of midnight;
// programs that reckon it themselves are a day off there.
var newYears = [...]int{
	219, 208, 128, 216, 205, 125, 212, 201, 122, 210, // 2015 to 2024
	129, 217, 206, 126, 213, 203, 123, 211, 131, 219, // 2025 to 2034
	208,
}

// newYear returns the first day of the lunar year that begins in a year, false beyond the table.
func (c clock) newYear(year int) (time.Time, bool) {
	if year < firstNewYear || year >= firstNewYear+len(newYears) {
		return time.Time{}, false
	}
	date := newYears[year-firstNewYear]
	return c.day(year, date/100, date%100)
}
