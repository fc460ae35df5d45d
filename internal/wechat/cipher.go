package wechat

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"sync"
)

// What WeChat encrypts is 16 random bytes, the length of the message in 4 bytes, the
// message, the AppID, and PKCS#7 padding up to blocks of 32 bytes (not AES's 16).
const (
	randomSize = 16
	headSize   = randomSize + 4
	padBlock   = 32
)

// aesKey is one EncodingAESKey made ready. Safe for concurrent use.
type aesKey struct {
	block cipher.Block
	iv    []byte     // the protocol's: the first 16 bytes of the key
	macs  *sync.Pool // keyed hashes, for the random bytes of replies
}

func newAESKey(encoded string) (*aesKey, error) {
	if len(encoded) != 43 || !harmless(encoded, 43) {
		return nil, errors.New("want 43 letters or digits")
	}
	// The last character carries two bits too many; WeChat's are not always zero.
	secret, err := base64.StdEncoding.DecodeString(encoded + "=")
	if err != nil {
		return nil, errors.New("want letters and digits as WeChat's console shows them")
	}
	block, err := aes.NewCipher(secret)
	if err != nil {
		return nil, err
	}
	derive := hmac.New(sha256.New, secret)
	derive.Write([]byte("random bytes of replies"))
	derived := derive.Sum(nil)
	macs := &sync.Pool{New: func() any { return hmac.New(sha256.New, derived) }}
	return &aesKey{block: block, iv: secret[:aes.BlockSize], macs: macs}, nil
}

// seal encrypts message for appID.
func (k *aesKey) seal(random [randomSize]byte, message []byte, appID string) string {
	size := headSize + len(message) + len(appID)
	pad := padBlock - size%padBlock
	text := make([]byte, 0, size+pad)
	text = append(text, random[:]...)
	text = binary.BigEndian.AppendUint32(text, uint32(len(message)))
	text = append(text, message...)
	text = append(text, appID...)
	for range pad {
		text = append(text, byte(pad))
	}
	cipher.NewCBCEncrypter(k.block, k.iv).CryptBlocks(text, text)
	return base64.StdEncoding.EncodeToString(text)
}

// open decrypts text, a whole number of padBlocks, and splits it. It looks at every
// byte of padding whatever they are, and says no more than that it is not well formed.
func (k *aesKey) open(text []byte) (message, appID []byte, ok bool) {
	plain := make([]byte, len(text))
	cipher.NewCBCDecrypter(k.block, k.iv).CryptBlocks(plain, text)

	pad := int(plain[len(plain)-1])
	good := subtle.ConstantTimeLessOrEq(1, pad) & subtle.ConstantTimeLessOrEq(pad, padBlock)
	for i := 1; i <= padBlock; i++ {
		padding := subtle.ConstantTimeLessOrEq(i, pad)
		equal := subtle.ConstantTimeByteEq(plain[len(plain)-i], byte(pad))
		good &= equal | (padding ^ 1)
	}
	end := len(plain) - pad
	size := int64(binary.BigEndian.Uint32(plain[randomSize:headSize]))
	if good != 1 || headSize+size > int64(end) {
		return nil, nil, false
	}
	return plain[headSize : headSize+size], plain[headSize+size : end], true
}

// decrypt tries the account's keys, the current one first, and returns the message and
// the key that opened it. Whatever is wrong with the ciphertext, the error is the same.
func (g *Gate) decrypt(encrypted string) (message []byte, key *aesKey, err error) {
	text, err := base64.StdEncoding.DecodeString(encrypted)
	if err != nil || len(text) == 0 || len(text)%padBlock != 0 {
		return nil, nil, errCipher
	}
	err = errCipher
	for _, key := range g.keys {
		message, appID, ok := key.open(text)
		if !ok {
			continue
		}
		if same(string(appID), g.account.AppID) {
			return message, key, nil
		}
		if isAppID(appID) {
			err = errForeign
		}
	}
	return nil, nil, err
}

// isAppID tells a push for another account from the garbage of a changed ciphertext. It
// asks for a whole AppID, which no garbage looks like, because answering another error
// whenever the padding happens to be right would let somebody who has the token but not
// the key find out the text, block by block.
func isAppID(id []byte) bool {
	if len(id) < 16 || id[0] != 'w' || id[1] != 'x' {
		return false
	}
	for _, c := range id {
		if !alphanumeric(c) {
			return false
		}
	}
	return true
}
