package wechat

import (
	"strings"
	"testing"
)

const benchReply = "办理入会要带身份证和劳动合同，到单位工会登记；单位没有工会的，到街道总工会。\n" +
	`<a href="weixin://bizmsgmenu?msgmenucontent=入会要带什么&msgmenuid=join.material">入会要带什么</a>`

var benchText = []byte(`<xml><ToUserName><![CDATA[gh_0123456789ab]]></ToUserName>
<FromUserName><![CDATA[o6_bmjrPTlm6_2sgVt7hMZOPfL2M]]></FromUserName>
<CreateTime>1790000000</CreateTime>
<MsgType><![CDATA[text]]></MsgType>
<Content><![CDATA[老板欠我三个月工资了，该找哪个部门？]]></Content>
<MsgId>23456789012345678</MsgId>
</xml>`)

// turn is what a push costs: in, answered, out.
func turn(g *Gate, rawQuery string, body []byte) []byte {
	push, err := g.Open(rawQuery, body)
	if err != nil {
		return nil
	}
	return g.Seal(push, EncodeReply(Reply{Text: benchReply}, &push.Message, g.now()))
}

func benchmarkTurn(b *testing.B, mode Mode) {
	g := newTestGate(b, mode)
	rawQuery, body, err := g.Push(benchText, testNonce, false)
	if err != nil {
		b.Fatal(err)
	}
	if plain, err := g.OpenReply(turn(g, rawQuery, body)); err != nil || !strings.Contains(string(plain), "bizmsgmenu") {
		b.Fatalf("answer is %q, %v", plain, err)
	}
	b.ReportAllocs()
	for b.Loop() {
		turn(g, rawQuery, body)
	}
}

func BenchmarkPlain(b *testing.B) { benchmarkTurn(b, Plain) }
func BenchmarkSafe(b *testing.B)  { benchmarkTurn(b, Safe) }

// TestAllocations holds what the benchmarks show; time is not for tests.
func TestAllocations(t *testing.T) {
	for mode, limit := range map[Mode]float64{Plain: 5, Compat: 20, Safe: 20} {
		g := newTestGate(t, mode)
		rawQuery, body, err := g.Push(benchText, testNonce, false)
		if err != nil {
			t.Fatal(err)
		}
		if got := testing.AllocsPerRun(100, func() { turn(g, rawQuery, body) }); got > limit {
			t.Errorf("a push in %s mode takes %.0f allocations, want at most %.0f", mode, got, limit)
		}
	}
}

// BenchmarkSilenceper is the same turn through the SDK's server, with its log off.
func BenchmarkSilenceper(b *testing.B) {
	for _, mode := range []Mode{Plain, Safe} {
		b.Run(string(mode), func(b *testing.B) {
			g := newTestGate(b, mode)
			rawQuery, body, err := g.Push(benchText, testNonce, false)
			if err != nil {
				b.Fatal(err)
			}
			if got := silenceper(g.account, rawQuery, body, benchReply); got.err != nil || !strings.Contains(got.body, "<xml>") {
				b.Fatalf("answer is %+v", got)
			}
			b.ReportAllocs()
			for b.Loop() {
				silenceper(g.account, rawQuery, body, benchReply)
			}
		})
	}
}
