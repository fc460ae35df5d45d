package wechat

import (
	"bytes"
	"crypto/cipher"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	"time"
)

// laidOut is a plaintext with the padding and length given, right or not.
func laidOut(message, appID string, length uint32, padding []byte) []byte {
	text := binary.BigEndian.AppendUint32(make([]byte, randomSize), length)
	return append(append(append(text, message...), appID...), padding...)
}

// TestDecryptRefuses: whatever is wrong with what was encrypted, the error is one and
// the same, so that nothing can be learnt from it.
func TestDecryptRefuses(t *testing.T) {
	const appID = "wx0123456789abcdef"
	message := strings.Repeat("m", 96-headSize-len(appID)-5) // 5 bytes short of three blocks
	size := uint32(len(message))
	pad := func(value byte, count int) []byte { return bytes.Repeat([]byte{value}, count) }
	tests := []struct {
		name string
		text []byte
		want error
	}{
		{"right", laidOut(message, appID, size, pad(5, 5)), nil},
		{"a whole block of padding", laidOut(message+"mmmmm", appID, size+5, pad(32, 32)), nil},
		{"padding of AES's block", laidOut(message+strings.Repeat("m", 5+32-16), appID, size+5+32-16, pad(16, 16)), nil},
		{"no padding", laidOut(message+"mmmmm", appID, size+5, nil), errCipher},
		{"padding 0", laidOut(message, appID, size, pad(0, 5)), errCipher},
		{"padding 33", laidOut(message+"mmmm", appID, size+4, pad(33, 33)), errCipher},
		{"padding 255", laidOut(message, appID, size, pad(255, 5)), errCipher},
		{"first byte of padding wrong", laidOut(message, appID, size, []byte{4, 5, 5, 5, 5}), errCipher},
		{"last byte of padding wrong", laidOut(message, appID, size, []byte{5, 5, 5, 5, 6}), errCipher},
		{"more padding than there is", laidOut(message, appID, size, []byte{6, 6, 6, 6, 6}), errCipher},
		{"length too long", laidOut(message, appID, size+19, pad(5, 5)), errCipher},
		{"length beyond 31 bits", laidOut(message, appID, 1<<32-1, pad(5, 5)), errCipher},
		{"length takes from the AppID", laidOut(message, appID, size+1, pad(5, 5)), errCipher},
		{"length short", laidOut(message, appID, size-1, pad(5, 5)), errCipher},
		{"length 0", laidOut(message, appID, 0, pad(5, 5)), errCipher},
		{"AppID missing", laidOut(message+appID, "", size+18, pad(5, 5)), errCipher},
		{"padding only", pad(32, 32), errCipher},
		{"AppID of another account", laidOut(message, "wx0123456789abcdee", size, pad(5, 5)), errForeign},
		{"AppID of nobody", laidOut(message+"mmmmmmmmmmmmmm", "wx01", size+14, pad(5, 5)), errCipher},
		{"AppID with markup", laidOut(message, "wx0123456789abcd<>", size, pad(5, 5)), errCipher},
	}
	g := newTestGate(t, Safe)
	for _, test := range tests {
		if len(test.text)%padBlock != 0 {
			t.Fatalf("%s: %d bytes", test.name, len(test.text))
		}
		text := bytes.Clone(test.text)
		cipher.NewCBCEncrypter(g.keys[0].block, g.keys[0].iv).CryptBlocks(text, text)
		_, _, err := g.decrypt(base64.StdEncoding.EncodeToString(text))
		if err != test.want {
			t.Errorf("%s: %v, want %v", test.name, err, test.want)
		}
	}
}

