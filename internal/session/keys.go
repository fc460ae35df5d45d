package session

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"time"
)

// A worker's keys begin and end with these.
const (
	workerPrefix  = "zg:{"
	recordsSuffix = "}:k"
)

// keys are the keys of one turn. The worker in braces is what Redis Cluster hashes.
type keys struct {
	conversation, message, records, allowance string
}

func keysOf(w Worker, message string) keys {
	buffer := make([]byte, 0, 320)
	buffer = appendWorker(buffer, w)
	buffer = append(buffer, 'c')
	first := len(buffer)
	buffer = appendWorker(buffer, w)
	buffer = append(buffer, "m:"...)
	digest := sha256.Sum256([]byte(message))
	buffer = base64.RawURLEncoding.AppendEncode(buffer, digest[:8])
	second := len(buffer)
	buffer = appendWorker(buffer, w)
	buffer = append(buffer, 'k')
	third := len(buffer)
	buffer = appendWorker(buffer, w)
	buffer = append(buffer, 'q')
	all := string(buffer)
	return keys{conversation: all[:first], message: all[first:second], records: all[second:third], allowance: all[third:]}
}

func appendWorker(buffer []byte, w Worker) []byte {
	buffer = append(buffer, workerPrefix...)
	buffer = append(buffer, w.Account...)
	buffer = append(buffer, ':')
	buffer = append(buffer, w.OpenID...)
	return append(buffer, "}:"...)
}

// token returns eight bytes that no other claim in any process has.
func (s *Store) token() string {
	var raw [8]byte
	binary.BigEndian.PutUint64(raw[:], s.tokens.Add(1))
	return string(raw[:])
}

// secondsOf writes a time as a conversation has it.
func secondsOf(t time.Time) string {
	var raw [4]byte
	binary.BigEndian.PutUint32(raw[:], uint32(t.Unix()))
	return string(raw[:])
}
