package dialogue

import (
	"encoding/binary"
	"math"
	"time"

	"zhugong/intents"
	"zhugong/internal/form"
)

// State is what is remembered of a conversation. The zero State is a conversation that begins.
type State struct {
	Entry       string          // what was last talked about
	Attribute   string          // asked about without a matter: answered as soon as the matter is known
	Signposted  string          // kind of outside messages of which the last one was
	Told        string          // figures that were told of it, as package estimate writes them
	Offered     []string        // entry ids the worker can choose from, by number
	Misses      int             // messages in a row that did not help the worker
	Rest        string          // what follows when the worker writes 更多
	Insults     int             // in a row
	MutedUntil  time.Time       // until then insults are left unanswered
	Unclear     intents.Unclear // what may have been meant by messages, up to the last, that were not clear
	UnclearAt   time.Time       // when the last of them came
	Crisis      string          // rule that last found danger, "" if what the matcher was alarmed by came after it
	CrisisAt    time.Time       // when a message last told of danger
	SafeAskedAt time.Time       // when the last message was answered by the question whether the worker is safe
	PersonUntil time.Time       // until then a person at customer service talks
	Form        form.Form       // the guided dialogue that is open
}

// Personal reports whether the state holds what the worker filled in or told of himself.
func (s *State) Personal() bool { return len(s.Form.Values) > 0 || s.Form.Held != "" || s.Told != "" }

// A state is encoded as a version byte and fields, each a tag byte, a length and that many bytes. A reader passes over
// tags it does not know, and fields it misses stay zero: replicas of different age read each other's states.
const stateVersion = 1

const (
	tagEntry = 1 + iota
	tagAttribute
	tagOffered
	tagMisses
	tagRest
	tagInsults
	tagMutedUntil
	tagCrisisAt
	tagPersonUntil
	tagFormFlow
	tagFormValue // slot, a zero byte, text
	tagFormSkipped
	tagFormAsked
	tagFormPending
	tagFormFlags
	tagFormWrong
	tagFormAt
	tagFormHeld
	tagFormOther
	tagFormGuess
	tagUnclear // probability, id of an entry
	tagUnclearInside
	tagUnclearAt
	tagSafeAskedAt
	tagTold
	tagSignposted
	tagCrisis
)

// AppendBinary appends the encoded state to dst.
func (s *State) AppendBinary(dst []byte) ([]byte, error) {
	dst = append(dst, stateVersion)
	dst = appendString(dst, tagEntry, s.Entry)
	dst = appendString(dst, tagAttribute, s.Attribute)
	dst = appendString(dst, tagSignposted, s.Signposted)
	dst = appendString(dst, tagTold, s.Told)
	for _, id := range s.Offered {
		dst = appendString(dst, tagOffered, id)
	}
	dst = appendNumber(dst, tagMisses, int64(s.Misses))
	dst = appendString(dst, tagRest, s.Rest)
	dst = appendNumber(dst, tagInsults, int64(s.Insults))
	dst = appendUnclear(dst, &s.Unclear)
	dst = appendTime(dst, tagUnclearAt, s.UnclearAt)
	dst = appendTime(dst, tagMutedUntil, s.MutedUntil)
	dst = appendString(dst, tagCrisis, s.Crisis)
	dst = appendTime(dst, tagCrisisAt, s.CrisisAt)
	dst = appendTime(dst, tagSafeAskedAt, s.SafeAskedAt)
	dst = appendTime(dst, tagPersonUntil, s.PersonUntil)
	return appendForm(dst, &s.Form), nil
}

func appendString(dst []byte, tag byte, s string) []byte {
	if s == "" {
		return dst
	}
	dst = binary.AppendUvarint(append(dst, tag), uint64(len(s)))
	return append(dst, s...)
}

// certain is the probability 1 as it is encoded.
const certain = 10_000

func appendUnclear(dst []byte, u *intents.Unclear) []byte {
	for _, c := range u.Candidates {
		var buffer [binary.MaxVarintLen64]byte
		size := binary.PutVarint(buffer[:], encodedProbability(c.Probability))
		dst = appendString(dst, tagUnclear, string(buffer[:size])+c.Intent)
	}
	return appendNumber(dst, tagUnclearInside, encodedProbability(u.Inside))
}

func encodedProbability(p float64) int64 { return int64(math.Round(p * certain)) }

func probabilityOf(number int64) float64 { return float64(min(max(number, 0), certain)) / certain }

func appendNumber(dst []byte, tag byte, n int64) []byte {
	if n == 0 {
		return dst
	}
	var buffer [binary.MaxVarintLen64]byte
	size := binary.PutVarint(buffer[:], n)
	return append(append(dst, tag, byte(size)), buffer[:size]...)
}

func appendTime(dst []byte, tag byte, t time.Time) []byte {
	if t.IsZero() {
		return dst
	}
	return appendNumber(dst, tag, t.Unix())
}

// DecodeState reads an encoded state. Bytes of another version or broken ones are a conversation that begins: a
// worker must never be locked out by what was once saved. It reports whether they could be read.
func DecodeState(data []byte) (State, bool) {
	if len(data) == 0 {
		return State{}, true
	}
	if data[0] != stateVersion {
		return State{}, false
	}
	var s State
	for data = data[1:]; len(data) > 0; {
		tag := data[0]
		length, size := binary.Uvarint(data[1:])
		if size <= 0 || length > uint64(len(data)-1-size) {
			return State{}, false
		}
		s.set(tag, data[1+size:1+size+int(length)])
		data = data[1+size+int(length):]
	}
	if !s.Form.Open() {
		s.Form = form.Form{} // answers to no form
	}
	return s, true
}

func (s *State) set(tag byte, value []byte) {
	if len(value) == 0 {
		return // nothing is never written
	}
	number, _ := binary.Varint(value)
	switch tag {
	case tagEntry:
		s.Entry = string(value)
	case tagTold:
		s.Told = string(value)
	case tagSignposted:
		s.Signposted = string(value)
	case tagCrisis:
		s.Crisis = string(value)
	case tagAttribute:
		s.Attribute = string(value)
	case tagOffered:
		s.Offered = append(s.Offered, string(value))
	case tagMisses:
		s.Misses = int(number)
	case tagRest:
		s.Rest = string(value)
	case tagInsults:
		s.Insults = int(number)
	case tagUnclear:
		if _, size := binary.Varint(value); size > 0 {
			s.Unclear.Candidates = append(s.Unclear.Candidates, intents.Candidate{Intent: string(value[size:]), Probability: probabilityOf(number)})
		}
	case tagUnclearInside:
		s.Unclear.Inside = probabilityOf(number)
	case tagUnclearAt:
		s.UnclearAt = momentOf(number)
	case tagMutedUntil:
		s.MutedUntil = momentOf(number)
	case tagCrisisAt:
		s.CrisisAt = momentOf(number)
	case tagSafeAskedAt:
		s.SafeAskedAt = momentOf(number)
	case tagPersonUntil:
		s.PersonUntil = momentOf(number)
	default:
		setForm(&s.Form, tag, value, number)
	}
}

// momentOf reads a time as appendTime writes it; 0 is none.
func momentOf(seconds int64) time.Time {
	if seconds == 0 {
		return time.Time{}
	}
	return time.Unix(seconds, 0)
}
