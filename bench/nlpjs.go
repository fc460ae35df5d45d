package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// longestRound bounds the life of one nlp.js process: it is trained and asked once.
const longestRound = 20 * time.Minute

// nlpjs is nlp.js, each model a node process of its own that speaks JSON lines (nlpjs/peer.js says which).
type nlpjs struct {
	ctx      context.Context
	folder   string
	kinds    bool   // each kind of outside message is an intent of its own
	versions string // of nlp.js and node, once trained
}

func newNLPJS(ctx context.Context, folder string, kinds bool) (*nlpjs, error) {
	if _, err := exec.LookPath("node"); err != nil {
		return nil, fmt.Errorf("nlp.js needs node: apt-get install nodejs npm (%w)", err)
	}
	if _, err := os.Stat(filepath.Join(folder, "node_modules")); err != nil {
		return nil, fmt.Errorf("nlp.js is not installed: run npm ci in %s (%w)", folder, err)
	}
	return &nlpjs{ctx: ctx, folder: folder, kinds: kinds}, nil
}

func (n *nlpjs) name() string {
	if n.kinds {
		return "nlp.js, outside kinds as intents"
	}
	return "nlp.js, outside as None"
}

// label returns what nlp.js learns a sample as: None is its own name for what is outside.
func (n *nlpjs) label(s sample) string {
	switch {
	case s.inside:
		return s.label
	case n.kinds:
		return "None." + s.label
	}
	return "None"
}

func (n *nlpjs) train(samples []sample) (model, cost, error) {
	m, err := n.start()
	if err != nil {
		return nil, cost{}, err
	}
	for _, s := range samples {
		if err := m.requests.Encode(map[string]string{"learn": s.text, "label": n.label(s)}); err != nil {
			return nil, cost{}, m.fail(err)
		}
	}
	var trained struct {
		Seconds   float64 `json:"seconds"`
		HeapBytes uint64  `json:"heap_bytes"`
		Version   string  `json:"version"`
		Node      string  `json:"node"`
	}
	if err := m.call(map[string]bool{"train": true}, &trained); err != nil {
		return nil, cost{}, err
	}
	n.versions = fmt.Sprintf("nlp.js %s, node %s", trained.Version, trained.Node)
	return m, cost{time: time.Duration(trained.Seconds * float64(time.Second)), heap: trained.HeapBytes}, nil
}

// start starts the process. What it says besides its answers is kept for when it fails.
func (n *nlpjs) start() (*nlpjsModel, error) {
	ctx, cancel := context.WithTimeout(n.ctx, longestRound)
	m := &nlpjsModel{process: exec.CommandContext(ctx, "node", "--expose-gc", "peer.js"), cancel: cancel}
	m.process.Dir, m.process.Stdout, m.process.Stderr = n.folder, &m.complaints, &m.complaints
	input, err := m.process.StdinPipe()
	if err != nil {
		cancel()
		return nil, err
	}
	answers, theirs, err := os.Pipe()
	if err != nil {
		cancel()
		return nil, err
	}
	defer theirs.Close() // the process has its own
	m.process.ExtraFiles = []*os.File{theirs}
	m.input, m.requests = input, json.NewEncoder(input)
	m.answers, m.replies = answers, json.NewDecoder(bufio.NewReader(answers))
	if err := m.process.Start(); err != nil {
		cancel()
		return nil, errors.Join(fmt.Errorf("start node: %w", err), answers.Close())
	}
	return m, nil
}

type nlpjsModel struct {
	process    *exec.Cmd
	cancel     context.CancelFunc
	input      io.Closer
	requests   *json.Encoder
	answers    io.Closer
	replies    *json.Decoder
	complaints bytes.Buffer
}

func (m *nlpjsModel) ask(text string) (answer, error) {
	var reply struct {
		Labels       []string `json:"labels"`
		Declined     bool     `json:"declined"`
		Microseconds float64  `json:"microseconds"`
	}
	if err := m.call(map[string]string{"ask": text}, &reply); err != nil {
		return answer{}, err
	}
	a := answer{labels: reply.Labels, took: time.Duration(reply.Microseconds * float64(time.Microsecond))}
	if reply.Declined {
		a.action = declines
	}
	return a, nil
}

func (m *nlpjsModel) call(request, reply any) error {
	if err := m.requests.Encode(request); err != nil {
		return m.fail(err)
	}
	if err := m.replies.Decode(reply); err != nil {
		return m.fail(err)
	}
	return nil
}

// fail ends the process and says what it complained about.
func (m *nlpjsModel) fail(err error) error {
	m.cancel()
	_ = m.process.Wait() // it was ended on purpose
	return fmt.Errorf("nlp.js: %w: %s", errors.Join(err, m.answers.Close()), bytes.TrimSpace(m.complaints.Bytes()))
}

// close lets the process end by itself, if it has not failed.
func (m *nlpjsModel) close() error {
	if m.process.ProcessState != nil {
		return nil
	}
	defer m.cancel()
	if err := m.input.Close(); err != nil {
		return err
	}
	if err := m.process.Wait(); err != nil {
		return fmt.Errorf("end nlp.js: %w: %s", err, bytes.TrimSpace(m.complaints.Bytes()))
	}
	return m.answers.Close()
}
