package misses

import (
	"cmp"
	"context"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"time"
)

// add.lua counts a text and throws out what is too old or too much; sweep.lua only the former.
var (
	//go:embed add.lua
	addSource string
	//go:embed sweep.lua
	sweepSource string
)

// scriptEnd makes a script answer something: the client takes nothing for an error.
const scriptEnd = "return 1"

// countUnit is what one more in count adds to a score: below it there is room for the seconds until 2106.
const countUnit = 1 << 32

func keysOf(account string) []string {
	prefix := "zg:{misses:" + account + "}:"
	return []string{prefix + "n", prefix + "t"}
}

// separator stands between the kind and the text of a member; no masked text has it.
const separator = "\x00"

// add writes down one message. What is nothing when masked is left out.
func (b *Book) add(n note) error {
	text := b.masker.mask(n.text)
	if text == "" {
		return nil
	}
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	now := b.now()
	err := b.adding.Run(ctx, b.client, keysOf(n.account), cutoff(now), n.kind+separator+text, now.Unix(), b.most, int(keep.Seconds())).Err()
	if err != nil {
		return fmt.Errorf("note a miss of %s: %w", n.account, err)
	}
	return nil
}

// cutoff is the last second that is too old.
func cutoff(now time.Time) int64 { return now.Add(-keep).Unix() }

// Sweep deletes what is older than 90 days. Note and List do so too, for their account.
func (b *Book) Sweep(ctx context.Context, account string) error {
	if err := b.sweeping.Run(ctx, b.client, keysOf(account), cutoff(b.now())).Err(); err != nil {
		return fmt.Errorf("sweep misses of %s: %w", account, err)
	}
	return nil
}

// List returns what is kept of an account, the most frequent first, of equal ones the latest.
func (b *Book) List(ctx context.Context, account string) ([]Miss, error) {
	if err := b.Sweep(ctx, account); err != nil {
		return nil, err
	}
	members, err := b.client.ZRangeWithScores(ctx, keysOf(account)[0], 0, -1).Result()
	if err != nil {
		return nil, fmt.Errorf("list misses of %s: %w", account, err)
	}
	list := make([]Miss, 0, len(members))
	for _, member := range members {
		name, _ := member.Member.(string)
		kind, text, _ := strings.Cut(name, separator)
		score := int64(member.Score)
		list = append(list, Miss{Kind: kind, Text: text, Count: int(score / countUnit), Last: time.Unix(score%countUnit, 0)})
	}
	slices.SortFunc(list, compare)
	return list, nil
}

// compare puts the most frequent first; no two of a list are equal.
func compare(a, b Miss) int {
	return cmp.Or(cmp.Compare(b.Count, a.Count), b.Last.Compare(a.Last), cmp.Compare(a.Text, b.Text), cmp.Compare(a.Kind, b.Kind))
}
