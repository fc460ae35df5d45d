package publish

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"zhugong/internal/dialogue"
)

// goodCopy is the file within the folder that holds its last good state. Editors and the loader pass over names that
// begin with a dot.
const goodCopy = ".last-good.zip"

// walk calls f with each knowledge file, in order.
func walk(files fs.FS, f func(name string, open func() (fs.File, error)) error) error {
	return fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name != "." && strings.HasPrefix(path.Base(name), "."):
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case entry.IsDir() || path.Ext(name) != ".yaml":
			return nil
		}
		return f(name, func() (fs.File, error) { return files.Open(name) })
	})
}

// fingerprint tells whether anything in the folder has changed.
func fingerprint(files fs.FS) (string, error) {
	hash := sha256.New()
	err := walk(files, func(name string, open func() (fs.File, error)) error {
		file, err := open()
		if err != nil {
			return err
		}
		defer file.Close()
		fmt.Fprintf(hash, "\x00%s\x00", name)
		_, err = io.Copy(hash, file)
		return err
	})
	return hex.EncodeToString(hash.Sum(nil)), err
}

// keepGood writes the folder's present state into one file within it, whole or not at all.
func keepGood(folder string, files fs.FS) error {
	temporary, err := os.CreateTemp(folder, ".last-good-*")
	if err != nil {
		return err
	}
	defer os.Remove(temporary.Name()) // nothing is left to remove once renamed
	if err := errors.Join(pack(temporary, files), temporary.Close()); err != nil {
		return err
	}
	return os.Rename(temporary.Name(), filepath.Join(folder, goodCopy))
}

// pack writes the knowledge files as a zip archive.
func pack(w io.Writer, files fs.FS) error {
	archive := zip.NewWriter(w)
	err := walk(files, func(name string, open func() (fs.File, error)) error {
		from, err := open()
		if err != nil {
			return err
		}
		defer from.Close()
		to, err := archive.Create(name)
		if err != nil {
			return err
		}
		_, err = io.Copy(to, from)
		return err
	})
	return errors.Join(err, archive.Close())
}

// lastGood returns the engine of the last good copy, nil if there is none that still is.
func (l *Live) lastGood() *dialogue.Engine {
	files, err := zip.OpenReader(filepath.Join(l.folder, goodCopy))
	if err != nil {
		return nil
	}
	defer files.Close()
	engine, faults, err := Prepare(files, l.now())
	if engine == nil {
		l.log.Error("last good copy of the knowledge is of no use", "faults", len(faults), "error", err)
	}
	return engine
}
