package publish

import (
	"archive/zip"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"zhugong/internal/dialogue"
	"zhugong/internal/strictyaml"
	"zhugong/knowledge"
)

// AccountStatus says what answers for one account.
type AccountStatus struct {
	Account string
	Version string // of the shared knowledge with what the account says otherwise
	Source  string // shared, or of the overlay: folder, last good copy, as before, or none
	Faults  int    // of the overlay; above 0 it was refused
}

// PrepareOverlay makes the engine of an account that says something otherwise than shared, without training. Faults name the files
// by name. The engine is nil when a fault is more than a warning.
func PrepareOverlay(shared *dialogue.Engine, files fs.FS, name string, now time.Time) (*dialogue.Engine, []strictyaml.Fault) {
	base, faults := knowledge.LoadOverlay(shared.Base, files, name, now)
	if base == nil {
		return nil, faults
	}
	return shared.Overlaid(base), faults
}

// OverlayName is how faults name the folder of an overlay.
func OverlayName(folder string) string {
	if whole, err := filepath.Abs(folder); err == nil {
		folder = whole
	}
	return filepath.Base(folder)
}

// layOver makes the edition of shared and of what the accounts say otherwise.
func (l *Live) layOver(shared *dialogue.Engine) (*edition, []AccountStatus, error) {
	next := &edition{shared: shared, own: map[string]*dialogue.Engine{}}
	var accounts []AccountStatus
	var failed error
	for _, account := range slices.Sorted(maps.Keys(l.overlays)) {
		status := AccountStatus{Account: account, Version: shared.Base.Version, Source: "shared"}
		if l.overlays[account] != "" {
			var engine *dialogue.Engine
			if engine, status.Source, status.Faults = l.overlay(account, shared); engine != nil {
				next.own[account], status.Version = engine, engine.Base.Version
				l.log.Info("overlay in place", "account", account, "version", status.Version, "source", status.Source)
			}
			if status.Faults > 0 {
				failed = errors.Join(failed, fmt.Errorf("overlay of account %s: %w", account, ErrFaults))
			}
		}
		accounts = append(accounts, status)
	}
	return next, accounts, failed
}

// overlay returns the engine of an account: of its folder; when that has faults, of the last good copy; when that does not fit the
// shared knowledge any more, the one that has answered so far; or at the start nil, so that the shared one answers alone.
func (l *Live) overlay(account string, shared *dialogue.Engine) (engine *dialogue.Engine, source string, faults int) {
	engine, faults = l.overlayFolder(account, shared)
	if engine != nil {
		return engine, "folder", 0
	}
	if engine = l.lastGoodOverlay(account, shared); engine != nil {
		return engine, "last good copy", faults
	}
	if before := l.current.Load(); before != nil && before.own[account] != nil {
		return before.own[account], "as before", faults
	}
	l.log.Error("account answers from the shared knowledge alone, without its own answers, contacts and menu", "account", account)
	return nil, "none", faults
}

// overlayFolder makes the engine of what stands in the account's folder now, nil with faults.
func (l *Live) overlayFolder(account string, shared *dialogue.Engine) (engine *dialogue.Engine, found int) {
	folder := l.overlays[account]
	root, err := os.OpenRoot(folder)
	if err != nil {
		l.log.Error("overlay refused", "account", account, "error", err)
		return nil, 1
	}
	defer root.Close()
	engine, faults := PrepareOverlay(shared, root.FS(), OverlayName(folder), l.now())
	for _, fault := range faults {
		if !fault.Warning {
			l.log.Error("overlay refused", "account", account, "fault", fault.String())
		}
	}
	if engine == nil {
		return nil, max(serious(faults), 1)
	}
	if err := keepGood(folder, root.FS()); err != nil {
		l.log.Warn("no last good copy of the overlay is kept: after a restart with faulty files the shared knowledge answers alone",
			"account", account, "error", err)
	}
	return engine, 0
}

// lastGoodOverlay returns the engine of the last good copy of the account's folder, nil if there is none that fits shared.
func (l *Live) lastGoodOverlay(account string, shared *dialogue.Engine) *dialogue.Engine {
	folder := l.overlays[account]
	files, err := zip.OpenReader(filepath.Join(folder, goodCopy))
	if err != nil {
		return nil
	}
	defer files.Close()
	engine, faults := PrepareOverlay(shared, files, OverlayName(folder), l.now())
	if engine == nil {
		l.log.Error("last good copy of the overlay is of no use", "account", account, "faults", len(faults))
	}
	return engine
}
