package turn

import (
	"slices"

	"zhugong/internal/dialogue"
	"zhugong/internal/session"
)

// sealed begins what is kept sealed; no encoded state and no reply does.
const sealed = 0xff

// sealRoom is what sealing adds at most.
const sealRoom = 64

// seal seals what is kept of a worker who has filled something in: the state that holds it, and replies that repeat it.
func (r *Runner) seal(worker session.Worker, plain []byte) []byte {
	if r.Keys == nil || len(plain) == 0 {
		return plain
	}
	return r.Keys.Seal(append(make([]byte, 0, len(plain)+sealRoom), sealed), plain, about(worker))
}

// unseal returns what was kept, which may not have been sealed. It reports false when it cannot be read.
func (r *Runner) unseal(worker session.Worker, kept []byte) ([]byte, bool) {
	if len(kept) == 0 || kept[0] != sealed {
		return kept, true
	}
	if r.Keys == nil {
		return nil, false
	}
	plain, err := r.Keys.Open(kept[1:], about(worker))
	return plain, err == nil
}

// about names whose it is: it cannot be put in another worker's place.
func about(worker session.Worker) []byte {
	return slices.Concat([]byte(worker.Account), []byte{0}, []byte(worker.OpenID))
}

// state reads what was kept of a conversation. One that cannot be read begins anew: a worker must never be locked out.
func (r *Runner) state(worker session.Worker, kept []byte) dialogue.State {
	plain, opened := r.unseal(worker, kept)
	state, readable := dialogue.DecodeState(plain)
	if !opened || !readable {
		r.Log.Warn("state of another version or under another key: the conversation begins anew")
	}
	return state
}

// reply reads the reply kept for a resend. One that cannot be read is silence: WeChat shows nothing, and the worker asks
// again.
func (r *Runner) reply(worker session.Worker, kept []byte) []byte {
	plain, opened := r.unseal(worker, kept)
	if !opened {
		r.Log.Warn("reply under another key: a resend is left unanswered")
	}
	return plain
}
