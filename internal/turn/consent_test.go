package turn

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"zhugong/internal/desk"
	"zhugong/internal/session"
	"zhugong/internal/testenv"
	"zhugong/internal/vault"
)

// TestConsent talks a worker through guided dialogues on a real Redis, and after every message reads all that Redis has.
// Before he agrees nothing personal stands there in any form, afterwards never in clear; and when he has it deleted, or
// leaves, nothing of him is left but that deletion itself.
func TestConsent(t *testing.T) {
	const number, employer = "13987654321", "黔星劳务罗老板"
	for name, leaves := range map[string]bool{"deletes": false, "leaves": true} {
		t.Run(name, func(t *testing.T) {
			server := testenv.StartRedis(t)
			clock := time.Now()
			now := func() time.Time { return clock }
			store, err := session.Open(session.Options{Addrs: []string{server.Address}, Patient: true, Now: now})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { store.Close() })
			runner := newRunner(t, store)
			runner.Now = now
			runner.Keys = vault.Random()
			runner.Book = &desk.Book{Keys: runner.Keys}
			c := &consent{t: t, runner: runner, clock: &clock, client: redis.NewClient(&redis.Options{Addr: server.Address}), worker: "o6_bmjrPTlm6_2sgVt7hMZOPfL2M"}
			t.Cleanup(func() { c.client.Close() })

			for _, text := range []string{"老板欠我工资不给", "三个月了", "一个月六千三百五"} {
				c.say(text)
			}
			if c.last.State.Told == "" {
				t.Fatalf("told figures are not kept: %s", c.last.Reply)
			}
			c.hasNone("in clear", "6350")
			before := []string{"我要登记欠薪", "我的手机号是" + number, employer + "欠我钱，打 " + number}
			for _, text := range before {
				c.say(text)
				c.hasNone("before consent", number, employer)
				if form := c.last.State.Form; form.Agreed || len(form.Values) > 0 && form.Get("phone")+form.Get("employer") != "" {
					t.Fatalf("after %q the form holds %v", text, form.Values)
				}
			}
			for _, text := range []string{"同意", "南明", "工地", employer, "就我一个", "四千二", "上个月", "还在干", "没有", number} {
				c.say(text)
				c.hasNone("in clear", number, employer)
			}
			if c.last.State.Form.Get("phone") != number || c.last.State.Form.Get("employer") != employer {
				t.Fatalf("the form holds %v", c.last.State.Form.Values)
			}
			c.say("对")
			if c.last.Decision.Effects.Filing == nil || len(c.find("")) < 3 {
				t.Fatalf("no case was kept: %s %v", c.last.Reply, c.find(""))
			}
			c.hasNone("in clear", number, employer)
			if leaves {
				c.run(Request{Key: "leaves", Leaves: true})
			} else {
				c.say("删除我的资料")
			}
			c.hasNone("after deletion", number, employer, "南明", "欠薪情况登记")
			if left := c.find("}:k"); len(left) > 0 {
				t.Errorf("after deletion there is still %v", left)
			}
		})
	}
}

// consent is one worker's talk.
type consent struct {
	t      *testing.T
	runner *Runner
	client *redis.Client
	worker string
	clock  *time.Time
	count  int
	last   Result
}

func (c *consent) say(text string) {
	c.t.Helper()
	c.count++
	c.run(request(c.worker, fmt.Sprint("message ", c.count), text))
}

func (c *consent) run(r Request) {
	c.t.Helper()
	r.Worker = session.Worker{Account: "test", OpenID: c.worker}
	*c.clock = c.clock.Add(10 * time.Second)
	var err error
	if c.last, err = c.runner.Run(c.t.Context(), r); err != nil || c.last.Degraded || c.last.Limited {
		c.t.Fatalf("%q: %+v, %v", r.Message.Text, c.last, err)
	}
}

// find returns the keys that hold part in their name.
func (c *consent) find(part string) []string {
	c.t.Helper()
	keys, err := c.client.Keys(c.t.Context(), "*"+part+"*").Result()
	if err != nil {
		c.t.Fatal(err)
	}
	return keys
}

// hasNone reads every key of Redis and fails when one of the texts stands in it.
func (c *consent) hasNone(when string, texts ...string) {
	c.t.Helper()
	for _, key := range c.find("") {
		kept := c.client.Dump(c.t.Context(), key).Val() + c.plain(key)
		for _, text := range texts {
			if strings.Contains(kept, text) {
				c.t.Errorf("%s %q stands in %s", when, text, key)
			}
		}
	}
}

// plain reads a key as its type has it, for a dump may be compressed.
func (c *consent) plain(key string) string {
	switch kind := c.client.Type(c.t.Context(), key).Val(); kind {
	case "string":
		return c.client.Get(c.t.Context(), key).Val()
	case "hash":
		return fmt.Sprint(c.client.HGetAll(c.t.Context(), key).Val())
	default:
		c.t.Errorf("%s is a %s, which the scan does not read", key, kind)
		return ""
	}
}
