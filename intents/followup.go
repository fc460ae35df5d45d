package intents

import "zhugong/knowledge"

// Lengths, in characters, of what names an attribute within a longer message. Shorter ones (几天, 钱) stand in too many
// other sentences.
const (
	shortestNamed = 3
	longestNamed  = 12
)

// FollowUps recognises which attribute (材料 地点 电话 …) a message asks about besides naming its matter: 法律援助要钱不 ends in
// the bare follow-up 要钱不. It is read only.
type FollowUps struct {
	*Normaliser
	attributes map[string]string // by normalised follow-up
	edges      map[rune]bool     // characters that a follow-up begins or ends with
}

// NewFollowUps collects how people ask for attributes.
func NewFollowUps(base *knowledge.Base, normaliser *Normaliser) *FollowUps {
	f := &FollowUps{normaliser, map[string]string{}, map[rune]bool{}}
	for _, followUp := range base.FollowUps {
		for _, phrase := range followUp.Phrases {
			normal := []rune(normaliser.Normal(phrase.Text))
			if len(normal) >= shortestNamed {
				f.attributes[string(normal)] = followUp.Attribute
				f.edges[normal[0]], f.edges[normal[len(normal)-1]] = true, true
			}
		}
	}
	return f
}

// Named returns the attribute with whose longest follow-up text ends or begins, "" when with none.
func (f *FollowUps) Named(text string) string {
	var buffers [2][64]rune
	normal, _ := f.append(buffers[0][:0], buffers[1][:0], text)
	if len(normal) <= shortestNamed || !f.edges[normal[0]] && !f.edges[normal[len(normal)-1]] {
		return ""
	}
	var room [4 * longestNamed]byte
	for length := min(longestNamed, len(normal)-1); length >= shortestNamed; length-- {
		for _, part := range [][]rune{normal[len(normal)-length:], normal[:length]} {
			if attribute, ok := f.attributes[string(appendRunes(room[:0], part))]; ok {
				return attribute
			}
		}
	}
	return ""
}
