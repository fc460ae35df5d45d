package wechat

import (
	"bytes"
	"encoding/binary"
	"hash"
	"strconv"
	"time"
)

// success is the answer that says nothing to the user and stops WeChat's resends.
const success = "success"

// Push is one push that a Gate has let in.
type Push struct {
	Message Message
	Plain   []byte // the XML or JSON, decrypted; to be looked at, Message says all there is

	// How it was sealed, and how its answer must be.
	key          *aesKey // nil: not at all
	nonce        string
	jsonEnvelope bool
}

// ContentType is the media type of the answer that Seal makes.
func (p *Push) ContentType() string {
	if p.jsonEnvelope || p.key == nil && p.Message.JSON {
		return "application/json; charset=utf-8"
	}
	return "text/xml; charset=utf-8"
}

// Encode is EncodeReply for the push's message.
func (p *Push) Encode(r Reply, at time.Time) []byte { return EncodeReply(r, &p.Message, at) }

// Seal makes the body of the answer to p from what EncodeReply returned, now or when p
// came before: encrypted with the key that opened p if p was encrypted, else reply as it
// is. A nil reply is `success`, which always goes unencrypted.
//
// The same push and reply give the same bytes, on every replica, so that a resend is
// answered alike whoever answers it: the time is the reply's own, and the random bytes
// are derived. The protocol fixes the IV, so those bytes alone keep equal texts from
// looking equal. As a keyed hash of the reply and of which push it answers they differ
// whenever either does, and tell nothing; only the same answer to the same push repeats,
// as it should.
func (g *Gate) Seal(p *Push, reply []byte) []byte {
	if len(reply) == 0 {
		return []byte(success)
	}
	if p.key == nil {
		return reply
	}
	e := envelope{
		encrypt:   p.key.seal(p.random(reply), reply, g.account.AppID),
		timestamp: strconv.FormatInt(createTime(reply, p.Message.CreateTime), 10),
		nonce:     p.nonce,
		json:      p.jsonEnvelope,
	}
	signature := sign(g.account.Token, e.timestamp, e.nonce, e.encrypt)
	e.signature = string(signature[:])
	return e.bytes()
}

func (p *Push) random(reply []byte) (random [randomSize]byte) {
	mac := p.key.macs.Get().(hash.Hash)
	defer p.key.macs.Put(mac)
	mac.Reset()
	space := binary.BigEndian.AppendUint64(make([]byte, 0, 256), uint64(len(reply)))
	space = append(space, p.Message.From...)
	space = append(space, 0)
	space = append(space, p.Message.Key()...)
	mac.Write(space)
	mac.Write(reply)
	copy(random[:], mac.Sum(space[:0]))
	return random
}

// createTime reads back when reply says it was written; EncodeReply wrote it.
func createTime(reply []byte, otherwise int64) int64 {
	mark := []byte("<CreateTime>")
	if reply[0] == '{' {
		mark = []byte(`"CreateTime":`)
	}
	_, rest, _ := bytes.Cut(reply, mark)
	digits := 0
	for digits < len(rest) && rest[digits] >= '0' && rest[digits] <= '9' {
		digits++
	}
	if at, err := strconv.ParseInt(string(rest[:digits]), 10, 64); err == nil {
		return at
	}
	return otherwise
}
