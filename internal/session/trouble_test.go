package session

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"syscall"
	"testing"

	"github.com/redis/go-redis/v9"
)

// said is an error as Redis words it.
type said string

func (s said) Error() string { return string(s) }
func (said) RedisError()     {}

func TestReasonOf(t *testing.T) {
	refused := &net.OpError{Op: "dial", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
	cases := []struct {
		err  error
		want string
	}{
		{said("READONLY You can't write against a read only replica."), "read_only"},
		{said("ERR Error running script (call to f_0): @user_script:79: -READONLY You can't write against a read only replica."), "read_only"},
		{said("OOM command not allowed when used memory > 'maxmemory'. script: 0, on @user_script:79."), "full"},
		{said("ERR max number of clients reached"), "full"},
		{said("MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist to disk."), "disk"},
		{said("LOADING Redis is loading the dataset in memory"), "loading"},
		{said("NOAUTH Authentication required."), "no_auth"},
		{said("WRONGPASS invalid username-password pair or user is disabled."), "no_auth"},
		{said("NOPERM this user has no permissions to run the 'evalsha' command"), "no_auth"},
		{said("NOREPLICAS Not enough good replicas to write."), "no_replicas"},
		{said("MASTERDOWN Link with MASTER is down"), "no_replicas"},
		{said("CLUSTERDOWN Hash slot not served"), "cluster_down"},
		{said("ERR unknown command 'evalsha'"), "refused"},
		{refused, "unreachable"},
		{io.EOF, "unreachable"},
		{os.ErrDeadlineExceeded, "timeout"},
		{fmt.Errorf("read: %w", context.DeadlineExceeded), "timeout"},
		{redis.ErrPoolTimeout, "timeout"},
		{redis.ErrClosed, "closed"},
	}
	for _, c := range cases {
		if got := reasonOf(c.err); got != c.want {
			t.Errorf("reasonOf(%v) = %s, want %s", c.err, got, c.want)
		}
	}
}

func TestTrouble(t *testing.T) {
	err := fmt.Errorf("begin turn: %w", &trouble{reason: "timeout", cause: context.DeadlineExceeded})
	if !errors.Is(err, ErrDegraded) || errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v must be ErrDegraded and not the caller's deadline", err)
	}
	if !errors.Is(errOpen, ErrDegraded) {
		t.Errorf("%v must be ErrDegraded", errOpen)
	}
}
