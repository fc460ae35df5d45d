// Package handlers is the HTTP edge: WeChat's webhook, the API of mini programs, and on a listener of its own health and metrics. It reads
// requests, hands messages to turns and writes answers; it knows nothing of how a message is understood or kept.
package handlers

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"zhugong/internal/login"
	"zhugong/internal/outbox"
	"zhugong/internal/turn"
	"zhugong/internal/wechat"
)

// Account is one official account that the webhook serves.
type Account struct {
	Name            string // stands in the path
	Gate            *wechat.Gate
	CustomerService bool   // a worker who asks for a person is handed over to WeChat's customer service
	LogKey          []byte // keys the hash by which logs name workers
	ByMessage       bool   // answers go as messages of the account's own: WeChat takes no others
	Sends           bool   // Options.Outbox sends messages of the account's own
	// CardPicture is an image that the account uploaded, for cards of mini programs; "": links stand in their place.
	CardPicture string
	// Typing shows a worker that an answer is being written; nil: the account cannot.
	Typing func(ctx context.Context, openID string) error
	Mini   *wechat.MiniProgram // nil: there is none
}

// Options are what the webhook needs. Observe may be nil.
type Options struct {
	Accounts []Account
	Runner   *turn.Runner
	Metrics  *Metrics
	Log      *slog.Logger
	Now      func() time.Time
	Outbox   *outbox.Outbox    // nil where no account sends
	Logins   *login.Book       // who uses a mini program; nil where no account has one
	Proxies  []string          // addresses and networks that say for whom they call; nil: this machine's
	Observe  func(Observation) // sees every turn; for the demo page, never for logs
}

// Observation is one delivery that was answered.
type Observation struct {
	OpenID, Key string
	Result      turn.Result
	Took        time.Duration
}

// Webhook returns the handler of the public listener.
func Webhook(o Options) http.Handler {
	router := newRouter()
	router.HandleMethodNotAllowed = true
	if o.Proxies == nil {
		o.Proxies = []string{"127.0.0.0/8", "::1"}
	}
	if err := router.SetTrustedProxies(o.Proxies); err != nil {
		_ = router.SetTrustedProxies(nil) // then no call says for whom it is
	}
	router.Use(recovered(o.Log, o.Metrics))
	empty := func(c *gin.Context) { c.Status(http.StatusNotFound) }
	router.NoRoute(empty)
	accounts := make(map[string]*account, len(o.Accounts))
	for _, a := range o.Accounts {
		accounts[a.Name] = &account{a, sync.Pool{New: func() any { return hmac.New(sha256.New, a.LogKey) }}}
	}
	hook := &webhook{Options: o, accounts: accounts}
	router.GET("/wechat/:account", hook.verify)
	router.POST("/wechat/:account", hook.receive)
	(&api{o, accounts}).register(router)
	return router
}

// newRouter returns a bare router: gin's own logger would print query strings, which are signed.
func newRouter() *gin.Engine {
	gin.SetMode(gin.ReleaseMode)
	return gin.New()
}

// recovered turns a panic into silence: the worker must not read that the account is out of order, and the log must
// not hold the request.
func recovered(log *slog.Logger, metrics *Metrics) gin.HandlerFunc {
	return func(c *gin.Context) {
		defer func() {
			if cause := recover(); cause != nil {
				log.Error("panic while answering", "cause", cause)
				metrics.requests.WithLabelValues("panic").Inc()
				if strings.HasPrefix(c.FullPath(), "/api/") {
					c.AbortWithStatus(http.StatusInternalServerError)
					return
				}
				c.Data(http.StatusOK, "text/plain; charset=utf-8", []byte("success"))
			}
		}()
		c.Next()
	}
}

// account is an Account with hashes that have its LogKey.
type account struct {
	Account
	hashes sync.Pool
}

// pseudonym names a worker in logs: the same worker gets the same name, and nobody without the key can tell whose it is.
func (a *account) pseudonym(openID string) string {
	mac := a.hashes.Get().(hash.Hash)
	defer a.hashes.Put(mac)
	mac.Reset()
	space := append(make([]byte, 0, 64), openID...)
	mac.Write(space)
	return hex.EncodeToString(mac.Sum(space[:0])[:6])
}
