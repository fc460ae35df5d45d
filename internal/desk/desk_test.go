package desk

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"zhugong/internal/session"
	"zhugong/internal/testenv"
	"zhugong/internal/vault"
)

// TestDesk holds the desk to the same behaviour on every kind of Redis.
func TestDesk(t *testing.T) {
	checks := []struct {
		name  string
		check func(*fixture)
	}{
		{"list", checkList},
		{"unreadable cases", checkUnreadable},
		{"no such case", checkNoCase},
		{"steps", checkSteps},
		{"taken once", checkTakenOnce},
		{"sweep", checkSweep},
		{"rotation", checkRotation},
	}
	eachDesk(t, func(f *fixture) {
		for _, each := range checks {
			f.Run(each.name, func(t *testing.T) {
				f := newFixture(t, f.store, f.clock, Book{vault.Random()})
				f.clear()
				each.check(f)
			})
		}
	})
}

// checkList has staff find what workers registered.
func checkList(f *fixture) {
	if cases := f.list(Filter{}); len(cases) != 0 {
		f.Errorf("%d cases at an empty desk", len(cases))
	}
	var all []Case
	for i := range 30 {
		c := f.newCase(workerName(i / 2)) // two of each worker
		if i%3 == 0 {
			c.Flow = "callback"
		}
		if i%5 == 0 {
			c.Worker.Account = "another"
		}
		all = append(all, f.register(c))
		f.clock.Add(time.Minute)
	}
	f.do("take", all[4].Ticket, "小李", "")
	f.do("close", all[7].Ticket, "小王", "打通电话，已经说清")
	all[4], all[7] = f.find(all[4].Ticket), f.find(all[7].Ticket)
	slices.Reverse(all)
	f.same("all", f.list(Filter{}), all)

	filters := []struct {
		name   string
		filter Filter
		holds  func(Case) bool
	}{
		{"new", Filter{Statuses: []Status{New}}, func(c Case) bool { return c.Status == New }},
		{"open", Filter{Statuses: []Status{New, Taken, Answered}}, func(c Case) bool { return c.Status != Closed }},
		{"a flow", Filter{Flow: "callback"}, func(c Case) bool { return c.Flow == "callback" }},
		{"an account", Filter{Account: "another"}, func(c Case) bool { return c.Worker.Account == "another" }},
		{"recent", Filter{Since: all[9].Opened}, func(c Case) bool { return !c.Opened.Before(all[9].Opened) }},
		{"recent of a flow", Filter{Since: all[9].Opened, Flow: "callback"}, func(c Case) bool {
			return !c.Opened.Before(all[9].Opened) && c.Flow == "callback"
		}},
	}
	for _, each := range filters {
		want := slices.DeleteFunc(slices.Clone(all), func(c Case) bool { return !each.holds(c) })
		if len(want) == 0 {
			f.Errorf("%s: no case is left", each.name)
		}
		f.same(each.name, tickets(f.list(each.filter)), tickets(want))
	}
	for _, c := range all {
		f.same("Find", f.find(Spoken(c.Ticket)), c)
	}
}

// checkUnreadable has one case that cannot be read among others.
func checkUnreadable(f *fixture) {
	good, broken, other := f.register(f.newCase("o1")), f.register(f.newCase("o1")), f.newCase("o1")
	f.write(broken.Worker, broken.Ticket, "\x02something newer 13800138000")
	f.write(broken.Worker, "consent", "no case at all")
	lost := newFixture(f.T, f.store, f.clock, Book{vault.Random()})
	lost.register(other)

	f.same("readable", tickets(f.list(Filter{})), []string{good.Ticket})
	log := f.log.String()
	for _, want := range []string{broken.Ticket, other.Ticket} {
		if strings.Count(log, want) != 1 {
			f.Errorf("the log tells %d times of %s:\n%s", strings.Count(log, want), want, log)
		}
	}
	if strings.Contains(log, "13800138000") || strings.Contains(log, "consent") || strings.Contains(log, "o1") {
		f.Errorf("the log tells too much:\n%s", log)
	}
	if _, err := f.desk.Find(f.Context(), broken.Ticket); !errors.Is(err, ErrUnreadable) {
		f.Errorf("Find of a broken one: %v", err)
	}
	if _, err := f.desk.Take(f.Context(), other.Ticket, "小李", ""); !errors.Is(err, vault.ErrUnknownKey) {
		f.Errorf("Take of one with a lost key: %v", err)
	}
}

