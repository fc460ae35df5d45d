# The builder can be any image with Go 1.26, certificates and time zones.
ARG BUILDER=golang:1.26-bookworm
FROM ${BUILDER} AS build
ARG VERSION=dev
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=${VERSION}" -o /zhugong ./cmd/zhugong

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /usr/share/zoneinfo/Asia/Shanghai /usr/share/zoneinfo/Asia/Shanghai
COPY --from=build /zhugong /zhugong
ENV TZ=Asia/Shanghai
USER 65532:65532
EXPOSE 8080 9090
ENTRYPOINT ["/zhugong"]
CMD ["serve", "--config", "/etc/zhugong/config.yaml"]
