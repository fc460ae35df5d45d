package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"zhugong/handlers"
	"zhugong/internal/dialogue"
	"zhugong/internal/session"
	"zhugong/internal/turn"
	"zhugong/internal/wechat"
)

// typingTime is how long a worker takes for a message: the conversation's clock moves on by it.
const typingTime = 5 * time.Second

// guiyang is the time zone of {"at":"22:30"}.
var guiyang = time.FixedZone("Asia/Shanghai", 8*60*60)

type chatCommand struct {
	JSON      bool   `name:"json" help:"每行读一个 JSON 对象，打印一个 JSON 对象。"`
	Knowledge string `help:"知识文件夹；不写就用内置的。" placeholder:"DIR"`
	Overlay   string `help:"一个公众号自己的文件夹，照它的回答来答。" placeholder:"DIR"`
}

// line is what chat reads with --json.
type line struct {
	ID    string  `json:"id"`
	Text  string  `json:"text"`
	Event string  `json:"event"`
	Key   string  `json:"key"`
	Type  string  `json:"type"`
	After *string `json:"after"`
	At    *string `json:"at"`
}

// conversation is one worker's chat, kept in the embedded store as the webhook keeps it in Redis.
type conversation struct {
	engine *dialogue.Engine
	runner *turn.Runner
	clock  time.Time
	count  int
}

func newConversation(engine *dialogue.Engine) (*conversation, error) {
	c := &conversation{engine: engine, clock: time.Now()}
	now := func() time.Time { return c.clock }
	store, err := session.Embedded(now)
	if err != nil {
		return nil, err
	}
	c.runner = trialRunner(store, func(string) *dialogue.Engine { return engine }, now)
	return c, nil
}

func (c *conversation) close() error { return c.runner.Store.Close() }

func (c chatCommand) Run(s streams) error {
	engine, err := loadEngine(c.Knowledge, c.Overlay, s.err)
	if err != nil {
		return err
	}
	talk, err := newConversation(engine)
	if err != nil {
		return err
	}
	defer talk.close()
	lines := bufio.NewScanner(s.in)
	lines.Buffer(nil, longestLine)
	bad := 0
	for number := 1; lines.Scan(); number++ {
		read := line{Text: strings.TrimSuffix(lines.Text(), "\r")}
		if c.JSON {
			if read, err = parseLine(lines.Bytes()); err != nil {
				fmt.Fprintf(s.err, "第 %d 行：%s\n", number, err)
				bad++
				continue
			}
		}
		if err := talk.read(read, c.JSON, s.out); err != nil {
			return err
		}
	}
	if bad > 0 {
		return errFaults
	}
	return lines.Err()
}

func parseLine(data []byte) (line, error) {
	var l line
	if len(strings.TrimSpace(string(data))) == 0 {
		return l, nil
	}
	if err := json.Unmarshal(data, &l); err != nil {
		return l, fmt.Errorf("不是认得的 JSON 对象：%w", err)
	}
	return l, nil
}

// read moves the clock, or has a message answered and prints the answer.
func (c *conversation) read(l line, asJSON bool, w io.Writer) error {
	if l.After != nil || l.At != nil {
		return c.move(l)
	}
	c.count++
	if l.ID == "" {
		l.ID = "n" + strconv.Itoa(c.count)
	}
	answer, err := c.answer(l)
	if err != nil {
		return err
	}
	if asJSON {
		_, err = fmt.Fprintf(w, "%s\n", answer)
		return err
	}
	var r record
	if err := json.Unmarshal(answer, &r); err != nil {
		return err
	}
	r.print(w)
	return nil
}

// answer returns the record of a message as JSON; a resend gets the record of the first delivery.
func (c *conversation) answer(l line) ([]byte, error) {
	c.clock = c.clock.Add(typingTime)
	push := wechat.Message{Type: "text", Content: l.Text, Recognition: l.Text, Event: l.Event, EventKey: l.Key}
	if l.Type != "" {
		push.Type = l.Type
	}
	if l.Event != "" {
		push.Type = "event"
	}
	message := handlers.MessageOf(&push)
	result, err := c.runner.Run(context.Background(), turn.Request{
		Worker: session.Worker{Account: "chat", OpenID: "worker"}, Key: l.ID, Message: message, Leaves: l.Event == "unsubscribe",
		Render: func(reply dialogue.Reply, decision *dialogue.Decision) []byte {
			return recordOf(c.engine, message, reply, decision).json()
		},
	})
	if err == nil && len(result.Reply) == 0 {
		return recordOf(c.engine, message, result.Said, &result.Decision).json(), nil
	}
	return result.Reply, err
}

func (c *conversation) move(l line) error {
	if l.After != nil {
		by, err := time.ParseDuration(*l.After)
		if err != nil || by < 0 {
			return fmt.Errorf("after 要写成 25h、10m 这样的时长，不是 %q", *l.After)
		}
		c.clock = c.clock.Add(by)
	}
	if l.At != nil {
		at, err := time.ParseInLocation("15:04", *l.At, guiyang)
		if err != nil {
			return fmt.Errorf("at 要写成 22:30 这样的钟点，不是 %q", *l.At)
		}
		today := c.clock.In(guiyang)
		next := time.Date(today.Year(), today.Month(), today.Day(), at.Hour(), at.Minute(), 0, 0, guiyang)
		if !next.After(c.clock) {
			next = next.AddDate(0, 0, 1)
		}
		c.clock = next
	}
	return nil
}
