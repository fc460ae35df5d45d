package desk

import (
	"bytes"
	"crypto/rand"
	"io"
	"math"
	"testing"

	"zhugong/internal/slot"
)

func TestNewTicket(t *testing.T) {
	var counts [unchecked][10]int
	const tickets = 20000
	for range tickets {
		ticket, err := NewTicket(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		if !isTicket(ticket) || ticket[0] == '0' {
			t.Fatalf("ticket %q", ticket)
		}
		if digits, ok := slot.Ticket(Spoken(ticket), true); !ok || digits != ticket {
			t.Fatalf("a worker who writes %q is understood as %q", Spoken(ticket), digits)
		}
		for i := range unchecked {
			counts[i][ticket[i]-'0']++
		}
	}
	for i, digits := range counts {
		for digit, n := range digits {
			share := tickets / 10
			if i == 0 {
				share = tickets / 9
			}
			if i == 0 && digit == 0 {
				share = 0
			}
			// Six standard deviations: less than once in a million runs.
			if math.Abs(float64(n-share)) > 6*math.Sqrt(tickets/10) {
				t.Errorf("digit %d is %d in %d of %d tickets", i, digit, n, tickets)
			}
		}
	}
}

func TestNewTicketFrom(t *testing.T) {
	// 250 and above are left out, and so is a 0 in front.
	ticket, err := NewTicket(bytes.NewReader([]byte{0, 255, 10, 4, 18, 250, 23, 7, 1, 5, 9, 2, 6}))
	if err != nil || ticket != "483715926"+string(slot.TicketCheck("483715926")) {
		t.Errorf("NewTicket = %q, %v", ticket, err)
	}
	if ticket, err := NewTicket(io.LimitReader(rand.Reader, 5)); err == nil {
		t.Errorf("NewTicket of a broken source = %q", ticket)
	}
}

func TestSpoken(t *testing.T) {
	for ticket, want := range map[string]string{"4837159264": "483-715-9264", "483": "483", "": ""} {
		if got := Spoken(ticket); got != want || Digits(got) != ticket {
			t.Errorf("Spoken(%q) = %q, want %q; back %q", ticket, got, want, Digits(got))
		}
	}
	if got := Digits(" 483 715 9264 "); got != "4837159264" {
		t.Errorf("Digits = %q", got)
	}
}

func TestIsTicket(t *testing.T) {
	good, err := NewTicket(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	wrong := []byte(good)
	wrong[9] = '0' + (wrong[9]-'0'+1)%10
	for field, want := range map[string]bool{
		good: true, string(wrong): false, good[:9]: false, good + "0": false, "": false, "consent": false, "abcdefghij": false,
	} {
		if got := isTicket(field); got != want {
			t.Errorf("isTicket(%q) = %v", field, got)
		}
	}
}
