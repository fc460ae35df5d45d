package session

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"

	"github.com/redis/go-redis/v9"
)

// trouble is why Redis did not serve, in a fixed word. It is ErrDegraded, and hides its cause from errors.Is: a timeout
// of ours must not look like the caller's.
type trouble struct {
	reason string
	cause  error
}

func (t *trouble) Error() string {
	return fmt.Sprintf("%v: %s: %v", ErrDegraded, t.reason, t.cause)
}

func (t *trouble) Is(target error) bool { return target == ErrDegraded }

// errOpen is what every call gets while the breaker is open.
var errOpen = fmt.Errorf("%w: breaker open", ErrDegraded)

// troubles are the words of Redis' errors that say why it cannot serve. From within a script some versions put
// other words first.
var troubles = []struct{ word, reason string }{
	{"READONLY", "read_only"},
	{"OOM ", "full"},
	{"MISCONF", "disk"},
	{"LOADING", "loading"},
	{"NOAUTH", "no_auth"},
	{"WRONGPASS", "no_auth"},
	{"NOPERM", "no_auth"},
	{"NOREPLICAS", "no_replicas"},
	{"MASTERDOWN", "no_replicas"},
	{"CLUSTERDOWN", "cluster_down"},
	{"TRYAGAIN", "cluster_down"},
	{"max number of clients", "full"},
}

// isAnswer tells an error by which Redis answers what was asked from one that it is in trouble.
func isAnswer(err error) bool {
	return errors.Is(err, redis.Nil) || redis.HasErrorPrefix(err, "NOSCRIPT") || redis.HasErrorPrefix(err, "WRONGTYPE")
}

// reasonOf says in one fixed word why Redis did not serve.
func reasonOf(err error) string {
	var network net.Error
	switch {
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, redis.ErrPoolTimeout):
		return "timeout"
	case errors.As(err, &network) && network.Timeout():
		return "timeout"
	case errors.Is(err, redis.ErrClosed):
		return "closed"
	}
	text := err.Error()
	for _, trouble := range troubles {
		if strings.Contains(text, trouble.word) {
			return trouble.reason
		}
	}
	var answer redis.Error
	if errors.As(err, &answer) {
		return "refused"
	}
	return "unreachable"
}
