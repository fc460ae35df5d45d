// Package wechat is WeChat's protocol for official accounts: it proves that a push
// comes from WeChat, decrypts and decodes it, and encodes and encrypts the reply. It
// knows nothing of dialogue, Redis or HTTP handlers: in come a raw query and a body,
// out go bytes.
//
// One Gate serves one account. Open turns a push into a Message or says why not,
// EncodeReply writes the answer, Seal encrypts it as the push was encrypted. Push and
// OpenReply are WeChat's side of the same, for the simulator and for tests.
package wechat

import (
	"errors"
	"fmt"
)

// MaxBody is the largest body of a push in bytes.
const MaxBody = 64 << 10

// Mode says how WeChat and the account talk; it is chosen on WeChat's console.
type Mode string

// The three modes of WeChat's console.
const (
	Plain  Mode = "plain"  // 明文: signed, but the signature does not cover the body
	Compat Mode = "compat" // 兼容: the body comes plain and encrypted at once
	Safe   Mode = "safe"   // 安全: encrypted only
)

// Account is one official account as it is set on WeChat's console.
type Account struct {
	Name       string   // ours, for logs and paths
	OriginalID string   // gh_…, the ToUserName of every push
	AppID      string   // wx…; may be empty in plain mode
	Token      string   // shared with WeChat, signs everything
	AESKeys    []string // EncodingAESKey, 43 characters each: the current one first, then previous ones
	Mode       Mode
}

// What Open, Verify and OpenReply answer to what they do not take. Callers tell them
// apart by errors.Is; no message holds anything of the request.
var (
	// ErrForbidden: nothing shows that WeChat sent this to this account now.
	ErrForbidden = errors.New("not from WeChat")
	// ErrStale is the ErrForbidden of a right signature outside the time window.
	ErrStale = fmt.Errorf("%w: timestamp outside the window", ErrForbidden)
	// ErrDowngrade is the ErrForbidden of an unencrypted push to an account in safe mode.
	ErrDowngrade = fmt.Errorf("%w: not encrypted", ErrForbidden)
	// ErrMalformed: WeChat signed this, but it cannot be read.
	ErrMalformed = errors.New("malformed push")
)

// The further reasons, for logs only.
var (
	errQuery     = fmt.Errorf("%w: query", ErrForbidden)
	errSignature = fmt.Errorf("%w: signature", ErrForbidden)
	errEncrypted = fmt.Errorf("%w: encrypted push to an account without a key", ErrForbidden)
	errForeign   = fmt.Errorf("%w: meant for another account", ErrForbidden)
	errTooLong   = fmt.Errorf("%w: body too long", ErrMalformed)
	errEcho      = fmt.Errorf("%w: echostr", ErrMalformed)
	errCipher    = fmt.Errorf("%w: ciphertext", ErrMalformed)
	errXML       = fmt.Errorf("%w: XML", ErrMalformed)
	errJSON      = fmt.Errorf("%w: JSON", ErrMalformed)
	errRepeated  = fmt.Errorf("%w: field given twice", ErrMalformed)
	errTime      = fmt.Errorf("%w: CreateTime", ErrMalformed)
	errSender    = fmt.Errorf("%w: no FromUserName", ErrMalformed)
)
