package simulator

import (
	"embed"
	"fmt"
	"io/fs"
	"net/http"

	"zhugong/internal/wechat"
)

//go:embed web
var web embed.FS

// pages are the files of the page by path; each is served only there.
var pages = [...]struct{ path, file, contentType string }{
	{"/{$}", "web/page.html", "text/html; charset=utf-8"},
	{"/sim/page.css", "web/page.css", "text/css; charset=utf-8"},
	{"/sim/page.js", "web/page.js", "text/javascript; charset=utf-8"},
	{"/sim/desk.js", "web/desk.js", "text/javascript; charset=utf-8"},
	{"/mini", "web/mini.html", "text/html; charset=utf-8"},
	{"/sim/mini.css", "web/mini.css", "text/css; charset=utf-8"},
	{"/sim/mini.js", "web/mini.js", "text/javascript; charset=utf-8"},
	{"/sim/icon.svg", "web/icon.svg", "image/svg+xml"},
}

func servePage(mux *http.ServeMux) error {
	for _, page := range pages {
		content, err := fs.ReadFile(web, page.file)
		if err != nil {
			return fmt.Errorf("simulator: page: %w", err)
		}
		mux.HandleFunc("GET "+page.path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", page.contentType)
			w.Header().Set("Cache-Control", "no-cache")
			_, _ = w.Write(content)
		})
	}
	return nil
}

// setup tells the page what the account looks like.
func (s *simulator) setup(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, struct {
		Mode     wechat.Mode `json:"mode"`
		Menu     []Button    `json:"menu"`
		Arrivals bool        `json:"arrivals"` // the account may write of its own accord
		Desk     bool        `json:"desk"`
		Mini     bool        `json:"mini"` // there is a page that plays a mini program
		API      string      `json:"api"`  // its API
	}{s.Account.Mode, s.menu(), s.Platform != nil, s.Desk != nil, s.MiniAPI != "", s.MiniAPI})
}
