package session

import (
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// patient keeps a busy machine from looking like a Redis in trouble, where trouble is not what is tested.
var patient = timeouts{dial: 5 * time.Second, io: 5 * time.Second, pool: 5 * time.Second, call: 10 * time.Second}

// redisServer is a redis-server that a test started.
type redisServer struct {
	address   string
	directory string
	flags     []string
	process   *os.Process
	done      chan struct{} // closed when the process has ended
}

// startRedis starts a redis-server on a free port of the loopback; it ends with the test.
func startRedis(tb testing.TB, flags ...string) *redisServer {
	tb.Helper()
	if _, err := exec.LookPath("redis-server"); err != nil {
		if os.Getenv("CI") != "" {
			tb.Fatal("redis-server is missing: apt-get install redis-server")
		}
		tb.Skip("redis-server is missing: apt-get install redis-server")
	}
	server := &redisServer{address: freeAddress(tb), directory: tb.TempDir()}
	server.flags = append([]string{"--save", "", "--appendonly", "no", "--dir", server.directory}, flags...)
	server.start(tb)
	tb.Cleanup(server.kill)
	return server
}

// start runs the server, again after kill, and waits until it answers.
func (r *redisServer) start(tb testing.TB) {
	tb.Helper()
	host, port, err := net.SplitHostPort(r.address)
	if err != nil {
		tb.Fatal(err)
	}
	command := exec.Command("redis-server", append([]string{"--bind", host, "--port", port}, r.flags...)...)
	r.run(tb, command)
	await(tb, "redis-server to answer", func() bool {
		client := r.client()
		defer client.Close()
		err := client.Ping(context.Background()).Err()
		return err == nil || redis.HasErrorPrefix(err, "NOAUTH")
	})
}

func (r *redisServer) run(tb testing.TB, command *exec.Cmd) {
	tb.Helper()
	if err := command.Start(); err != nil {
		tb.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		_ = command.Wait()
		close(done)
	}()
	r.process, r.done = command.Process, done
}

// kill ends the server at once and waits until it is gone.
func (r *redisServer) kill() {
	_ = r.process.Kill()
	<-r.done
}

func (r *redisServer) signal(tb testing.TB, signal syscall.Signal) {
	tb.Helper()
	if err := r.process.Signal(signal); err != nil {
		tb.Fatal(err)
	}
}

func (r *redisServer) client() *redis.Client {
	return redis.NewClient(Options{Addrs: []string{r.address}}.universal(patient).Simple())
}

// ask sends the server a command of an operator.
func (r *redisServer) ask(tb testing.TB, command ...any) any {
	tb.Helper()
	client := r.client()
	defer client.Close()
	reply, err := client.Do(context.Background(), command...).Result()
	if err != nil {
		tb.Fatalf("%v: %v", command, err)
	}
	return reply
}

// startSentinel starts a Sentinel that watches a master under the name workers.
func startSentinel(tb testing.TB, master string) *redisServer {
	tb.Helper()
	host, port, _ := net.SplitHostPort(master)
	sentinel := &redisServer{address: freeAddress(tb)}
	_, own, _ := net.SplitHostPort(sentinel.address)
	file := filepath.Join(tb.TempDir(), "sentinel.conf")
	text := "bind 127.0.0.1\nport " + own + "\nsentinel monitor workers " + host + " " + port + " 1\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		tb.Fatal(err)
	}
	sentinel.run(tb, exec.Command("redis-server", file, "--sentinel"))
	tb.Cleanup(sentinel.kill)
	await(tb, "the sentinel to answer", func() bool {
		client := sentinel.client()
		defer client.Close()
		return client.Ping(context.Background()).Err() == nil
	})
	return sentinel
}

func freeAddress(tb testing.TB) string {
	tb.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// await asks again and again until something outside this process is so, and returns how long that took.
func await(tb testing.TB, what string, so func() bool) time.Duration {
	tb.Helper()
	start := time.Now()
	ticker := time.NewTicker(5 * time.Millisecond)
	defer ticker.Stop()
	for !so() {
		if time.Since(start) > 15*time.Second {
			tb.Fatalf("waited %v for %s", time.Since(start).Round(time.Millisecond), what)
		}
		<-ticker.C
	}
	return time.Since(start)
}

// workerOf is a worker of this test alone.
func workerOf(tb testing.TB) Worker {
	return Worker{Account: "guiyang", OpenID: "o" + strconv.Itoa(len(tb.Name())) + "-" + tb.Name()}
}

// says reports whether the server's INFO has a line; not when it cannot be asked, as while its role changes.
func (r *redisServer) says(section, line string) bool {
	client := r.client()
	defer client.Close()
	return containsLine(client.Info(context.Background(), section).Val(), line)
}

// has reports whether the server has a key; not when it cannot be asked.
func (r *redisServer) has(key string) bool {
	client := r.client()
	defer client.Close()
	return client.Exists(context.Background(), key).Val() == 1
}

func containsLine(text, line string) bool {
	return strings.Contains(text, line+"\r\n")
}
