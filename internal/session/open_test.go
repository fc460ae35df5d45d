package session

import (
	"strings"
	"testing"
)

func TestOptions(t *testing.T) {
	cases := []struct {
		name    string
		options Options
		mode    string
		fault   string
	}{
		{"one address", Options{Addrs: []string{"redis:6379"}}, "standalone", ""},
		{"an address of version 6", Options{Addrs: []string{"[::1]:6379"}}, "standalone", ""},
		{"several addresses", Options{Addrs: []string{"a:1", "b:2"}}, "cluster", ""},
		{"sentinels", Options{Addrs: []string{"a:1", "b:2"}, MasterName: "workers"}, "sentinel", ""},
		{"a user", Options{Addrs: []string{"a:1"}, Username: "u", Password: "secret", TLS: true}, "standalone", ""},
		{"nothing", Options{}, "", "no address"},
		{"sentinels without address", Options{MasterName: "workers"}, "", "no address"},
		{"no port", Options{Addrs: []string{"a:1", "redis"}}, "", `"redis" is not host:port`},
		{"an empty port", Options{Addrs: []string{"redis:"}}, "", "is not host:port"},
		{"a user without a password", Options{Addrs: []string{"a:1"}, Username: "u"}, "", "without a password"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			store, err := Open(c.options)
			if c.fault != "" {
				if err == nil || !strings.Contains(err.Error(), c.fault) {
					t.Errorf("Open: %v, want %q", err, c.fault)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			defer store.Close()
			if store.mode != c.mode {
				t.Errorf("mode %s, want %s", store.mode, c.mode)
			}
		})
	}
}
