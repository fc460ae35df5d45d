# make test is all that anybody needs to know: it installs what is missing and runs everything.

VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
STATICCHECK = go tool -modfile=tools/go.mod staticcheck

.PHONY: test check build demo bench peers fuzz install image

test: install check
	go test -timeout 8m ./...
	go test -timeout 8m -race ./internal/session ./internal/desk ./internal/turn ./internal/outbox ./internal/publish ./handlers

check:
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')); test -z "$$unformatted" || { echo "gofmt: $$unformatted"; exit 1; }
	go vet ./...
	$(STATICCHECK) ./...

# The tests start a real Redis and a real browser.
install:
	@missing=""; \
	command -v redis-server >/dev/null || missing="$$missing redis-server"; \
	command -v chromium >/dev/null || missing="$$missing chromium"; \
	fc-list :lang=zh 2>/dev/null | grep -q . || missing="$$missing fonts-wqy-zenhei"; \
	test -z "$$missing" && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing >/dev/null; \
	else \
		echo "测试还缺：$$missing。请用管理员身份运行：apt-get install$$missing"; exit 1; \
	fi

build:
	CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o zhugong ./cmd/zhugong

demo:
	go run ./cmd/zhugong demo

bench:
	go test -run '^$$' -bench . -benchmem ./internal/chinese ./intents ./internal/dialogue ./internal/session ./internal/wechat ./internal/turn ./handlers ./knowledge

# Other engines on the same folds; needs node and npm. PUBLIC=DIR adds public sets.
peers: build
	npm ci --ignore-scripts --no-audit --no-fund --prefix bench/nlpjs
	cd bench && go run . --zhugong ../zhugong $(if $(PUBLIC),--public $(abspath $(PUBLIC)))

fuzz:
	go test -run '^$$' -fuzz FuzzMessageXML -fuzztime 30s ./internal/wechat

image:
	docker build --build-arg VERSION=$(VERSION) -t zhugong:$(VERSION) .
