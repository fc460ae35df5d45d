package handlers

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"zhugong/internal/outbox"
	"zhugong/internal/turn"
)

// Metrics counts what the webhook does. No label ever holds anything of a worker; all label values are from closed sets.
type Metrics struct {
	Registry *prometheus.Registry
	requests *prometheus.CounterVec
	outcomes *prometheus.CounterVec
	outgoing *prometheus.CounterVec
	duration prometheus.Histogram
}

// NewMetrics returns metrics in a registry of their own.
func NewMetrics(version string) *Metrics {
	m := &Metrics{
		Registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "zhugong_webhook_requests_total", Help: "Requests to the webhook by what became of them.",
		}, []string{"result"}),
		outcomes: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "zhugong_decisions_total", Help: "Messages by what was decided.",
		}, []string{"outcome", "intent"}),
		outgoing: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "zhugong_outbox_attempts_total", Help: "Attempts to send a message beside replies, by what became of it.",
		}, []string{"result"}),
		duration: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "zhugong_webhook_duration_seconds", Help: "Time from a push to its answer.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 4, 5},
		}),
	}
	build := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "zhugong_build_info", Help: "The program's version."}, []string{"version"})
	build.WithLabelValues(version).Set(1)
	m.Registry.MustRegister(m.requests, m.outcomes, m.outgoing, m.duration, build, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Outgoing counts what became of an attempt to send a message.
func (m *Metrics) Outgoing(state outbox.State) { m.outgoing.WithLabelValues(string(state)).Inc() }

// backlog shows what waits to be sent, as it is when asked for.
type backlog struct {
	outbox       *outbox.Outbox
	depth, since *prometheus.Desc
}

func newBacklog(o *outbox.Outbox) backlog {
	return backlog{o, prometheus.NewDesc("zhugong_outbox_depth", "Messages to workers that are still to be sent.", []string{"account"}, nil),
		prometheus.NewDesc("zhugong_outbox_overdue_seconds", "How long the first of them has been due.", []string{"account"}, nil)}
}

// Describe is prometheus.Collector's.
func (b backlog) Describe(descriptions chan<- *prometheus.Desc) {
	prometheus.DescribeByCollect(b, descriptions)
}

// Collect is prometheus.Collector's. While Redis is away nothing is shown.
func (b backlog) Collect(metrics chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), healthDeadline)
	defer cancel()
	for account := range b.outbox.Senders {
		found, err := b.outbox.Backlog(ctx, account)
		if err != nil {
			continue
		}
		overdue := 0.0
		if !found.Oldest.IsZero() {
			overdue = max(b.outbox.Now().Sub(found.Oldest).Seconds(), 0)
		}
		metrics <- prometheus.MustNewConstMetric(b.depth, prometheus.GaugeValue, float64(found.Messages), account)
		metrics <- prometheus.MustNewConstMetric(b.since, prometheus.GaugeValue, overdue, account)
	}
}

func (m *Metrics) turn(result turn.Result, took time.Duration) {
	m.requests.WithLabelValues(resultOf(result)).Inc()
	m.duration.Observe(took.Seconds())
	if !result.Repeated {
		m.outcomes.WithLabelValues(string(result.Decision.Outcome), result.Decision.Intent).Inc()
	}
}

func resultOf(result turn.Result) string {
	switch {
	case result.Repeated:
		return "repeated"
	case result.Limited:
		return "limited"
	case result.Degraded:
		return "degraded"
	case len(result.Reply) == 0:
		return "silent"
	}
	return "replied"
}
