package slot

const ticketLength = 10

// Ticket reads the number of a case: ten digits, however spaced or spoken, the last of which checks the others. Without
// being asked for, it must be written in its three groups, or be named as the number of a case.
func Ticket(text string, asked bool) (digits string, ok bool) {
	text = plain(text)
	if rest, found := corrected(text); found {
		if digits, ok = lastTicket(rest, asked); ok {
			return digits, true
		}
	}
	return lastTicket(text, asked)
}

var ticketWords = []string{"受理", "编号", "单号", "登记号", "号码是", "进度", "查", "案子", "办到"}

func lastTicket(text string, asked bool) (digits string, ok bool) {
	named := asked || containsAny(text, ticketWords)
	for r, found := nextRun(text, 0); found; r, found = nextRun(text, r.end) {
		if r.count != ticketLength || r.masked || r.digits[0] == '0' {
			continue
		}
		grouped := r.joints == 3 && r.parts[0] == 3 && r.parts[1] == 3
		one := string(r.digits[:ticketLength])
		if (named || grouped) && TicketCheck(one[:ticketLength-1]) == one[ticketLength-1] {
			digits = one
		}
	}
	return digits, digits != ""
}

// TicketCheck returns the digit that checks the nine digits of a case number, after ISO 7064 MOD 11,10: every wrong digit
// and nearly every swap of two neighbours is noticed. It returns 0 for anything but digits.
func TicketCheck(nine string) byte {
	product := 10
	for i := range len(nine) {
		if nine[i] < '0' || nine[i] > '9' {
			return 0
		}
		sum := (product + int(nine[i]-'0')) % 10
		if sum == 0 {
			sum = 10
		}
		product = sum * 2 % 11
	}
	return byte('0' + (11-product)%10)
}
