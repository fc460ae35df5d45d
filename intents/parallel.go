package intents

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// parallel calls do for the numbers below n, on all processors.
func parallel(n int, do func(i int)) {
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	group.Wait()
}

// inParts calls do for stretches of so many of the numbers below n, on all processors.
func inParts(n, part int, do func(from, to int)) {
	parallel((n+part-1)/part, func(p int) { do(p*part, min(n, (p+1)*part)) })
}

// written returns zeroes that have been written to: memory that is read before is mapped twice, the second time at a high
// price while several processors are at work.
func written[T any](n int) []T {
	memory := make([]T, n)
	clear(memory)
	return memory
}
