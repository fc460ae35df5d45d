package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"
)

// printCircumstances prints what a figure is worth little without: what was asked, when, on what, by which versions.
func printCircumstances(w io.Writer, samples []sample, engines []engine) error {
	var inside, outside, fixed int
	labels, kinds := map[string]bool{}, map[string]bool{}
	for _, s := range samples {
		switch {
		case s.fold == always:
			fixed++
		case s.inside:
			inside++
			labels[s.label] = true
		default:
			outside++
			kinds[s.label] = true
		}
	}
	versions := []string{runtime.Version(), "bleve " + moduleVersion("github.com/blevesearch/bleve/v2")}
	for _, e := range engines {
		if n, ok := e.(*nlpjs); ok && !slices.Contains(versions, n.versions) {
			versions = append(versions, n.versions)
		}
	}
	_, err := fmt.Fprintf(w, "%s; %d folds, %d inside messages of %d entries, %d outside messages of %d kinds, %d titles and aliases "+
		"always learnt; %s, %d cores; %s.\n", time.Now().Format(time.DateOnly), countFolds(samples), inside, len(labels), outside,
		len(kinds), fixed, processor(), runtime.NumCPU(), strings.Join(versions, ", "))
	return err
}

// moduleVersion returns the version of a module that is linked in.
func moduleVersion(path string) string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "of unknown version"
	}
	for _, module := range info.Deps {
		if module.Path == path {
			return module.Version
		}
	}
	return "of unknown version"
}

// processor returns the name of the processor, or of its kind where Linux does not say.
func processor() string {
	file, err := os.Open("/proc/cpuinfo")
	if err != nil {
		return runtime.GOARCH
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if name, value, _ := strings.Cut(lines.Text(), ":"); strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return runtime.GOARCH
}