// write puts any bytes where a record stands.
func (f *fixture) write(w session.Worker, field, value string) {
	f.Helper()
	key := "zg:{" + w.Account + ":" + w.OpenID + "}:k"
	if err := f.store.Client().HSet(f.Context(), key, field, value).Err(); err != nil {
		f.Fatal(err)
	}
}

func checkNoCase(f *fixture) {
	c, free := f.register(f.newCase("o1")), f.newCase("o1").Ticket
	for _, ticket := range []string{free, "", "1234567890", "consent", c.Ticket + "0", "*"} {
		if _, err := f.desk.Find(f.Context(), ticket); !errors.Is(err, ErrNoCase) {
			f.Errorf("Find(%q): %v, want ErrNoCase", ticket, err)
		}
		if _, err := f.desk.Close(f.Context(), ticket, "小李", ""); !errors.Is(err, ErrNoCase) {
			f.Errorf("Close(%q): %v, want ErrNoCase", ticket, err)
		}
	}
	twice := f.newCase("o2")
	twice.Ticket = c.Ticket
	f.register(twice)
	if _, err := f.desk.Take(f.Context(), c.Ticket, "小李", ""); !errors.Is(err, ErrTwoCases) {
		f.Errorf("Take of two: %v, want ErrTwoCases", err)
	}
}

// checkSteps holds which steps lead where; the table is complete.
func checkSteps(f *fixture) {
	table := map[Status]map[string]Status{
		New:      {"take": Taken, "answer": Answered, "close": Closed},
		Taken:    {"take": "", "answer": Answered, "close": Closed},
		Answered: {"take": "", "answer": Answered, "close": Closed},
		Closed:   {"take": "", "answer": "", "close": ""},
	}
	reach := map[Status][]string{New: nil, Taken: {"take"}, Answered: {"answer"}, Closed: {"answer", "close"}}
	for from, row := range table {
		for step, to := range row {
			c := f.register(f.newCase(workerName(len(from) + len(step)*10)))
			for _, before := range reach[from] {
				f.do(before, c.Ticket, "小李", "请带合同来")
			}
			before := f.find(c.Ticket)
			f.clock.Add(time.Hour)
			after, err := steps[step](f.desk, f.Context(), Spoken(c.Ticket), " 小王 ", " 说过了 ")
			if to == "" {
				if !errors.Is(err, ErrRefused) || !strings.Contains(err.Error(), "这件已经") {
					f.Errorf("%s of a %s case: %v, want ErrRefused", step, from, err)
				}
				f.same("case refused", f.find(c.Ticket), before)
				continue
			}
			if err != nil {
				f.Errorf("%s of a %s case: %v", step, from, err)
			}
			want := before
			want.Status = to
			if step == "answer" {
				want.Answer = "说过了"
			}
			want.History = append(want.History, Event{At: f.clock.Now(), Status: to, By: "小王", Note: "说过了"})
			f.same("returned", after, want)
			f.same("stored", f.find(c.Ticket), want)
		}
	}
}

