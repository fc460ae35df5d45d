// Command bench measures zhugong's engine and its peers side by side: each learns and is asked exactly the same texts,
// and one table says how well it did and what it cost. It knows nothing of conversations and replies. It is a module of
// its own, so that no peer comes into the product.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

type options struct {
	folds   string
	program string
	public  string
	nlpjs   string
	only    string
}

func main() {
	var o options
	flag.StringVar(&o.folds, "folds", "", "`FILE` with the folds, as zhugong eval --export writes it")
	flag.StringVar(&o.program, "zhugong", "", "zhugong `BIN` that writes the folds where --folds gives none")
	flag.StringVar(&o.public, "public", "", "`DIR` with a folder for each public set, train.tsv and dev.tsv in it")
	flag.StringVar(&o.nlpjs, "nlpjs", "nlpjs", "`DIR` where nlp.js is installed")
	flag.StringVar(&o.only, "only", "", "`NAMES` of the engines to measure, with commas; all by default")
	flag.Parse()
	if o.folds == "" && o.program == "" || flag.NArg() > 0 {
		fmt.Fprintln(os.Stderr, "bench: give --folds or --zhugong, and nothing but flags")
		flag.Usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, o, os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// run measures the engines one after the other, so that none disturbs another.
func run(ctx context.Context, o options, out, progress io.Writer) error {
	samples, err := folds(ctx, o)
	if err != nil {
		return err
	}
	var sets []publicSet
	if o.public != "" {
		if sets, err = readPublic(o.public); err != nil {
			return err
		}
	}
	chosen, err := engines(ctx, o)
	if err != nil {
		return err
	}
	var rows []row
	for _, e := range chosen {
		measured, err := measure(ctx, e, samples, sets, func(step string) { fmt.Fprintf(progress, "%s: %s\n", e.name(), step) })
		if err != nil {
			return err
		}
		rows = append(rows, row{e.name(), measured})
	}
	printTable(out, rows, sets)
	fmt.Fprintln(out)
	return printCircumstances(out, samples, chosen)
}

// folds reads the folds, and has them written first if need be.
func folds(ctx context.Context, o options) ([]sample, error) {
	if o.folds != "" {
		return readFolds(o.folds)
	}
	folder, err := os.MkdirTemp("", "bench")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	if said, err := exec.CommandContext(ctx, o.program, "eval", "--export", folder).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%s eval --export: %w: %s", o.program, err, said)
	}
	return readFolds(filepath.Join(folder, "folds.tsv"))
}

// engines returns the chosen engines in the order of the table. Only what is chosen must be installed.
func engines(ctx context.Context, o options) ([]engine, error) {
	makers := []struct {
		name string
		make func() (engine, error)
	}{
		{"zhugong", newZhugong},
		{"zhugong+", func() (engine, error) { return newZhugongShipped(time.Now()) }},
		{"nlp.js", func() (engine, error) { return newNLPJS(ctx, o.nlpjs, false) }},
		{"nlp.js+", func() (engine, error) { return newNLPJS(ctx, o.nlpjs, true) }},
		{"bleve", neighbours{title: "bleve, vote of 10", build: newBleve, voters: 10}.maker},
		{"bleve+", neighbours{title: "bleve, vote of 40, outside learnt", build: newBleve, voters: 40, outside: true}.maker},
		{"bm25", neighbours{title: "BM25 of pairs, vote of 40, outside learnt", build: newBM25, voters: 40, outside: true}.maker},
		{"tfidf", neighbours{title: "TF-IDF, vote of 40, outside learnt", build: newTFIDF, voters: 40, outside: true}.maker},
	}
	var chosen []engine
	var names []string
	wanted := strings.FieldsFunc(o.only, func(r rune) bool { return r == ',' })
	for _, m := range makers {
		names = append(names, m.name)
		if len(wanted) > 0 && !slices.Contains(wanted, m.name) {
			continue
		}
		e, err := m.make()
		if err != nil {
			return nil, err
		}
		chosen = append(chosen, e)
	}
	for _, name := range wanted {
		if !slices.Contains(names, name) {
			return nil, fmt.Errorf("no engine %q; there are %s", name, strings.Join(names, ", "))
		}
	}
	return chosen, nil
}
