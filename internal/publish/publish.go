// Package publish decides which knowledge answers: it loads a folder, checks it, trains on it, runs the files' own tests,
// and only then puts knowledge and matcher in place of the old ones, together. A faulty folder never replaces
// anything, and the last good one outlives a restart. It knows nothing of WeChat, HTTP or Redis.
package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
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

// Live holds the engine that answers now. It is safe for concurrent use.
type Live struct {
	folder string // "" for the built-in knowledge
	now    func() time.Time
	log    *slog.Logger

	current atomic.Pointer[dialogue.Engine]
	mutex   sync.Mutex // one reload at a time
	seen    string     // fingerprint of the folder as last tried
	looked  string     // and as last looked at
	status  Status
}

// Status says what answers and how the last attempt to replace it went.
type Status struct {
	Version  string    // of the knowledge that answers
	LoadedAt time.Time // when it was put in place
	Source   string    // folder, last good copy, or built-in
	Faults   int       // of the last attempt; above 0 the folder was refused
	Attempts int
	Refused  int
}

// Open puts the folder's knowledge in place, or, when it has faults, the last good copy of it, or else the built-in
// knowledge: workers are answered in any case. An empty folder name stands for the built-in knowledge.
func Open(folder string, now func() time.Time, log *slog.Logger) (*Live, error) {
	l := &Live{folder: folder, now: now, log: log}
	if folder != "" {
		if err := l.Reload(); err == nil {
			return l, nil
		}
		if engine := l.lastGood(); engine != nil {
			l.put(engine, "last good copy")
			return l, nil
		}
	}
	engine, faults, err := Builtin(now())
	if err != nil {
		return nil, err
	}
	if engine == nil {
		first := faults[slices.IndexFunc(faults, func(f strictyaml.Fault) bool { return !f.Warning })]
		return nil, fmt.Errorf("built-in knowledge: %w: %s", ErrFaults, first)
	}
	l.put(engine, "built-in")
	return l, nil
}

// Engine returns the engine that answers now. Ask once a turn: the next call may return another.
func (l *Live) Engine() *dialogue.Engine { return l.current.Load() }

// Status returns what answers now.
func (l *Live) Status() Status {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.status
}

func (l *Live) put(engine *dialogue.Engine, source string) {
	l.current.Store(engine)
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.status.Version, l.status.LoadedAt, l.status.Source = engine.Base.Version, l.now(), source
	l.log.Info("knowledge in place", "version", engine.Base.Version, "source", source, "entries", len(engine.Base.Entries()))
}

// Reload loads the folder again and puts it in place if it is good. It returns ErrFaults if it is not.
func (l *Live) Reload() error {
	root, err := os.OpenRoot(l.folder)
	if err != nil {
		l.tried("", 1, false)
		return fmt.Errorf("open knowledge folder: %w", err)
	}
	defer root.Close()
	files := root.FS()
	print, err := fingerprint(files)
	if err != nil {
		l.tried("", 1, false)
		return fmt.Errorf("read knowledge folder: %w", err)
	}
	engine, faults, err := Prepare(files, l.now())
	for _, fault := range faults {
		if !fault.Warning {
			l.log.Error("knowledge refused", "fault", fault.String())
		}
	}
	l.tried(print, serious(faults), engine != nil)
	switch {
	case err != nil:
		return err
	case engine == nil:
		return ErrFaults
	}
	l.put(engine, "folder")
	if err := l.keepGood(files); err != nil {
		l.log.Warn("no last good copy of the knowledge is kept: after a restart with faulty files the built-in knowledge answers", "error", err)
	}
	return nil
}

// tried notes how an attempt on the folder went.
func (l *Live) tried(print string, faults int, good bool) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.seen = print
	l.status.Attempts++
	l.status.Faults = faults
	if !good {
		l.status.Refused++
		l.status.Faults = max(faults, 1)
	}
}

// Watch reloads when the folder has changed, looked at every so often, or when told to. It returns when ctx ends.
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
		l.log.Error("knowledge not reloaded, the old one goes on answering", "error", err)
	}
}

// changed reports whether the folder has changed since it was last tried, and has stood still since the look before: an
// editor may be in the middle of writing.
func (l *Live) changed() bool {
	if l.folder == "" {
		return false
	}
	print, err := fingerprint(os.DirFS(l.folder))
	if err != nil {
		return false
	}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	still := print == l.looked
	l.looked = print
	return still && print != l.seen
}
