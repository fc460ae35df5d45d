package testenv

import (
	"bufio"
	"context"
	"net"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// Redis is a redis-server that a test started.
type Redis struct {
	Address   string
	Directory string        // where it writes
	Client    *redis.Client // an operator's, without a password

	arguments []string
	process   *os.Process
	done      chan struct{} // closed when the process has ended
}

// StartRedis starts a redis-server on a free port of the loopback; it ends with the test. Where there is none to start,
// the test is skipped, or fails if CI is set.
func StartRedis(tb testing.TB, flags ...string) *Redis {
	tb.Helper()
	directory := tb.TempDir()
	return start(tb, directory, append([]string{"--save", "", "--appendonly", "no", "--dir", directory}, flags...)...)
}

func start(tb testing.TB, directory string, arguments ...string) *Redis {
	tb.Helper()
	if _, err := exec.LookPath("redis-server"); err != nil {
		const missing = "redis-server is missing: apt-get install redis-server"
		if os.Getenv("CI") != "" {
			tb.Fatal(missing)
		}
		tb.Skip(missing)
	}
	address := FreeAddress(tb)
	host, port, _ := net.SplitHostPort(address)
	r := &Redis{
		Address: address, Directory: directory, arguments: append(arguments, "--bind", host, "--port", port),
		Client: redis.NewClient(&redis.Options{Addr: address, Protocol: 2, ReadTimeout: 10 * time.Second}),
	}
	r.Start(tb)
	tb.Cleanup(func() {
		_ = r.Client.Close()
		r.Kill()
	})
	return r
}

// Start runs the server, again after Kill, and waits until it answers.
func (r *Redis) Start(tb testing.TB) {
	tb.Helper()
	command := exec.Command("redis-server", r.arguments...)
	if err := command.Start(); err != nil {
		tb.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		_ = command.Wait()
		close(done)
	}()
	r.process, r.done = command.Process, done
	Await(tb, "redis-server to answer", r.answers)
}

func (r *Redis) answers() bool {
	connection, err := net.Dial("tcp", r.Address)
	if err != nil {
		return false
	}
	defer connection.Close()
	_, _ = connection.Write([]byte("PING\r\n"))
	line, _ := bufio.NewReader(connection).ReadString('\n')
	return line == "+PONG\r\n" || strings.HasPrefix(line, "-NOAUTH")
}

// Kill ends the server at once and waits until it is gone.
func (r *Redis) Kill() {
	_ = r.process.Kill()
	<-r.done
}

// Freeze stops the server without closing its connections, until Thaw.
func (r *Redis) Freeze(tb testing.TB) { r.signal(tb, syscall.SIGSTOP) }

// Thaw lets a frozen server go on.
func (r *Redis) Thaw(tb testing.TB) { r.signal(tb, syscall.SIGCONT) }

func (r *Redis) signal(tb testing.TB, signal syscall.Signal) {
	tb.Helper()
	if err := r.process.Signal(signal); err != nil {
		tb.Fatal(err)
	}
}

// Ask sends the server a command of an operator.
func (r *Redis) Ask(tb testing.TB, command ...any) any {
	tb.Helper()
	reply, err := r.Client.Do(context.Background(), command...).Result()
	if err != nil {
		tb.Fatalf("%v: %v", command, err)
	}
	return reply
}

// Says reports whether a section of the server's INFO has a line; not when it cannot be asked, as while its role changes.
func (r *Redis) Says(section, line string) bool {
	return strings.Contains(r.Client.Info(context.Background(), section).Val(), line+"\r\n")
}
