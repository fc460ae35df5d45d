package slot

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// none is how test data say that nothing may be found.
const none = "-"

// clockLine sets the clock for the lines after it.
const clockLine = "# now "

// line is one line of test data: text, asked, want, as far as the file has them.
type line struct {
	number int
	now    time.Time
	fields []string
}

// lines reads a file of test data.
func lines(t testing.TB, name string, fields int) (all []line) {
	t.Helper()
	file, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var now time.Time
	for i, text := range strings.Split(string(file), "\n") {
		if at, ok := strings.CutPrefix(text, clockLine); ok {
			if now, err = time.Parse("2006-01-02 15:04 -0700", at); err != nil {
				t.Fatal(err)
			}
		}
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		one := line{number: i + 1, now: now, fields: strings.Split(text, "\t")}
		if len(one.fields) != fields {
			t.Fatalf("%s:%d: %d fields, want %d", name, one.number, len(one.fields), fields)
		}
		all = append(all, one)
	}
	return all
}

// widen writes ASCII at full width.
func widen(s string) string {
	return strings.Map(func(r rune) rune {
		if r > ' ' && r <= '~' {
			return r - '!' + 0xFF01
		}
		return r
	}, s)
}

// reader reads a value and writes it as test data do.
type reader func(text string, now time.Time, asked bool) string

func written[T any](value T, ok bool, write func(T) string) string {
	if !ok {
		return none
	}
	return write(value)
}

func same(s string) string      { return s }
func inDays(t time.Time) string { return t.Format("2006-01-02") }

// readers are the parsers with a file of test data each.
var readers = map[string]reader{
	"mobile.tsv": func(text string, _ time.Time, _ bool) string {
		number, ok := Mobile(text)
		if !ok && TriesMobile(text) {
			return "tries"
		}
		return written(number, ok, same)
	},
	"money.tsv": func(text string, _ time.Time, asked bool) string {
		yuan, ok := Money(text, asked)
		return written(yuan, ok, func(y int64) string { return strconv.FormatInt(y, 10) })
	},
	"count.tsv": func(text string, _ time.Time, asked bool) string {
		people, ok := Count(text, asked)
		return written(people, ok, strconv.Itoa)
	},
	"date.tsv": func(text string, now time.Time, asked bool) string {
		day, ok := Date(text, now, asked)
		return written(day, ok, inDays)
	},
	"month.tsv": func(text string, now time.Time, asked bool) string {
		first, ok := Month(text, now, asked)
		return written(first, ok, func(t time.Time) string { return t.Format("2006-01") })
	},
	"since.tsv": func(text string, now time.Time, _ bool) string {
		from, ok := Since(text, now)
		return written(from, ok, inDays)
	},
	"yesno.tsv": func(text string, _ time.Time, _ bool) string {
		agrees, ok := YesNo(text)
		return written(agrees, ok, func(b bool) string { return map[bool]string{true: "yes", false: "no"}[b] })
	},
	"left.tsv": func(text string, _ time.Time, _ bool) string {
		return map[bool]string{true: "yes", false: "no"}[Left(text)]
	},
	"rough.tsv": func(text string, _ time.Time, _ bool) string {
		return map[bool]string{true: "yes", false: "no"}[Rough(text)]
	},
	"ticket.tsv": func(text string, _ time.Time, asked bool) string {
		digits, ok := Ticket(text, asked)
		return written(digits, ok, same)
	},
}

func TestReaders(t *testing.T) {
	for name, read := range readers {
		for _, l := range lines(t, name, 3) {
			text, asked, want := l.fields[0], l.fields[1] == "asked", l.fields[2]
			if !asked && l.fields[1] != none {
				t.Fatalf("%s:%d: asked is %q", name, l.number, l.fields[1])
			}
			for _, written := range []string{text, widen(text)} {
				if got := read(written, l.now, asked); got != want {
					t.Errorf("%s:%d: %q asked %t: got %s, want %s", name, l.number, written, asked, got, want)
					break
				}
			}
		}
	}
}

// sets reads the lists of options: a line is name, "many" or "one", and the options, whose other names stand behind =.
func sets(t testing.TB) map[string]set {
	all := map[string]set{}
	for _, l := range lines(t, "options.tsv", 3) {
		s := set{many: l.fields[1] == "many"}
		for _, field := range strings.Fields(l.fields[2]) {
			name, words, _ := strings.Cut(field, "=")
			o := Option{Name: name}
			if words != "" {
				o.Words = strings.Split(words, ",")
			}
			s.options = append(s.options, o)
		}
		all[l.fields[0]] = s
	}
	return all
}

type set struct {
	many    bool
	options []Option
}

func (s set) choose(text string, asked bool) string {
	var names []string
	for _, i := range Choose(text, s.options, asked, s.many) {
		names = append(names, s.options[i].Name)
	}
	if names == nil {
		return none
	}
	return strings.Join(names, " ")
}

func TestChoose(t *testing.T) {
	all := sets(t)
	for _, l := range lines(t, "choose.tsv", 4) {
		s, ok := all[l.fields[0]]
		if !ok {
			t.Fatalf("choose.tsv:%d: no options %q", l.number, l.fields[0])
		}
		text, asked, want := l.fields[1], l.fields[2] == "asked", l.fields[3]
		for _, written := range []string{text, widen(text)} {
			if got := s.choose(written, asked); got != want {
				t.Errorf("choose.tsv:%d: %s: %q asked %t: got %s, want %s", l.number, l.fields[0], written, asked, got, want)
			}
		}
	}
}

// TestChooseNothing holds that there is nothing to choose from, or nothing to read.
func TestChooseNothing(t *testing.T) {
	for _, options := range [][]Option{nil, {{}}, {{Name: "是"}}} {
		for _, text := range []string{"", " ", "？", "最后一个", "都有", "2"} {
			if got := Choose(text, options, true, true); len(got) > 0 && options == nil || slices.Contains(got, 1) {
				t.Errorf("Choose(%q, %v) = %v", text, options, got)
			}
		}
	}
}

// TestTicketCheck holds the example of the standard, 0794 with 5, and what is no number.
func TestTicketCheck(t *testing.T) {
	for nine, want := range map[string]byte{"0794": '5', "483715926": '8', "223344556": '0', "12345678x": 0, "１": 0} {
		if got := TicketCheck(nine); got != want {
			t.Errorf("TicketCheck(%q) = %q, want %q", nine, got, want)
		}
	}
}

// TestNewYears holds that lunar years have twelve or thirteen months of the moon, and that the table ends where it says.
func TestNewYears(t *testing.T) {
	c := newClock(time.Date(2026, 11, 18, 0, 0, 0, 0, time.UTC))
	last, ok := c.newYear(firstNewYear)
	for year := firstNewYear + 1; ok && year <= 2035; year++ {
		var next time.Time
		next, ok = c.newYear(year)
		days := int(next.Sub(last).Hours() / 24)
		if days < 353 || days > 355 && days < 383 || days > 385 {
			t.Errorf("%d days from %s to %s", days, inDays(last), inDays(next))
		}
		months := lunarMonths[year-1-firstNewYear]
		if got := 29*len(months.long) + strings.Count(months.long, "1"); got != days || (len(months.long) == 13) != (months.leap > 0) {
			t.Errorf("the months of %d have %d days, the year %d", year-1, got, days)
		}
		last = next
	}
	if _, beyond := c.newYear(2036); !ok || beyond {
		t.Errorf("the table ends before 2035 or goes beyond it")
	}
}
