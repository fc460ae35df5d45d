package session

import (
	"context"
	"strconv"
	"sync/atomic"
	"testing"

	"zhugong/internal/testenv"
)

// BenchmarkTurn is Begin and Commit of one message, each of another worker.
func BenchmarkTurn(b *testing.B) {
	b.Run("embedded", func(b *testing.B) {
		store, err := Embedded(nil)
		benchmarkTurn(b, store, err)
	})
	b.Run("redis", func(b *testing.B) {
		store, err := open(Options{Addrs: []string{testenv.StartRedis(b).Address}}, patient)
		benchmarkTurn(b, store, err)
	})
	b.Run("cluster", func(b *testing.B) {
		store, err := open(Options{Addrs: testenv.Addresses(testenv.StartCluster(b))}, patient)
		benchmarkTurn(b, store, err)
	})
}

func benchmarkTurn(b *testing.B, store *Store, err error) {
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = store.Close() })
	state, reply := make([]byte, 100), make([]byte, 400)
	var message atomic.Int64
	outcome := Outcome{State: state, Reply: reply}
	turn := func() {
		n := strconv.FormatInt(message.Add(1), 10)
		o, err := store.Begin(context.Background(), Worker{Account: "guiyang", OpenID: "o6_bmjrPTlm6_2sgVt7hMZOP" + n}, n, NoWindow)
		if err != nil || o.Status != Fresh {
			b.Fatal(o.Status, err)
		}
		if _, err = store.Commit(context.Background(), o, outcome); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("one", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			turn()
		}
	})
	b.Run("registering", func(b *testing.B) {
		store.Health(context.Background()) // to know of replicas
		outcome.Records = []Record{{Field: "4837159268", Value: make([]byte, 700)}}
		b.ReportAllocs()
		for b.Loop() {
			turn()
		}
		outcome.Records = nil
	})
	b.Run("many", func(b *testing.B) {
		b.ReportAllocs()
		b.SetParallelism(16)
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				turn()
			}
		})
	})
}
