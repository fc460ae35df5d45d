package desk

import (
	"fmt"
	"io"
	"strings"

	"zhugong/internal/slot"
)

const (
	ticketLength = 10
	unchecked    = ticketLength - 1
)

// NewTicket returns a number for a case: nine random digits, the first of them not 0, and the one that checks them.
func NewTicket(random io.Reader) (string, error) {
	var digits [unchecked]byte
	for i := 0; i < len(digits); {
		var raw [1]byte
		if _, err := io.ReadFull(random, raw[:]); err != nil {
			return "", fmt.Errorf("new ticket: %w", err)
		}
		// 250 is the last multiple of ten: above it some digits would come more often.
		if digit := raw[0] % 10; raw[0] < 250 && (digit != 0 || i > 0) {
			digits[i] = '0' + digit
			i++
		}
	}
	nine := string(digits[:])
	return nine + string(slot.TicketCheck(nine)), nil
}

// Spoken writes a ticket in groups, as people read it out.
func Spoken(ticket string) string {
	if len(ticket) != ticketLength {
		return ticket
	}
	return ticket[:3] + "-" + ticket[3:6] + "-" + ticket[6:]
}

// Digits is a ticket without what groups it.
func Digits(spoken string) string {
	return strings.NewReplacer("-", "", " ", "").Replace(spoken)
}

// isTicket reports whether a record's field is the number of a case.
func isTicket(field string) bool {
	if len(field) != ticketLength {
		return false
	}
	check := slot.TicketCheck(field[:unchecked])
	return check != 0 && field[unchecked] == check
}
