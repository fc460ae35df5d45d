package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"sync/atomic"
	"syscall"
	"time"

	"zhugong/handlers"
	"zhugong/internal/dialogue"
	"zhugong/internal/login"
	"zhugong/internal/outbox"
	"zhugong/internal/publish"
	"zhugong/internal/session"
	"zhugong/internal/simulator"
	"zhugong/internal/wechat"
)

type demoCommand struct {
	Listen    string `help:"本机网址。" default:"127.0.0.1:8080"`
	Knowledge string `help:"知识文件夹；不写就用内置的。" placeholder:"DIR"`
	NoBrowser bool   `help:"不自动打开浏览器。"`
}

func (c demoCommand) Run(s streams) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	listener, err := listen(c.Listen)
	if err != nil {
		return err
	}
	address := "http://" + listener.Addr().String()
	d, err := newDemo(address, c.Knowledge, time.Now)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer d.store.Close()
	if c.Knowledge != "" && d.live.Status().Faults > 0 { // tell the faults rather than show something else
		_, err := loadEngine(c.Knowledge, "", s.err)
		return errors.Join(err, listener.Close())
	}
	fmt.Fprintf(s.out, "筑工演示已经开好，用浏览器打开：\n\n    %s\n\n网址后面加 /mini 是小程序的样子。\n对话只存在这个程序里，按 Ctrl+C 结束就没了。\n", address)
	if !c.NoBrowser {
		openBrowser(address)
	}
	return d.serve(ctx, listener)
}

// listen takes the address, or, when something else has it, a free one beside it.
func listen(address string) (net.Listener, error) {
	listener, err := net.Listen("tcp", address)
	if errors.Is(err, syscall.EADDRINUSE) {
		host, _, splitErr := net.SplitHostPort(address)
		if splitErr != nil {
			return nil, splitErr
		}
		return net.Listen("tcp", net.JoinHostPort(host, "0"))
	}
	return listener, err
}

// demo is webhook, embedded store, knowledge and simulator in one process, behind one address.
type demo struct {
	store   *session.Store
	live    *publish.Live
	handler http.Handler
	// WeChat as the page plays it, and the AppSecret with which it can be called.
	platform *simulator.Platform
	secret   string
	outbox   *outbox.Outbox
	api      *wechat.API
}

// demoAccount is an account that exists nowhere; its keys are made anew at each start.
func demoAccount() wechat.Account {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	key := make([]byte, 43)
	rand.Read(key)
	for i := range key {
		key[i] = letters[int(key[i])%len(letters)]
	}
	return wechat.Account{
		Name: "demo", OriginalID: "gh_demo", AppID: "wx0000000000000000", Token: rand.Text(), AESKeys: []string{string(key)}, Mode: wechat.Safe,
	}
}

func newDemo(address, folder string, now func() time.Time) (*demo, error) {
	log := slog.New(slog.DiscardHandler) // what happens is on the page
	store, err := session.Embedded(now)
	if err != nil {
		return nil, err
	}
	live, err := publish.Open(folder, nil, now, log)
	if err != nil {
		return nil, err
	}
	account := demoAccount()
	gate, err := wechat.NewGate(account, now, nil)
	if err != nil {
		return nil, err
	}
	seen := &observations{live: live}
	secret := rand.Text()
	platform := simulator.NewPlatform(account.AppID, secret, now)
	runner := trialRunner(store, live.Engine, now)
	d := newDemoDesk(now, store, runner.Keys, account.Name, address+"/sim/api", platform, wechat.NewTokens(address+"/sim/api", account.AppID, secret, nil, now))
	webhook := handlers.Webhook(handlers.Options{
		Accounts: []handlers.Account{{
			Name: account.Name, Gate: gate, LogKey: []byte(account.Token), Sends: true, Typing: d.api.Typing,
			Mini: wechat.NewMiniProgram(address+"/sim/api", account.AppID, secret),
		}},
		Runner: runner, Outbox: d.outbox, Logins: login.Open(store.Client()),
		Metrics: handlers.NewMetrics(version), Log: log, Now: now, Observe: seen.add,
	})
	page, err := simulator.New(simulator.Options{
		Account: account, Webhook: address + "/wechat/" + account.Name, Platform: platform, Desk: d, MiniAPI: "/api/v1/" + account.Name, Inspect: seen.inspect, Now: now,
	})
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("/wechat/", webhook)
	mux.Handle("/api/", webhook)
	mux.Handle("/", followMenu(live, platform, page))
	return &demo{store, live, mux, platform, secret, d.outbox, d.api}, nil
}

// followMenu has the page show the menu of the knowledge that answers, until another one is pushed: somebody who changes the
// file sees it when he loads the page again.
func followMenu(live *publish.Live, platform *simulator.Platform, page http.Handler) http.Handler {
	var shown atomic.Pointer[dialogue.Engine]
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if engine := live.Engine(""); shown.Swap(engine) != engine {
			platform.SetMenu(customMenu(&engine.Base.Menu))
		}
		page.ServeHTTP(w, r)
	})
}

func (d *demo) serve(ctx context.Context, listener net.Listener) error {
	server := newHTTPServer("", d.handler)
	server.WriteTimeout = time.Minute // the page waits for resends
	watch, stopWatching := context.WithCancel(ctx)
	defer stopWatching()
	go d.live.Watch(watch, pollKnowledge, nil)
	go d.outbox.Run(watch)
	defer d.api.Close()
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		deadline, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		stopped <- server.Shutdown(deadline)
	}()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	<-stopped
	return nil
}

// openBrowser shows the page if this machine has a browser to show it with.
func openBrowser(address string) {
	command := map[string][]string{"darwin": {"open"}, "windows": {"rundll32", "url.dll,FileProtocolHandler"}}[runtime.GOOS]
	if command == nil {
		if os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
			return
		}
		command = []string{"xdg-open"}
	}
	_ = exec.Command(command[0], append(command[1:], address)...).Start() // the address is printed in any case
}
