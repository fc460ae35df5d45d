package vault

import (
	"bytes"
	"encoding/hex"
	"errors"
	"strings"
	"testing"
)

func keyOf(fill byte) []byte { return bytes.Repeat([]byte{fill}, KeySize) }

func ring(t testing.TB, keys ...[]byte) *Keyring {
	t.Helper()
	r, err := New(keys...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestSealed(t *testing.T) {
	r := ring(t, keyOf(1))
	about := []byte("guiyang\x00openid\x004837159264")
	for _, plain := range []string{"", "x", "13800138000", strings.Repeat("工会", 3000)} {
		sealed := r.Seal([]byte("before"), []byte(plain), about)
		rest, ok := bytes.CutPrefix(sealed, []byte("before"))
		if !ok || len(rest) != len(plain)+overhead {
			t.Fatalf("Seal of %d bytes appended %d", len(plain), len(rest))
		}
		if plain != "" && len(plain) > 4 && bytes.Contains(rest, []byte(plain)) {
			t.Errorf("%q stands in the sealed bytes", plain)
		}
		got, err := r.Open(rest, about)
		if err != nil || string(got) != plain {
			t.Errorf("Open = %q, %v, want %q", got, err, plain)
		}
		if again := r.Seal(nil, []byte(plain), about); bytes.Equal(again, rest) {
			t.Error("sealing twice gave the same bytes")
		}
	}
}

// TestChanged flips every bit and cuts at every length.
func TestChanged(t *testing.T) {
	r := ring(t, keyOf(1), keyOf(2))
	sealed := r.Seal(nil, []byte("13800138000"), []byte("one"))
	refused := func(what string, i int, bytes, about []byte) {
		t.Helper()
		if got, err := r.Open(bytes, about); got != nil || !errors.Is(err, ErrBroken) && !errors.Is(err, ErrUnknownKey) {
			t.Errorf("%s %d: %q, %v", what, i, got, err)
		}
	}
	for i := range len(sealed) * 8 {
		changed := bytes.Clone(sealed)
		changed[i/8] ^= 1 << (i % 8)
		refused("bit", i, changed, []byte("one"))
	}
	for i := range sealed {
		refused("cut at", i, sealed[:i], []byte("one"))
	}
	refused("longer by", 1, append(bytes.Clone(sealed), 0), []byte("one"))
	refused("about another", 0, sealed, []byte("two"))
	refused("about nothing", 0, sealed, nil)
	other := bytes.Clone(sealed)
	copy(other[:header], ring(t, keyOf(2)).Seal(nil, nil, nil))
	refused("another key's name", 0, other, []byte("one"))
}

// TestRotation seals with every ring of a rotation and opens with those after it.
func TestRotation(t *testing.T) {
	rings := []*Keyring{ring(t, keyOf(1)), ring(t, keyOf(2), keyOf(1)), ring(t, keyOf(3), keyOf(2))}
	opens := [][]bool{{true, true, false}, {false, true, true}, {false, false, true}}
	for i, sealing := range rings {
		sealed := sealing.Seal(nil, []byte("plain"), nil)
		for j, opening := range rings {
			got, err := opening.Open(sealed, nil)
			if opens[i][j] && (err != nil || string(got) != "plain") || !opens[i][j] && !errors.Is(err, ErrUnknownKey) {
				t.Errorf("sealed by ring %d, opened by ring %d: %q, %v", i+1, j+1, got, err)
			}
		}
	}
	if _, err := Random().Open(Random().Seal(nil, nil, nil), nil); !errors.Is(err, ErrUnknownKey) {
		t.Errorf("two random rings: %v, want ErrUnknownKey", err)
	}
}

// TestKept opens what an earlier version of this package left.
func TestKept(t *testing.T) {
	sealed, err := hex.DecodeString("01376e604ef8804fd5adea25f4c1e1444f21a180f6155c871cbbbb221a47d64346f92a28966591543ca8460f")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := ring(t, keyOf(8), keyOf(7)).Open(sealed, []byte("about")); err != nil || string(got) != "13800138000" {
		t.Errorf("Open = %q, %v", got, err)
	}
}

func TestKeys(t *testing.T) {
	faults := map[string][][]byte{
		"no key":           nil,
		"key 1: 0 bytes":   {nil},
		"key 2: 31 bytes":  {keyOf(1), keyOf(2)[:31]},
		"key 1: 33 bytes":  {append(keyOf(1), 1)},
		"key 3 is there t": {keyOf(1), keyOf(2), keyOf(1)},
	}
	for want, keys := range faults {
		if r, err := New(keys...); r != nil || err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("New: %v, want %q", err, want)
		}
	}
}

func FuzzOpen(f *testing.F) {
	r := ring(f, keyOf(1))
	f.Add(r.Seal(nil, []byte("plain"), []byte("about")))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, sealed []byte) {
		if got, err := r.Open(sealed, []byte("elsewhere")); err == nil {
			t.Errorf("opened as %q", got)
		}
	})
}

func BenchmarkVault(b *testing.B) {
	r := ring(b, keyOf(1))
	plain, about := []byte("13800138000"), []byte("guiyang\x00o6_bmjrPTlm6_2sgVt7hMZOPfL2M\x004837159264")
	buffer := make([]byte, 0, 200)
	b.Run("seal", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			r.Seal(buffer, plain, about)
		}
	})
	sealed := r.Seal(nil, plain, about)
	b.Run("open", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := r.Open(sealed, about); err != nil {
				b.Fatal(err)
			}
		}
	})
}
