package desk

import (
	"context"
	"net"
	"sync"
	"testing"
)

// fault is where a request to Redis ends.
type fault int

const (
	none      fault = iota
	unsent          // before Redis has any of it
	halfSent        // when Redis has half of it
	unreplied       // when Redis has done it and the reply is on its way
)

// proxy stands between a store and Redis, and lets one request end as told.
type proxy struct {
	target   string
	listener net.Listener

	mu     sync.Mutex
	armed  fault
	struck bool
	end    context.CancelFunc // called when it strikes, before the connection is cut
}

func startProxy(t *testing.T, target string) *proxy {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{target: target, listener: listener}
	var all sync.WaitGroup
	all.Go(func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			all.Go(func() { p.serve(client) })
		}
	})
	t.Cleanup(func() {
		_ = listener.Close()
		all.Wait()
	})
	return p
}

// arm has the next request end at a fault.
func (p *proxy) arm(f fault, end context.CancelFunc) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.armed, p.struck, p.end = f, false, end
}

// disarm reports whether the fault happened.
func (p *proxy) disarm() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.armed = none
	return p.struck
}

// strikes reports whether what is armed happens now, which it does once.
func (p *proxy) strikes(now ...fault) (fault, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, f := range now {
		if p.armed == f {
			p.armed, p.struck = none, true
			p.end()
			return f, true
		}
	}
	return none, false
}

func (p *proxy) serve(client net.Conn) {
	defer client.Close()
	server, err := net.Dial("tcp", p.target)
	if err != nil {
		return
	}
	defer server.Close()
	var both sync.WaitGroup
	both.Go(func() { p.pass(server, client, unsent, halfSent) })
	both.Go(func() { p.pass(client, server, unreplied) })
	both.Wait()
}

// pass copies until one side ends or one of the faults strikes, and then cuts both.
func (p *proxy) pass(to, from net.Conn, faults ...fault) {
	defer to.Close()
	defer from.Close()
	buffer := make([]byte, 64<<10)
	for {
		n, err := from.Read(buffer)
		if err != nil {
			return
		}
		f, cut := p.strikes(faults...)
		if cut && f == halfSent {
			_, _ = to.Write(buffer[:n/2])
		}
		if cut {
			return
		}
		if _, err := to.Write(buffer[:n]); err != nil {
			return
		}
	}
}
