package handlers

import (
	"github.com/prometheus/client_golang/prometheus"

	"zhugong/internal/publish"
)

// accountHealth says which knowledge answers for an account.
type accountHealth struct {
	Account string `json:"account"`
	Version string `json:"version"`
	Source  string `json:"source"`
	Faults  int    `json:"faults"`
}

func accountsHealth(accounts []publish.AccountStatus) []accountHealth {
	var all []accountHealth
	for _, a := range accounts {
		all = append(all, accountHealth(a))
	}
	return all
}

// overlayNotes names the accounts whose own answers were refused.
func overlayNotes(accounts []publish.AccountStatus) []string {
	var notes []string
	for _, a := range accounts {
		switch {
		case a.Faults == 0:
		case a.Source == "none":
			notes = append(notes, "account "+a.Account+": overlay refused, the shared knowledge answers alone, without the account's own answers, contacts and menu")
		default:
			notes = append(notes, "account "+a.Account+": overlay refused, its "+a.Source+" answers")
		}
	}
	return notes
}

// answering exports which knowledge answers for each account. Accounts and versions change only by hand, so that the labels stay few.
type answering struct {
	live             *publish.Live
	version, refused *prometheus.Desc
}

func newAnswering(live *publish.Live) *answering {
	return &answering{live,
		prometheus.NewDesc("zhugong_account_knowledge_info", "1 for the version that answers for an account, and where it is from.",
			[]string{"account", "version", "source"}, nil),
		prometheus.NewDesc("zhugong_account_knowledge_faults", "Faults of the account's own folder when it was last loaded.", []string{"account"}, nil)}
}

// Describe is part of prometheus.Collector.
func (a *answering) Describe(descs chan<- *prometheus.Desc) {
	descs <- a.version
	descs <- a.refused
}

// Collect is part of prometheus.Collector.
func (a *answering) Collect(metrics chan<- prometheus.Metric) {
	for _, account := range a.live.Status().Accounts {
		metrics <- prometheus.MustNewConstMetric(a.version, prometheus.GaugeValue, 1, account.Account, account.Version, account.Source)
		metrics <- prometheus.MustNewConstMetric(a.refused, prometheus.GaugeValue, float64(account.Faults), account.Account)
	}
}
