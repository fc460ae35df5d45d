package outbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"zhugong/internal/session"
	"zhugong/internal/wechat"
)

// sending is the State of a message that somebody is sending until it is due.
const sending State = "sending"

// entry is a message as it is kept. Times are in milliseconds since 1970.
type entry struct {
	worker session.Worker
	field  string // of its record
	member string // of the index; "" while it has none

	Made    int64                `json:"made"`
	State   State                `json:"state"`
	Due     int64                `json:"due"`
	Until   int64                `json:"until,omitempty"`
	Tries   int                  `json:"tries,omitempty"`
	Code    int                  `json:"code,omitempty"` // of WeChat's last refusal
	Reason  string               `json:"reason,omitempty"`
	Noticed bool                 `json:"noticed,omitempty"`
	Ticket  string               `json:"ticket,omitempty"`
	Body    wechat.CustomMessage `json:"body"`
	Notice  *wechat.Notice       `json:"notice,omitempty"`
}

var (
	errNoKeys    = errors.New("no keys to seal messages with")
	errNoMessage = errors.New("record is no message")
)

// seal writes an entry as the value of its record.
func (o *Outbox) seal(e entry) ([]byte, error) {
	if o.Keys == nil {
		return nil, errNoKeys
	}
	plain, err := json.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("encode message: %w", err)
	}
	return o.Keys.Seal(nil, plain, about(e.worker, e.field)), nil
}

func (o *Outbox) unseal(w session.Worker, record session.Record) (entry, error) {
	if !strings.HasPrefix(record.Field, fieldPrefix) {
		return entry{}, errNoMessage
	}
	if o.Keys == nil {
		return entry{}, errNoKeys
	}
	plain, err := o.Keys.Open(record.Value, about(w, record.Field))
	if err != nil {
		return entry{}, fmt.Errorf("open message: %w", err)
	}
	e := entry{worker: w, field: record.Field}
	if err := json.Unmarshal(plain, &e); err != nil {
		return entry{}, fmt.Errorf("decode message: %w", err)
	}
	return e, nil
}

// about binds what is sealed to its place.
func about(w session.Worker, field string) []byte {
	return []byte(w.Account + "\x00" + w.OpenID + "\x00" + field)
}
