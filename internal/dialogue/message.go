package dialogue

// Kind is what sort of message a worker sent.
type Kind int

const (
	Text         Kind = iota // Message.Text, which may be empty; voice with recognised text as well
	Voice                    // without recognised text
	Picture                  // image or video
	Location                 // a place on the map
	OtherMedia               // links, files, mini-program cards and what WeChat may think of next
	Click                    // a menu button; Key is an entry id or "flow:" and the id of a flow
	Subscribe                // the worker follows the account; Key may name the scene of a QR code
	Silent                   // an event that wants no answer
	PersonBegins             // somebody at customer service took over
	PersonEnds               // and ended the talk
)

// Message is what a worker sent.
type Message struct {
	Kind Kind
	Text string
	Key  string // of a Click
}
