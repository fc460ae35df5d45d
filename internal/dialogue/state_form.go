package dialogue

import (
	"encoding/binary"
	"strings"

	"zhugong/internal/form"
)

// What a form's flags mean.
const (
	flagAgreed = 1 << iota
	flagHealth
	flagPaused
)

func appendForm(dst []byte, f *form.Form) []byte {
	if !f.Open() {
		return dst
	}
	dst = appendString(dst, tagFormFlow, f.Flow)
	for _, value := range f.Values {
		dst = binary.AppendUvarint(append(dst, tagFormValue), uint64(len(value.Slot)+1+len(value.Text)))
		dst = append(append(append(dst, value.Slot...), 0), value.Text...)
	}
	for _, slot := range f.Skipped {
		dst = appendString(dst, tagFormSkipped, slot)
	}
	dst = appendString(dst, tagFormAsked, f.Asked)
	dst = appendString(dst, tagFormPending, f.Pending)
	dst = appendString(dst, tagFormOther, f.Other)
	dst = appendString(dst, tagFormGuess, f.Guess)
	dst = appendString(dst, tagFormHeld, f.Held)
	dst = appendNumber(dst, tagFormFlags, flagged(f.Agreed, flagAgreed)|flagged(f.Health, flagHealth)|flagged(f.Paused, flagPaused))
	dst = appendNumber(dst, tagFormWrong, int64(f.Wrong))
	return appendTime(dst, tagFormAt, f.At)
}

func flagged(set bool, flag int64) int64 {
	if set {
		return flag
	}
	return 0
}

func setForm(f *form.Form, tag byte, value []byte, number int64) {
	switch tag {
	case tagFormFlow:
		f.Flow = string(value)
	case tagFormValue:
		slot, text, _ := strings.Cut(string(value), "\x00")
		f.Values = append(f.Values, form.Value{Slot: slot, Text: text})
	case tagFormSkipped:
		f.Skipped = append(f.Skipped, string(value))
	case tagFormAsked:
		f.Asked = string(value)
	case tagFormPending:
		f.Pending = string(value)
	case tagFormOther:
		f.Other = string(value)
	case tagFormGuess:
		f.Guess = string(value)
	case tagFormHeld:
		f.Held = string(value)
	case tagFormFlags:
		f.Agreed, f.Health, f.Paused = number&flagAgreed != 0, number&flagHealth != 0, number&flagPaused != 0
	case tagFormWrong:
		f.Wrong = int(number)
	case tagFormAt:
		f.At = momentOf(number)
	}
}
