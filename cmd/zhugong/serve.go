package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/redis/go-redis/v9"
	"golang.org/x/sync/errgroup"

	"zhugong/config"
	"zhugong/handlers"
	"zhugong/internal/login"
	"zhugong/internal/misses"
	"zhugong/internal/outbox"
	"zhugong/internal/publish"
	"zhugong/internal/session"
	"zhugong/internal/turn"
	"zhugong/internal/wechat"
)

const (
	askStore      = 30 * time.Second // how often Redis is asked how it is
	pollKnowledge = 5 * time.Second  // how often the knowledge folder is looked at
	shutdownTime  = 10 * time.Second // for answers under way
)

type serveCommand struct {
	Config string        `required:"" help:"配置文件。" placeholder:"FILE"`
	Drain  time.Duration `help:"收到停止信号后，先让 /readyz 说不接新的，过这么久再关。" default:"5s"`
}

func (c serveCommand) Run(s streams) error {
	settings, faults := config.Load(c.Config, os.Getenv)
	printFaults(s.err, faults, true, "启动")
	if settings == nil {
		return errFaults
	}
	log := slog.New(slog.NewJSONHandler(s.err, nil))
	redis.SetLogger(redisLog{log})
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	server, err := newServer(settings, log, time.Now)
	if err != nil {
		return err
	}
	defer server.close()
	return server.run(ctx, stop, c.Drain)
}

// close lets what is still to be written be written.
func (s *server) close() {
	s.missed.Close()
	s.calls.close()
	_ = s.store.Close() // the program ends
}

// redisLog writes what go-redis has to say as one more line of the log.
type redisLog struct{ log *slog.Logger }

func (l redisLog) Printf(_ context.Context, format string, arguments ...any) {
	l.log.Warn("redis client", "says", fmt.Sprintf(format, arguments...))
}

// server is the program in production.
type server struct {
	settings *config.Config
	log      *slog.Logger
	store    *session.Store
	missed   *misses.Book
	calls    callers
	outbox   *outbox.Outbox
	runner   *turn.Runner
	live     *publish.Live
	health   *handlers.Health
	webhook  http.Handler // on the public listener
	ops      http.Handler // on the operators' listener
}

func newServer(settings *config.Config, log *slog.Logger, now func() time.Time) (*server, error) {
	store, err := openStore(settings, log, now)
	if err != nil {
		return nil, err
	}
	live, err := publish.Open(settings.Knowledge, overlays(settings.Accounts), now, log)
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	keys, err := openKeys(settings)
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	calls := newCallers(settings, store)
	accounts, notes, err := openAccounts(settings, calls, log, now)
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	if len(settings.Redis.Addrs) == 0 {
		notes = append(notes, "embedded store: conversations are lost at restart and not shared between replicas")
		log.Warn("no Redis configured: conversations are kept in this process only, lost at restart, not shared between replicas; for trying only")
	}
	missed := misses.Open(store.Client(), now, log)
	runner := newRunner(settings, store, live.Engine, missed, keys, now, log)
	runner.Check = calls.checkOf(log)
	if keys == nil {
		notes = append(notes, "no desk keys: guided dialogues register no case")
		log.Warn("no desk keys: guided dialogues register no case, workers are given the hotlines")
		if len(calls) > 0 {
			notes = append(notes, "no desk keys: what WeChat does not take at once is not sent again")
		}
	}
	metrics := handlers.NewMetrics(version)
	messages := calls.outbox(store, keys, log, now, metrics.Outgoing)
	health := &handlers.Health{Store: store, Live: live, Outbox: messages, Metrics: metrics, Notes: notes}
	return &server{
		settings: settings, log: log, store: store, missed: missed, runner: runner, live: live, health: health, ops: health.Handler(),
		calls: calls, outbox: messages,
		webhook: handlers.Webhook(handlers.Options{
			Accounts: accounts, Metrics: metrics, Log: log, Now: now,
			Runner: runner, Proxies: settings.Proxies, Outbox: messages, Logins: login.Open(store.Client()),
		}),
	}, nil
}

// overlays returns by account the folder with what it says otherwise than the knowledge that all share, "" for nothing.
func overlays(accounts []config.Account) map[string]string {
	folders := map[string]string{}
	for _, account := range accounts {
		folders[account.Name] = account.Overlay
	}
	return folders
}

func openStore(settings *config.Config, log *slog.Logger, now func() time.Time) (*session.Store, error) {
	if len(settings.Redis.Addrs) == 0 {
		return session.Embedded(now)
	}
	return session.Open(storeOptions(settings, log, now))
}

func storeOptions(settings *config.Config, log *slog.Logger, now func() time.Time) session.Options {
	redis := settings.Redis
	return session.Options{
		Addrs: redis.Addrs, MasterName: redis.MasterName, Username: redis.Username, Password: redis.Password, TLS: redis.TLS,
		KeepRecords: keepRecords(settings), Now: now, Logger: log,
	}
}

