package turn

import (
	"slices"

	"zhugong/internal/dialogue"
	"zhugong/internal/session"
)

// sealedState begins a state that is sealed; no encoded state does.
const sealedState = 0xff

// state reads what was kept of a conversation. One that cannot be read begins anew: a worker must never be locked out.
func (r *Runner) state(worker session.Worker, kept []byte) dialogue.State {
	if len(kept) > 0 && kept[0] == sealedState && r.Keys != nil {
		opened, err := r.Keys.Open(kept[1:], about(worker))
		if err != nil {
			r.Log.Warn("sealed state cannot be opened: the conversation begins anew", "error", err)
			return dialogue.State{}
		}
		kept = opened
	}
	state, readable := dialogue.DecodeState(kept)
	if !readable {
		r.Log.Warn("state of another version: the conversation begins anew")
	}
	return state
}

// encode writes a state, sealed as soon as something is filled in.
func (r *Runner) encode(worker session.Worker, state *dialogue.State) ([]byte, error) {
	plain, err := state.AppendBinary(make([]byte, 0, stateRoom))
	if err != nil || len(state.Form.Values) == 0 || r.Keys == nil {
		return plain, err
	}
	return r.Keys.Seal(append(make([]byte, 0, len(plain)+sealRoom), sealedState), plain, about(worker)), nil
}

// sealRoom is what sealing adds at most.
const sealRoom = 64

// about names whose state it is: it cannot be put in another worker's place.
func about(worker session.Worker) []byte {
	return slices.Concat([]byte(worker.Account), []byte{0}, []byte(worker.OpenID))
}
