package session

import (
	"context"
	"net"
	"time"
)

type dialer = func(ctx context.Context, network, address string) (net.Conn, error)

// deadOnFailure makes a failed dial look like a connection on which everything fails with the dial's error. The caller
// sees the same error at once; but the client's pool, which after as many failed dials as it has places stops dialling
// for a second at a time, counts none, so that Redis is back as soon as the breaker asks for it.
func deadOnFailure(dial dialer) dialer {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		connection, err := dial(ctx, network, address)
		if err != nil {
			return deadConnection{err}, nil
		}
		return connection, nil
	}
}

type deadConnection struct{ err error }

func (d deadConnection) Read([]byte) (int, error)         { return 0, d.err }
func (d deadConnection) Write([]byte) (int, error)        { return 0, d.err }
func (d deadConnection) Close() error                     { return nil }
func (d deadConnection) LocalAddr() net.Addr              { return &net.TCPAddr{} }
func (d deadConnection) RemoteAddr() net.Addr             { return &net.TCPAddr{} }
func (d deadConnection) SetDeadline(time.Time) error      { return nil }
func (d deadConnection) SetReadDeadline(time.Time) error  { return nil }
func (d deadConnection) SetWriteDeadline(time.Time) error { return nil }
