package wechat

import (
	"crypto/sha1" // WeChat's protocol
	"crypto/subtle"
	"encoding/hex"
	"slices"
)

// sign is WeChat's signature: the lower-case hex SHA-1 of the parts, sorted and run
// together. Without encrypted text among the parts it does not cover the body.
func sign(parts ...string) [2 * sha1.Size]byte {
	slices.Sort(parts)
	var space [2048]byte // the parts of a usual push or answer, off the heap
	joined := space[:0]
	for _, part := range parts {
		joined = append(joined, part...)
	}
	sum := sha1.Sum(joined)
	var signature [2 * sha1.Size]byte
	hex.Encode(signature[:], sum[:])
	return signature
}

// matches compares in constant time: how long it takes must not tell how much of a
// guessed signature is right.
func matches(signature string, want [2 * sha1.Size]byte) bool {
	return subtle.ConstantTimeCompare([]byte(signature), want[:]) == 1
}
