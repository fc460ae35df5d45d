package main

import (
	"strings"
	"testing"
	"time"
)

func TestPrintTable(t *testing.T) {
	rows := []row{
		{"zhugong", figures{
			inside: shares{asked: 1000, right: 0.8814, among3: 0.97, answered: 0.9, back: 0.08, declined: 0.02},
			p50:    1994 * time.Nanosecond, p99: 9999 * time.Nanosecond, heap: 5_240_000, train: 142 * time.Millisecond,
			outside: shares{answered: 0.0125, back: 0.2}, strange: shares{answered: 0.05, back: 0.25}, public: []float64{0.9375},
		}},
		{"nlp.js", figures{
			inside: shares{asked: 1000, right: 1, among3: 1, answered: 1}, outside: shares{answered: 1}, strange: shares{answered: 1},
			p50: 99_960 * time.Nanosecond, p99: 12_345 * time.Microsecond, heap: 119_600_000, train: 19 * time.Second, public: []float64{0},
		}},
	}
	const want = `
| engine  | top-1 % | top-3 % | outside answered % | of new kinds % | inside sent away % | p50 µs | p99 µs | heap MB | training s | cais % |
|---------|--------:|--------:|-------------------:|---------------:|-------------------:|-------:|-------:|--------:|-----------:|-------:|
| zhugong |    88.1 |    97.0 |                1.2 |            5.0 |                2.0 |   1.99 |   10.0 |     5.2 |       0.14 |   93.8 |
| nlp.js  |   100.0 |   100.0 |              100.0 |          100.0 |                0.0 |    100 |  12345 |   119.6 |      19.00 |    0.0 |

zhugong asks back on 8.0 % of the inside messages, 20.0 % of the outside ones and 25.0 % of those of new kinds: neither answered nor sent away.
`
	var got strings.Builder
	printTable(&got, rows, []publicSet{{name: "cais"}})
	if got.String() != want[1:] {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want[1:])
	}
}
