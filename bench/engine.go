package main

import (
	"runtime"
	"time"
)

// engine learns labels from samples.
type engine interface {
	name() string
	// train learns the samples. Without any outside one the model need not tell outside messages.
	train(samples []sample) (model, cost, error)
}

// model answers what it was trained for.
type model interface {
	ask(text string) (answer, error)
	close() error
}

// action is what an engine would do with a message by its own rules.
type action int

const (
	answers action = iota
	asksBack
	declines
)

// answer is what a model makes of one text.
type answer struct {
	labels []string // inside labels, best first, whatever the action
	action action
	took   time.Duration // inside the engine alone
}

// cost is what training took.
type cost struct {
	time time.Duration
	heap uint64 // bytes in use after training
}

// measureTraining runs build and measures its time and what it left on the heap.
func measureTraining[T any](build func() (T, error)) (T, cost, error) {
	before := heapInUse()
	begin := time.Now()
	built, err := build()
	took := time.Since(begin)
	after := heapInUse()
	runtime.KeepAlive(built)
	return built, cost{time: took, heap: after - min(before, after)}, err
}

// heapInUse returns the bytes that are reachable. What a sync.Pool keeps goes with the second collection.
func heapInUse() uint64 {
	runtime.GC()
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}
