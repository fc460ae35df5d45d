// Package vault seals what must not be read by whoever gets hold of the store: AES-256-GCM under keys that can be
// rotated. It knows nothing of what it seals, of where that is kept, or of where its keys come from.
//
// Sealed bytes are
//
//	1   version: 1
//	4   which key
//	12  nonce
//	    what was sealed, as long as it was
//	16  authentication tag
package vault

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
)

const (
	// KeySize is how many bytes a key has.
	KeySize = 32

	version  = 1
	idSize   = 4
	header   = 1 + idSize
	overhead = header + 12 + 16
)

var (
	// ErrUnknownKey is returned by Open when the key that something was sealed with is not in the ring.
	ErrUnknownKey = errors.New("sealed with a key that is not in the ring")
	// ErrBroken is returned by Open for what is not ours, was changed, or was sealed about something else.
	ErrBroken = errors.New("not readable as sealed")
)

// Keyring seals with its newest key and opens what any of its keys sealed. It is safe for concurrent use.
type Keyring struct {
	keys []key // newest first
}

type key struct {
	header [header]byte // what everything it seals begins with
	seal   cipher.AEAD
}

// New returns a ring of these keys, the newest first. An older key stays in the ring as long as something sealed with it
// is to be read.
func New(keys ...[]byte) (*Keyring, error) {
	if len(keys) == 0 {
		return nil, errors.New("keyring: no key")
	}
	ring := &Keyring{keys: make([]key, 0, len(keys))}
	for i, raw := range keys {
		next, err := newKey(raw)
		if err != nil {
			return nil, fmt.Errorf("keyring: key %d: %w", i+1, err)
		}
		if ring.find(next.header[:]) != nil {
			return nil, fmt.Errorf("keyring: key %d is there twice", i+1)
		}
		ring.keys = append(ring.keys, next)
	}
	return ring, nil
}

// Random returns a ring of one new key, for a store that ends with the process.
func Random() *Keyring {
	var raw [KeySize]byte
	_, _ = rand.Read(raw[:]) // never fails
	only, _ := newKey(raw[:])
	return &Keyring{keys: []key{only}}
}

func newKey(raw []byte) (key, error) {
	if len(raw) != KeySize {
		return key{}, fmt.Errorf("%d bytes, want %d", len(raw), KeySize)
	}
	block, err := aes.NewCipher(raw)
	if err != nil {
		return key{}, err
	}
	seal, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return key{}, err
	}
	k := key{seal: seal}
	k.header[0] = version
	sum := sha256.Sum256(append([]byte("zhugong vault key "), raw...))
	copy(k.header[1:], sum[:])
	return k, nil
}

// find returns the key that this header names, nil when there is none.
func (r *Keyring) find(header []byte) *key {
	for i := range r.keys {
		if bytes.Equal(r.keys[i].header[:], header) {
			return &r.keys[i]
		}
	}
	return nil
}

// Seal appends plain, sealed with the newest key, to dst. What it is about is not kept in it, but it opens only with the
// same about, so that nothing sealed can be moved to another place.
func (r *Keyring) Seal(dst, plain, about []byte) []byte {
	newest := &r.keys[0]
	dst = append(dst, newest.header[:]...)
	return newest.seal.Seal(dst, nil, plain, newest.bind(about))
}

// Open returns what Seal sealed about the same thing. Its errors are ErrUnknownKey and ErrBroken.
func (r *Keyring) Open(sealed, about []byte) ([]byte, error) {
	if len(sealed) < overhead || sealed[0] != version {
		return nil, ErrBroken
	}
	by := r.find(sealed[:header])
	if by == nil {
		return nil, ErrUnknownKey
	}
	plain, err := by.seal.Open(nil, nil, sealed[header:], by.bind(about))
	if err != nil {
		return nil, ErrBroken
	}
	return plain, nil
}

// bind is what the tag covers beside the sealed bytes: the header and what they are about.
func (k *key) bind(about []byte) []byte {
	return append(k.header[:len(k.header):len(k.header)], about...)
}