// TestNoPaddingOracle changes each byte of the last two blocks in every way: among the
// texts that come of it some have right padding, and none is answered differently.
func TestNoPaddingOracle(t *testing.T) {
	g := newTestGate(t, Safe)
	text, err := base64.StdEncoding.DecodeString(g.keys[0].seal([randomSize]byte{}, readText(t), g.account.AppID))
	if err != nil {
		t.Fatal(err)
	}
	for at := len(text) - 32; at < len(text); at++ {
		for change := byte(1); change != 0; change++ {
			spoilt := bytes.Clone(text)
			spoilt[at] ^= change
			if _, _, err := g.decrypt(base64.StdEncoding.EncodeToString(spoilt)); err != errCipher {
				t.Fatalf("byte %d changed by %#x: %v, want %v", at, change, err, errCipher)
			}
		}
	}
}

// TestKeyRotation: a push under the previous key is read, and answered under that key.
func TestKeyRotation(t *testing.T) {
	text := readText(t)
	of := func(keys ...string) *Gate {
		a := testAccount(Safe)
		a.AESKeys = keys
		return gateOf(t, a, testNow)
	}
	rotated := of(testKey, previousKey)
	for _, key := range []string{testKey, previousKey} {
		wechat := of(key)
		rawQuery, body, err := wechat.Push(text, testNonce, false)
		if err != nil {
			t.Fatal(err)
		}
		push, err := rotated.Open(rawQuery, body)
		if err != nil {
			t.Fatal(err)
		}
		reply := push.Encode(Reply{Text: "好的"}, testNow)
		if got, err := wechat.OpenReply(rotated.Seal(push, reply)); err != nil || !bytes.Equal(got, reply) {
			t.Errorf("answer opens to %q, %v, want %q", got, err, reply)
		}
	}
	rawQuery, body, err := of(previousKey).Push(text, testNonce, false)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := of(testKey).Open(rawQuery, body); !errors.Is(err, errCipher) {
		t.Errorf("push under a key given up: %v, want %v", err, errCipher)
	}
}

// TestSealRepeats: every replica seals one answer to one push alike, a stored answer
// too, and nothing else alike.
func TestSealRepeats(t *testing.T) {
	text := string(readText(t))
	open := func(doc, nonce string) (*Gate, *Push) {
		g := newTestGate(t, Safe) // another replica each time
		rawQuery, body, err := g.Push([]byte(doc), nonce, false)
		if err != nil {
			t.Fatal(err)
		}
		push, err := g.Open(rawQuery, body)
		if err != nil {
			t.Fatal(err)
		}
		return g, push
	}
	seal := func(doc, nonce, answer string, later time.Duration) string {
		g, push := open(doc, nonce)
		return string(g.Seal(push, push.Encode(Reply{Text: answer}, testNow.Add(later))))
	}
	toAnother := strings.Replace(text, "0001]]>", "0002]]>", 1)
	sameBytes := func(doc string) string {
		g, push := open(doc, testNonce)
		return string(g.Seal(push, []byte("<xml></xml>")))
	}
	if once, again := sameBytes(text), sameBytes(text); once != again || once == sameBytes(toAnother) {
		t.Error("the same bytes do not depend on whom they answer, and nothing else")
	}
	first := seal(text, testNonce, "好的", 0)
	if again := seal(text, testNonce, "好的", 0); again != first {
		t.Errorf("sealed\n%s\nthen\n%s", first, again)
	}
	others := map[string]string{
		"another answer":  seal(text, testNonce, "好", 0),
		"another time":    seal(text, testNonce, "好的", time.Second),
		"another message": seal(strings.Replace(text, "24800000000000001", "24800000000000002", 1), testNonce, "好的", 0),
		"another user":    seal(toAnother, testNonce, "好的", 0),
	}
	e, err := readEnvelope(first)
	if err != nil {
		t.Fatal(err)
	}
	for name, other := range others {
		o, err := readEnvelope(other)
		if err != nil {
			t.Fatal(err)
		}
		if o.encrypt[:20] == e.encrypt[:20] {
			t.Errorf("%s: the ciphertext begins alike", name)
		}
	}
	resend, err := readEnvelope(seal(text, "42", "好的", 0))
	if err != nil || resend.encrypt != e.encrypt || resend.nonce != "42" || resend.signature == e.signature {
		t.Errorf("under another nonce %+v, %v", resend, err)
	}
}