func TestStepsRefused(t *testing.T) {
	store, err := session.Embedded(nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	f := newFixture(t, store, testenv.NewClock(time.Now()), Book{vault.Random()})
	c := f.register(f.newCase("o1"))
	for name, step := range steps {
		if _, err := step(f.desk, t.Context(), c.Ticket, " ", "话"); !errors.Is(err, ErrRefused) || !strings.Contains(err.Error(), "谁") {
			t.Errorf("%s by nobody: %v", name, err)
		}
	}
	if _, err := f.desk.Answer(t.Context(), c.Ticket, "小李", " \n"); !errors.Is(err, ErrRefused) || !strings.Contains(err.Error(), "空") {
		t.Errorf("an empty answer: %v", err)
	}
	f.do("take", c.Ticket, "小李", "")
	if _, err := f.desk.Take(t.Context(), c.Ticket, "小王", ""); err == nil || !strings.Contains(err.Error(), "小李") {
		t.Errorf("taken twice: %v, want the name of who has it", err)
	}
}

// checkTakenOnce has many clerks take the same cases at once: each is one clerk's, and every one of the others is told.
func checkTakenOnce(f *fixture) {
	const clerks, cases = 8, 5
	for i := range cases {
		c := f.register(f.newCase(workerName(i)))
		var all sync.WaitGroup
		var taken, refused atomic.Int32
		for clerk := range clerks {
			all.Go(func() {
				switch _, err := f.desk.Take(f.Context(), c.Ticket, fmt.Sprint("clerk ", clerk), ""); {
				case err == nil:
					taken.Add(1)
				case errors.Is(err, ErrRefused):
					refused.Add(1)
				default:
					f.Error(err)
				}
			})
		}
		all.Wait()
		if taken.Load() != 1 || refused.Load() != clerks-1 {
			f.Errorf("taken by %d, refused to %d", taken.Load(), refused.Load())
		}
		if got := f.find(c.Ticket); len(got.History) != 2 || got.Status != Taken {
			f.Errorf("after that: %s with %d events", got.Status, len(got.History))
		}
	}
}

// checkSweep deletes what is too old, in whatever state, also what nobody can open any more.
func checkSweep(f *fixture) {
	const keep = 30 * 24 * time.Hour
	old, lost := f.register(f.newCase("o1")), newFixture(f.T, f.store, f.clock, Book{vault.Random()})
	lost.register(lost.newCase("o1"))
	closed := f.register(f.newCase("o2"))
	f.do("close", closed.Ticket, "小李", "")
	broken := f.register(f.newCase("o3"))
	f.write(broken.Worker, broken.Ticket, "broken")
	f.clock.Add(time.Minute)
	young := f.register(f.newCase("o1"))

	for i, step := range []struct {
		pass time.Duration
		want int
		left []string
	}{
		{keep - time.Minute, 0, []string{young.Ticket, closed.Ticket, old.Ticket}},
		{time.Second, 3, []string{young.Ticket}},
		{0, 0, []string{young.Ticket}},
		{time.Minute, 1, nil},
	} {
		f.clock.Add(step.pass)
		deleted, err := f.desk.Sweep(f.Context(), keep)
		if err != nil || deleted != step.want {
			f.Errorf("sweep %d deleted %d, %v, want %d", i, deleted, err, step.want)
		}
		left := tickets(f.list(Filter{}))
		slices.Sort(left)
		slices.Sort(step.left)
		f.same(fmt.Sprint("left after sweep ", i), left, step.left)
	}
	if !strings.Contains(f.log.String(), broken.Ticket) {
		f.Error("the log does not tell of the broken one")
	}
}

// checkRotation changes the keys while cases are open.
func checkRotation(f *fixture) {
	older, newer := key(1), key(2)
	at := func(keys ...[]byte) *fixture {
		ring, err := vault.New(keys...)
		if err != nil {
			f.Fatal(err)
		}
		return newFixture(f.T, f.store, f.clock, Book{ring})
	}
	c := at(older).register(f.newCase("o1"))
	untouched := at(older).register(f.newCase("o2"))
	both := at(newer, older)
	both.same("by the old key", both.find(c.Ticket).Fields, c.Fields)
	both.do("take", c.Ticket, "小李", "")
	only := at(newer)
	only.same("sealed anew", only.find(c.Ticket).Fields, c.Fields)
	if _, err := only.desk.Find(f.Context(), untouched.Ticket); !errors.Is(err, vault.ErrUnknownKey) {
		f.Errorf("a case of the old key without it: %v", err)
	}
	if _, err := at(older).desk.Find(f.Context(), c.Ticket); !errors.Is(err, vault.ErrUnknownKey) {
		f.Errorf("a case of the new key without it: %v", err)
	}
	none := newFixture(f.T, f.store, f.clock, Book{})
	if _, err := none.desk.Find(f.Context(), c.Ticket); !errors.Is(err, ErrNoKeys) {
		f.Errorf("without keys: %v, want ErrNoKeys", err)
	}
}

func key(fill byte) []byte { return []byte(strings.Repeat(string(fill), vault.KeySize)) }

// TestRedisAway tells of it as the store does.
func TestRedisAway(t *testing.T) {
	store, err := session.Embedded(nil)
	if err != nil {
		t.Fatal(err)
	}
	f := newFixture(t, store, testenv.NewClock(time.Now()), Book{vault.Random()})
	c := f.newCase("o1")
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	_, listed := f.desk.List(t.Context(), Filter{})
	_, found := f.desk.Find(t.Context(), c.Ticket)
	_, taken := f.desk.Take(t.Context(), c.Ticket, "小李", "")
	_, swept := f.desk.Sweep(t.Context(), time.Hour)
	for i, err := range []error{listed, found, taken, swept} {
		if !errors.Is(err, session.ErrDegraded) {
			t.Errorf("%d: %v, want ErrDegraded", i, err)
		}
	}
}
