package turn

import "sync"

// recentReplies is how many replies are kept in memory for resends while Redis cannot keep them.
const recentReplies = 4096

// recent keeps the last replies that Redis could not keep, the oldest giving way.
type recent struct {
	mutex sync.Mutex
	byID  map[string][]byte
	ring  []string
	next  int
}

func (r *recent) find(id string) ([]byte, bool) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	reply, known := r.byID[id]
	return reply, known
}

// keep remembers the first reply to a message and returns it, whoever came first.
func (r *recent) keep(id string, reply []byte) []byte {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if first, known := r.byID[id]; known {
		return first
	}
	if r.byID == nil {
		r.byID, r.ring = map[string][]byte{}, make([]string, recentReplies)
	}
	delete(r.byID, r.ring[r.next])
	r.byID[id], r.ring[r.next] = reply, id
	r.next = (r.next + 1) % recentReplies
	return reply
}
