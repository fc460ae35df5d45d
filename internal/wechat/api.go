package wechat

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// DefaultAPI is where WeChat answers calls.
const DefaultAPI = "https://api.weixin.qq.com"

const (
	callTakes   = 3 * time.Second // at most, from dialling to the last byte
	mostAnswer  = 1 << 20         // bytes of an answer
	mostRetries = 2               // of a call that WeChat was too busy for
	firstWait   = 200 * time.Millisecond
)

// API calls WeChat for one account. It is safe for concurrent use.
type API struct {
	base   string
	tokens *Tokens
	client *http.Client
	pause  func(ctx context.Context, wait time.Duration) error
}

// NewAPI returns an API that calls WeChat at base (DefaultAPI, or a stand-in). Calls go through one client with bounds on
// time and size.
func NewAPI(base string, tokens *Tokens) *API {
	return &API{base: strings.TrimSuffix(base, "/"), tokens: tokens, client: tokens.client, pause: pause}
}

func newClient() *http.Client {
	return &http.Client{
		Timeout: callTakes,
		Transport: &http.Transport{
			DialContext: (&net.Dialer{Timeout: 2 * time.Second}).DialContext, Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true,
			TLSHandshakeTimeout: 2 * time.Second, MaxIdleConnsPerHost: 8, IdleConnTimeout: 90 * time.Second,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, // the query holds the token
	}
}

// Close closes connections that are kept open.
func (a *API) Close() { a.client.CloseIdleConnections() }

func pause(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// Post sends body as JSON to a path and decodes what WeChat answers into answer, unless it is nil. A token that WeChat no
// longer takes is renewed and the call made once more; a call that WeChat is too busy for is made up to twice more. What
// WeChat refuses is an *APIError.
func (a *API) Post(ctx context.Context, path string, body, answer any) error {
	return a.call(ctx, http.MethodPost, path, nil, body, answer)
}

// Get asks for a path with a query, as Post does.
func (a *API) Get(ctx context.Context, path string, query url.Values, answer any) error {
	return a.call(ctx, http.MethodGet, path, query, nil, answer)
}

func (a *API) call(ctx context.Context, method, path string, query url.Values, body, answer any) error {
	var encoded []byte
	if body != nil {
		var err error
		if encoded, err = encodeJSON(body); err != nil {
			return fmt.Errorf("encode the call of %s: %w", path, err)
		}
	}
	renewed, wait := false, firstWait
	for tried := 0; ; tried++ {
		token, err := a.tokens.Token(ctx)
		if err != nil {
			return err
		}
		parameters := url.Values{"access_token": {token}}
		for name, values := range query {
			parameters[name] = values
		}
		err = exchange(ctx, a.client, method, a.base, path, parameters, encoded, answer)
		var refused *APIError
		switch {
		case !errors.As(err, &refused):
			return err
		case refused.badToken() && !renewed:
			renewed = true
			a.tokens.Spoiled(token)
		case refused.Code == busy && tried < mostRetries:
			if err := a.pause(ctx, wait); err != nil {
				return fmt.Errorf("call %s again: %w", path, err)
			}
			wait *= 3
		default:
			return err
		}
	}
}

// encodeJSON writes JSON as WeChat takes it: in UTF-8, with < > and & as they are.
func encodeJSON(body any) ([]byte, error) {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(body)
	return buffer.Bytes(), err
}

// exchange makes one call. Errors name the path alone: the address holds the token.
func exchange(ctx context.Context, client *http.Client, method, base, path string, query url.Values, body []byte, answer any) error {
	request, err := http.NewRequestWithContext(ctx, method, base+path+"?"+query.Encode(), bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("call %s: the address of the API is wrong", path)
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/json; charset=utf-8")
	}
	response, err := client.Do(request)
	if err != nil {
		return fmt.Errorf("call %s: %w", path, withoutAddress(err))
	}
	defer func() { _ = response.Body.Close() }()
	data, err := io.ReadAll(io.LimitReader(response.Body, mostAnswer+1))
	switch {
	case err != nil:
		return fmt.Errorf("read the answer of %s: %w", path, withoutAddress(err))
	case response.StatusCode != http.StatusOK:
		return fmt.Errorf("call %s: status %d", path, response.StatusCode)
	case len(data) > mostAnswer:
		return fmt.Errorf("call %s: the answer has more than %d bytes", path, mostAnswer)
	}
	return decodeAnswer(path, data, answer)
}

// withoutAddress takes off the address that net/http puts around an error.
func withoutAddress(err error) error {
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		return wrapped.Err
	}
	return err
}

func decodeAnswer(path string, data []byte, answer any) error {
	var status struct {
		Code    int    `json:"errcode"`
		Message string `json:"errmsg"`
	}
	if err := json.Unmarshal(data, &status); err != nil {
		return fmt.Errorf("call %s: the answer is no JSON", path)
	}
	if status.Code != 0 {
		return &APIError{Path: path, Code: status.Code, Message: status.Message}
	}
	if answer == nil {
		return nil
	}
	if err := json.Unmarshal(data, answer); err != nil {
		return fmt.Errorf("decode the answer of %s: %w", path, err)
	}
	return nil
}
