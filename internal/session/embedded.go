package session

import (
	"context"
	"net"
	"sync"
	"time"

	"github.com/alicebob/miniredis/v2"
)

// embeddedTick is how far the embedded Redis may lag behind the clock: catching up looks at every key.
const embeddedTick = 10 * time.Millisecond

// embedded is a Redis in this process. Its keys expire by the store's clock.
type embedded struct {
	server *miniredis.Miniredis

	mu   sync.Mutex
	seen time.Time
}

// Embedded returns a store on a Redis of its own within the process, for trying and for tests: no port is opened,
// nothing outlives Close.
func Embedded(now func() time.Time) (*Store, error) {
	store := newStore(now, nil, patient)
	server := miniredis.NewMiniRedis()
	options := Options{Addrs: []string{"embedded:0"}}.universal(patient)
	options.Dialer = func(context.Context, string, string) (net.Conn, error) { return server.Dial() }
	store.mode = "embedded"
	store.embedded = &embedded{server: server, seen: store.started}
	return store.connect(options)
}

// catchUp lets pass, for the keys, the time that has passed on the clock. A clock set back stops nothing.
func (e *embedded) catchUp(now time.Time) {
	e.mu.Lock()
	defer e.mu.Unlock()
	passed := now.Sub(e.seen)
	if passed >= 0 && passed < embeddedTick {
		return
	}
	e.seen = now
	if passed > 0 {
		e.server.FastForward(passed)
	}
}
