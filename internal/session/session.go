// Package session keeps each worker's conversation in Redis: it opens one turn for one message, saves what the turn
// leaves exactly once, answers resends with the stored reply, keeps turns of one worker from overwriting each other and
// limits how fast one worker may write. It knows nothing of WeChat, of dialogue, or of what the bytes it keeps mean.
//
// A turn is two round trips, Begin and Commit, each one Lua script. It uses these keys, in one slot of a Redis Cluster:
//
//	zg:{account:openid}:c          version, rate and state of the conversation, for 24 hours
//	zg:{account:openid}:m:<digest> one message: claimed for 6 seconds, then its reply for 2 minutes
//	zg:{account:openid}:k          the worker's records, a hash, for 180 days
//	zg:{account:openid}:q          how much may be sent to the worker beside replies, for 48 hours
//
// read.lua says how they are written. Redis in trouble holds no caller longer than timeouts says, and a
// breaker leaves it alone until it answers again.
package session

import (
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
)

// Worker is one user of one official account.
type Worker struct {
	Account, OpenID string
}

// Status is what Begin found out about a message.
type Status int

const (
	// Fresh means that the message is the caller's to work on.
	Fresh Status = iota
	// Running means that another delivery of the same message is being worked on; see Await.
	Running
	// Done means that the message has been answered.
	Done
)

// Opening is one message's turn, as Begin or a Commit in conflict opened it.
type Opening struct {
	Status Status
	// State is the conversation as last committed; nil when there is none or it has expired.
	State []byte
	// Records are all that is kept of the worker beyond the conversation, in no order.
	Records []Record
	// Reply is the stored reply of a message that is Done.
	Reply []byte
	// Limited means that the worker writes too fast: do not work, commit a notice or an empty reply.
	// The state given to Commit is then left out.
	Limited bool
	// Notice means that the turn is Limited and the worker has not been told so in the last minute.
	Notice bool
	// Kept means, after Commit, that the outcome's records are as safe as Redis can make them: on its way to the disk of
	// a master that keeps what it is given, and with one replica at least where there are any.
	Kept bool

	keys    keys
	token   string
	version string
}

var (
	// ErrConflict is returned by Commit when another turn changed the conversation since it was read.
	ErrConflict = errors.New("conversation changed by another turn")
	// ErrTaken is returned by Commit when the claim ran out and another delivery took the message.
	ErrTaken = errors.New("message taken by another delivery")
	// ErrGone is returned by Await when the claim vanished without a reply, and by Amend when the reply did.
	ErrGone = errors.New("claim gone without a reply")
	// ErrDegraded is in every error that comes from trouble with Redis.
	ErrDegraded = errors.New("session store degraded")
)

// Store keeps conversations and records. It is safe for concurrent use.
type Store struct {
	client   redis.UniversalClient
	pipeline *redis.AutoPipeliner // nil where every call goes on its own
	embedded *embedded            // nil with a Redis of its own
	mode     string
	timeouts timeouts
	scripts  scripts
	breaker  breaker
	tokens   atomic.Uint64
	asking   atomic.Int32              // callers who wait for Redis
	keeping  atomic.Pointer[condition] // as Health last saw it
	alone    sync.Map                  // addresses of masters without a replica, as last seen
	now      func() time.Time
	started  time.Time
	log      *slog.Logger

	keepRecords any // milliseconds, as an argument of commit.lua
}
