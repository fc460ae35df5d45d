package simulator

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"zhugong/internal/wechat"
)

// network refuses all connections.
type network struct{}

func (network) RoundTrip(*http.Request) (*http.Response, error) { return nil, errors.New("refused") }

// TestTries: WeChat's own times, by a clock of the test's own.
func TestTries(t *testing.T) {
	after := func(waits ...time.Duration) func(*webhook) {
		return func(h *webhook) {
			h.reply = func(delivery int, push *wechat.Push, w http.ResponseWriter) {
				time.Sleep(waits[min(delivery, len(waits))-1]) // virtual
				h.say(w, push, "好的")
			}
		}
	}
	tries := func(outcomes ...outcome) (list []*try) {
		for i, o := range outcomes {
			list = append(list, &try{Number: i + 1, Outcome: o})
		}
		return list
	}
	late := tries(cut, answered)
	late[0].Late = true
	lateCopies := tries(cut, answered, answered)
	lateCopies[0].Late = true
	cases := []struct {
		name    string
		order   order
		webhook func(*webhook)
		want    answer // Took in ms, to the millisecond
		shown   string
	}{
		{"at once", order{}, after(0), answer{Tries: tries(answered), Replies: 1, Identical: true}, "text"},
		{"in time", order{}, after(4900 * time.Millisecond), answer{Tries: tries(answered), Replies: 1, Identical: true, Took: 4900}, "text"},
		{"first too slow", order{}, after(7*time.Second, 0), answer{Tries: tries(cut, answered), Replies: 1, Identical: true, Took: 5000}, "text"},
		{"always too slow", order{}, after(7 * time.Second), answer{Tries: tries(cut, cut, cut), Identical: true, Took: 15000}, "broken"},
		{"2 s on the way", order{Delay: 2}, after(0), answer{Tries: tries(answered), Replies: 1, Identical: true, Took: 2000}, "text"},
		{"2 s on the way, 4 s in the house", order{Delay: 2}, after(4 * time.Second), answer{Tries: tries(cut, answered), Replies: 1, Identical: true, Took: 9000}, "text"},
		{"6 s on the way", order{Delay: 6}, after(0), answer{Tries: late, Replies: 2, Identical: true, Took: 5000}, "text"},
		{"3 at once", order{Copies: 3}, after(0), answer{Tries: tries(answered, answered, answered), Replies: 3, Identical: true}, "text"},
		{"2 at once, too slow", order{Copies: 2}, after(7 * time.Second), answer{Tries: tries(cut, cut, cut), Identical: true, Took: 10000}, "broken"},
		{"3 at once, one 6 s on the way", order{Copies: 3, Delay: 6}, after(0), answer{Tries: lateCopies, Replies: 3, Identical: true}, "text"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h := newWebhook(t, wechat.Safe)
				c.webhook(h)
				c.order.Text = "你好"
				got := send(t, newSimulator(t, h.options(wechat.Safe)), "text", c.order)
				if got.Shown.Kind != c.shown {
					t.Errorf("shown %+v, want %s", got.Shown, c.shown)
				}
				diff := cmp.Diff(c.want, got, cmpopts.IgnoreFields(answer{}, "Shown"), cmp.Comparer(func(a, b *try) bool {
					return a.Number == b.Number && a.Outcome == b.Outcome && a.Late == b.Late
				}))
				if diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
				time.Sleep(10 * time.Second) // virtual: lets slow webhooks end
			})
		})
	}
}

// TestResendIsTheSame: every copy has the same bytes, and they are under way at the same time.
func TestResendIsTheSame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newWebhook(t, wechat.Safe)
		together := make(chan struct{})
		h.reply = func(delivery int, push *wechat.Push, w http.ResponseWriter) {
			if delivery == 3 {
				close(together)
			}
			<-together
			h.say(w, push, "好的")
		}
		a := send(t, newSimulator(t, h.options(wechat.Safe)), "text", order{Text: "你好", Copies: 3})
		for _, one := range a.Tries {
			if one.Head != a.Tries[0].Head || one.Body != a.Tries[0].Body {
				t.Errorf("try %d differs from the first", one.Number)
			}
		}
		if seen := h.pushes(); len(seen) != 3 || seen[0].Message.Key() != seen[2].Message.Key() {
			t.Errorf("webhook got %d pushes, want 3 with one key", len(seen))
		}
	})
}

func TestDifferentRepliesAreReported(t *testing.T) {
	h := newWebhook(t, wechat.Safe)
	h.reply = func(delivery int, push *wechat.Push, w http.ResponseWriter) {
		h.say(w, push, strings.Repeat("好", delivery))
	}
	a := send(t, newSimulator(t, h.options(wechat.Safe)), "text", order{Text: "你好", Copies: 2})
	if a.Replies != 2 || a.Identical {
		t.Errorf("got %d replies, identical %t, want 2 different ones", a.Replies, a.Identical)
	}
}

func TestUnreachable(t *testing.T) {
	o := newWebhook(t, wechat.Safe).options(wechat.Safe)
	o.Client = &http.Client{Transport: network{}}
	a := send(t, newSimulator(t, o), "text", order{Text: "你好"})
	if len(a.Tries) != 3 || a.Tries[2].Outcome != unreachable {
		t.Errorf("got %d tries, want 3 that end unreachable", len(a.Tries))
	}
	if want := broken("连不上网址，或者连接断了"); !cmp.Equal(a.Shown, want) {
		t.Errorf("shown %+v, want %+v", a.Shown, want)
	}
}

// TestServerWithDeadline: three tries take longer than servers allow; this one allows nothing at all.
func TestServerWithDeadline(t *testing.T) {
	h := newWebhook(t, wechat.Safe)
	server := httptest.NewUnstartedServer(newSimulator(t, h.options(wechat.Safe)))
	server.Config.WriteTimeout = time.Nanosecond
	server.Start()
	defer server.Close()
	body := strings.NewReader(`{"phone":"` + testPhone + `","text":"你好"}`)
	response, err := http.Post(server.URL+"/sim/push/text", "application/json", body)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		t.Errorf("status %s, want 200", response.Status)
	}
}
