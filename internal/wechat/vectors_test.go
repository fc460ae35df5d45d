package wechat

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"os"
	"testing"
	"time"
)

// vectors are published by WeChat (V1, V2) and by other implementations (V3 WxJava, V4
// wechatpy).
type vectors struct {
	Signatures []struct {
		Name  string
		Parts []string
		Want  string
	}
	Ciphers []struct {
		Name, Key, Random, Message, Encrypted string
		AppID                                 string `json:"app_id"`
	}
	Pushes []struct {
		Name              string
		Account           Account
		At                int64
		Query, Body       string
		Forbidden         bool
		From, Content, ID string
		Event             string
	}
	Replies []struct {
		Name        string
		Account     Account
		Body, Plain string
	}
}

func TestVectors(t *testing.T) {
	data, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	for _, c := range v.Signatures {
		if got := sign(c.Parts...); string(got[:]) != c.Want {
			t.Errorf("%s: signature %s, want %s", c.Name, got, c.Want)
		}
	}
	for _, c := range v.Ciphers {
		checkCipherVector(t, c.Name, c.Key, c.AppID, c.Random, c.Message, c.Encrypted)
	}
	for _, c := range v.Pushes {
		push, err := gateOf(t, c.Account, time.Unix(c.At, 0)).Open(c.Query, []byte(c.Body))
		if c.Forbidden {
			if !errors.Is(err, ErrForbidden) {
				t.Errorf("%s: %v, want ErrForbidden", c.Name, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", c.Name, err)
			continue
		}
		if m := push.Message; m.From != c.From || m.Content != c.Content || m.ID != c.ID || m.Event != c.Event {
			t.Errorf("%s: read %+v", c.Name, m)
		}
	}
	for _, c := range v.Replies {
		plain, err := gateOf(t, c.Account, testNow).OpenReply([]byte(c.Body))
		if err != nil || string(plain) != c.Plain {
			t.Errorf("%s: %q, %v, want %q", c.Name, plain, err, c.Plain)
		}
	}
}

func checkCipherVector(t *testing.T, name, key, appID, random, message, encrypted string) {
	t.Helper()
	k, err := newAESKey(key)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if random != "" {
		if got := k.seal([randomSize]byte([]byte(random)), []byte(message), appID); got != encrypted {
			t.Errorf("%s: encrypted to %s, want %s", name, got, encrypted)
		}
	}
	text, err := base64.StdEncoding.DecodeString(encrypted)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	got, gotID, ok := k.open(text)
	if !ok || string(got) != message || string(gotID) != appID {
		t.Errorf("%s: opened to %q, %q, %t", name, got, gotID, ok)
	}
}