func openAccounts(settings *config.Config, calls callers, log *slog.Logger, now func() time.Time) (accounts []handlers.Account, notes []string, err error) {
	for _, a := range settings.Accounts {
		gate, err := wechat.NewGate(wechat.Account{
			Name: a.Name, OriginalID: a.OriginalID, AppID: a.AppID, Token: a.Token, AESKeys: a.AESKeys, Mode: wechat.Mode(a.Mode),
		}, now, nil)
		if err != nil {
			return nil, nil, fmt.Errorf("account %s: %w", a.Name, err)
		}
		if a.Secret == "" {
			notes = append(notes, "account "+a.Name+": no app secret: it receives and answers, and sends nothing on its own")
			log.Warn("account without app secret receives and answers, and sends nothing on its own", "account", a.Name)
		}
		account := handlers.Account{Name: a.Name, Gate: gate, CustomerService: a.CustomerService, CardPicture: a.CardPicture, LogKey: []byte(a.Token)}
		if api := calls[a.Name]; api != nil {
			account.Sends, account.Typing = true, api.Typing
		}
		if a.MiniProgram.AppID != "" {
			account.Mini = wechat.NewMiniProgram(settings.WeChatAPI, a.MiniProgram.AppID, a.MiniProgram.Secret)
		}
		accounts = append(accounts, account)
		if mini := a.MiniProgram; mini.OriginalID != "" {
			service, err := openMiniService(a, now)
			if err != nil {
				return nil, nil, err
			}
			accounts = append(accounts, service)
		}
	}
	return accounts, notes, nil
}

// openMiniService returns the customer service of an account's mini program.
func openMiniService(a config.Account, now func() time.Time) (handlers.Account, error) {
	mini, name := a.MiniProgram, a.Name+handlers.MiniSuffix
	gate, err := wechat.NewGate(wechat.Account{
		Name: name, OriginalID: mini.OriginalID, AppID: mini.AppID, Token: mini.Token, AESKeys: mini.AESKeys, Mode: wechat.Safe,
	}, now, nil)
	if err != nil {
		return handlers.Account{}, fmt.Errorf("account %s: %w", name, err)
	}
	return handlers.Account{
		Name: name, Gate: gate, LogKey: []byte(mini.Token), Sends: true, ByMessage: true,
	}, nil
}

// run serves until ctx ends, then lets the answers under way be given. A second signal ends the program at once.
func (s *server) run(ctx context.Context, stop func(), drain time.Duration) error {
	public := newHTTPServer(s.settings.Listen, s.webhook)
	operators := newHTTPServer(s.settings.OpsListen, s.ops)
	reload := make(chan os.Signal, 1)
	signal.Notify(reload, syscall.SIGHUP)
	defer signal.Stop(reload)
	group, inner := errgroup.WithContext(ctx)
	for _, h := range []*http.Server{public, operators} {
		group.Go(func() error {
			if err := h.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
				return fmt.Errorf("listen: %w", err)
			}
			return nil
		})
	}
	group.Go(func() error {
		s.watchStore(inner)
		return nil
	})
	group.Go(func() error {
		s.outbox.Run(inner)
		return nil
	})
	group.Go(func() error {
		s.sweep(inner)
		return nil
	})
	group.Go(func() error {
		s.live.Watch(inner, pollKnowledge, reload)
		return nil
	})
	group.Go(func() error {
		<-inner.Done()
		stop()
		if ctx.Err() != nil {
			s.log.Info("stopping", "drain", drain.String())
			s.health.Drain()
			time.Sleep(drain)
		}
		deadline, cancel := context.WithTimeout(context.Background(), shutdownTime)
		defer cancel()
		return errors.Join(public.Shutdown(deadline), operators.Shutdown(deadline))
	})
	s.log.Info("serving", "version", version, "listen", s.settings.Listen, "ops_listen", s.settings.OpsListen)
	err := group.Wait()
	s.log.Info("stopped", "error", err)
	return err
}

// watchStore asks Redis how it is, until ctx ends: it knows then how it keeps what it is given, and warns when that is not
// as it must be.
func (s *server) watchStore(ctx context.Context) {
	ticks := time.NewTicker(askStore)
	defer ticks.Stop()
	for {
		s.store.Health(ctx)
		select {
		case <-ctx.Done():
			return
		case <-ticks.C:
		}
	}
}

// newHTTPServer bounds how long anybody can hold a connection.
func newHTTPServer(address string, handler http.Handler) *http.Server {
	return &http.Server{
		Addr: address, Handler: handler, ReadHeaderTimeout: 3 * time.Second, ReadTimeout: 5 * time.Second,
		WriteTimeout: 6 * time.Second, IdleTimeout: 30 * time.Second, MaxHeaderBytes: 16 << 10,
		ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError), // it names addresses of clients
	}
}
