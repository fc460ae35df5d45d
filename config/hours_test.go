package config

import (
	"testing"
	"time"
)

func TestStaffed(t *testing.T) {
	weekdays := Account{CustomerService: true, Hours: []Hours{{1, 5, 9 * time.Hour, 12 * time.Hour}, {1, 5, 13*time.Hour + 30*time.Minute, 17 * time.Hour}, {7, 7, 0, 24 * time.Hour}}}
	tests := []struct {
		name    string
		account Account
		at      string
		want    bool
	}{
		{"Monday, a second before", weekdays, "2026-11-23T08:59:59+08:00", false},
		{"Monday at opening", weekdays, "2026-11-23T09:00:00+08:00", true},
		{"Monday, a second before noon", weekdays, "2026-11-23T11:59:59+08:00", true},
		{"Monday at noon", weekdays, "2026-11-23T12:00:00+08:00", false},
		{"Friday afternoon", weekdays, "2026-11-27T13:30:00+08:00", true},
		{"Friday evening", weekdays, "2026-11-27T17:00:00+08:00", false},
		{"Saturday", weekdays, "2026-11-28T10:00:00+08:00", false},
		{"Sunday's first second", weekdays, "2026-11-29T00:00:00+08:00", true},
		{"Sunday's last second", weekdays, "2026-11-29T23:59:59.999999999+08:00", true},
		{"Monday just after Sunday", weekdays, "2026-11-30T00:00:00+08:00", false},
		{"another time zone's Sunday is Monday here", weekdays, "2026-11-29T20:00:00-05:00", true},
		{"UTC morning is the afternoon here", weekdays, "2026-11-23T05:30:00Z", true},
		{"no hours", Account{CustomerService: true}, "2026-11-29T03:00:00+08:00", true},
		{"nobody at all", Account{Hours: weekdays.Hours}, "2026-11-23T09:00:00+08:00", false},
	}
	for _, test := range tests {
		at, err := time.Parse(time.RFC3339Nano, test.at)
		if err != nil {
			t.Fatal(err)
		}
		if got := test.account.Staffed(at); got != test.want {
			t.Errorf("%s: Staffed(%s) = %v, want %v", test.name, test.at, got, test.want)
		}
	}
}

func TestHoursString(t *testing.T) {
	for want, h := range map[string]Hours{
		"周一至周五 09:00-12:05": {1, 5, 9 * time.Hour, 12*time.Hour + 5*time.Minute},
		"周六 00:00-24:00":    {6, 6, 0, 24 * time.Hour},
		"每天 08:30-09:00":    {1, 7, 8*time.Hour + 30*time.Minute, 9 * time.Hour},
	} {
		if got := h.String(); got != want {
			t.Errorf("%#v: got %s, want %s", h, got, want)
		}
	}
}
