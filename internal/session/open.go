package session

import (
	"crypto/rand"
	"crypto/tls"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// Options says where Redis is. One address is a standalone server, several are a Redis Cluster, and with MasterName
// they are the Sentinels that know the master of that name.
type Options struct {
	Addrs                          []string // host:port
	MasterName, Username, Password string
	TLS                            bool
	Patient                        bool             // wait seconds for Redis, where no worker waits
	KeepRecords                    time.Duration    // how long records live; 0: 180 days
	Now                            func() time.Time // nil: time.Now
	Logger                         *slog.Logger     // nil: discard
}

// timeouts bound what one call may cost; call bounds all of it together.
type timeouts struct {
	dial, io, pool, call time.Duration
	wait                 time.Duration // for a replica to have what was written; besides io and call
}

// A healthy Redis answers in a millisecond; a worker must be answered in five seconds, with Redis or without.
var production = timeouts{
	dial: 100 * time.Millisecond,
	io:   80 * time.Millisecond,
	pool: 100 * time.Millisecond,
	call: 200 * time.Millisecond,
	wait: 50 * time.Millisecond,
}

// patient is for a Redis that cannot be away, only slow on a busy machine, and for callers who have time.
var patient = timeouts{
	dial: 5 * time.Second,
	io:   5 * time.Second,
	pool: 5 * time.Second,
	call: 10 * time.Second,
	wait: time.Second,
}

// Open returns a store on a real Redis. It does not wait for Redis to be up, and fails only for options that can never
// work.
func Open(o Options) (*Store, error) {
	if o.Patient {
		return open(o, patient)
	}
	return open(o, production)
}

func open(o Options, limits timeouts) (*Store, error) {
	if err := o.check(); err != nil {
		return nil, fmt.Errorf("open session store: %w", err)
	}
	store := newStore(o.Now, o.Logger, limits)
	store.mode = o.mode()
	if o.KeepRecords > 0 {
		store.keepRecords = o.KeepRecords.Milliseconds()
	}
	return store.connect(o.universal(limits))
}

func newStore(now func() time.Time, log *slog.Logger, limits timeouts) *Store {
	if now == nil {
		now = time.Now
	}
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	store := &Store{timeouts: limits, scripts: loadScripts(), now: now, started: now(), log: log}
	store.keepRecords = defaultKeepRecords.Milliseconds()
	var seed [8]byte
	_, _ = rand.Read(seed[:]) // never fails
	store.tokens.Store(binary.BigEndian.Uint64(seed[:]))
	return store
}

// connect makes the client, and where it can, the pipeline for many callers at once; see process. In a cluster it would
// make the callers of every master wait for one that hangs, and the embedded Redis' pipe has no room for a batch.
func (s *Store) connect(options *redis.UniversalOptions) (*Store, error) {
	s.client = redis.NewUniversalClient(options)
	if s.mode == "cluster" || s.mode == "embedded" {
		return s, nil
	}
	pipeline, err := s.client.AsyncAutoPipeline()
	if err != nil {
		_ = s.client.Close()
		return nil, fmt.Errorf("open session store: %w", err)
	}
	s.pipeline = pipeline
	return s, nil
}

// check finds what can never work.
func (o Options) check() error {
	if len(o.Addrs) == 0 {
		return errors.New("no address of Redis")
	}
	for _, address := range o.Addrs {
		if _, port, err := net.SplitHostPort(address); err != nil || port == "" {
			return fmt.Errorf("address %q is not host:port", address)
		}
	}
	if o.Username != "" && o.Password == "" {
		return errors.New("user name without a password")
	}
	return nil
}

func (o Options) mode() string {
	switch {
	case o.MasterName != "":
		return "sentinel"
	case len(o.Addrs) > 1:
		return "cluster"
	}
	return "standalone"
}

// universal is the one set of client options for every kind of Redis. Nothing is retried behind our back; a cluster's
// redirects are still followed.
func (o Options) universal(limits timeouts) *redis.UniversalOptions {
	options := &redis.UniversalOptions{
		Addrs:      o.Addrs,
		MasterName: o.MasterName,
		Username:   o.Username,
		Password:   o.Password,

		// Version 2 of the protocol has no push messages to look for around every command.
		Protocol:                 2,
		DisableIdentity:          true,
		MaintNotificationsConfig: &maintnotifications.Config{Mode: maintnotifications.ModeDisabled},

		DialTimeout:           limits.dial,
		ReadTimeout:           limits.io,
		WriteTimeout:          limits.io,
		PoolTimeout:           limits.pool,
		ContextTimeoutEnabled: true,
		MaxRetries:            -1,
		DialerRetries:         1,

		PoolSize:        64,
		ReadBufferSize:  4 << 10,
		WriteBufferSize: 4 << 10,
	}
	if o.TLS {
		options.TLSConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	}
	options.Dialer = deadOnFailure(redis.NewDialer(&redis.Options{
		DialTimeout: limits.dial,
		TLSConfig:   options.TLSConfig,
	}))
	return options
}

// Client is the store's own connection to Redis, for other keepers of records. What they ask goes past the breaker.
func (s *Store) Client() redis.UniversalClient { return s.client }

// Close closes the connections to Redis, and ends the embedded one.
func (s *Store) Close() error {
	err := s.client.Close()
	if s.embedded != nil {
		s.embedded.server.Close()
	}
	return err
}
