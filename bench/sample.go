package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// always is the fold of samples that are learnt in every round and never asked.
const always = -1

// sample is one text with what it stands for.
type sample struct {
	fold   int
	inside bool
	label  string // an entry, or a kind of outside message
	text   string
}

// readFolds reads what `zhugong eval --export` writes: fold, side, label and text a line. A line of these four words
// at the top is allowed.
func readFolds(path string) ([]sample, error) {
	rows, err := readRows(path, 4)
	if err != nil {
		return nil, err
	}
	var samples []sample
	for i, row := range rows {
		if i == 0 && row[0] == "fold" {
			continue
		}
		fold, err := strconv.Atoi(row[0])
		if err != nil || fold < always {
			return nil, fmt.Errorf("%s:%d: the fold is %q, not a number from -1 on", path, i+1, row[0])
		}
		if row[1] != "inside" && row[1] != "outside" {
			return nil, fmt.Errorf("%s:%d: the side is %q, neither inside nor outside", path, i+1, row[1])
		}
		samples = append(samples, sample{fold: fold, inside: row[1] == "inside", label: row[2], text: row[3]})
	}
	return samples, checkFolds(path, samples)
}

// checkFolds makes sure that every round has something inside and something outside to learn and to ask.
func checkFolds(path string, samples []sample) error {
	asked := make([][2]int, countFolds(samples))
	if len(asked) < 2 {
		return fmt.Errorf("%s: %d folds, at least two are needed", path, len(asked))
	}
	for _, s := range samples {
		if s.fold == always {
			continue
		}
		if s.inside {
			asked[s.fold][0]++
		} else {
			asked[s.fold][1]++
		}
	}
	for fold, n := range asked {
		if n[0] == 0 || n[1] == 0 {
			return fmt.Errorf("%s: fold %d has %d texts inside and %d outside, both are needed", path, fold, n[0], n[1])
		}
	}
	return nil
}

func countFolds(samples []sample) int {
	highest := always
	for _, s := range samples {
		highest = max(highest, s.fold)
	}
	return highest + 1
}

// publicSet is a set with a published split.
type publicSet struct {
	name       string
	train, dev []sample
}

// readPublic reads every folder of dir that holds train.tsv and dev.tsv, label and text a line.
func readPublic(dir string) ([]publicSet, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*", "train.tsv"))
	if err != nil || len(paths) == 0 {
		return nil, fmt.Errorf("%s holds no folder with a train.tsv (%v)", dir, err)
	}
	var sets []publicSet
	for _, path := range paths {
		folder := filepath.Dir(path)
		set := publicSet{name: filepath.Base(folder)}
		if set.train, err = readLabelled(path); err != nil {
			return nil, err
		}
		if set.dev, err = readLabelled(filepath.Join(folder, "dev.tsv")); err != nil {
			return nil, err
		}
		sets = append(sets, set)
	}
	return sets, nil
}

func readLabelled(path string) ([]sample, error) {
	rows, err := readRows(path, 2)
	if err != nil {
		return nil, err
	}
	samples := make([]sample, len(rows))
	for i, row := range rows {
		samples[i] = sample{inside: true, label: row[0], text: row[1]}
	}
	return samples, nil
}

// readRows reads lines of so many fields between tabs. No field may be empty.
func readRows(path string, fields int) ([][]string, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var rows [][]string
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		row := strings.Split(strings.TrimSuffix(lines.Text(), "\r"), "\t")
		if len(row) != fields {
			return nil, fmt.Errorf("%s:%d: %d fields, want %d between tabs", path, len(rows)+1, len(row), fields)
		}
		for i, field := range row {
			if strings.TrimSpace(field) == "" {
				return nil, fmt.Errorf("%s:%d: field %d is empty", path, len(rows)+1, i+1)
			}
		}
		rows = append(rows, row)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return rows, nil
}
