// Package publish decides which knowledge answers: it loads a folder, checks it, trains on it, runs the files' own tests,
// and only then puts knowledge and matcher in place of the old ones, together with what each account says otherwise. A faulty
// folder never replaces anything, and the last good one outlives a restart. It knows nothing of WeChat, HTTP or Redis.
package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"zhugong/internal/dialogue"
	"zhugong/internal/strictyaml"
	"zhugong/knowledge"
)

// ErrFaults is returned when a folder has faults; the log names them.
var ErrFaults = errors.New("knowledge files have faults")

// Prepare loads, checks, trains and tests the files. The engine is nil when a fault is more than a warning.
func Prepare(files fs.FS, now time.Time) (*dialogue.Engine, []strictyaml.Fault, error) {
	base, faults := knowledge.Load(files, now)
	if base == nil {
		return nil, faults, nil
	}
	engine, err := dialogue.NewEngine(base)
	if err != nil {
		return nil, faults, err
	}
	failed := runTests(engine, now)
	faults = append(faults, failed...)
	if serious(failed) > 0 {
		return nil, faults, nil
	}
	return engine, faults, nil
}

// Builtin makes the engine of the built-in knowledge. What passed all checks and tests when the program was made is not
// put through them at every start.
func Builtin(now time.Time) (*dialogue.Engine, []strictyaml.Fault, error) {
	base := knowledge.Proven()
	if base == nil {
		return Prepare(knowledge.Builtin(), now)
	}
	engine, err := dialogue.NewEngine(base)
	return engine, nil, err
}

// serious counts the faults that are more than warnings.
func serious(faults []strictyaml.Fault) int {
	n := 0
	for _, fault := range faults {
		if !fault.Warning {
			n++
		}
	}
	return n
}

// Live holds the engines that answer now. It is safe for concurrent use.
type Live struct {
	folder   string            // "" for the built-in knowledge
	overlays map[string]string // by account: the folder with what it says otherwise, "" for nothing
	now      func() time.Time
	log      *slog.Logger

	current   atomic.Pointer[edition]
	reloading sync.Mutex        // one reload at a time
	placed    string            // fingerprint of the folder that is in place, under reloading
	mutex     sync.Mutex        // guards what follows
	seen      map[string]string // by folder: fingerprint as last tried
	looked    map[string]string // and as last looked at
	status    Status
}

// edition is what answers at one time: the shared knowledge, and over it what accounts say otherwise.
type edition struct {
	shared *dialogue.Engine
	own    map[string]*dialogue.Engine // by account; absent: the shared one
}

// Status says what answers and how the last attempt to replace it went.
type Status struct {
	Version  string    // of the shared knowledge that answers
	LoadedAt time.Time // when it was put in place
	Source   string    // folder, last good copy, or built-in
	Faults   int       // of the last attempt; above 0 the folder was refused
	Attempts int
	Refused  int
	Accounts []AccountStatus // by name
}

// Open puts the folder's knowledge in place, or, when it has faults, the last good copy of it, or else the built-in
// knowledge: workers are answered in any case. An empty folder name stands for the built-in knowledge. overlays names the
// folder of each account with what it says otherwise, "" for an account that says nothing.
func Open(folder string, overlays map[string]string, now func() time.Time, log *slog.Logger) (*Live, error) {
	l := &Live{folder: folder, overlays: overlays, now: now, log: log}
	l.seen = l.fingerprints()
	shared, source, err := l.first()
	if err != nil {
		return nil, err
	}
	_ = l.put(shared, source) // faults of overlays are in log and status
	return l, nil
}

// first returns the best shared engine that there is at the start.
func (l *Live) first() (engine *dialogue.Engine, source string, err error) {
	if l.folder != "" {
		if engine, err := l.load(l.seen[l.folder]); err == nil {
			return engine, "folder", nil
		}
		if engine := l.lastGood(); engine != nil {
			return engine, "last good copy", nil
		}
	}
	engine, faults, err := Builtin(l.now())
	if err != nil {
		return nil, "", err
	}
	if engine == nil {
		first := faults[slices.IndexFunc(faults, func(f strictyaml.Fault) bool { return !f.Warning })]
		return nil, "", fmt.Errorf("built-in knowledge: %w: %s", ErrFaults, first)
	}
	return engine, "built-in", nil
}

