package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"github.com/redis/go-redis/v9"

	"zhugong/config"
	"zhugong/internal/desk"
	"zhugong/internal/outbox"
	"zhugong/internal/session"
	"zhugong/internal/vault"
)

// deskTime is how long one command at the desk may take: it may read everything that is kept.
const deskTime = 2 * time.Minute

// atDesk is where the commands of the desk find what they work on.
type atDesk struct {
	Config string `required:"" help:"配置文件，和 serve 用的是同一个。" placeholder:"FILE"`
}

// office is a desk and what its answers are sent with.
type office struct {
	*desk.Desk
	settings *config.Config
	outbox   *outbox.Outbox
}

// open loads the settings and opens the store that they name. The caller closes it.
func (a atDesk) open(s streams) (*config.Config, *session.Store, error) {
	settings, err := loadSettings(a.Config, s)
	if err != nil {
		return nil, nil, err
	}
	if len(settings.Redis.Addrs) == 0 {
		return nil, nil, errors.New("配置里没有写 redis：登记的事和没听懂的话只在正在运行的程序里，这里看不到")
	}
	store, err := openQuietly(settings, s)
	return settings, store, err
}

// loadSettings reads a configuration file, and tells what is wrong with it.
func loadSettings(file string, s streams) (*config.Config, error) {
	settings, faults := config.Load(file, os.Getenv)
	printFaults(s.err, faults, false, "使用")
	if settings == nil {
		return nil, errFaults
	}
	return settings, nil
}

// openQuietly opens the store of a command that ends soon.
func openQuietly(settings *config.Config, s streams) (*session.Store, error) {
	redis.SetLogger(redisLog{slog.New(slog.DiscardHandler)}) // what it has to say comes back as errors
	return openStore(settings, deskLog(s), time.Now)
}

func deskLog(s streams) *slog.Logger {
	return slog.New(slog.NewTextHandler(s.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
}

// work does something at the desk, and says in Chinese what went wrong.
func (a atDesk) work(s streams, do func(context.Context, office) error) error {
	settings, store, err := a.open(s)
	if err != nil {
		return err
	}
	defer store.Close()
	keys, err := openKeys(settings)
	switch {
	case err != nil:
		return err
	case keys == nil:
		return errors.New("配置里没有写 desk.key_files：没有密钥，看不了登记的事")
	}
	calls := newCallers(settings, store)
	defer calls.close()
	ctx, cancel := context.WithTimeout(context.Background(), deskTime)
	defer cancel()
	return inChinese(do(ctx, office{
		Desk: desk.Open(store, desk.Book{Keys: keys}, time.Now, deskLog(s)), settings: settings,
		outbox: calls.outbox(store, keys, slog.New(slog.DiscardHandler), time.Now, nil),
	}))
}

// inChinese says what staff can do something about in their words.
func inChinese(err error) error {
	switch {
	case errors.Is(err, outbox.ErrNoMessage):
		return fmt.Errorf("%w：可能已经发出去了，可能本人删掉了", outbox.ErrNoMessage)
	case errors.Is(err, desk.ErrNoCase):
		return fmt.Errorf("%w：可能抄错了，可能到期删掉了，也可能本人删掉了", desk.ErrNoCase)
	case errors.Is(err, vault.ErrUnknownKey):
		return errors.New("这件是用另一把密钥登记的：把那把密钥的文件也写进 desk.key_files，放在后面")
	case errors.Is(err, session.ErrDegraded), errors.Is(err, context.DeadlineExceeded):
		return redisAway(err)
	}
	return err
}

func redisAway(err error) error {
	return fmt.Errorf("连不上 Redis，或者它太慢，过一会儿再试（%w）", err)
}

// inGuiyang is the time that staff read.
func inGuiyang(t time.Time) string {
	return t.In(time.FixedZone("Asia/Shanghai", 8*60*60)).Format("2006-01-02 15:04")
}
