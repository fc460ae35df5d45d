package simulator

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"strings"
)

// maxOrder is how many bytes a request of the page may have; the longest text fits four times.
const maxOrder = 32 << 10

// policy lets the page load nothing but its own files, and no script turn text into markup.
const policy = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
	"object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// guard keeps other machines and other pages out: who can make a browser here send a request, or point a name of
// their own at this address, must not be able to speak for a phone.
func guard(next http.Handler) http.Handler {
	sameOrigin := http.NewCrossOriginProtection().Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		if !isLoopback(r.Host) {
			http.Error(w, "模拟器只给本机用，请用 127.0.0.1 打开", http.StatusForbidden)
			return
		}
		sameOrigin.ServeHTTP(w, r)
	})
}

func isLoopback(hostPort string) bool {
	host, _, err := net.SplitHostPort(hostPort)
	if err != nil {
		host = strings.TrimSuffix(strings.TrimPrefix(hostPort, "["), "]")
	}
	return host == "localhost" || net.ParseIP(host).IsLoopback()
}

// problem is a mistake in a request, to be told to the page.
type problem struct {
	status int
	text   string
}

func (p problem) Error() string { return p.text }

func bad(text string) error { return problem{http.StatusBadRequest, text} }

// readJSON reads one JSON value into v, and nothing else.
func readJSON(w http.ResponseWriter, r *http.Request, v any) error {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return problem{http.StatusUnsupportedMediaType, "只收 application/json"}
	}
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxOrder))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(v)
	if err == nil {
		if _, err = decoder.Token(); errors.Is(err, io.EOF) {
			return nil
		}
	}
	var tooLong *http.MaxBytesError
	if errors.As(err, &tooLong) {
		return problem{http.StatusRequestEntityTooLarge, "内容太长"}
	}
	return bad("请求不是要求的 JSON")
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // the page is gone: nobody to tell
}

func writeProblem(w http.ResponseWriter, err error) {
	p := problem{http.StatusInternalServerError, "模拟器没做成这条消息"}
	errors.As(err, &p)
	writeJSON(w, p.status, map[string]string{"error": p.text})
}