// Engine returns the engine that answers now for an account. Ask once a turn: the next call may return another.
func (l *Live) Engine(account string) *dialogue.Engine {
	now := l.current.Load()
	if own, has := now.own[account]; has {
		return own
	}
	return now.shared
}

// Status returns what answers now.
func (l *Live) Status() Status {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.status
}

// put replaces all engines at once: by shared, and by it with what each account says otherwise. It returns ErrFaults when one of
// these was refused.
func (l *Live) put(shared *dialogue.Engine, source string) error {
	next, accounts, err := l.layOver(shared)
	before := l.current.Swap(next)
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.status.Accounts = accounts
	if before != nil && before.shared == shared {
		return err
	}
	l.status.Version, l.status.LoadedAt, l.status.Source = shared.Base.Version, l.now(), source
	l.log.Info("knowledge in place", "version", shared.Base.Version, "source", source, "entries", len(shared.Base.Entries()))
	return err
}

// Reload loads the folders again and puts in place what is good. Where the shared folder or an overlay has faults, what answered
// before goes on, and it returns ErrFaults.
func (l *Live) Reload() error {
	l.reloading.Lock()
	defer l.reloading.Unlock()
	prints := l.fingerprints()
	l.mutex.Lock()
	l.seen = prints
	source := l.status.Source
	l.mutex.Unlock()
	shared := l.current.Load().shared
	var err error
	switch print := prints[l.folder]; {
	case l.folder == "":
	case print != "" && print == l.placed:
		l.tried(0, true) // what is in place; nothing is to be trained
	default:
		var loaded *dialogue.Engine
		if loaded, err = l.load(print); err == nil {
			shared, source = loaded, "folder"
		}
	}
	return errors.Join(err, l.put(shared, source))
}

// load makes the engine of the shared folder, of that fingerprint. It returns ErrFaults if the folder has faults.
func (l *Live) load(print string) (*dialogue.Engine, error) {
	root, err := os.OpenRoot(l.folder)
	if err != nil {
		l.tried(1, false)
		return nil, fmt.Errorf("open knowledge folder: %w", err)
	}
	defer root.Close()
	files := root.FS()
	engine, faults, err := Prepare(files, l.now())
	for _, fault := range faults {
		if !fault.Warning {
			l.log.Error("knowledge refused", "fault", fault.String())
		}
	}
	l.tried(serious(faults), engine != nil)
	switch {
	case err != nil:
		return nil, err
	case engine == nil:
		return nil, ErrFaults
	}
	l.placed = print
	if err := keepGood(l.folder, files); err != nil {
		l.log.Warn("no last good copy of the knowledge is kept: after a restart with faulty files the built-in knowledge answers", "error", err)
	}
	return engine, nil
}

// tried notes how an attempt on the shared folder went.
func (l *Live) tried(faults int, good bool) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.status.Attempts++
	l.status.Faults = faults
	if !good {
		l.status.Refused++
		l.status.Faults = max(faults, 1)
	}
}

// Watch reloads when a folder has changed, looked at every so often, or when told to. It returns when ctx ends.
func (l *Live) Watch(ctx context.Context, every time.Duration, told <-chan os.Signal) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-told:
			l.tell(l.Reload())
		case <-ticker.C:
			if l.changed() {
				l.tell(l.Reload())
			}
		}
	}
}

func (l *Live) tell(err error) {
	if err != nil {
		l.log.Error("not all knowledge reloaded, the old one goes on answering", "error", err)
	}
}

// changed reports whether a folder has changed since it was last tried, and all have stood still since the look before: an
// editor may be in the middle of writing.
func (l *Live) changed() bool {
	prints := l.fingerprints()
	l.mutex.Lock()
	defer l.mutex.Unlock()
	still := maps.Equal(prints, l.looked)
	l.looked = prints
	return still && !maps.Equal(prints, l.seen)
}

// fingerprints returns that of each folder, "" for one that cannot be read.
func (l *Live) fingerprints() map[string]string {
	prints := map[string]string{}
	for _, folder := range append(slices.Collect(maps.Values(l.overlays)), l.folder) {
		if folder == "" {
			continue
		}
		print, err := fingerprint(os.DirFS(folder))
		if err != nil {
			print = ""
		}
		prints[folder] = print
	}
	return prints
}
