package handlers

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"zhugong/internal/turn"
)

// Metrics counts what the webhook does. No label ever holds anything of a worker; all label values are from closed sets.
type Metrics struct {
	Registry *prometheus.Registry
	requests *prometheus.CounterVec
	outcomes *prometheus.CounterVec
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
		duration: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "zhugong_webhook_duration_seconds", Help: "Time from a push to its answer.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 4, 5},
		}),
	}
	build := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "zhugong_build_info", Help: "The program's version."}, []string{"version"})
	build.WithLabelValues(version).Set(1)
	m.Registry.MustRegister(m.requests, m.outcomes, m.duration, build, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
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
