package handlers

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"sync/atomic"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"zhugong/internal/outbox"
	"zhugong/internal/publish"
	"zhugong/internal/session"
)

// healthDeadline bounds what /readyz asks Redis.
const healthDeadline = 500 * time.Millisecond

// Health answers on the operators' listener.
type Health struct {
	Store    *session.Store
	Live     *publish.Live
	Outbox   *outbox.Outbox // nil: there is none
	Metrics  *Metrics
	Notes    []string // what operators should know: embedded store, accounts without a secret
	draining atomic.Bool
}

// Drain makes /readyz refuse, so that no new requests come while the last are answered.
func (h *Health) Drain() { h.draining.Store(true) }

// Handler returns the handler of the operators' listener: /livez, /readyz, /metrics.
func (h *Health) Handler() http.Handler {
	h.register()
	router := newRouter()
	router.GET("/livez", func(c *gin.Context) { c.String(http.StatusOK, "ok\n") })
	router.GET("/readyz", h.ready)
	router.GET("/metrics", gin.WrapH(promhttp.HandlerFor(h.Metrics.Registry, promhttp.HandlerOpts{})))
	return router
}

// readiness is what /readyz says.
type readiness struct {
	Status    string          `json:"status"` // ok, degraded, draining
	Redis     redisHealth     `json:"redis"`
	Knowledge knowledgeHealth `json:"knowledge"`
	Notes     []string        `json:"notes,omitempty"`
}

type redisHealth struct {
	OK       bool   `json:"ok"`
	Reason   string `json:"reason,omitempty"`
	Mode     string `json:"mode"`
	Policy   string `json:"maxmemory_policy,omitempty"`
	AOF      bool   `json:"aof"`
	Replicas int    `json:"replicas"`
}

type knowledgeHealth struct {
	Version  string          `json:"version"`
	Source   string          `json:"source"`
	LoadedAt time.Time       `json:"loaded_at"`
	Faults   int             `json:"faults"`
	Accounts []accountHealth `json:"accounts,omitempty"`
}

// ready says 200 as long as workers are answered, with Redis in trouble as well: taking the replica away would help
// nobody.
func (h *Health) ready(c *gin.Context) {
	ctx, cancel := context.WithTimeout(c.Request.Context(), healthDeadline)
	defer cancel()
	store, live := h.Store.Health(ctx), h.Live.Status()
	r := readiness{
		Status:    "ok",
		Redis:     redisHealth{store.OK, store.Reason, store.Mode, store.Policy, store.AOF, store.Replicas},
		Knowledge: knowledgeHealth{live.Version, live.Source, live.LoadedAt, live.Faults, accountsHealth(live.Accounts)},
		Notes:     slices.Concat(h.Notes, overlayNotes(live.Accounts)),
	}
	status := http.StatusOK
	switch {
	case h.draining.Load():
		r.Status, status = "draining", http.StatusServiceUnavailable
	case !store.OK || live.Faults > 0 || len(overlayNotes(live.Accounts)) > 0:
		r.Status = "degraded"
	}
	body, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		c.Status(http.StatusInternalServerError)
		return
	}
	c.Data(status, "application/json; charset=utf-8", append(body, '\n'))
}

// register adds the figures that are read when asked for.
func (h *Health) register() {
	gauge := func(name, help string, value func(publish.Status) float64) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, func() float64 { return value(h.Live.Status()) })
	}
	if h.Outbox != nil {
		h.Metrics.Registry.MustRegister(newBacklog(h.Outbox))
	}
	h.Metrics.Registry.MustRegister(
		newAnswering(h.Live),
		gauge("zhugong_knowledge_last_success_timestamp_seconds", "When the knowledge that answers was put in place.",
			func(s publish.Status) float64 { return float64(s.LoadedAt.Unix()) }),
		gauge("zhugong_knowledge_faults", "Faults of the last attempt to load the knowledge folder.",
			func(s publish.Status) float64 { return float64(s.Faults) }),
		gauge("zhugong_knowledge_refused", "Attempts to load the knowledge folder that were refused.",
			func(s publish.Status) float64 { return float64(s.Refused) }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "zhugong_store_ok", Help: "1 while conversations can be kept."}, func() float64 {
			ctx, cancel := context.WithTimeout(context.Background(), healthDeadline)
			defer cancel()
			if h.Store.Health(ctx).OK {
				return 1
			}
			return 0
		}),
	)
}
