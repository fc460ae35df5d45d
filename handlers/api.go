package handlers

import (
	"context"
	"errors"
	"net/http"
	"net/netip"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"zhugong/internal/dialogue"
	"zhugong/internal/login"
	"zhugong/internal/session"
	"zhugong/internal/turn"
	"zhugong/internal/wechat"
)

const (
	apiTime     = 4 * time.Second // for one call, WeChat's own included
	mostOrder   = 16 << 10        // bytes of a call's body
	mostRunes   = 2000            // of what a worker writes
	workerInGin = "worker"
)

// MiniSuffix stands behind an account's name for those who come by its mini program: WeChat knows them there by another
// openid.
const MiniSuffix = ".mini"

// api serves mini programs: the same engine and sessions as the webhook, for whoever WeChat says is using them. Workers see
// nothing but their own.
type api struct {
	Options
	accounts map[string]*account
}

func (a *api) register(router *gin.Engine) {
	all := router.Group("/api/v1/:account", a.known)
	all.POST("/login", a.login)
	member := all.Group("", a.member)
	member.POST("/messages", a.message)
	member.GET("/menu", a.menu)
	member.GET("/cases", a.cases)
	member.DELETE("/me", a.forget)
}

// known lets calls pass that are for an account with a mini program.
func (a *api) known(c *gin.Context) {
	c.Header("Cache-Control", "no-store")
	if account, known := a.accounts[c.Param("account")]; !known || account.Mini == nil {
		a.fail(c, http.StatusNotFound, "没有这个小程序的接口")
	}
}

// member lets calls pass that have a token.
func (a *api) member(c *gin.Context) {
	token, found := strings.CutPrefix(c.GetHeader("Authorization"), "Bearer ")
	if !found {
		a.fail(c, http.StatusUnauthorized, "还没有登录")
		return
	}
	ctx, cancel := context.WithTimeout(c.Request.Context(), apiTime)
	defer cancel()
	openID, err := a.Logins.Who(ctx, c.Param("account"), token)
	switch {
	case errors.Is(err, login.ErrUnknown):
		a.fail(c, http.StatusUnauthorized, "登录过期了，重新打开小程序")
	case err != nil:
		a.away(c, err)
	default:
		c.Set(workerInGin, session.Worker{Account: c.Param("account") + MiniSuffix, OpenID: openID})
	}
}

func workerOf(c *gin.Context) session.Worker { return c.MustGet(workerInGin).(session.Worker) }

// codes are what wx.login gives.
var codes = regexp.MustCompile(`^[A-Za-z0-9_-]{1,128}$`)

func (a *api) login(c *gin.Context) {
	var order struct {
		Code string `json:"code"`
	}
	if !a.read(c, &order) {
		return
	}
	if !codes.MatchString(order.Code) {
		a.fail(c, http.StatusUnprocessableEntity, "code 要写 wx.login 给的那一串")
		return
	}
	ctx, cancel := context.WithTimeout(c.Request.Context(), apiTime)
	defer cancel()
	if !a.allowed(ctx, c) {
		return
	}
	openID, err := a.accounts[c.Param("account")].Mini.Login(ctx, order.Code)
	switch {
	case wechat.IsBadCode(err):
		a.fail(c, http.StatusUnauthorized, "code 不对，或者用过了，重新调用 wx.login")
		return
	case err != nil:
		a.away(c, err)
		return
	}
	token, err := a.Logins.Begin(ctx, c.Param("account"), openID)
	if err != nil {
		a.away(c, err)
		return
	}
	c.JSON(http.StatusOK, gin.H{"token": token, "expires_in": int(login.Lasts.Seconds())})
}

// allowed lets a login pass to WeChat unless too many have been tried.
func (a *api) allowed(ctx context.Context, c *gin.Context) bool {
	account := a.accounts[c.Param("account")]
	address := addressOf(c)
	if address != "" {
		address = account.pseudonym(address)
	}
	wait, err := a.Logins.Allow(ctx, account.Name, address, a.Now())
	switch {
	case err != nil: // without Redis nobody can log in
		a.away(c, err)
		return false
	case wait > 0:
		c.Header("Retry-After", strconv.Itoa(int(wait.Seconds())+1))
		a.fail(c, http.StatusTooManyRequests, "登录太频繁了，过一分钟再打开；着急就打 12351")
		return false
	}
	return true
}

