package session

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// TestAllowance plays what a worker does and what is sent to him: w writes, t taps, e enters customer service; s spends
// one message and . finds nothing left; + gives the last one back; m lets a minute pass, d two days; x is the purge.
func TestAllowance(t *testing.T) {
	scripts := []string{
		"wsssss..",         // five after a message
		"tsss..",           // three after a tap
		"ess..",            // two after entering
		"wtsss" + "sssss.", // the tap's first: they end sooner
		"wsssss.wsssss.",   // another message, another five
		"wtsssmsssss.m.",   // a short window that ended leaves the long one
		"ssssssss",         // nothing is known: WeChat counts
		"wsssss.dssssss",   // nor when all has ended
		"wss+s+ssss.",      // what WeChat did not take is given back
		"tsss.+s.",
		"wsss" + "x" + "sssssss",
		"wtsss" + "m" + "sssss.",
	}
	eachStore(t, func(f *fixture) {
		for _, script := range scripts {
			if err := f.store.Purge(f.Context(), f.worker); err != nil {
				f.Fatal(err)
			}
			var last Spent
			for at, step := range script {
				where := script[:at+1]
				switch step {
				case 'w', 't', 'e':
					opens := map[rune]Window{'w': Written, 't': Tapped, 'e': Entered}[step]
					o, err := f.store.Begin(f.Context(), f.worker, where, opens)
					if err != nil {
						f.Fatal(err)
					}
					if _, err := f.store.Commit(f.Context(), o, Outcome{Reply: []byte("r")}); err != nil {
						f.Fatal(err)
					}
				case 's', '.':
					spent, err := f.store.Spend(f.Context(), f.worker)
					if (step == '.') != errors.Is(err, ErrSpent) || (step == 's' && err != nil) {
						f.Fatalf("%s: %v", where, err)
					}
					if err == nil {
						last = spent
					}
				case '+':
					if err := f.store.GiveBack(f.Context(), f.worker, last); err != nil {
						f.Fatal(err)
					}
				case 'm':
					f.clock.Add(time.Minute)
				case 'd':
					f.clock.Add(48 * time.Hour)
				case 'x':
					if err := f.store.Purge(f.Context(), f.worker); err != nil {
						f.Fatal(err)
					}
				}
			}
		}
	})
}

// TestAllowanceIsErased deletes the allowance with everything else, whether the worker leaves or asks for it, and a resend
// opens no new one.
func TestAllowanceIsErased(t *testing.T) {
	eachStore(t, func(f *fixture) {
		begin := func(message string) Opening {
			o, err := f.store.Begin(f.Context(), f.worker, message, Written)
			if err != nil {
				f.Fatal(err)
			}
			return o
		}
		spend := func(times int, want error) {
			f.Helper()
			for range times {
				if _, err := f.store.Spend(f.Context(), f.worker); !errors.Is(err, want) {
					f.Fatalf("spend: %v, want %v", err, want)
				}
			}
		}
		o := begin("1")
		spend(5, nil)
		begin("1") // still running
		spend(1, ErrSpent)
		if _, err := f.store.Commit(f.Context(), o, Outcome{Reply: []byte("r")}); err != nil {
			f.Fatal(err)
		}
		begin("1") // done
		spend(1, ErrSpent)
		o = begin("2")
		if _, err := f.store.Commit(f.Context(), o, Outcome{Reply: []byte("r"), Erase: true}); err != nil {
			f.Fatal(err)
		}
		keys, err := f.store.Client().Keys(f.Context(), keysOf(f.worker, "").allowance).Result()
		if err != nil || strings.Join(keys, "") != "" {
			f.Errorf("left behind: %v, %v", keys, err)
		}
	})
}
