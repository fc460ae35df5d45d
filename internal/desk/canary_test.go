package desk

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"zhugong/internal/session"
	"zhugong/internal/testenv"
	"zhugong/internal/vault"
)

// TestCanaries registers a case full of personal values, has staff work on it, and then reads everything that Redis has:
// every key of every type, and its files on disk. After that the worker has it all deleted.
func TestCanaries(t *testing.T) {
	const number, name, injury = "13987654321", "贵阳某某劳务公司罗显贵", "右手三根指头压断"
	const staffAnswer, staffNote = "请罗师傅周三带劳动合同来", "打过两次电话没有人接"
	canaries := []string{number, name, injury, staffAnswer, staffNote}
	for _, kind := range kinds {
		t.Run(kind.name, func(t *testing.T) {
			t.Parallel()
			clock := testenv.NewClock(time.Now().UTC().Truncate(time.Millisecond))
			store, directory, err := kind.open(t, clock)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = store.Close() })
			f := newFixture(t, store, clock, Book{vault.Random()})
			c := f.newCase("o6_bmjrPTlm6_2sgVt7hMZOPfL2M")
			c.Fields = []Field{
				{Slot: "district", Label: "区县", Value: "这句话没有藏起来"},
				{Slot: "phone", Label: "手机", Value: number, Personal: true},
				{Slot: "employer", Label: "单位", Value: name, Personal: true},
				{Slot: "injury", Label: "伤情", Value: injury, Personal: true},
			}
			f.register(c)
			f.do("take", c.Ticket, "小李", staffNote)
			f.do("answer", c.Ticket, "小李", staffAnswer)
			f.do("close", c.Ticket, "小李", staffNote)
			if got := f.find(c.Ticket); got.Answer != staffAnswer || got.Fields[1].Value != number {
				t.Fatalf("the case has not what it should hide: %+v", got)
			}

			// What is in clear is found, so that finding nothing else means something.
			everything := f.everything() + filesIn(t, directory)
			if !strings.Contains(everything, "这句话没有藏起来") {
				t.Error("the scan does not see what is in clear")
			}
			for _, canary := range canaries {
				for form, text := range formsOf(canary) {
					if strings.Contains(everything, text) {
						t.Errorf("%s stands in Redis %s", canary, form)
					}
				}
				if strings.Contains(f.log.String(), canary) {
					t.Errorf("%s stands in the log", canary)
				}
			}

			f.erase(c.Worker)
			if left := f.everything(); strings.Contains(left, c.Ticket) || strings.Contains(left, "这句话没有藏起来") {
				t.Errorf("after erasing Redis has\n%q", left)
			}
			if cases := f.list(Filter{}); len(cases) != 0 {
				t.Errorf("after erasing %d cases are left", len(cases))
			}
		})
	}
}

// formsOf are the ways in which a value could stand somewhere without being sealed.
func formsOf(value string) map[string]string {
	escaped, _ := json.Marshal(value)
	ascii := new(strings.Builder)
	for _, r := range value {
		fmt.Fprintf(ascii, `\u%04x`, r)
	}
	forms := map[string]string{
		"in clear": value, "as JSON": string(bytes.Trim(escaped, `"`)), "as ASCII": ascii.String(), "in hexadecimal": fmt.Sprintf("%x", value),
	}
	// Wherever it begins in a longer text, one of the three has its middle.
	for shift := range 3 {
		text := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("x", shift) + value))
		forms[fmt.Sprint("in base64 from ", shift)] = text[4 : len(text)-4]
	}
	return forms
}

func (f *fixture) erase(w session.Worker) {
	f.Helper()
	o, err := f.store.Begin(f.Context(), w, "erase", session.NoWindow)
	if err != nil {
		f.Fatal(err)
	}
	if _, err := f.store.Commit(f.Context(), o, session.Outcome{Reply: []byte("都删掉了"), Erase: true}); err != nil {
		f.Fatal(err)
	}
}

// everything is all that Redis has: the keys and their values, of every type there is.
func (f *fixture) everything() string {
	f.Helper()
	var mu sync.Mutex
	var all strings.Builder
	f.eachMaster(func(ctx context.Context, master *redis.Client) error {
		mu.Lock()
		defer mu.Unlock()
		keys, err := master.Keys(ctx, "*").Result()
		if err != nil {
			return err
		}
		for _, key := range keys {
			value, err := valueOf(ctx, master, key)
			if err != nil {
				return err
			}
			fmt.Fprintf(&all, "%s\n%s\n", key, value)
		}
		return nil
	})
	return all.String()
}

func valueOf(ctx context.Context, master *redis.Client, key string) (string, error) {
	kind, err := master.Type(ctx, key).Result()
	if err != nil {
		return "", err
	}
	switch kind {
	case "string":
		return master.Get(ctx, key).Result()
	case "hash":
		value, err := master.HGetAll(ctx, key).Result()
		return joined(value), err
	case "list":
		value, err := master.LRange(ctx, key, 0, -1).Result()
		return strings.Join(value, "\n"), err
	case "set":
		value, err := master.SMembers(ctx, key).Result()
		return strings.Join(value, "\n"), err
	case "zset":
		value, err := master.ZRange(ctx, key, 0, -1).Result()
		return strings.Join(value, "\n"), err
	}
	return "", fmt.Errorf("key %s is a %s, which this test cannot read", key, kind)
}

// joined writes values as they are; fmt would show bytes that are no text in another way.
func joined(values map[string]string) string {
	var all strings.Builder
	for field, value := range values {
		all.WriteString(field + "\n" + value + "\n")
	}
	return all.String()
}

// filesIn is what all files of a folder have.
func filesIn(t *testing.T, directory string) string {
	t.Helper()
	if directory == "" {
		return ""
	}
	var all strings.Builder
	err := fs.WalkDir(os.DirFS(directory), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(os.DirFS(directory), name)
		all.Write(content)
		return err
	})
	if err != nil || !strings.Contains(all.String(), "HSET") {
		t.Fatalf("no writes on disk: %d bytes, %v", all.Len(), err)
	}
	return all.String()
}