// addressOf is where a call comes from, of IPv6 the network; "" where that says nothing, as behind a proxy that is not known.
func addressOf(c *gin.Context) string {
	address, err := netip.ParseAddr(c.ClientIP())
	if err != nil || address.IsLoopback() || address.IsPrivate() {
		return ""
	}
	if address = address.Unmap(); address.Is4() {
		return address.String()
	}
	network, err := address.Prefix(64)
	if err != nil {
		return ""
	}
	return network.String()
}

// messageIDs are what a mini program may call its messages: the same id again is the same message.
var messageIDs = regexp.MustCompile(`^[A-Za-z0-9_-]{8,64}$`)

func (a *api) message(c *gin.Context) {
	var order struct {
		ID   string `json:"id"`
		Text string `json:"text"`
		Key  string `json:"key"`
	}
	if !a.read(c, &order) {
		return
	}
	switch {
	case !messageIDs.MatchString(order.ID):
		a.fail(c, http.StatusUnprocessableEntity, "id 要 8 到 64 位字母、数字、_、-，每句话一个，重发用同一个")
		return
	case (strings.TrimSpace(order.Text) == "") == (order.Key == ""):
		a.fail(c, http.StatusUnprocessableEntity, "text 和 key 写一样，不能都写，也不能都不写")
		return
	case utf8.RuneCountInString(order.Text) > mostRunes || len(order.Key) > 128:
		a.fail(c, http.StatusUnprocessableEntity, "太长了，text 最多 2000 个字")
		return
	}
	message := dialogue.Message{Text: order.Text}
	if order.Key != "" {
		message = dialogue.Message{Kind: dialogue.Click, Key: order.Key}
	}
	began := a.Now()
	result, err := a.Runner.Run(c.Request.Context(), turn.Request{
		Worker: workerOf(c), Key: "api:" + order.ID, Message: message,
		Render: encodeAnswer,
	})
	if err != nil {
		a.away(c, err)
		return
	}
	a.Metrics.turn(result, a.Now().Sub(began))
	if result.Limited {
		a.fail(c, http.StatusTooManyRequests, "发得太快了，歇一分钟再写；着急就打 12351")
		return
	}
	if len(result.Reply) == 0 { // kept under a key that is gone
		result.Reply = []byte(`{"text":""}`)
	}
	c.Data(http.StatusOK, "application/json; charset=utf-8", result.Reply)
}

func (a *api) menu(c *gin.Context) {
	c.JSON(http.StatusOK, gin.H{"buttons": buttonsOf(a.Runner.Engine(workerOf(c).Account).Base.Menu.Buttons)})
}

func (a *api) cases(c *gin.Context) {
	ctx, cancel := context.WithTimeout(c.Request.Context(), apiTime)
	defer cancel()
	own, err := a.Runner.Cases(ctx, workerOf(c))
	if err != nil {
		a.away(c, err)
		return
	}
	cases := make([]caseJSON, 0, len(own))
	for _, one := range own {
		cases = append(cases, caseJSON{one.Ticket, one.Title, one.Opened.UTC(), dialogue.StatusName(one.Status), one.Answer})
	}
	c.JSON(http.StatusOK, gin.H{"cases": cases})
}

// forget deletes everything kept of the worker, his login included.
func (a *api) forget(c *gin.Context) {
	ctx, cancel := context.WithTimeout(c.Request.Context(), apiTime)
	defer cancel()
	token := strings.TrimPrefix(c.GetHeader("Authorization"), "Bearer ")
	if err := errors.Join(a.Runner.Store.Purge(ctx, workerOf(c)), a.Logins.End(ctx, c.Param("account"), token)); err != nil {
		a.away(c, err)
		return
	}
	c.Status(http.StatusNoContent)
}
