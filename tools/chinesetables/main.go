// Command chinesetables writes the two tables of internal/chinese: traditional characters with their simplified
// ones, from opencc's dictionary, and characters by their most usual toneless syllable, from go-pinyin's.
//
//	go run -C tools ./chinesetables ../internal/chinese
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"log"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	_ "github.com/longbridgeapp/opencc" // holds the dictionary
	"github.com/mozillazg/go-pinyin"
)

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: chinesetables DIR")
	}
	for name, table := range map[string]func() ([]byte, error){"simplified.txt": simplified, "syllables.txt": syllables} {
		text, err := table()
		if err != nil {
			log.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(os.Args[1], name), text, 0o644); err != nil {
			log.Fatal(err)
		}
	}
}

// simplified lists pairs of characters, traditional first, of the characters in everyday use. A character that
// opencc leaves as it is in some words stays as it is.
func simplified() ([]byte, error) {
	folder, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/longbridgeapp/opencc").Output()
	if err != nil {
		return nil, fmt.Errorf("find opencc: %w", err)
	}
	dictionary, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(folder)), "dictionary", "TSCharacters.txt"))
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	for lines := bufio.NewScanner(bytes.NewReader(dictionary)); lines.Scan(); {
		from, to, _ := strings.Cut(lines.Text(), "\t")
		choices := strings.Fields(to)
		if utf8.RuneCountInString(from) != 1 || len(choices) == 0 || slices.Contains(choices, from) || !everyday(from) || !everyday(choices[0]) {
			continue
		}
		fmt.Fprintf(&out, "%s%s\n", from, choices[0])
	}
	return out.Bytes(), nil
}

// syllables lists each toneless syllable with all characters that are read so first of all.
func syllables() ([]byte, error) {
	bySyllable := map[string][]rune{}
	arguments := pinyin.NewArgs()
	for r := rune(0x4E00); r <= 0x9FFF; r++ {
		if readings := pinyin.SinglePinyin(r, arguments); len(readings) > 0 {
			syllable := strings.ReplaceAll(readings[0], "ü", "v")
			bySyllable[syllable] = append(bySyllable[syllable], r)
		}
	}
	var out bytes.Buffer
	for _, syllable := range slices.Sorted(maps.Keys(bySyllable)) {
		fmt.Fprintf(&out, "%s %s\n", syllable, string(bySyllable[syllable]))
	}
	return out.Bytes(), nil
}

func everyday(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r >= 0x4E00 && r <= 0x9FFF
}
